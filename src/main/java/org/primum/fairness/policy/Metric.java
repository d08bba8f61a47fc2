package org.primum.fairness.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Every number an audit knows: its name, what it is made of, and which way is better.
///
/// The one place where a metric is described: policies are read by it, result files name it, and
/// docs/metrics.md is written from it. A metric without a denominator has no value: never 0, 1 or
/// 10, whatever other tools print.
public enum Metric {
  // ---- rates of the contingency table
  SELECTION_RATE(
      Family.RATE,
      "selection_rate",
      "predicted positive among all",
      "(tp + fp) / n",
      "rows with a prediction",
      Better.NEITHER,
      0,
      1,
      "no predictions",
      Method.WILSON,
      "Hardt, Price, Srebro 2016",
      "pprev",
      "ar"),
  TPR(
      Family.RATE,
      "tpr",
      "found among the positives: the clinic's sensitivity",
      "tp / (tp + fn)",
      "positives with a prediction",
      Better.HIGHER,
      0,
      1,
      "no positives",
      Method.WILSON,
      "Hardt, Price, Srebro 2016",
      "recall",
      "sensitivity"),
  FPR(
      Family.RATE,
      "fpr",
      "flagged by mistake among the negatives",
      "fp / (fp + tn)",
      "negatives with a prediction",
      Better.LOWER,
      0,
      1,
      "no negatives",
      Method.WILSON,
      "Hardt, Price, Srebro 2016"),
  TNR(
      Family.RATE,
      "tnr",
      "left alone among the negatives: the clinic's specificity",
      "tn / (fp + tn)",
      "negatives with a prediction",
      Better.HIGHER,
      0,
      1,
      "no negatives",
      Method.WILSON,
      "Hardt, Price, Srebro 2016",
      "specificity"),
  FNR(
      Family.RATE,
      "fnr",
      "missed among the positives",
      "fn / (tp + fn)",
      "positives with a prediction",
      Better.LOWER,
      0,
      1,
      "no positives",
      Method.WILSON,
      "Hardt, Price, Srebro 2016",
      "miss_rate"),
  PPV(
      Family.RATE,
      "ppv",
      "true among the predicted positives",
      "tp / (tp + fp)",
      "predicted positives with a label",
      Better.HIGHER,
      0,
      1,
      "nobody was predicted positive",
      Method.WILSON,
      "Chouldechova 2017",
      "precision"),
  NPV(
      Family.RATE,
      "npv",
      "true among the predicted negatives",
      "tn / (tn + fn)",
      "predicted negatives with a label",
      Better.HIGHER,
      0,
      1,
      "nobody was predicted negative",
      Method.WILSON,
      "Chouldechova 2017"),
  FDR(
      Family.RATE,
      "fdr",
      "false among the predicted positives",
      "fp / (tp + fp)",
      "predicted positives with a label",
      Better.LOWER,
      0,
      1,
      "nobody was predicted positive",
      Method.WILSON,
      "Chouldechova 2017"),
  FOR(
      Family.RATE,
      "for",
      "false among the predicted negatives",
      "fn / (tn + fn)",
      "predicted negatives with a label",
      Better.LOWER,
      0,
      1,
      "nobody was predicted negative",
      Method.WILSON,
      "Chouldechova 2017"),
  ACCURACY(
      Family.RATE,
      "accuracy",
      "right among all",
      "(tp + tn) / n",
      "rows with label and prediction",
      Better.HIGHER,
      0,
      1,
      "no rows with label and prediction",
      Method.WILSON,
      "Berk et al. 2021"),
  ERROR_RATE(
      Family.RATE,
      "error_rate",
      "wrong among all",
      "(fp + fn) / n",
      "rows with label and prediction",
      Better.LOWER,
      0,
      1,
      "no rows with label and prediction",
      Method.WILSON,
      "Berk et al. 2021"),
  BASE_RATE(
      Family.RATE,
      "base_rate",
      "positives among all; it speaks of the data, not of the model",
      "(tp + fn) / n",
      "rows with a label",
      Better.NEITHER,
      0,
      1,
      "no labels",
      Method.WILSON,
      "Hardt, Price, Srebro 2016",
      "prevalence",
      "label_rate"),
  BALANCED_ACCURACY(
      Family.RATE,
      "balanced_accuracy",
      "mean of tpr and tnr",
      "(tpr + tnr) / 2",
      "positives and negatives with a prediction",
      Better.HIGHER,
      0,
      1,
      "no positives, or no negatives",
      Method.MOVER,
      "Brodersen et al. 2010"),
  F1(
      Family.RATE,
      "f1",
      "harmonic mean of ppv and tpr",
      "2 tp / (2 tp + fp + fn)",
      "rows that are positive or predicted positive",
      Better.HIGHER,
      0,
      1,
      "nobody is positive or predicted positive",
      Method.IMAGE,
      "van Rijsbergen 1979"),
  MCC(
      Family.RATE,
      "mcc",
      "correlation of label and prediction",
      "(tp tn - fp fn) / sqrt((tp + fp)(tp + fn)(tn + fp)(tn + fn))",
      "rows with label and prediction",
      Better.HIGHER,
      -1,
      1,
      "labels, or predictions, are all the same",
      Method.FISHER_Z,
      "Matthews 1975",
      "matthews_corrcoef",
      "phi"),
  COHEN_KAPPA(
      Family.RATE,
      "cohen_kappa",
      "agreement of label and prediction beyond that of chance",
      "(accuracy - chance) / (1 - chance), chance = sum of the products of the shares",
      "rows with label and prediction",
      Better.HIGHER,
      -1,
      1,
      "labels and predictions are all the same",
      Method.FISHER_Z,
      "Cohen 1960",
      "kappa"),
  PREDICTED_POSITIVE_SHARE(
      Family.RATE,
      "predicted_positive_share",
      "share of all who are predicted positive",
      "(tp + fp) of the group / (tp + fp) of everyone",
      "predicted positives of everyone",
      Better.NEITHER,
      0,
      1,
      "nobody was predicted positive",
      Method.WILSON,
      "Saleiro et al. 2018 (Aequitas)",
      "ppr"),

  // ---- the score, before a threshold
  AUROC(
      Family.SCORE,
      "auroc",
      "probability that a positive has a higher score than a negative",
      "P(s+ > s-) + P(s+ = s-) / 2",
      "positives and negatives with a score",
      Better.HIGHER,
      0,
      1,
      "no positives, or no negatives",
      Method.DELONG,
      "DeLong, DeLong, Clarke-Pearson 1988",
      "auc",
      "roc_auc"),
  GINI(
      Family.SCORE,
      "gini",
      "twice the area above chance",
      "2 auroc - 1",
      "positives and negatives with a score",
      Better.HIGHER,
      -1,
      1,
      "no positives, or no negatives",
      Method.DELONG,
      "Hand, Till 2001"),
  AUPRC(
      Family.SCORE,
      "auprc",
      "average precision over the recalls",
      "sum (R_k - R_k-1) P_k",
      "positives with a score",
      Better.HIGHER,
      0,
      1,
      "no positives",
      Method.LOGIT,
      "Boyd, Eng, Page 2013",
      "average_precision"),
  BRIER(
      Family.SCORE,
      "brier",
      "mean squared distance of score and outcome",
      "sum (s - y)^2 / n",
      "rows with label and score",
      Better.LOWER,
      0,
      1,
      "no rows with label and score",
      Method.T,
      "Brier 1950"),
  LOG_LOSS(
      Family.SCORE,
      "log_loss",
      "mean surprise in nats; scores are kept 2^-52 away from 0 and 1",
      "-sum (y ln s + (1 - y) ln (1 - s)) / n",
      "rows with label and score",
      Better.LOWER,
      0,
      Double.POSITIVE_INFINITY,
      "no rows with label and score",
      Method.T,
      "Good 1952"),
  MEAN_SCORE(
      Family.SCORE,
      "mean_score",
      "mean predicted probability",
      "sum s / n",
      "rows with a score",
      Better.NEITHER,
      0,
      1,
      "no scores",
      Method.T,
      "Kamishima et al. 2012"),

  // ---- whether a score of 0.3 means three in ten
  O_E(
      Family.CALIBRATION,
      "o_e",
      "observed over expected events",
      "sum y / sum s",
      "rows with label and score",
      Better.ONE,
      0,
      Double.POSITIVE_INFINITY,
      "no rows with label and score, or all scores are 0",
      Method.IMAGE,
      "Riley et al. 2019"),
  CALIBRATION_GAP(
      Family.CALIBRATION,
      "calibration_gap",
      "observed minus expected rate",
      "(sum y - sum s) / n",
      "rows with label and score",
      Better.ZERO,
      -1,
      1,
      "no rows with label and score",
      Method.T,
      "Van Calster et al. 2019"),
  CALIBRATION_INTERCEPT(
      Family.CALIBRATION,
      "calibration_intercept",
      "calibration in the large: by how many logits all scores are off",
      "a of logit P(y) = a + logit s",
      "rows with label and score",
      Better.ZERO,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      "no positives, no negatives, or a score of exactly 0 or 1",
      Method.WALD,
      "Cox 1958"),
  CALIBRATION_SLOPE(
      Family.CALIBRATION,
      "calibration_slope",
      "below 1 the scores are too extreme, above 1 too timid",
      "b of logit P(y) = a + b logit s",
      "rows with label and score",
      Better.ONE,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      "no positives, no negatives, a score of exactly 0 or 1, or scores that are all the same or"
          + " separate the two",
      Method.WALD,
      "Cox 1958"),
  ECE(
      Family.CALIBRATION,
      "ece",
      "mean distance of observed and expected over ten bins; biased upward where bins are small",
      "sum n_b |mean y_b - mean s_b| / n",
      "rows with label and score",
      Better.LOWER,
      0,
      1,
      "no rows with label and score",
      Method.FOLDED,
      "Naeini, Cooper, Hauskrecht 2015"),
  MCE(
      Family.CALIBRATION,
      "mce",
      "largest distance of observed and expected over ten bins",
      "max |mean y_b - mean s_b|",
      "rows with label and score",
      Better.LOWER,
      0,
      1,
      "no rows with label and score",
      Method.BINS,
      "Naeini, Cooper, Hauskrecht 2015"),

  // ---- what it does for patients
  NET_BENEFIT(
      Family.CLINICAL,
      "net_benefit",
      "true alerts less false ones, weighed by the odds of the threshold `@t`",
      "tp/n - fp/n * t/(1 - t)",
      "rows with label and score",
      Better.HIGHER,
      Double.NEGATIVE_INFINITY,
      1,
      "no rows with label and score",
      Method.MOVER,
      "Vickers, Elkin 2006"),
  STANDARDIZED_NET_BENEFIT(
      Family.CLINICAL,
      "standardized_net_benefit",
      "net benefit over that of a perfect model",
      "net_benefit / base rate",
      "rows with label and score",
      Better.HIGHER,
      Double.NEGATIVE_INFINITY,
      1,
      "no positives",
      Method.MOVER,
      "Kerr et al. 2016"),
  NNT_ALERT(
      Family.CLINICAL,
      "nnt_alert",
      "alerts for each patient who is found",
      "1 / ppv",
      "predicted positives with a label",
      Better.LOWER,
      1,
      Double.POSITIVE_INFINITY,
      "nobody was found",
      Method.IMAGE,
      "Romero-Brufau et al. 2015",
      "number_needed_to_alert"),
  SENSITIVITY_AT_ALERT_RATE(
      Family.CLINICAL,
      "sensitivity_at_alert_rate",
      "found among the positives where the share `@r` of everyone with the highest scores is"
          + " alerted",
      "P(s >= q_(1-r) | y = 1)",
      "positives with a score",
      Better.HIGHER,
      0,
      1,
      "no positives",
      Method.WILSON,
      "Romero-Brufau et al. 2015"),
  ACCESS_SHARE(
      Family.CLINICAL,
      "access_share",
      "share of the group among those whose score reaches everyone's quantile `@q`",
      "#(s >= quantile, group) / #(s >= quantile)",
      "rows at or above the quantile",
      Better.NEITHER,
      0,
      1,
      "nobody reaches the quantile",
      Method.WILSON,
      "Obermeyer et al. 2019"),
  NEED_AT(
      Family.CLINICAL,
      "need_at",
      "mean need of those whose score reaches everyone's quantile `@q`: at equal score equal need;"
          + " `need_gap@q` is its difference to the reference",
      "mean need | s >= quantile",
      "rows with need, at or above the quantile",
      Better.NEITHER,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      "nobody with a need reaches the quantile",
      Method.T,
      "Obermeyer et al. 2019",
      "need_gap"),

  // ---- numbers as outcome
  MAE(
      Family.REGRESSION,
      "mae",
      "mean absolute error, in the unit of the label",
      "sum |p - y| / n",
      "rows with label and prediction",
      Better.LOWER,
      0,
      Double.POSITIVE_INFINITY,
      "no rows with label and prediction",
      Method.T,
      "Agarwal, Dudik, Wu 2019"),
  RMSE(
      Family.REGRESSION,
      "rmse",
      "root mean squared error, in the unit of the label",
      "sqrt(sum (p - y)^2 / n)",
      "rows with label and prediction",
      Better.LOWER,
      0,
      Double.POSITIVE_INFINITY,
      "no rows with label and prediction",
      Method.DELTA,
      "Agarwal, Dudik, Wu 2019"),
  BIAS(
      Family.REGRESSION,
      "bias",
      "mean error: above 0 too high",
      "sum (p - y) / n",
      "rows with label and prediction",
      Better.ZERO,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      "no rows with label and prediction",
      Method.T,
      "Calders et al. 2013",
      "mean_residual"),
  R2(
      Family.REGRESSION,
      "r2",
      "share of the label's variance that is explained",
      "1 - sum (p - y)^2 / sum (y - mean y)^2",
      "rows with label and prediction",
      Better.HIGHER,
      Double.NEGATIVE_INFINITY,
      1,
      "fewer than two labels, or all the same",
      Method.DELTA,
      "Wright 1921"),
  MEAN_PREDICTION(
      Family.REGRESSION,
      "mean_prediction",
      "mean of the predictions, in the unit of the label",
      "sum p / n",
      "rows with a prediction",
      Better.NEITHER,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      "no predictions",
      Method.T,
      "Calders et al. 2013"),

  // ---- the data
  REPRESENTATION(
      Family.DATA,
      "representation",
      "share of the group among the rows",
      "n of the group / n",
      "all rows",
      Better.NEITHER,
      0,
      1,
      "no rows",
      Method.WILSON,
      "EU AI Act 2024/1689, art. 10(3)"),
  MISSING_RATE(
      Family.DATA,
      "missing_rate",
      "rows without a value of the attribute",
      "n without a value / n",
      "all rows",
      Better.LOWER,
      0,
      1,
      "no rows",
      Method.WILSON,
      "45 CFR 92.210"),
  CLASS_IMBALANCE(
      Family.DATA,
      "class_imbalance",
      "everyone else less the group, among the rows: above 0 the group is the smaller part",
      "(n of everyone else - n of the group) / n",
      "all rows",
      Better.NEITHER,
      -1,
      1,
      "no rows",
      Method.IMAGE,
      "Hardt et al. 2021 (SageMaker Clarify)"),
  KL(
      Family.DATA,
      "kl",
      "divergence of the group's labels from everyone's, in nats (Kullback, Leibler)",
      "p ln(p / q) + (1 - p) ln((1 - p) / (1 - q)), p = base_rate of the group, q = of everyone",
      "rows with a label",
      Better.LOWER,
      0,
      Double.POSITIVE_INFINITY,
      "no labels",
      Method.IMAGE,
      "Kullback, Leibler 1951"),
  JS(
      Family.DATA,
      "js",
      "divergence of the group's labels from everyone's, in nats (Jensen, Shannon)",
      "(kl(p, m) + kl(q, m)) / 2, m = (p + q) / 2, p and q as in kl",
      "rows with a label",
      Better.LOWER,
      0,
      Math.log(2),
      "no labels",
      Method.IMAGE,
      "Lin 1991"),
  LABEL_MISSING_RATE(
      Family.DATA,
      "label_missing_rate",
      "rows without a label",
      "n without a label / n",
      "all rows",
      Better.LOWER,
      0,
      1,
      "no rows",
      Method.WILSON,
      "Obermeyer et al. 2019"),
  PREDICTION_MISSING_RATE(
      Family.DATA,
      "prediction_missing_rate",
      "rows without a prediction",
      "n without a prediction / n",
      "all rows",
      Better.LOWER,
      0,
      1,
      "no rows",
      Method.WILSON,
      "FDA, Health Canada, MHRA 2021 (GMLP)");

  /// What kind of number it is.
  public enum Family {
    RATE("Rates of the decisions"),
    SCORE("The score"),
    CALIBRATION("Calibration"),
    CLINICAL("What it does for patients"),
    REGRESSION("Numbers as outcome"),
    DATA("The data");

    private final String title;

    Family(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /// Which values are good.
  public enum Better {
    HIGHER,
    LOWER,
    /// The nearer to 0.
    ZERO,
    /// The nearer to 1.
    ONE,
    /// None by itself; it is compared between groups.
    NEITHER
  }

  /// Where its interval comes from.
  public enum Method {
    WILSON("Wilson's score interval"),
    IMAGE("image of Wilson's score interval"),
    FISHER_Z(
        "normal on Fisher's z scale; image of Wilson's interval of the accuracy where it has no spread"),
    MOVER("variance recovered from the intervals of its parts (Zou, Donner 2008)"),
    DELONG(
        "DeLong's variance on the logit scale; Newcombe's method 5 below 100 of a class, and where"
            + " the classes are separated"),
    LOGIT("delta method on the logit scale; Wilson's where there is no spread"),
    FOLDED("normal, from the folded normal of each bin; the lower end less what chance can add"),
    BINS("Wilson's of each bin, for all bins at once (Bonferroni)"),
    T("Student's t"),
    DELTA("Student's t, through the delta method"),
    WALD("Wald, from the information of the fit"),
    BOOTSTRAP("count bootstrap");

    private final String words;

    Method(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  private final Family family;
  private final String id;
  private final String meaning;
  private final String formula;
  private final String denominator;
  private final Better better;
  private final double low;
  private final double high;
  private final String undefined;
  private final Method method;
  private final String source;

  /// With a space between them.
  private final String aliases;

  Metric(
      Family family,
      String id,
      String meaning,
      String formula,
      String denominator,
      Better better,
      double low,
      double high,
      String undefined,
      Method method,
      String source,
      String... aliases) {
    this.family = family;
    this.id = id;
    this.meaning = meaning;
    this.formula = formula;
    this.denominator = denominator;
    this.better = better;
    this.low = low;
    this.high = high;
    this.undefined = undefined;
    this.method = method;
    this.source = source;
    this.aliases = String.join(" ", aliases);
  }

  public Family family() {
    return family;
  }

  /// The name in policies and result files, without an argument.
  public String id() {
    return id;
  }

  /// What it is, in a line.
  public String meaning() {
    return meaning;
  }

  public String formula() {
    return formula;
  }

  /// Which rows are counted below the line.
  public String denominator() {
    return denominator;
  }

  public Better better() {
    return better;
  }

  /// The smallest value it can take; may be infinite.
  public double low() {
    return low;
  }

  /// The largest value it can take; may be infinite.
  public double high() {
    return high;
  }

  /// Why it has no value where it has none.
  public String undefined() {
    return undefined;
  }

  /// Where its interval comes from.
  public Method method() {
    return method;
  }

  public String source() {
    return source;
  }

  /// Other tools' names of the same number, of the same orientation.
  public List<String> aliases() {
    return aliases.isEmpty() ? List.of() : List.of(aliases.split(" ", -1));
  }

  /// Whether the name needs a number behind an `@`: a threshold, a rate or a quantile.
  public boolean takesArgument() {
    return switch (this) {
      case NET_BENEFIT,
          STANDARDIZED_NET_BENEFIT,
          SENSITIVITY_AT_ALERT_RATE,
          ACCESS_SHARE,
          NEED_AT ->
          true;
      default -> false;
    };
  }

  /// Whether it is made of scores, which not all data has.
  public boolean needsScore() {
    return switch (family) {
      case SCORE, CALIBRATION -> true;
      case CLINICAL -> this != NNT_ALERT;
      case RATE, REGRESSION, DATA -> false;
    };
  }

  /// What a rule compares that calls a metric by this name and does not say: a `need_gap` is a
  /// difference.
  public static Rule.Compare usualCompare(String name) {
    return name.startsWith("need_gap") ? Rule.Compare.DIFFERENCE : Rule.Compare.NONE;
  }

  /// The metric of that name or alias.
  public static Optional<Metric> find(String name) {
    return Arrays.stream(values())
        .filter(m -> m.id.equals(name) || m.aliases().contains(name))
        .findFirst();
  }
}

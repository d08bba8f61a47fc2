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
      "rows with label and prediction",
      Better.HIGHER,
      0,
      1,
      "nobody is positive or predicted positive",
      Method.BOOTSTRAP,
      "van Rijsbergen 1979"),
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
      Method.LOG_POISSON,
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
      "no positives, no negatives, or all scores 0 or 1",
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
      "no positives, no negatives, or fewer than two scores",
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
      Method.BOOTSTRAP,
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
      Method.BOOTSTRAP,
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
      Method.BOOTSTRAP,
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
      Method.BOOTSTRAP,
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
      Method.WILSON,
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
  NEED_GAP(
      Family.CLINICAL,
      "need_gap",
      "mean need of those whose score reaches everyone's quantile `@q`, group minus reference: at"
          + " equal score equal need",
      "mean need | s >= quantile, group - reference",
      "rows with need, at or above the quantile",
      Better.ZERO,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      "nobody with a need reaches the quantile",
      Method.T,
      "Obermeyer et al. 2019"),

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
    MOVER("variance recovered from the intervals of its parts (Zou, Donner 2008)"),
    DELONG("DeLong's variance"),
    LOGIT("normal on the logit scale"),
    T("Student's t"),
    LOG_POISSON("Poisson, on the log scale; exact where nothing was observed"),
    DELTA("Student's t, through the delta method"),
    WALD("Wald, from the information of the fit"),
    BOOTSTRAP("count bootstrap, 10,000 replicates");

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
          NEED_GAP ->
          true;
      default -> false;
    };
  }

  /// The metric of that name or alias.
  public static Optional<Metric> find(String name) {
    return Arrays.stream(values())
        .filter(m -> m.id.equals(name) || m.aliases().contains(name))
        .findFirst();
  }
}

package org.primum.fairness.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Every number an audit knows: its name, what it is made of, and which way is better.
///
/// The one list of them: policies are read by it, result files name it, and docs/metrics.md is
/// written from it. What there is to say of each stands in the class of its family. A metric
/// without a denominator has no value: never 0, 1 or 10, whatever other tools print.
public enum Metric {
  SELECTION_RATE(RateDefinitions.SELECTION_RATE),
  TPR(RateDefinitions.TPR),
  FPR(RateDefinitions.FPR),
  TNR(RateDefinitions.TNR),
  FNR(RateDefinitions.FNR),
  PPV(RateDefinitions.PPV),
  NPV(RateDefinitions.NPV),
  FDR(RateDefinitions.FDR),
  FOR(RateDefinitions.FOR),
  ACCURACY(RateDefinitions.ACCURACY),
  ERROR_RATE(RateDefinitions.ERROR_RATE),
  BASE_RATE(RateDefinitions.BASE_RATE),
  BALANCED_ACCURACY(RateDefinitions.BALANCED_ACCURACY),
  F1(RateDefinitions.F1),
  MCC(RateDefinitions.MCC),
  COHEN_KAPPA(RateDefinitions.COHEN_KAPPA),
  PREDICTED_POSITIVE_SHARE(RateDefinitions.PREDICTED_POSITIVE_SHARE),
  CONFUSION_TENSOR(RateDefinitions.CONFUSION_TENSOR),

  AUROC(ScoreDefinitions.AUROC),
  GINI(ScoreDefinitions.GINI),
  AUPRC(ScoreDefinitions.AUPRC),
  BRIER(ScoreDefinitions.BRIER),
  LOG_LOSS(ScoreDefinitions.LOG_LOSS),
  MEAN_SCORE(ScoreDefinitions.MEAN_SCORE),
  KS_SCORE(ScoreDefinitions.KS_SCORE),
  W1_SCORE(ScoreDefinitions.W1_SCORE),

  O_E(CalibrationDefinitions.O_E),
  CALIBRATION_GAP(CalibrationDefinitions.CALIBRATION_GAP),
  CALIBRATION_INTERCEPT(CalibrationDefinitions.CALIBRATION_INTERCEPT),
  CALIBRATION_SLOPE(CalibrationDefinitions.CALIBRATION_SLOPE),
  ECE(CalibrationDefinitions.ECE),
  MCE(CalibrationDefinitions.MCE),

  NET_BENEFIT(ClinicalDefinitions.NET_BENEFIT),
  STANDARDIZED_NET_BENEFIT(ClinicalDefinitions.STANDARDIZED_NET_BENEFIT),
  NNT_ALERT(ClinicalDefinitions.NNT_ALERT),
  SENSITIVITY_AT_ALERT_RATE(ClinicalDefinitions.SENSITIVITY_AT_ALERT_RATE),
  ACCESS_SHARE(ClinicalDefinitions.ACCESS_SHARE),
  NEED_AT(ClinicalDefinitions.NEED_AT),

  MAE(RegressionDefinitions.MAE),
  RMSE(RegressionDefinitions.RMSE),
  BIAS(RegressionDefinitions.BIAS),
  R2(RegressionDefinitions.R2),
  MEAN_PREDICTION(RegressionDefinitions.MEAN_PREDICTION),

  REPRESENTATION(DataDefinitions.REPRESENTATION),
  MISSING_RATE(DataDefinitions.MISSING_RATE),
  CLASS_IMBALANCE(DataDefinitions.CLASS_IMBALANCE),
  KL(DataDefinitions.KL),
  JS(DataDefinitions.JS),
  LABEL_MISSING_RATE(DataDefinitions.LABEL_MISSING_RATE),
  PREDICTION_MISSING_RATE(DataDefinitions.PREDICTION_MISSING_RATE),

  EQUALIZED_ODDS(CompositeDefinitions.EQUALIZED_ODDS),
  EQUALIZED_ODDS_MEAN(CompositeDefinitions.EQUALIZED_ODDS_MEAN),
  AVERAGE_ODDS(CompositeDefinitions.AVERAGE_ODDS),
  AVERAGE_ABS_ODDS(CompositeDefinitions.AVERAGE_ABS_ODDS),
  AVERAGE_PREDICTIVE_VALUE(CompositeDefinitions.AVERAGE_PREDICTIVE_VALUE),
  TREATMENT_EQUALITY(CompositeDefinitions.TREATMENT_EQUALITY),

  GEI(InequalityDefinitions.GEI),
  THEIL(InequalityDefinitions.THEIL),
  COEFFICIENT_OF_VARIATION(InequalityDefinitions.COEFFICIENT_OF_VARIATION),
  BETWEEN_GROUP_GEI(InequalityDefinitions.BETWEEN_GROUP_GEI),
  BETWEEN_GROUP_THEIL(InequalityDefinitions.BETWEEN_GROUP_THEIL),
  EDF(InequalityDefinitions.EDF),
  EDF_AMPLIFICATION(InequalityDefinitions.EDF_AMPLIFICATION),
  CDD(InequalityDefinitions.CDD),

  HOMOGENEITY(OmnibusDefinitions.HOMOGENEITY),
  MAX_T(OmnibusDefinitions.MAX_T),

  CRAMERS_V(ProxyDefinitions.CRAMERS_V),
  MUTUAL_INFORMATION(ProxyDefinitions.MUTUAL_INFORMATION),
  AUC_SENSITIVE_FROM_FEATURE(ProxyDefinitions.AUC_SENSITIVE_FROM_FEATURE),
  AUC_SENSITIVE_FROM_SCORE(ProxyDefinitions.AUC_SENSITIVE_FROM_SCORE),
  AUC_SENSITIVE_FROM_ALL(ProxyDefinitions.AUC_SENSITIVE_FROM_ALL),
  AUC_SENSITIVE_FROM_ALL_WITH_SCORE(ProxyDefinitions.AUC_SENSITIVE_FROM_ALL_WITH_SCORE),
  SCORE_RESIDUAL_DEPENDENCE(ProxyDefinitions.SCORE_RESIDUAL_DEPENDENCE),
  SCORE_RESIDUAL_P(ProxyDefinitions.SCORE_RESIDUAL_P);

  /// What kind of number it is.
  public enum Family {
    RATE("Rates of the decisions"),
    SCORE("The score"),
    CALIBRATION("Calibration"),
    CLINICAL("What it does for patients"),
    REGRESSION("Numbers as outcome"),
    DATA("The data"),
    COMPOSITE("Several rates in one"),
    INEQUALITY("Inequality"),
    OMNIBUS("All groups at once"),
    PROXY("What tells the group");

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
    BAND(
        "what chance can add or take at most, by Kolmogorov's limit; 0 where the test does not reject"),
    AREA(
        "what chance can add or take at most, by the moments of the area it can put between two"
            + " distributions"),
    BOOTSTRAP("count bootstrap"),
    TESTED_BOOTSTRAP(
        "count bootstrap; it reaches 0 exactly where chi-square does not reject equality"),
    ODDS("Wilson's score interval, as odds"),
    PARTS("from the intervals of its parts, paid for together (Bonferroni)"),
    PAIRS("from those of all pairs, paid for together (Bonferroni)"),
    NONCENTRALITY(
        "normal on the root of chi-square, for G as well; 0 where independence is not rejected"),
    HELD_OUT(
        "from the lower end of the area in rows nobody learned from (five folds) to DeLong's upper"
            + " end"),
    FOLDS(
        "twice DeLong's variance of each fold, pooled, on the logit scale; of patients where rows come"
            + " in clusters"),
    P_VALUE("none: it is a p-value"),
    NONE("none");

    private final String words;

    Method(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /// Whom a number is of.
  public enum Scope {
    /// Of each group, and compared between groups.
    GROUP,
    /// Of a group and what it is held against, both at once.
    PAIR,
    /// Of all groups of an attribute or intersection at once.
    TABLE,
    /// Of a group in all strata of the condition at once.
    STRATA,
    /// Of a column beside the sensitive ones, or of the score: what tells the group.
    COLUMN
  }

  /// A record of texts and numbers, which the checker cannot see through.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Definition definition;

  Metric(Definition definition) {
    this.definition = definition;
  }

  public Family family() {
    return definition.family();
  }

  /// The name in policies and result files, without an argument.
  public String id() {
    return definition.id();
  }

  /// What it is, in a line.
  public String meaning() {
    return definition.meaning();
  }

  public String formula() {
    return definition.formula().text();
  }

  /// Which rows are counted below the line.
  public String denominator() {
    return definition.formula().denominator();
  }

  public Better better() {
    return definition.scale().better();
  }

  /// The smallest value it can take; may be infinite.
  public double low() {
    return definition.scale().low();
  }

  /// The largest value it can take; may be infinite.
  public double high() {
    return definition.scale().high();
  }

  /// Why it has no value where it has none.
  public String undefined() {
    return definition.formula().undefined();
  }

  /// Where its interval comes from.
  public Method method() {
    return definition.method();
  }

  public String source() {
    return definition.source();
  }

  /// Other tools' names of the same number, of the same orientation.
  public List<String> aliases() {
    return definition.aliases();
  }

  /// Whom the number is of.
  public Scope scope() {
    return switch (this) {
      case EQUALIZED_ODDS, EQUALIZED_ODDS_MEAN, AVERAGE_ABS_ODDS, KS_SCORE, W1_SCORE -> Scope.PAIR;
      case BETWEEN_GROUP_GEI, BETWEEN_GROUP_THEIL, EDF, EDF_AMPLIFICATION, HOMOGENEITY, MAX_T ->
          Scope.TABLE;
      case CDD -> Scope.STRATA;
      case CRAMERS_V,
          MUTUAL_INFORMATION,
          AUC_SENSITIVE_FROM_FEATURE,
          AUC_SENSITIVE_FROM_SCORE,
          AUC_SENSITIVE_FROM_ALL,
          AUC_SENSITIVE_FROM_ALL_WITH_SCORE,
          SCORE_RESIDUAL_DEPENDENCE,
          SCORE_RESIDUAL_P ->
          Scope.COLUMN;
      default -> Scope.GROUP;
    };
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
    return switch (family()) {
      case SCORE, CALIBRATION -> true;
      case CLINICAL -> this != NNT_ALERT;
      case PROXY -> isOfScore();
      case RATE, REGRESSION, DATA, COMPOSITE, INEQUALITY, OMNIBUS -> false;
    };
  }

  private boolean isOfScore() {
    return switch (this) {
      case AUC_SENSITIVE_FROM_SCORE,
          AUC_SENSITIVE_FROM_ALL_WITH_SCORE,
          SCORE_RESIDUAL_DEPENDENCE,
          SCORE_RESIDUAL_P ->
          true;
      default -> false;
    };
  }

  /// Whether it is of one column that may tell a group, named in brackets.
  public boolean isOfColumn() {
    return switch (this) {
      case CRAMERS_V, MUTUAL_INFORMATION, AUC_SENSITIVE_FROM_FEATURE -> true;
      default -> false;
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
        .filter(m -> m.id().equals(name) || m.aliases().contains(name))
        .findFirst();
  }
}

package org.primum.fairness.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.primum.fairness.policy.Rule.Compare;

/// Other tools' names of a disparity: each stands for one metric, compared in one way, in one
/// orientation. Results are printed in our own orientation, group minus or over the reference; a
/// limit on a name that is oriented the other way is turned over when the policy is read.
///
/// Two names mean different things in different tools, and each is bound once. `EOD` is equal
/// opportunity, group minus reference, as in AIF360; it is not equalized odds.
/// `equal_opportunity_difference` is Fairlearn's, largest minus smallest, without a sign: whoever
/// meant AIF360's and writes a `min` is refused, never misread.
public enum Alias {
  SPD(
      "AIF360, TrustyAI",
      Metric.SELECTION_RATE,
      Compare.DIFFERENCE,
      "SPD",
      "statistical_parity_difference"),
  DPPL("SageMaker Clarify", Metric.SELECTION_RATE, Compare.DIFFERENCE, Turned.YES, "DPPL"),
  DI(
      "AIF360, Clarify, TrustyAI",
      Metric.SELECTION_RATE,
      Compare.RATIO,
      "DI",
      "DIR",
      "disparate_impact",
      "disparate_impact_ratio"),
  IMPACT_RATIO(
      "29 CFR 1607.4(D), 6 RCNY 5-300, Holistic AI",
      Metric.SELECTION_RATE,
      Compare.MIN_MAX_RATIO,
      "impact_ratio",
      "four_fifths"),
  DPD("Fairlearn", Metric.SELECTION_RATE, Compare.MAX_MIN, "DPD", "demographic_parity_difference"),
  DPR("Fairlearn", Metric.SELECTION_RATE, Compare.MIN_MAX_RATIO, "DPR", "demographic_parity_ratio"),
  EOD("AIF360", Metric.TPR, Compare.DIFFERENCE, "EOD", "TPRD", "true_positive_rate_difference"),
  RD("SageMaker Clarify", Metric.TPR, Compare.DIFFERENCE, Turned.YES, "RD"),
  EQUAL_OPPORTUNITY_DIFFERENCE(
      "Fairlearn", Metric.TPR, Compare.MAX_MIN, "equal_opportunity_difference"),
  EQUAL_OPPORTUNITY_RATIO(
      "Fairlearn", Metric.TPR, Compare.MIN_MAX_RATIO, "equal_opportunity_ratio"),
  EQUALIZED_ODDS_DIFFERENCE(
      "Fairlearn", Metric.EQUALIZED_ODDS, Compare.MAX_MIN, "equalized_odds_difference"),
  EQUALIZED_ODDS_RATIO(
      "Fairlearn", Metric.EQUALIZED_ODDS, Compare.MIN_MAX_RATIO, "equalized_odds_ratio"),
  AOD("AIF360", Metric.AVERAGE_ODDS, Compare.DIFFERENCE, "AOD", "average_odds_difference"),
  AAOD(
      "AIF360",
      Metric.AVERAGE_ABS_ODDS,
      Compare.ABS_DIFFERENCE,
      "AAOD",
      "average_abs_odds_difference"),
  APVD(
      "AIF360, TrustyAI",
      Metric.AVERAGE_PREDICTIVE_VALUE,
      Compare.DIFFERENCE,
      "APVD",
      "average_predictive_value_difference"),
  FPRD(
      "AIF360",
      Metric.FPR,
      Compare.DIFFERENCE,
      "FPRD",
      "false_positive_rate_difference",
      "predictive_equality_difference"),
  FPRR("AIF360", Metric.FPR, Compare.RATIO, "FPRR", "false_positive_rate_ratio"),
  FNRD("AIF360", Metric.FNR, Compare.DIFFERENCE, "FNRD", "false_negative_rate_difference"),
  FNRR("AIF360", Metric.FNR, Compare.RATIO, "FNRR", "false_negative_rate_ratio"),
  FDRD("AIF360", Metric.FDR, Compare.DIFFERENCE, "FDRD", "false_discovery_rate_difference"),
  FDRR("AIF360", Metric.FDR, Compare.RATIO, "FDRR", "false_discovery_rate_ratio"),
  FORD("AIF360", Metric.FOR, Compare.DIFFERENCE, "FORD", "false_omission_rate_difference"),
  FORR("AIF360", Metric.FOR, Compare.RATIO, "FORR", "false_omission_rate_ratio"),
  ERD("AIF360", Metric.ERROR_RATE, Compare.DIFFERENCE, "ERD", "error_rate_difference"),
  ERR("AIF360", Metric.ERROR_RATE, Compare.RATIO, "ERR", "error_rate_ratio"),
  AD("SageMaker Clarify", Metric.ACCURACY, Compare.DIFFERENCE, Turned.YES, "AD"),
  PREDICTIVE_PARITY(
      "Chouldechova 2017",
      Metric.PPV,
      Compare.DIFFERENCE,
      "PPVD",
      "predictive_parity",
      "predictive_parity_difference"),
  DAR("SageMaker Clarify", Metric.PPV, Compare.DIFFERENCE, Turned.YES, "DAR");

  private enum Turned {
    YES,
    NO
  }

  private final String tool;
  private final Metric metric;
  private final Compare compare;
  private final Turned turned;
  private final String names;

  Alias(String tool, Metric metric, Compare compare, String... names) {
    this(tool, metric, compare, Turned.NO, names);
  }

  Alias(String tool, Metric metric, Compare compare, Turned turned, String... names) {
    this.tool = tool;
    this.metric = metric;
    this.compare = compare;
    this.turned = turned;
    this.names = String.join(" ", names);
  }

  /// Whose name it is.
  public String tool() {
    return tool;
  }

  public Metric metric() {
    return metric;
  }

  public Compare compare() {
    return compare;
  }

  /// Whether it is the reference minus the group, where ours is the group minus the reference.
  public boolean turned() {
    return turned == Turned.YES;
  }

  /// The names a policy may use.
  public List<String> names() {
    return List.of(names.split(" ", -1));
  }

  /// The alias of that name.
  public static Optional<Alias> find(String name) {
    return Arrays.stream(values()).filter(a -> a.names().contains(name)).findFirst();
  }
}

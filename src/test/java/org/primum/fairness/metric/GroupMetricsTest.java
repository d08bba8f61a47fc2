package org.primum.fairness.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.fairness.Audits;
import org.primum.fairness.Fixtures;
import org.primum.fairness.Rows;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Interval.Bounds;

/// Six patients. Group A: scores 0.9 and 0.6 with the outcome, 0.6 and 0.2 without, needs 3, 2, 1
/// and 0. Group B: 0.9 and 0.1 without, need 5 and unknown. Who scores 0.5 or more is flagged.
final class GroupMetricsTest {

  private static final Offset<Double> EXACT = within(1e-12);

  private static final FairnessPolicy POLICY =
      Audits.whole(
          """
          apiVersion: primum.dev/v1alpha1
          kind: FairnessPolicy
          metadata: {name: test, revision: 1}
          data:
            label: {column: y, positive: 1}
            score: {column: s}
            decision: {threshold: 0.5}
            need: {column: need}
          attributes: [{name: g, column: g}]
          rules: [{id: r, metric: tpr, over: g, min: 0.5}]
          """);

  private static final Tally TALLY =
      Fixtures.tally(
          Rows.of(
              "g,y,s,need",
              "A,1,0.9,3",
              "A,1,0.6,2",
              "A,0,0.6,1",
              "A,0,0.2,0",
              "B,0,0.9,5",
              "B,0,0.1,"),
          POLICY);

  private static final Map<List<String>, GroupTally> GROUPS = TALLY.groups(List.of(0));
  private static final GroupMetrics METRICS =
      new GroupMetrics(POLICY.data().target(), TALLY.overall(), TALLY.scale());

  private static Estimate of(String group, String metric) {
    return METRICS.estimate(
        MetricRef.parse(metric).orElseThrow(),
        GROUPS.getOrDefault(List.of(group), GroupTally.NONE));
  }

  /// Each by hand; kl and js by Python's math, log_loss is -(ln .9 + ln .6 + ln .4 + ln .8) / 4.
  @ParameterizedTest
  @CsvSource({
    "auroc, 0.875",
    "roc_auc, 0.875",
    "gini, 0.75",
    "auprc, 0.8333333333333334",
    "brier, 0.1425",
    "log_loss, 0.4389051056530454",
    "mean_score, 0.575",
    "o_e, 0.8695652173913043",
    "calibration_gap, -0.075",
    "ece, 0.125",
    "mce, 0.2",
    "net_benefit@0.5, 0.25",
    "net_benefit@0.75, 0.25",
    "standardized_net_benefit@0.5, 0.5",
    "nnt_alert, 1.5",
    "balanced_accuracy, 0.75",
    "f1, 0.8",
    "mcc, 0.5773502691896258",
    "cohen_kappa, 0.5",
    "predicted_positive_share, 0.75",
    "representation, 0.6666666666666666",
    "class_imbalance, -0.3333333333333333",
    "kl, 0.05889151782819166",
    "js, 0.014362591564146751",
    "sensitivity_at_alert_rate@0.5, 1",
    "sensitivity_at_alert_rate@0.2, 0.5",
    "access_share@0.8, 0.5",
    "access_share@0.5, 0.75",
    "need_at@0.8, 3",
    "need_at@0.5, 2",
    "need_gap@0.5, 2"
  })
  void groupAHasTheValueThatAPersonComputes(String metric, double expected) {
    Estimate estimate = of("A", metric);
    assertThat(estimate.value()).isCloseTo(expected, EXACT);
    Bounds bounds = estimate.at(0.05);
    assertThat(bounds.low()).isLessThan(expected);
    assertThat(bounds.high()).isGreaterThanOrEqualTo(expected);
  }

  /// Group B has nobody with the outcome, and one of its two is flagged, in vain.
  @ParameterizedTest
  @CsvSource({
    "auroc, 'no positives, or no negatives'",
    "gini, 'no positives, or no negatives'",
    "auprc, no positives",
    "calibration_intercept, no positives",
    "calibration_slope, no positives",
    "standardized_net_benefit@0.5, no positives",
    "sensitivity_at_alert_rate@0.5, no positives",
    "nnt_alert, nobody was found",
    "balanced_accuracy, 'no positives, or no negatives'",
    "mcc, 'labels, or predictions, are all the same'"
  })
  void whatGroupBCannotHaveHasAReasonAndNoNumber(String metric, String reason) {
    assertThat(of("B", metric))
        .isInstanceOfSatisfying(
            Estimate.Undefined.class, none -> assertThat(none.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "o_e, 0",
    "f1, 0",
    "cohen_kappa, 0",
    "brier, 0.41",
    "net_benefit@0.5, -0.5",
    "need_at@0.5, 5"
  })
  void whatGroupBCanHaveIsANumber(String metric, double expected) {
    assertThat(of("B", metric).value()).isCloseTo(expected, EXACT);
  }

  /// Student's t with two degrees of freedom: 2 +- 4.302652730 / sqrt(3), by scipy.
  @Test
  void theNeedOfThreePatientsHasStudentsInterval() {
    Bounds bounds = of("A", "need_at@0.5").at(0.05);
    assertThat(bounds.low()).isCloseTo(2 - 2.4841377117503303, within(1e-9));
    assertThat(bounds.high()).isCloseTo(2 + 2.4841377117503303, within(1e-9));
  }

  @Test
  void oneRowSaysNothingOfTheNeedOfOthers() {
    Bounds bounds = of("B", "need_at@0.5").at(0.05);
    assertThat(bounds).isEqualTo(new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
  }

  /// Wilson's interval of 2 in 3 by statsmodels is (.2076596008, .9385080553): of the ppv, and of
  /// the true positives among rows that are positive or flagged.
  @Test
  void imagesOfWilsonsIntervalEndWhereItsEndsGo() {
    Bounds alerts = of("A", "nnt_alert").at(0.05);
    assertThat(alerts.low()).isCloseTo(1 / 0.9385080552796037, EXACT);
    assertThat(alerts.high()).isCloseTo(1 / 0.2076596008020477, EXACT);
    Bounds f1 = of("A", "f1").at(0.05);
    assertThat(f1.low()).isCloseTo(2 * 0.2076596008020477 / 1.2076596008020477, EXACT);
    Bounds imbalance = of("A", "class_imbalance").at(0.05);
    assertThat(imbalance.low()).isCloseTo(1 - 2 * 0.9032285888942195, EXACT);
    assertThat(imbalance.high()).isCloseTo(1 - 2 * 0.29999331513839184, EXACT);
  }

  @Test
  void groupsOfOneLabelAreOneLabelApartWhereEveryoneHasOneTheSame() {
    Tally all = Fixtures.tally(Rows.of("g,y,s,need", "A,1,0.9,", "A,1,0.6,", "B,1,0.6,"), POLICY);
    GroupMetrics metrics = new GroupMetrics(POLICY.data().target(), all.overall(), all.scale());
    GroupTally one = all.groups(List.of(0)).getOrDefault(List.of("A"), GroupTally.NONE);
    Estimate kl = metrics.estimate(MetricRef.parse("kl").orElseThrow(), one);
    assertThat(kl.value()).isZero();
    assertThat(kl.at(0.05)).isEqualTo(new Bounds(0, Double.POSITIVE_INFINITY));
  }

  @Test
  void ratesNeedBothClassesAsManyAsThePolicyAsks() {
    assertThat(of("A", "auroc").support().parts())
        .containsExactly(
            new Support.Part(Support.Kind.POSITIVES, 2, 2),
            new Support.Part(Support.Kind.NEGATIVES, 2, 2));
    assertThat(of("A", "brier").support().rows()).isEqualTo(4);
    assertThat(of("A", "access_share@0.8").support().parts())
        .containsExactly(
            new Support.Part(Support.Kind.PATIENTS, 2, 2),
            new Support.Part(Support.Kind.OWN_ROWS, 1, 1));
  }

  /// Everyone's six scores are .1, .2, .6, .6, .9, .9, so the tenths begin at 0, .1, .2, .6, .6,
  /// .6, .6, .9, .9 and .9, and those that end where they begin are empty.
  @Test
  void needIsToldForEachTenthOfEveryonesScores() {
    List<NeedMetrics.Tenth> tenths =
        METRICS.needByTenth(GROUPS.getOrDefault(List.of("A"), GroupTally.NONE));
    assertThat(tenths)
        .extracting(NeedMetrics.Tenth::from)
        .containsExactly(0.0, 0.1, 0.2, 0.2, 0.6, 0.6, 0.6, 0.9, 0.9, 0.9);
    assertThat(tenths.get(3).need().value()).isZero();
    assertThat(tenths.get(6).need().value()).isEqualTo(1.5);
    assertThat(tenths.get(9).need().value()).isEqualTo(3);
    assertThat(tenths).filteredOn(tenth -> tenth.need().defined()).hasSize(3);
  }

  @Test
  void whatTheDataCanHaveIsListedWithoutARule() {
    List<String> ids = METRICS.listed(POLICY).stream().map(MetricRef::id).toList();
    assertThat(ids)
        .contains("tpr", "auroc", "ece", "net_benefit@0.5", "standardized_net_benefit@0.5")
        .contains("nnt_alert", "representation", "kl", "label_missing_rate")
        .doesNotContain("missing_rate", "mae")
        .doesNotHaveDuplicates();
  }

  @Test
  void withoutAScoreColumnNothingOfScoresIsListed() {
    FairnessPolicy policy =
        Audits.policy(
            """
            attributes: [{name: g, column: g}]
            rules: [{id: r, metric: tpr, over: g, min: 0.5}]
            """);
    Tally tally = Fixtures.tally(Rows.of("g,label,prediction", "A,1,1"), policy);
    GroupMetrics metrics = new GroupMetrics(policy.data().target(), tally.overall(), tally.scale());
    List<String> ids = metrics.listed(policy).stream().map(MetricRef::id).toList();
    assertThat(ids).contains("f1", "nnt_alert").doesNotContain("auroc", "brier", "o_e");
  }
}

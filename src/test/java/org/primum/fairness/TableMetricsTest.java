package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.primum.fairness.Audits.audit;
import static org.primum.fairness.Audits.finding;

import org.junit.jupiter.api.Test;
import org.primum.gate.Interval;
import org.primum.gate.Measurement;
import org.primum.gate.Status;

/// 30 of 100 in a and 50 of 100 in b are found: chi-square is 200 (30 x 50 - 70 x 50)^2 / (80 x 120
/// x 100 x 100) = 8.3333, and its p-value 0.0038924171.
final class TableMetricsTest {

  private static final double P = 0.0038924171227786;

  private static final Rows APART =
      Rows.repeated("g,label,prediction", "a,1,1,30", "a,1,0,70", "b,1,1,50", "b,1,0,50");

  private static AuditResult judged(Rows rows, String rules) {
    return audit(
        """
        attributes: [{name: g, column: g, reference: a}]
        minimum: {n: 0, positives: 3, negatives: 0}
        suppress: {below: 0}
        rules:
        """
            + rules,
        rows);
  }

  @Test
  void homogeneityIsTheChiSquareTestOfOneRateOverAllGroups() {
    AuditResult result =
        judged(APART, "  - {id: r, metric: \"homogeneity[tpr]\", over: g, min: 0.05}\n");
    Measurement measured = finding(result, "r", "g").measurement();
    assertThat(CohortRuns.value(measured).orElseThrow()).isCloseTo(P, within(1e-12));
    assertThat(measured.interval()).as("a p-value has none").isEqualTo(new Interval.None());
    assertThat(finding(result, "r", "g").status()).isEqualTo(Status.FAIL);
    assertThat(CohortRuns.value(CohortRuns.metric(result, "homogeneity[tpr]", "g", "")))
        .hasValue(CohortRuns.value(measured).orElseThrow());
  }

  /// None of three in a and all three of b: of the 20 ways to deal three flags to six people two
  /// are as far apart, so the exact p-value is 0.1. 10,000 draws miss it by more than 0.015 less
  /// than once in a million seeds; this seed is fixed.
  @Test
  void thinTablesArePermuted() {
    AuditResult result =
        judged(
            Rows.repeated("g,label,prediction", "a,1,0,3", "b,1,1,3"),
            "  - {id: r, metric: \"homogeneity[tpr]\", over: g, min: 0.05}\n");
    assertThat(CohortRuns.value(finding(result, "r", "g").measurement()).orElseThrow())
        .isCloseTo(0.1, within(0.015));
    assertThat(finding(result, "r", "g").status()).isEqualTo(Status.PASS);
  }

  /// With one group to compare the largest difference is that difference, and Dunnett's
  /// distribution the normal one. The variances have one event and one other row added: 31/102 and
  /// 51/102.
  @Test
  void maxTOfTwoGroupsIsTheirOwnTest() {
    AuditResult result = judged(APART, "  - {id: r, metric: \"max_t[tpr]\", over: g, min: 0.05}\n");
    double first = 31 / 102.0 * (71 / 102.0) / 102;
    double second = 51 / 102.0 * (51 / 102.0) / 102;
    double z = 0.2 / Math.sqrt(first + second);
    double p = org.apache.commons.math3.special.Erf.erfc(z / Math.sqrt(2));
    assertThat(CohortRuns.value(finding(result, "r", "g").measurement()).orElseThrow())
        .isCloseTo(p, within(1e-6));
    Measurement band = CohortRuns.metric(result, "max_t[tpr]", "g=b", "difference");
    Interval.Bounds bounds = (Interval.Bounds) band.interval();
    double half = 1.959963984540054 * Math.sqrt(first + second);
    assertThat(bounds.low()).isCloseTo(0.2 - half, within(1e-6));
    assertThat(bounds.high()).isCloseTo(0.2 + half, within(1e-6));
  }

  @Test
  void aTableWithOneJudgeableGroupIsInconclusive() {
    AuditResult result =
        judged(
            Rows.repeated("g,label,prediction", "a,1,0,30", "b,1,1,2"),
            """
              - {id: p, metric: "homogeneity[tpr]", over: g, min: 0.05}
              - {id: e, metric: edf, over: g, max: 9, decide: point}
            """
                .indent(2));
    assertThat(finding(result, "p", "g").status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(finding(result, "p", "g=b").status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(result.status()).isEqualTo(Status.INCONCLUSIVE);
  }

  /// (30 + 1/2) / 101 against (50 + 1/2) / 101: ln(50.5 / 30.5). Of the others ln(70.5 / 50.5) is
  /// less.
  @Test
  void differentialFairnessIsTheLargestRatioOfTwoGroups() {
    AuditResult result = judged(APART, "  - {id: r, metric: edf, over: g, max: 0.2}\n");
    Measurement measured = finding(result, "r", "g").measurement();
    assertThat(CohortRuns.value(measured).orElseThrow())
        .isCloseTo(Math.log(50.5 / 30.5), within(1e-12));
    Interval.Bounds bounds = (Interval.Bounds) measured.interval();
    assertThat(bounds.low()).isBetween(0.0, 0.3);
    assertThat(bounds.high()).isGreaterThan(0.6);
  }
}

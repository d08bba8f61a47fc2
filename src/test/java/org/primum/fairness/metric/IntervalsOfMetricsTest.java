package org.primum.fairness.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.fairness.Audits;
import org.primum.fairness.Fixtures;
import org.primum.fairness.Rows;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.statistics.bootstrap.Cells;
import org.primum.fairness.statistics.bootstrap.CountBootstrap;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Interval.Bounds;

/// The table of cohort.csv at its threshold, tp 109, fp 118, fn 67, tn 306, and small tables at the
/// edges: everyone right, everyone wrong, nobody flagged.
final class IntervalsOfMetricsTest {

  private static final FairnessPolicy POLICY =
      Audits.whole(
          """
          apiVersion: primum.dev/v1alpha1
          kind: FairnessPolicy
          metadata: {name: test, revision: 1}
          data:
            label: {column: y, positive: 1}
            score: {column: s}
            decision: {threshold: 0.3}
          attributes: [{name: g, column: g}]
          rules: [{id: r, metric: tpr, over: g, min: 0.5}]
          """);

  private static Tally tally(int tp, int fp, int fn, int tn) {
    return Fixtures.tally(
        Rows.repeated("g,y,s", "A,1,0.6," + tp, "A,0,0.6," + fp, "A,1,0.1," + fn, "A,0,0.1," + tn),
        POLICY);
  }

  private static Estimate estimate(Tally tally, String metric) {
    GroupTally all = tally.overall();
    return new GroupMetrics(POLICY.data().target(), all, tally.scale())
        .estimate(MetricRef.parse(metric).orElseThrow(), all);
  }

  private static final double ODDS = 0.3 / 0.7;

  /// Cells: tp, fp, fn, tn.
  private static final Map<String, ToDoubleFunction<double[]>> STATISTICS =
      Map.of(
          "f1", c -> 2 * c[0] / (2 * c[0] + c[1] + c[2]),
          "balanced_accuracy", c -> (c[0] / (c[0] + c[2]) + c[3] / (c[1] + c[3])) / 2,
          "mcc",
              c ->
                  (c[0] * c[3] - c[1] * c[2])
                      / Math.sqrt((c[0] + c[1]) * (c[0] + c[2]) * (c[3] + c[1]) * (c[3] + c[2])),
          "net_benefit@0.3", c -> (c[0] - ODDS * c[1]) / (c[0] + c[1] + c[2] + c[3]),
          "standardized_net_benefit@0.3", c -> (c[0] - ODDS * c[1]) / (c[0] + c[2]),
          "nnt_alert", c -> (c[0] + c[1]) / c[0]);

  /// Where the groups are large the closed forms and the bootstrap say the same: within a tenth of
  /// the interval's width at 600 rows.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "f1",
        "balanced_accuracy",
        "mcc",
        "net_benefit@0.3",
        "standardized_net_benefit@0.3",
        "nnt_alert"
      })
  void closedFormsAgreeWithTheCountBootstrap(String metric) {
    CountBootstrap bootstrap = new CountBootstrap(7, 20_000);
    Bounds drawn =
        (Bounds)
            bootstrap
                .of(
                    metric,
                    Cells.counted(109, 118, 67, 306),
                    STATISTICS.getOrDefault(metric, _ -> Double.NaN))
                .interval(0.05);
    Bounds closed = estimate(tally(109, 118, 67, 306), metric).at(0.05);
    double tenth = 0.1 * (drawn.high() - drawn.low());
    assertThat(closed.low()).isCloseTo(drawn.low(), within(tenth));
    assertThat(closed.high()).isCloseTo(drawn.high(), within(tenth));
  }

  /// Kappa .31437466 with the standard error .03979598 of statsmodels 0.15.0 (`cohens_kappa`), and
  /// the correlation .32014524 with .04016845 by a numerical gradient over the four shares, each on
  /// Fisher's z scale at 95 %.
  @ParameterizedTest
  @CsvSource({
    "cohen_kappa, 0.23439945471402174, 0.3901231704359966",
    "mcc, 0.23935480224522235, 0.3965329427855448"
  })
  void agreementHasTheVarianceOfLargeSamples(String metric, double low, double high) {
    Bounds bounds = estimate(tally(109, 118, 67, 306), metric).at(0.05);
    assertThat(bounds.low()).isCloseTo(low, within(1e-8));
    assertThat(bounds.high()).isCloseTo(high, within(1e-8));
  }

  @ParameterizedTest
  @CsvSource({
    "mcc, 20, 0, 0, 20, 1",
    "cohen_kappa, 20, 0, 0, 20, 1",
    "mcc, 0, 20, 20, 0, -1",
    "mcc, 0, 10, 30, 0, -1",
    "cohen_kappa, 0, 20, 20, 0, -1",
    "cohen_kappa, 15, 25, 0, 0, 0",
    "f1, 20, 0, 0, 20, 1",
    "f1, 0, 5, 5, 20, 0",
    "auroc, 20, 0, 0, 20, 1",
    "auprc, 20, 0, 0, 20, 1",
    "net_benefit@0.3, 0, 0, 20, 20, 0",
    "net_benefit@0.3, 40, 0, 0, 0, 1",
    "standardized_net_benefit@0.3, 0, 0, 20, 20, 0",
    "standardized_net_benefit@0.3, 20, 0, 0, 0, 1",
    "ece, 24, 16, 4, 36, 0"
  })
  void noIntervalIsAPointWhereTheTableHasNoSpread(
      String metric, int tp, int fp, int fn, int tn, double value) {
    Estimate estimate = estimate(tally(tp, fp, fn, tn), metric);
    Bounds bounds = estimate.at(0.05);
    assertThat(estimate.value()).isCloseTo(value, within(1e-12));
    assertThat(bounds.high() - bounds.low()).isBetween(0.02, 2.0);
    assertThat(bounds.low()).isLessThanOrEqualTo(estimate.value());
    assertThat(bounds.high()).isGreaterThanOrEqualTo(estimate.value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"auroc", "brier", "ece", "mce", "net_benefit@0.3", "f1", "mcc", "o_e"})
  void aSmallerAlphaNeverNarrowsAnInterval(String metric) {
    Estimate estimate = estimate(tally(109, 118, 67, 306), metric);
    Bounds before = estimate.at(0.5);
    for (double alpha : List.of(0.1, 0.05, 0.01, 0.001, 1e-6)) {
      Bounds next = estimate.at(alpha);
      assertThat(next.low()).isLessThanOrEqualTo(before.low());
      assertThat(next.high()).isGreaterThanOrEqualTo(before.high());
      before = next;
    }
  }

  @Test
  void whereNothingWasObservedTheRatioHasAnUpperEnd() {
    Bounds bounds = estimate(tally(0, 10, 0, 10), "o_e").at(0.05);
    assertThat(bounds.low()).isZero();
    // Wilson's upper end of 0 in 20 by statsmodels, over 7 expected of 20
    assertThat(bounds.high()).isCloseTo(0.1611251580528194 * 20 / 7, within(1e-9));
  }
}

package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.primum.fairness.Audits.audit;
import static org.primum.fairness.Audits.finding;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;

/// Rules on scores, calibration and need from policy to finding. Group A: 40 patients at score 0.8,
/// 32 with the outcome, need 2 or 4; 40 at 0.2, 8 with it, need 1. Group B the same, but for needs
/// of 5 or 7 at 0.8: at equal score it is sicker by 3.
final class ScoreRulesTest {

  private static final String COLUMNS = "g,y,s,need";

  private static final String[] A = {
    "A,1,0.8,2,48", "A,1,0.8,4,48", "A,0,0.8,2,12", "A,0,0.8,4,12", "A,1,0.2,1,24", "A,0,0.2,1,96"
  };

  private static final String[] B = {
    "B,1,0.8,5,48", "B,1,0.8,7,48", "B,0,0.8,5,12", "B,0,0.8,7,12", "B,1,0.2,1,24", "B,0,0.2,1,96"
  };

  private static FairnessPolicy policy(String rules) {
    return Audits.whole(
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: test, revision: 1}
        data:
          label: {column: y, positive: 1}
          score: {column: s}
          decision: {threshold: 0.5}
          need: {column: need}
        attributes: [{name: g, column: g, reference: A}]
        minimum: {n: 20, positives: 20, negatives: 20}
        rules: [%s]
        """
            .formatted(rules));
  }

  private static Rows both() {
    String[] all = new String[A.length + B.length];
    System.arraycopy(A, 0, all, 0, A.length);
    System.arraycopy(B, 0, all, A.length, B.length);
    return Rows.repeated(COLUMNS, all);
  }

  @Test
  void aGroupThatIsSickerAtEqualScoreFailsTheNeedGap() {
    AuditResult result =
        audit(policy("{id: need, metric: need_gap@0.5, over: g, max: 0.5}"), both());
    Finding found = finding(result, "need", "g=B");
    assertThat(found.measurement().metric()).isEqualTo("need_at@0.5");
    assertThat(found.measurement().comparison())
        .isEqualTo(new Comparison.With("difference", "g=A"));
    assertThat(found.measurement().value()).isEqualTo(new Measure.Known(3));
    assertThat(found.status()).isEqualTo(Status.FAIL);
  }

  @Test
  void calibrationThatIsRightInBothGroupsPasses() {
    AuditResult result =
        audit(policy("{id: cal, metric: o_e, over: g, min: 0.5, max: 1.5}"), both());
    assertThat(result.findings())
        .extracting(Finding::status)
        .containsExactly(Status.PASS, Status.PASS, Status.PASS, Status.PASS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{id: r, metric: auroc, compare: difference, over: g, min: -0.2}",
        "{id: r, metric: brier, compare: ratio, over: g, max: 3}",
        "{id: r, metric: calibration_slope, over: g, min: 0.1}",
        "{id: r, metric: ece, over: g, max: 0.3}",
        "{id: r, metric: net_benefit@0.2, compare: vs_rest, over: g, min: -0.3}",
        "{id: r, metric: sensitivity_at_alert_rate@0.5, compare: max_min, over: g, max: 0.4}",
        "{id: r, metric: nnt_alert, compare: vs_overall, over: g, max: 1}",
        "{id: r, metric: access_share@0.5, over: g, min: 0.3}",
        "{id: r, metric: js, over: g, max: 0.1}",
        "{id: r, metric: f1, compare: min_max_ratio, over: g, min: 0.5}"
      })
  void rulesOnAnyMetricAreDecidedWithTheirIntervals(String rule) {
    AuditResult result = audit(policy(rule), both());
    assertThat(result.findings()).isNotEmpty();
    assertThat(result.findings()).allMatch(found -> found.status() == Status.PASS);
  }

  /// 32 of the 40 at 0.8 and 8 of the 40 at 0.2 have the outcome, so of all pairs 32 of 40 times 32
  /// of 40 rank right, and of those at one score half.
  @Test
  void everyNumberOfEveryGroupIsInTheTable() {
    AuditResult result = audit(policy("{id: r, metric: auroc, over: g, min: 0.5}"), both());
    assertThat(value(result, "auroc", "g=A")).isCloseTo(0.64 + 0.16, within(1e-12));
    assertThat(value(result, "brier", "g=A")).isCloseTo(0.16, within(1e-12));
    assertThat(value(result, "o_e", "overall")).isCloseTo(1, within(1e-12));
    assertThat(value(result, "net_benefit@0.5", "g=B")).isCloseTo(0.3, within(1e-12));
    assertThat(value(result, "representation", "g=B")).isEqualTo(0.5);
    assertThat(value(result, "kl", "g=A")).isZero();
  }

  private static Measurement alone(AuditResult result, String metric, String group) {
    return result.metrics().stream()
        .filter(m -> m.metric().equals(metric) && m.group().equals(group))
        .filter(m -> m.comparison() instanceof Comparison.Alone)
        .findFirst()
        .orElseThrow();
  }

  private static double value(AuditResult result, String metric, String group) {
    return ((Measure.Known) alone(result, metric, group).value()).value();
  }

  /// Ten patients are fewer than eleven.
  @ParameterizedTest
  @ValueSource(strings = {"class_imbalance", "auroc", "brier", "kl", "mean_score", "f1"})
  void theNumbersOfATinyGroupAreNotShown(String metric) {
    String[] tiny = {"C,1,0.8,1,5", "C,0,0.2,1,5"};
    String[] all = new String[A.length + tiny.length];
    System.arraycopy(A, 0, all, 0, A.length);
    System.arraycopy(tiny, 0, all, A.length, tiny.length);
    AuditResult result =
        audit(policy("{id: r, metric: tpr, over: g, min: 0.5}"), Rows.repeated(COLUMNS, all));
    Measurement hidden = alone(result, metric, "g=C");
    assertThat(hidden.value()).isEqualTo(new Measure.Unknown("suppressed"));
    assertThat(hidden.n()).isEmpty();
  }

  @Provide
  Arbitrary<List<String>> someRows() {
    Arbitrary<String> row =
        Combinators.combine(
                Arbitraries.of("A", "B", "C", ""),
                Arbitraries.of("0", "1", "1", ""),
                Arbitraries.of("0.1", "0.2", "0.5", "0.7", "0.999", ""),
                Arbitraries.of("", "0", "2", "-1.5"))
            .as((g, y, s, need) -> String.join(",", g, y, s, need));
    return row.list().ofMinSize(1).ofMaxSize(60);
  }

  /// Metrics are functions of the tally, and the tally of a union is the sum of the tallies.
  @Property(tries = 60)
  void theMetricsOfMergedTalliesAreThoseOfTheUnion(
      @ForAll("someRows") List<String> one, @ForAll("someRows") List<String> other) {
    FairnessPolicy policy =
        policy(
            "{id: r, metric: need_gap@0.6, over: g, max: 1},"
                + " {id: t, metric: standardized_net_benefit@0.2, over: g, min: 0},"
                + " {id: u, metric: sensitivity_at_alert_rate@0.3, over: g, min: 0}");
    List<String> union = new java.util.ArrayList<>(one);
    union.addAll(other);
    Tally merged = tally(policy, one).plus(tally(policy, other));
    assertThat(FairnessAudit.audit(merged, policy, Audits.TODAY).metrics())
        .isEqualTo(FairnessAudit.audit(tally(policy, union), policy, Audits.TODAY).metrics());
  }

  /// No metric of any data is NaN or infinite, and every interval holds its value.
  @Property(tries = 100)
  void everyNumberIsFiniteAndWithinItsInterval(@ForAll("someRows") List<String> rows) {
    FairnessPolicy policy =
        policy(
            "{id: r, metric: need_at@0.6, over: g, max: 1},"
                + " {id: s, metric: access_share@0.6, over: g, min: 0}");
    AuditResult result = FairnessAudit.audit(tally(policy, rows), policy, Audits.TODAY);
    for (Measurement measurement : result.metrics()) {
      if (measurement.value() instanceof Measure.Known(double value)) {
        assertThat(value).as(measurement.toString()).isFinite();
        if (measurement.interval() instanceof org.primum.gate.Interval.Bounds(double l, double h)) {
          assertThat(value)
              .as(measurement.toString())
              .isBetween(l - 1e-12 * Math.abs(value), h + 1e-12 * Math.abs(value));
        }
      }
    }
  }

  /// Each patient three times under one id tells no more than once.
  @ParameterizedTest
  @ValueSource(
      strings = {"auroc", "auprc", "brier", "o_e", "calibration_slope", "ece", "need_at@0.5", "f1"})
  void thriceTheRowsOfTheSamePatientsNarrowNoInterval(String metric) {
    List<String> once = new java.util.ArrayList<>();
    List<String> thrice = new java.util.ArrayList<>();
    for (int i = 0; i < 400; i++) {
      boolean high = i % 2 == 0;
      String label = i % 10 < (high ? 8 : 2) ? "1" : "0";
      String row = String.join(",", "A", label, high ? "0.75" : "0.25", "" + i % 5, "p" + i);
      once.add(row);
      thrice.addAll(List.of(row, row, row));
    }
    FairnessPolicy policy = clustered(metric);
    var one = alone(audit(policy, withPatients(once)), metric, "g=A").interval();
    var three = alone(audit(policy, withPatients(thrice)), metric, "g=A").interval();
    var first = (org.primum.gate.Interval.Bounds) one;
    var second = (org.primum.gate.Interval.Bounds) three;
    assertThat(second.low()).isCloseTo(first.low(), within(1e-9));
    assertThat(second.high()).isCloseTo(first.high(), within(1e-9));
  }

  private static FairnessPolicy clustered(String metric) {
    String rule = "{id: r, metric: %s, over: g, min: 0}".formatted(metric);
    return Audits.whole(
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: test, revision: 1}
        data:
          label: {column: y, positive: 1}
          score: {column: s}
          decision: {threshold: 0.5}
          need: {column: need}
          cluster: {column: patient}
        attributes: [{name: g, column: g, reference: A}]
        rules: [%s]
        """
            .formatted(rule));
  }

  private static Rows withPatients(List<String> rows) {
    return Rows.of(COLUMNS + ",patient", rows.toArray(String[]::new));
  }

  private static Tally tally(FairnessPolicy policy, List<String> rows) {
    return Fixtures.tally(Rows.of(COLUMNS, rows.toArray(String[]::new)), policy);
  }
}

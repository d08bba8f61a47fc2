package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.gate.Comparison;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Finding;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;

/// Scores of three groups, by hand. Of A half have 0.2 and half 0.6; of B all have 0.2, so the gap
/// is one half from 0.2 to 0.6: KS 0.5, W1 0.2. C is as A. Everyone but B is as A, everyone but A
/// two thirds 0.2.
final class ScoreDistanceTest {

  private static final Rows ROWS =
      Rows.repeated(
          "g,label,score",
          "A,0,0.2,200",
          "A,1,0.6,200",
          "B,0,0.2,180",
          "B,,0.2,20",
          "C,0,0.2,200",
          "C,1,0.6,200");

  private static AuditResult audit(String rules, int below, Rows rows) {
    return Audits.audit(
        Audits.whole(
            """
            apiVersion: primum.dev/v1alpha1
            kind: FairnessPolicy
            metadata: {name: test, revision: 1}
            data:
              label: {column: label, positive: 1}
              score: {column: score}
              decision: {threshold: 0.5}
            attributes: [{name: g, column: g, reference: A}]
            minimum: {n: 30, positives: 1, negatives: 1}
            suppress: {below: %d}
            rules:
            %s
            """
                .formatted(below, rules)),
        rows);
  }

  private static String rule(String metric, String more) {
    return "  - {id: r, metric: %s, over: g, %s}".formatted(metric, more);
  }

  private static double value(Measurement measurement) {
    return ((Measure.Known) measurement.value()).value();
  }

  private static Measurement listed(AuditResult result, String metric, String group) {
    return result.metrics().stream()
        .filter(m -> m.metric().equals(metric) && m.group().equals(group))
        .findFirst()
        .orElseThrow();
  }

  /// Rows without a label have a score, too.
  @ParameterizedTest
  @CsvSource({"ks_score, 0.5", "w1_score, 0.2"})
  void everyGroupIsHeldAgainstTheReference(String metric, double expected) {
    AuditResult result = audit(rule(metric, "max: 0.3, decide: exclude-harm"), 0, ROWS);
    Measurement b = listed(result, metric, "g=B");
    assertThat(value(b)).isCloseTo(expected, within(1e-12));
    assertThat(b.comparison()).isEqualTo(new Comparison.With("abs_difference", "g=A"));
    assertThat(b.n()).hasValue(200);
    assertThat(value(listed(result, metric, "g=C"))).isZero();
    assertThat(result.metrics().stream().filter(m -> m.metric().equals(metric))).hasSize(2);
  }

  /// Kolmogorov's 5 % point, 1.3581: for two decisions 1.4803 at 2.5 %, over 200 and 400 rows.
  @Test
  void aRuleIsDecidedByTheBandAroundTheDistance() {
    AuditResult harm = audit(rule("ks_score", "max: 0.3, decide: exclude-harm"), 0, ROWS);
    Finding b = Audits.finding(harm, "r", "g=B");
    Bounds bounds = (Bounds) b.measurement().interval();
    assertThat(bounds.low()).isCloseTo(0.5 - 1.4802 * Math.sqrt(3.0 / 400), within(1e-4));
    assertThat(b.status()).isEqualTo(Status.FAIL);
    assertThat(Audits.finding(harm, "r", "g=C").status()).isEqualTo(Status.PASS);
    AuditResult safe = audit(rule("ks_score", "max: 0.01, decide: show-safe"), 0, ROWS);
    assertThat(Audits.finding(safe, "r", "g=C").status()).isEqualTo(Status.INCONCLUSIVE);
  }

  /// C differs from A by no more than chance: the value alone would refuse, the interval does not.
  @Test
  void whatChanceExplainsRefusesNobody() {
    Rows chance =
        Rows.repeated("g,label,score", "A,0,0.2,200", "A,1,0.6,200", "C,0,0.2,21", "C,1,0.6,19");
    assertThat(status(chance, "point")).isEqualTo(Status.FAIL);
    assertThat(status(chance, "both")).isEqualTo(Status.PASS);
    assertThat(status(chance, "exclude-harm")).isEqualTo(Status.PASS);
  }

  private static Status status(Rows rows, String decide) {
    AuditResult result = audit(rule("ks_score", "max: 0.02, decide: " + decide), 0, rows);
    return Audits.finding(result, "r", "g=C").status();
  }

  /// Everyone but A: 400 of 600 at 0.2, so 1/6 more than in A.
  @Test
  void aGroupIsHeldAgainstEveryoneElseWhereTheRuleSaysSo() {
    AuditResult result =
        audit(rule("w1_score", "compare: vs_rest, max: 0.5, decide: exclude-harm"), 0, ROWS);
    Finding a = Audits.finding(result, "r", "g=A");
    assertThat(value(a.measurement())).isCloseTo(0.4 / 6, within(1e-12));
    assertThat(a.measurement().comparison()).isEqualTo(new Comparison.With("vs_rest", "rest"));
    assertThat(value(Audits.finding(result, "r", "g=B").measurement()))
        .isCloseTo(0.2, within(1e-12));
    assertThat(result.judgements())
        .anySatisfy(j -> assertThat(j.sentence()).contains("apart in w1_score"));
  }

  @Test
  void theWorstIsTheFarthestGroup() {
    AuditResult result =
        audit(rule("ks_score", "compare: worst, max: 0.3, decide: exclude-harm"), 0, ROWS);
    Finding worst = Audits.finding(result, "r", "g");
    assertThat(value(worst.measurement())).isCloseTo(0.5, within(1e-12));
    assertThat(worst.status()).isEqualTo(Status.FAIL);
    assertThat(result.findings()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compare: ratio, max: 1",
        "compare: max_min, max: 1",
        "compare: vs_overall, max: 1",
        "min: 0.1",
        "compare: vs_rest, min: 0.1"
      })
  void whatADistanceCannotBeAskedIsRefused(String more) {
    assertThatThrownBy(() -> audit(rule("ks_score", more), 0, ROWS))
        .isInstanceOf(ConfigInvalidException.class);
  }

  @Test
  void aPolicyWithoutScoresIsRefused() {
    assertThatThrownBy(() ->
            Audits.policy(
                """
                attributes: [{name: g, column: g, reference: A}]
                rules:
                  - {id: r, metric: ks_score, over: g, max: 0.1}
                """))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("score");
  }

  @Test
  void aReferenceWithoutRowsIsNotEvaluated() {
    Rows none = Rows.repeated("g,label,score", "B,0,0.2,200", "C,1,0.6,200");
    AuditResult result = audit(rule("ks_score", "max: 0.3"), 0, none);
    assertThat(result.findings().getFirst().reason()).contains("the reference g=A has no rows");
    assertThat(result.status()).isEqualTo(Status.FAIL);
  }

  /// D has 7 rows: not told, and C beside it only as a range, whose distance and interval are those
  /// of the least there can be, on three decimals.
  @Test
  void aDistanceTellsNoSmallNumberOfRows() {
    Rows small =
        Rows.repeated(
            "g,label,score",
            "A,0,0.2,200",
            "A,1,0.6,200",
            "C,0,0.2,300",
            "C,1,0.6,189",
            "D,0,0.2,7");
    AuditResult result = audit(rule("ks_score", "max: 0.9, decide: exclude-harm"), 11, small);
    Measurement d = listed(result, "ks_score", "g=D");
    assertThat(d.value()).isEqualTo(new Measure.Unknown("suppressed"));
    assertThat(d.n()).isEmpty();
    Measurement c = listed(result, "ks_score", "g=C");
    assertThat(value(c)).isEqualTo(0.113); // 300/489 - 1/2
    assertThat(c.n().orElseThrow()).isBetween(480L, 488L);
    double half = ((Bounds) c.interval()).high() - 0.113;
    assertThat(half).isGreaterThan(1.3581 * Math.sqrt(1.0 / 489 + 1.0 / 400));
  }
}

package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.primum.gate.Finding;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Measure;
import org.primum.gate.Status;

/// The comparisons at their ends.
final class ContrastTest {

  /// The one selected row of the reference weighs nothing, so its weighted rate is 0, though
  /// somebody was selected: no exact test of "none" can be made, and nothing is known of the ratio.
  @Test
  void aRatioOverEventsWithoutWeightSaysNothing() {
    AuditResult result =
        Audits.audit(
            Audits.whole(
                """
                apiVersion: primum.dev/v1alpha1
                kind: FairnessPolicy
                metadata: {name: test, revision: 1}
                data:
                  label: {column: label, positive: 1}
                  prediction: {column: prediction, positive: 1}
                  weight: {column: weight, kind: sampling}
                attributes: [{name: g, column: g, reference: A}]
                minimum: {n: 1, positives: 1, negatives: 1}
                suppress: {below: 0}
                rules:
                  - {id: r, metric: selection_rate, compare: ratio, over: g, max: 1.2, decide: both}
                """),
            Rows.repeated(
                "g,label,prediction,weight",
                "A,0,0,1,40",
                "A,0,1,0,1",
                "B,0,1,1,20",
                "B,0,0,1,20"));
    var measurement = Audits.finding(result, "r", "g=B").measurement();
    assertThat(measurement.value()).isInstanceOf(Measure.Unknown.class);
    assertThat(measurement.interval()).isEqualTo(new Bounds(0, Double.POSITIVE_INFINITY));
    assertThat(Audits.finding(result, "r", "g=B").status()).isEqualTo(Status.PASS);
  }

  private static Finding of(String rule, String reference, String group, Rows rows) {
    String policy =
        """
        attributes: [{name: g, column: g, reference: %s}]
        minimum: {n: 1, positives: 1, negatives: 1}
        suppress: {below: 0}
        rules:
          - {id: ratio, metric: selection_rate, compare: ratio, over: g, min: 0.8, decide: exclude-harm}
          - {id: log, metric: selection_rate, compare: log_ratio, over: g, min: -0.22314355131420976, decide: exclude-harm}
        """
            .formatted(reference);
    return Audits.finding(Audits.audit(policy, rows), rule, "g=" + group);
  }

  private static Bounds bounds(Finding finding) {
    return (Bounds) finding.measurement().interval();
  }

  /// 40 of 200 against 80 of 200 is half, ln(1/2).
  @Test
  void aLogRatioIsTheLogarithmOfTheRatioAndDecidesAlike() {
    Rows rows =
        Rows.repeated("g,label,prediction", "A,0,1,80", "A,0,0,120", "B,0,1,40", "B,0,0,160");
    Finding ratio = of("ratio", "A", "B", rows);
    Finding log = of("log", "A", "B", rows);
    assertThat(log.measurement().value()).isEqualTo(new Measure.Known(Math.log(0.5)));
    assertThat(Math.exp(bounds(log).low())).isCloseTo(bounds(ratio).low(), within(1e-12));
    assertThat(Math.exp(bounds(log).high())).isCloseTo(bounds(ratio).high(), within(1e-12));
    assertThat(log.status()).isEqualTo(ratio.status()).isEqualTo(Status.FAIL);
    assertThat(log.measurement().comparison().orientation())
        .isEqualTo("logarithm of group over reference");
  }

  /// A against B is twice, as far above 0 as B against A is below.
  @Test
  void turnedRoundALogRatioChangesItsSignAlone() {
    Rows rows =
        Rows.repeated("g,label,prediction", "A,0,1,80", "A,0,0,120", "B,0,1,40", "B,0,0,160");
    Bounds one = bounds(of("log", "A", "B", rows));
    Bounds other = bounds(of("log", "B", "A", rows));
    assertThat(other.low()).isCloseTo(-one.high(), within(1e-12));
    assertThat(other.high()).isCloseTo(-one.low(), within(1e-12));
  }

  @Test
  void theLogarithmOfARatioOfNobodyIsUnboundedBelow() {
    Rows rows = Rows.repeated("g,label,prediction", "A,0,1,40", "A,0,0,60", "B,0,0,100");
    Finding log = of("log", "A", "B", rows);
    assertThat(log.measurement().value())
        .isEqualTo(new Measure.Unknown("unbounded: the rate of the group is 0"));
    assertThat(bounds(log).low()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(bounds(log).high()).isLessThan(Math.log(0.8));
    assertThat(log.status()).isEqualTo(Status.FAIL);
  }

  @Test
  void theLogarithmOfARatioOverNobodyIsUnboundedAbove() {
    Rows rows = Rows.repeated("g,label,prediction", "A,0,0,100", "B,0,1,40", "B,0,0,60");
    Finding log = of("log", "A", "B", rows);
    assertThat(log.measurement().value())
        .isEqualTo(new Measure.Unknown("unbounded: the rate of the reference is 0"));
    assertThat(bounds(log).high()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(bounds(log).low()).isPositive();
    assertThat(log.status()).isEqualTo(Status.PASS);
  }
}

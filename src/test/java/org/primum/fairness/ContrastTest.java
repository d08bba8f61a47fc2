package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
}

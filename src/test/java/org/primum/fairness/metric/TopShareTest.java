package org.primum.fairness.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.fairness.Audits;
import org.primum.fairness.Fixtures;
import org.primum.fairness.Rows;
import org.primum.fairness.policy.FairnessPolicy;

/// A hundred patients with the scores 0.00 to 0.99, and small tables with ties.
final class TopShareTest {

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
          attributes: [{name: g, column: g}]
          rules: [{id: r, metric: tpr, over: g, min: 0.5}]
          """);

  private static TopShare of(List<String> scores) {
    String[] rows = scores.stream().map(s -> "A,1," + s).toArray(String[]::new);
    return new TopShare(Fixtures.tally(Rows.of("g,y,s", rows), POLICY).overall().scores());
  }

  /// In floating point 0.97 of 100 is 97 and 1 - 0.93 of it is 6.999999999999995.
  @ParameterizedTest
  @CsvSource({"0.97, 0.97", "0.93, 0.93", "0.5, 0.5", "0, 0", "0.999, 0.99"})
  void theTopThreeOfAHundredAreThree(double q, double from) {
    List<String> scores = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      scores.add("0." + (i < 10 ? "0" : "") + i);
    }
    assertThat(of(scores).from(q)).isEqualTo(from);
    assertThat(of(scores.reversed()).from(1 - (1 - q))).isEqualTo(from);
  }

  @Test
  void whoHasTheSameScoreIsNotToldApart() {
    TopShare top = of(List.of("0.1", "0.2", "0.2", "0.3"));
    assertThat(top.from(0.5)).isEqualTo(0.2);
    assertThat(top.from(0.74)).isEqualTo(0.2);
    assertThat(top.from(0.75)).isEqualTo(0.3);
    assertThat(top.from(0.2)).isEqualTo(0.1);
    assertThat(of(List.of("0.4", "0.4")).from(0.9)).isEqualTo(0.4);
  }

  @Test
  void withoutScoresEveryoneIsAtTheTop() {
    assertThat(of(List.of("", "")).from(0.9)).isZero();
  }
}

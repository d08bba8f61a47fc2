package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.primum.gate.Interval;
import org.primum.gate.Interval.Bounds;

/// SciPy 1.17.1 on a = 2.1 3.4 1.9 5.6 4.4 3.0 and b = 1.0 2.2 2.0 1.7 3.1.
final class MeanTest {

  private static final Mean A = mean(2.1, 3.4, 1.9, 5.6, 4.4, 3.0);
  private static final Mean B = mean(1.0, 2.2, 2.0, 1.7, 3.1);

  /// `ttest_1samp(a, 0).confidence_interval()`.
  @Test
  void studentsIntervalEqualsScipys() {
    Bounds bounds = (Bounds) A.interval(0.05);
    assertThat(A.value()).isCloseTo(3.4, within(1e-12));
    assertThat(bounds.low()).isCloseTo(1.9203329622444174, within(1e-10));
    assertThat(bounds.high()).isCloseTo(4.879667037755582, within(1e-10));
  }

  /// `ttest_ind(a, b, equal_var=False)`.
  @Test
  void welchsTestEqualsScipys() {
    assertThat(A.welchDegreesOfFreedom(B)).isCloseTo(7.92016635184185, within(1e-10));
    assertThat(A.welchP(B)).isCloseTo(0.07027171960474374, within(1e-12));
    Bounds bounds = (Bounds) A.differenceInterval(B, 0.05);
    assertThat(bounds.low()).isCloseTo(-0.1467605537112011, within(1e-10));
    assertThat(bounds.high()).isCloseTo(2.9467605537112007, within(1e-10));
  }

  @Test
  void oneRowHasAMeanButNoInterval() {
    Mean one = Mean.of(1, 3, 9);
    assertThat(one.value()).isEqualTo(3);
    assertThat(one.interval(0.05)).isEqualTo(new Interval.None());
    assertThat(A.differenceInterval(one, 0.05)).isEqualTo(new Interval.None());
    assertThatThrownBy(one::variance).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Mean.of(0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void equalValuesAreAPoint() {
    Mean same = mean(2, 2, 2);
    assertThat(same.interval(0.05)).isEqualTo(new Bounds(2, 2));
    assertThat(same.welchP(mean(2, 2))).isEqualTo(1);
    assertThat(same.welchP(mean(3, 3))).isZero();
  }

  /// All weights 2: the same mean, the same interval.
  @Test
  void equalWeightsChangeNothing() {
    Mean doubled = new Mean(12, 2 * A.sum(), 2 * A.sumOfSquares(), 6);
    Bounds bounds = (Bounds) doubled.interval(0.05);
    Bounds plain = (Bounds) A.interval(0.05);
    assertThat(bounds.low()).isCloseTo(plain.low(), within(1e-12));
    assertThat(bounds.high()).isCloseTo(plain.high(), within(1e-12));
  }

  /// scikit-learn's Brier score, log loss and mean score of every group, from its sums.
  @Test
  void scoresOfTheCohortAreMeans() {
    Recorded.SKLEARN
        .get("groups")
        .forEach(set ->
            set.properties()
                .forEach(group -> {
                  var rows = Recorded.ROWS.stream().filter(Recorded.group(group.getKey())).toList();
                  double[] brier =
                      rows.stream().mapToDouble(r -> Math.pow(r.score() - r.label(), 2)).toArray();
                  double[] loss =
                      rows.stream()
                          .mapToDouble(r -> -Math.log(r.label() == 1 ? r.score() : 1 - r.score()))
                          .toArray();
                  double[] score = rows.stream().mapToDouble(Recorded.Row::score).toArray();
                  assertThat(mean(brier).value())
                      .isCloseTo(group.getValue().get("brier").doubleValue(), within(1e-12));
                  assertThat(mean(loss).value())
                      .isCloseTo(group.getValue().get("log_loss").doubleValue(), within(1e-12));
                  assertThat(mean(score).value())
                      .isCloseTo(group.getValue().get("mean_score").doubleValue(), within(1e-12));
                }));
  }

  @Test
  void weightedScoresOfTheCohortAreWeightedMeans() {
    Recorded.SKLEARN
        .get("groups")
        .forEach(set ->
            set.properties()
                .forEach(group -> {
                  var rows = Recorded.ROWS.stream().filter(Recorded.group(group.getKey())).toList();
                  assertWeighted(
                      group.getValue(), "brier", rows, r -> Math.pow(r.score() - r.label(), 2));
                  assertWeighted(
                      group.getValue(),
                      "log_loss",
                      rows,
                      r -> -Math.log(r.label() == 1 ? r.score() : 1 - r.score()));
                  assertWeighted(group.getValue(), "mean_score", rows, Recorded.Row::score);
                  assertWeighted(group.getValue(), "base_rate", rows, Recorded.Row::label);
                }));
  }

  private static void assertWeighted(
      JsonNode group, String name, List<Recorded.Row> rows, ToDoubleFunction<Recorded.Row> value) {
    double weight = rows.stream().mapToDouble(Recorded.Row::weight).sum();
    double sum = rows.stream().mapToDouble(r -> r.weight() * value.applyAsDouble(r)).sum();
    double squares =
        rows.stream().mapToDouble(r -> r.weight() * Math.pow(value.applyAsDouble(r), 2)).sum();
    double effective = group.get("kish_n_eff").doubleValue();
    Mean mean = new Mean(weight, sum, squares, effective);
    assertThat(mean.value()).isCloseTo(group.get(name + "_weighted").doubleValue(), within(1e-12));
  }

  private static Mean mean(double... values) {
    double squares = Arrays.stream(values).map(value -> value * value).sum();
    return Mean.of(values.length, Arrays.stream(values).sum(), squares);
  }
}

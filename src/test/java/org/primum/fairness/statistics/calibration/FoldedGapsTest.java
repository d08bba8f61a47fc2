package org.primum.fairness.statistics.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.fairness.statistics.bootstrap.CountBootstrap;
import org.primum.gate.Interval.Bounds;

/// Ten scores, .05 to .95, with the same number of rows each: right, or too high.
final class FoldedGapsTest {

  private static CalibrationTable table(double rows, double factor) {
    double[] scores = new double[10];
    double[] events = new double[10];
    double[] totals = new double[10];
    for (int i = 0; i < 10; i++) {
      scores[i] = (2 * i + 1) / 20.0;
      totals[i] = rows;
      events[i] = Math.rint(rows * scores[i] * factor);
    }
    return CalibrationTable.of(scores, events, totals);
  }

  private static CalibrationError errors(CalibrationTable table) {
    return CalibrationError.of(table, Binning.uniform(10, Binning.OnEdge.UPPER));
  }

  /// The drawn interval lies around the same center; with 100 rows a bin the two differ by less
  /// than a fifth of its width at each end.
  @ParameterizedTest
  @ValueSource(doubles = {0.95, 0.85, 0.8})
  void theClosedFormIsWhatTheBootstrapDraws(double factor) {
    CalibrationTable table = table(100, factor);
    Bounds drawn = (Bounds) errors(table).interval(0.05, new CountBootstrap(3, 10_000), "folded");
    Bounds closed = new FoldedGaps(errors(table), table).interval(0.05);
    double fifth = 0.2 * (drawn.high() - drawn.low());
    assertThat(closed.low()).isCloseTo(drawn.low(), within(fifth));
    assertThat(closed.high()).isCloseTo(drawn.high(), within(fifth));
  }

  @Test
  void scoresThatAreRightHaveAnIntervalThatReachesZero() {
    CalibrationTable right = table(40, 1);
    assertThat(new FoldedGaps(errors(right), right).interval(0.05).low()).isZero();
  }

  @Test
  void fourTimesTheRowsHalveTheStandardError() {
    CalibrationTable few = table(1000, 0.8);
    CalibrationTable many = table(4000, 0.8);
    double ratio =
        new FoldedGaps(errors(few), few).variance() / new FoldedGaps(errors(many), many).variance();
    assertThat(ratio).isCloseTo(4, within(0.05));
  }

  /// One bin far off: the absolute value changes nothing, and its variance is that of the rate.
  @Test
  void farFromZeroTheVarianceIsThatOfTheRate() {
    CalibrationTable one =
        CalibrationTable.of(new double[] {0.9}, new double[] {200}, new double[] {1000});
    assertThat(new FoldedGaps(errors(one), one).variance())
        .isCloseTo(0.2 * 0.8 / 1000, within(1e-6));
  }
}

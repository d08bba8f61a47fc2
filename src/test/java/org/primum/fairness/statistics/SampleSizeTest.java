package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.primum.gate.Interval.Bounds;

/// Plans: statsmodels 0.15.0 `power_proportions_2indep` and `samplesize_confint_proportion`
/// (testdata/fairness/scipy.json).
final class SampleSizeTest {

  private static final double Z = Normal.twoSidedQuantile(0.05);

  @Test
  void powerEqualsStatsmodels() {
    var recorded = Recorded.SCIPY.at("/sample_size/two_sample_power");
    assertThat(recorded.size()).isEqualTo(16);
    recorded
        .properties()
        .forEach(one -> {
          double[] key = key(one.getKey());
          double power = SampleSize.power(key[0] + key[1], key[0], key[2], key[3], 0.05);
          assertThat(power).as(one.getKey()).isCloseTo(one.getValue().doubleValue(), within(1e-12));
        });
  }

  @Test
  void theRowsFoundAreTheFewestWithThatPower() {
    Recorded.SCIPY
        .at("/sample_size/two_sample_power")
        .properties()
        .forEach(one -> {
          double[] key = key(one.getKey());
          double target = Math.nextDown(one.getValue().doubleValue() - 1e-9);
          assertThat(SampleSize.rows(key[0] + key[1], key[0], key[3], 0.05, target))
              .isEqualTo((long) key[2]);
        });
  }

  /// The recorded rows are Wald's (method normal), a = z^2 p (1 - p) / h^2. Wilson's half-width is
  /// another function, and at p = 1/2 asks for exactly z^2 rows fewer.
  @Test
  void wilsonsRowsFollowFromWaldsRecordedOnes() {
    var recorded = Recorded.SCIPY.at("/sample_size/wilson_half_width");
    assertThat(recorded.size()).isEqualTo(6);
    recorded
        .properties()
        .forEach(one -> {
          double[] key = key(one.getKey());
          double wald = one.getValue().doubleValue();
          double rows = SampleSize.wilsonHalfWidth(key[0], key[1], 0.05);
          if (key[0] == 0.5) {
            assertThat(rows).isCloseTo(wald - Z * Z, within(1e-9));
          }
          double b = wald - 2 * Z * Z;
          double root = Math.sqrt(b * b + 4 * Math.pow(Z, 4) * (1 / (4 * key[1] * key[1]) - 1));
          assertThat(rows).isCloseTo((b + root) / 2, within(1e-8));
        });
  }

  @Property(tries = 200)
  void wilsonsIntervalOfThatManyRowsHasThatWidth(
      @ForAll @DoubleRange(min = 0, max = 1) double rate,
      @ForAll @Scale(4) @DoubleRange(min = 0.001, max = 0.4) double half) {
    double rows = SampleSize.wilsonHalfWidth(rate, half, 0.05);
    Proportion p = new Proportion(rate * rows, rows, 0, 0, rows);
    double center = (rate + Z * Z / (2 * rows)) / (1 + Z * Z / rows);
    double spread = Math.sqrt(rate * (1 - rate) / rows + Z * Z / (4 * rows * rows));
    assertThat(Z / (1 + Z * Z / rows) * spread).isCloseTo(half, within(1e-9));
    assertThat(ProportionIntervals.wilson(p, Z).low())
        .isCloseTo(rate == 0 ? 0 : Math.max(0, center - half), within(1e-9));
  }

  /// All outcomes enumerated in Python with `scipy.stats.binom` 1.17.1: (rate, reference, n of the
  /// group, n of the reference, acceptable, alpha) to the chance of lying outside and inside.
  @Test
  void newcombesPowerEqualsTheFullEnumeration() {
    double inf = Double.POSITIVE_INFINITY;
    check(0.55, 0.7, 60, 1.5, -0.05, inf, 0.05, 0.24105185490869188, 0.0006792141360904396);
    check(0.7, 0.7, 100, 2, -0.2, 0.2, 0.05, 3.054796568364717e-08, 0.9044579818735303);
    check(0.4, 0.7, 50, 1, -0.1, 0.1, 0.01, 0.301953204044882, 0);
    check(0.5, 0.5, 40, 1, 0, 0, 0.05, 0.056667231124754205, 0);
    check(0, 0.3, 30, 2, -0.1, 0.1, 0.05, 0.8378918197874716, 1.3063419276161707e-08);
  }

  private static void check(
      double rate,
      double reference,
      long n,
      double ratio,
      double low,
      double high,
      double alpha,
      double outside,
      double inside) {
    NewcombePower power = new NewcombePower(rate, reference, ratio, new Bounds(low, high), alpha);
    assertThat(power.provesHarm(n)).isCloseTo(outside, within(1e-12));
    assertThat(power.showsSafety(n)).isCloseTo(inside, within(1e-12));
  }

  @Test
  void theRowsForAVerdictHaveThatPower() {
    Bounds atMostFivePointsLess = new Bounds(-0.05, Double.POSITIVE_INFINITY);
    NewcombePower harm = new NewcombePower(0.55, 0.7, 4, atMostFivePointsLess, 0.05 / 7);
    long rows = harm.rowsToProveHarm(0.8).orElseThrow();
    assertThat(harm.provesHarm(rows)).isGreaterThanOrEqualTo(0.8);
    assertThat(harm.provesHarm(rows * 9 / 10)).isLessThan(0.8);
    NewcombePower fair = new NewcombePower(0.7, 0.7, 4, atMostFivePointsLess, 0.05 / 7);
    long safe = fair.rowsToShowSafety(0.8).orElseThrow();
    assertThat(fair.showsSafety(safe)).isGreaterThanOrEqualTo(0.8);
    assertThat(fair.showsSafety(safe * 9 / 10)).isLessThan(0.8);
    assertThat(safe).isGreaterThan(rows);
  }

  @Test
  void noRowsShowWhatIsNotSo() {
    Bounds within = new Bounds(-0.05, 0.05);
    assertThat(new NewcombePower(0.6, 0.7, 4, within, 0.05).rowsToShowSafety(0.8)).isEmpty();
    assertThatThrownBy(() -> SampleSize.rows(0.7, 0.7, 1, 0.05, 0.8))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[] key(String key) {
    return java.util.Arrays.stream(key.split(",", -1))
        .mapToDouble(part -> Double.parseDouble(part.substring(part.indexOf('=') + 1)))
        .toArray();
  }
}

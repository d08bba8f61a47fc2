package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.primum.gate.Interval.Bounds;

/// Intervals of statsmodels 0.15.0 that primum does not offer, held against the ones it does by
/// what the literature says they have to do with each other.
final class WilsonRelationsTest {

  private static final double Z = Normal.twoSidedQuantile(0.05);

  /// Agresti, Coull 1998, The American Statistician 52:119-126: the same center, and never
  /// narrower.
  @Test
  void agrestiAndCoullsIntervalHoldsWilsonsAroundTheSameCenter() {
    for (JsonNode one : Recorded.oneSample()) {
      Bounds wilson = wilson(one);
      double low = one.at("/agresti_coull/0").doubleValue();
      double high = one.at("/agresti_coull/1").doubleValue();
      assertThat(low).isLessThanOrEqualTo(wilson.low() + 1e-12);
      assertThat(high).isGreaterThanOrEqualTo(wilson.high() - 1e-12);
      if (low > 0 && high < 1) {
        assertThat(low + high).isCloseTo(wilson.low() + wilson.high(), within(1e-12));
      }
    }
  }

  /// statsmodels' `samplesize_confint_proportion`, Wald's number of rows for half a width: solved
  /// for Wilson's width it is `n + z^2` rows of Wilson's with the rate in the middle.
  @Test
  void theRowsForAWidthGiveThatWidth() {
    Recorded.SCIPY
        .at("/sample_size/wilson_half_width")
        .properties()
        .forEach(one -> {
          String[] key = one.getKey().split("[=,]", -1);
          double rate = Double.parseDouble(key[1]);
          double rows = one.getValue().doubleValue();
          double half = Double.parseDouble(key[3]);
          assertThat(Z * Math.sqrt(rate * (1 - rate) / rows)).isCloseTo(half, within(1e-9));
          if (rate == 0.5) {
            double known = rows - Z * Z;
            Bounds wilson =
                ProportionIntervals.wilson(
                    new Proportion(known / 2, known, (long) known / 2, (long) known, known), Z);
            assertThat((wilson.high() - wilson.low()) / 2).isCloseTo(half, within(1e-9));
          }
        });
  }

  /// Wald's is a point where nothing or everything happened; Wilson's never is. Elsewhere Wilson's
  /// ends are where Wald's statistic with the variance at the end is z.
  @Test
  void waldsIntervalVanishesWhereWilsonsDoesNot() {
    for (JsonNode one : Recorded.oneSample()) {
      Bounds wilson = wilson(one);
      double k = one.get("k").doubleValue();
      double n = one.get("n").doubleValue();
      double low = one.at("/normal/0").doubleValue();
      double high = one.at("/normal/1").doubleValue();
      if (k == 0 || k == n) {
        assertThat(high).isEqualTo(low);
        assertThat(wilson.high()).isGreaterThan(wilson.low());
      } else if (low > 0 && high < 1) {
        double spread = (high - low) / 2 / Z;
        assertThat(spread * spread).isCloseTo(k / n * (1 - k / n) / n, within(1e-12));
        assertThat(statistic(k / n, wilson.low(), n)).isCloseTo(Z, within(1e-7));
        assertThat(statistic(k / n, wilson.high(), n)).isCloseTo(-Z, within(1e-7));
      }
    }
  }

  /// Wald's and Agresti and Caffo's intervals of a difference are symmetric around their centers;
  /// ours are not, and stay within [-1, 1] where Wald's leaves it.
  @Test
  void waldsDifferenceLeavesTheRangeThatNewcombesKeeps() {
    int left = 0;
    for (JsonNode table : Recorded.twoByTwo().values()) {
      JsonNode wald = table.at("/diff_ci95/wald");
      JsonNode caffo = table.at("/diff_ci95/agresti_caffo");
      Bounds ours = ProportionIntervals.newcombe(Recorded.first(table), Recorded.second(table), Z);
      double x1 = table.get("x1").doubleValue();
      double n1 = table.get("n1").doubleValue();
      double x2 = table.get("x2").doubleValue();
      double n2 = table.get("n2").doubleValue();
      double center = (wald.get(0).doubleValue() + wald.get(1).doubleValue()) / 2;
      assertThat(center).isCloseTo(x1 / n1 - x2 / n2, within(1e-12));
      double shrunk = (x1 + 1) / (n1 + 2) - (x2 + 1) / (n2 + 2);
      double middle = (caffo.get(0).doubleValue() + caffo.get(1).doubleValue()) / 2;
      boolean cut = caffo.get(0).doubleValue() <= -1 || caffo.get(1).doubleValue() >= 1;
      if (!cut) {
        assertThat(middle).isCloseTo(shrunk, within(1e-12));
      }
      assertThat(ours.low()).isGreaterThanOrEqualTo(-1);
      assertThat(ours.high()).isLessThanOrEqualTo(1);
      left += wald.get(0).doubleValue() < -1 || wald.get(1).doubleValue() > 1 ? 1 : 0;
    }
    assertThat(left).isPositive();
  }

  private static Bounds wilson(JsonNode one) {
    return ProportionIntervals.wilson(
        Proportion.of(one.get("k").longValue(), one.get("n").longValue()), Z);
  }

  private static double statistic(double observed, double truth, double n) {
    return (observed - truth) / Math.sqrt(truth * (1 - truth) / n);
  }
}

package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.primum.fairness.statistics.Recorded.assertBounds;

import com.fasterxml.jackson.databind.JsonNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.primum.gate.Interval.Bounds;

/// statsmodels 0.15.0 (`proportion_confint`, method beta) on the counts of cohort.csv and on a
/// grid.
final class ClopperPearsonTest {

  @Test
  void equalsStatsmodelsAtThreeLevels() {
    for (JsonNode one : Recorded.oneSample()) {
      Proportion p = proportion(one);
      double off = one.get("n").asLong() > 1_000_000 ? 1e-9 : 1e-11;
      assertBounds(ClopperPearson.interval(p, 0.05), one.get("clopper_pearson"), off, one);
      assertBounds(ClopperPearson.interval(p, 0.1), one.get("clopper_pearson_0.9"), off, one);
      assertBounds(ClopperPearson.interval(p, 0.01), one.get("clopper_pearson_0.99"), off, one);
    }
  }

  /// The rule of three, exactly: (1 - u)^n = alpha / 2 where nothing happened.
  @Test
  void trapT11NothingAndEverythingHaveExactEnds() {
    for (long n : new long[] {1, 2, 30, 1_000_000, 1L << 40}) {
      Bounds none = ClopperPearson.interval(Proportion.of(0, n), 0.05);
      Bounds all = ClopperPearson.interval(Proportion.of(n, n), 0.05);
      double ruleOfThree = -Math.expm1(Math.log(0.025) / (double) n);
      assertThat(none.low()).isZero();
      assertThat(none.high()).isCloseTo(ruleOfThree, within(1e-9 * ruleOfThree + 1e-16));
      assertThat(all.high()).isEqualTo(1);
      assertThat(all.low()).isCloseTo(1 - ruleOfThree, within(1e-12));
    }
  }

  /// At 2^40 rows the normal interval is right to many digits: 1.959964 / (2 * 2^20).
  @Test
  void aTrillionRowsAreCountsToo() {
    Bounds bounds = ClopperPearson.interval(Proportion.of(1L << 39, 1L << 40), 0.05);
    assertThat(bounds.high() - 0.5).isCloseTo(9.3458e-7, within(1e-10));
    assertThat(0.5 - bounds.low()).isCloseTo(9.3458e-7, within(1e-10));
  }

  /// Jeffreys' interval (equal-tailed Beta(k + 1/2, n - k + 1/2)) lies within the exact one, as
  /// Brown, Cai, DasGupta 2001, Statistical Science 16:101-133, show; statsmodels gives it.
  @Test
  void holdsJeffreysIntervalOfStatsmodels() {
    for (JsonNode one : Recorded.oneSample()) {
      Bounds exact = ClopperPearson.interval(proportion(one), 0.05);
      assertThat(exact.low()).isLessThanOrEqualTo(one.at("/jeffreys/0").doubleValue() + 1e-9);
      assertThat(exact.high()).isGreaterThanOrEqualTo(one.at("/jeffreys/1").doubleValue() - 1e-9);
    }
  }

  @Property(tries = 300)
  void coversAtLeastWhatItSays(
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @Scale(4) @DoubleRange(min = 0.001, max = 0.999) double truth) {
    double covered = 0;
    Binomial outcomes = new Binomial(n, truth);
    for (long k = 0; k <= n; k++) {
      Bounds bounds = ClopperPearson.interval(Proportion.of(k, n), 0.05);
      covered += bounds.low() <= truth && truth <= bounds.high() ? outcomes.probability(k) : 0;
    }
    assertThat(covered).isGreaterThanOrEqualTo(0.95 - 1e-12);
  }

  @Property(tries = 300)
  void turnsAroundWithTheEventsAndNarrowsWithAlpha(
      @ForAll @IntRange(min = 1, max = 500) int n,
      @ForAll @IntRange(min = 0, max = 500) int events) {
    int k = Math.min(n, events);
    Bounds bounds = ClopperPearson.interval(Proportion.of(k, n), 0.05);
    Bounds turned = ClopperPearson.interval(Proportion.of(n - k, n), 0.05);
    assertThat(bounds.low()).isCloseTo(1 - turned.high(), within(1e-12));
    Bounds narrower = ClopperPearson.interval(Proportion.of(k, n), 0.2);
    assertThat(narrower.low()).isGreaterThanOrEqualTo(bounds.low());
    assertThat(narrower.high()).isLessThanOrEqualTo(bounds.high());
    assertThat(bounds.low()).isLessThanOrEqualTo((double) k / n);
    assertThat(bounds.high()).isGreaterThanOrEqualTo((double) k / n);
  }

  /// Half the weight twice is the same as once: only Kish's effective rows count.
  @Test
  void weightsCountByTheirEffectiveRows() {
    Proportion weighted = new Proportion(12, 40, 6, 20, 20);
    assertThat(ClopperPearson.interval(weighted, 0.05))
        .isEqualTo(ClopperPearson.interval(Proportion.of(6, 20), 0.05));
  }

  private static Proportion proportion(JsonNode one) {
    return Proportion.of(one.get("k").longValue(), one.get("n").longValue());
  }
}

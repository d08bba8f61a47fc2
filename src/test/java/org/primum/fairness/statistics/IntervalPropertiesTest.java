package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.primum.gate.Interval.Bounds;

/// What holds of every interval of proportions: it holds what was observed, narrows with alpha, and
/// turns around with the groups or the events.
final class IntervalPropertiesTest {

  /// An interval of two proportions.
  @FunctionalInterface
  private interface Two {
    Bounds of(Proportion first, Proportion second, double z);
  }

  private static final List<Two> DIFFERENCES =
      List.of(ProportionIntervals::newcombe, ScoreIntervals::difference);
  private static final List<Two> RATIOS =
      List.of(ProportionIntervals::katz, ScoreIntervals::ratio, IntervalPropertiesTest::moverRatio);
  private static final double Z = Normal.twoSidedQuantile(0.05);
  private static final double SMALLER_Z = Normal.twoSidedQuantile(0.3);

  private static Bounds moverRatio(Proportion p1, Proportion p2, double z) {
    return Mover.ratio(
        p1.value(),
        ProportionIntervals.wilson(p1, z),
        p2.value(),
        ProportionIntervals.wilson(p2, z));
  }

  @Property(tries = 300)
  void differencesHoldNarrowAndTurn(
      @ForAll @IntRange(min = 1, max = 300) int n1,
      @ForAll @IntRange(min = 1, max = 300) int n2,
      @ForAll @IntRange(max = 300) int e1,
      @ForAll @IntRange(max = 300) int e2) {
    Proportion p1 = Proportion.of(Math.min(e1, n1), n1);
    Proportion p2 = Proportion.of(Math.min(e2, n2), n2);
    for (Two interval : DIFFERENCES) {
      Bounds bounds = interval.of(p1, p2, Z);
      assertHolds(bounds, p1.value() - p2.value());
      assertWithin(interval.of(p1, p2, SMALLER_Z), bounds);
      Bounds turned = interval.of(p2, p1, Z);
      assertThat(turned.low()).isCloseTo(-bounds.high(), within(1e-9));
      assertThat(turned.high()).isCloseTo(-bounds.low(), within(1e-9));
    }
  }

  @Property(tries = 300)
  void ratiosHoldNarrowAndTurn(
      @ForAll @IntRange(min = 1, max = 300) int n1,
      @ForAll @IntRange(min = 1, max = 300) int n2,
      @ForAll @IntRange(min = 1, max = 300) int e1,
      @ForAll @IntRange(min = 1, max = 300) int e2) {
    Proportion p1 = Proportion.of(Math.min(e1, n1), n1);
    Proportion p2 = Proportion.of(Math.min(e2, n2), n2);
    for (Two interval : RATIOS) {
      Bounds bounds = interval.of(p1, p2, Z);
      assertHolds(bounds, p1.value() / p2.value());
      assertWithin(interval.of(p1, p2, SMALLER_Z), bounds);
      Bounds turned = interval.of(p2, p1, Z);
      assertThat(turned.low()).isCloseTo(1 / bounds.high(), within(1e-8));
      assertThat(turned.high()).isCloseTo(1 / bounds.low(), within(1e-7 * turned.high()));
    }
  }

  @Property(tries = 300)
  void wilsonHoldsNarrowsAndTurns(
      @ForAll @IntRange(min = 1, max = 300) int n, @ForAll @IntRange(max = 300) int events) {
    Proportion p = Proportion.of(Math.min(events, n), n);
    Bounds bounds = ProportionIntervals.wilson(p, Z);
    assertHolds(bounds, p.value());
    assertWithin(ProportionIntervals.wilson(p, SMALLER_Z), bounds);
    Bounds turned = ProportionIntervals.wilson(Proportion.of(n - p.eventRows(), n), Z);
    assertThat(turned.low()).isCloseTo(1 - bounds.high(), within(1e-12));
  }

  /// At any two levels, as a procedure asks that steps from one to the next, and of a fraction of a
  /// row too, which weights can leave.
  @Property(tries = 1000)
  void skewnessCorrectedHoldsNarrowsAndTurns(
      @ForAll @IntRange(min = 1, max = 3000) int tenths,
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll @DoubleRange(min = 0, max = 7) double z,
      @ForAll @DoubleRange(min = 0, max = 7) double other) {
    double rows = tenths / 10.0;
    Proportion p = new Proportion(share * rows, rows, 0, 0, rows);
    Bounds bounds = ProportionIntervals.skewnessCorrected(p, Math.max(z, other));
    assertHolds(bounds, p.value());
    assertWithin(ProportionIntervals.skewnessCorrected(p, Math.min(z, other)), bounds);
    Proportion turned = new Proportion((1 - share) * rows, rows, 0, 0, rows);
    Bounds ends = ProportionIntervals.skewnessCorrected(turned, Math.max(z, other));
    assertThat(ends.low()).isCloseTo(1 - bounds.high(), within(1e-7));
  }

  /// A trillion rows each, and one row each: every interval exists and is in order.
  @Test
  void trapT11TheLargestAndTheSmallestGroupsHaveIntervals() {
    long many = 1L << 40;
    for (long n : new long[] {1, many}) {
      for (long events : new long[] {0, n / 2, n}) {
        Proportion p1 = Proportion.of(events, n);
        Proportion p2 = Proportion.of(n, n);
        DIFFERENCES.forEach(
            interval -> assertHolds(interval.of(p1, p2, Z), p1.value() - p2.value()));
        RATIOS.forEach(interval -> assertHolds(interval.of(p1, p2, Z), p1.value() / p2.value()));
      }
    }
    for (Two interval : RATIOS) {
      Bounds upsideDown = interval.of(Proportion.of(5, 9), Proportion.of(0, 9), Z);
      assertThat(upsideDown.high()).isInfinite();
      assertThat(upsideDown.low()).isPositive();
    }
  }

  /// Walter's logarithm with half an event and half a row added to both, `log-adjusted` in
  /// statsmodels, is Katz's of those proportions.
  @Test
  void katzOfAdjustedCountsEqualsStatsmodelsLogAdjusted() {
    for (Map.Entry<String, JsonNode> one : Recorded.twoByTwo().entrySet()) {
      JsonNode table = one.getValue();
      Bounds ours =
          ProportionIntervals.katz(
              plusHalf(Recorded.first(table)), plusHalf(Recorded.second(table)), Z);
      Recorded.assertBounds(ours, table.at("/ratio_ci95/log_adjusted"), 1e-11, one.getKey());
    }
  }

  private static Proportion plusHalf(Proportion p) {
    return new Proportion(p.events() + 0.5, p.total() + 0.5, 0, 0, p.total() + 0.5);
  }

  private static void assertHolds(Bounds bounds, double observed) {
    assertThat(bounds.low()).isLessThanOrEqualTo(observed + 1e-12);
    assertThat(bounds.high()).isGreaterThanOrEqualTo(observed - 1e-12);
  }

  private static void assertWithin(Bounds inner, Bounds outer) {
    assertThat(inner.low()).isGreaterThanOrEqualTo(outer.low() - 1e-12);
    assertThat(inner.high()).isLessThanOrEqualTo(outer.high() + 1e-12 * Math.max(1, outer.high()));
  }
}

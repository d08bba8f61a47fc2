package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.primum.gate.Interval.Bounds;

final class MoverTest {

  private static final double Z = Normal.twoSidedQuantile(0.05);

  /// Zou, Donner 2008, section 3.1: with Wilson's intervals it is Newcombe's method 10.
  @Test
  void withWilsonsIntervalsItIsNewcombes() {
    Recorded.twoByTwo()
        .forEach((name, table) -> {
          Proportion p1 = Recorded.first(table);
          Proportion p2 = Recorded.second(table);
          Bounds ours =
              Mover.difference(
                  p1.value(),
                  ProportionIntervals.wilson(p1, Z),
                  p2.value(),
                  ProportionIntervals.wilson(p2, Z));
          Recorded.assertBounds(ours, table.at("/diff_ci95/newcombe"), 1e-12, name);
        });
  }

  /// By hand: 10 in [7, 14] minus 4 in [2, 5]: 6 - sqrt(3^2 + 1^2), 6 + sqrt(4^2 + 2^2); with
  /// correlation .5 the roots lose 2 * .5 * 3 * 1 and 2 * .5 * 4 * 2.
  @Test
  void differenceByHand() {
    Bounds independent = Mover.difference(10, new Bounds(7, 14), 4, new Bounds(2, 5));
    assertThat(independent.low()).isCloseTo(6 - Math.sqrt(10), within(1e-12));
    assertThat(independent.high()).isCloseTo(6 + Math.sqrt(20), within(1e-12));
    Bounds correlated = Mover.difference(10, new Bounds(7, 14), 4, new Bounds(2, 5), 0.5);
    assertThat(correlated.low()).isCloseTo(6 - Math.sqrt(7), within(1e-12));
    assertThat(correlated.high()).isCloseTo(6 + Math.sqrt(12), within(1e-12));
  }

  /// What the ratio interval is by definition: the r for which 0 is an end of the interval of first
  /// - r second (Donner, Zou 2012, section 2).
  @Property(tries = 500)
  void theEndsOfTheRatioAreWhereTheDifferenceTouchesZero(
      @ForAll @DoubleRange(min = 0.5, max = 20) double first,
      @ForAll @DoubleRange(min = 0.5, max = 20) double second,
      @ForAll @DoubleRange(min = 0.05, max = 0.95) double below,
      @ForAll @DoubleRange(min = 0.05, max = 3) double above,
      @ForAll @DoubleRange(min = -0.9, max = 0.9) double together) {
    Bounds ofFirst = new Bounds(first * (1 - below), first * (1 + above));
    Bounds ofSecond = new Bounds(second * (1 - below), second * (1 + above));
    Bounds ratio = Mover.ratio(first, ofFirst, second, ofSecond, together);
    assertThat(againstZero(first, ofFirst, second, ofSecond, ratio.low(), together).low())
        .isCloseTo(0, within(1e-7));
    assertThat(againstZero(first, ofFirst, second, ofSecond, ratio.high(), together).high())
        .isCloseTo(0, within(1e-7 * Math.max(1, ratio.high())));
    Bounds turned = Mover.ratio(second, ofSecond, first, ofFirst, together);
    assertThat(turned.low()).isCloseTo(1 / ratio.high(), within(1e-9));
    assertThat(turned.high()).isCloseTo(1 / ratio.low(), within(1e-7 * turned.high()));
  }

  private static Bounds againstZero(
      double first, Bounds ofFirst, double second, Bounds ofSecond, double r, double together) {
    Bounds scaled = new Bounds(r * ofSecond.low(), r * ofSecond.high());
    return Mover.difference(first, ofFirst, r * second, scaled, together);
  }

  @Test
  void anEndAtZeroMakesAnEndOfTheRatioZeroOrInfinite() {
    Bounds unbounded = Mover.ratio(2, new Bounds(1, 3), 1, new Bounds(0, 2));
    assertThat(unbounded.high()).isInfinite();
    assertThat(unbounded.low()).isPositive();
    assertThat(Mover.ratio(2, new Bounds(0, 3), 1, new Bounds(0.5, 2)).low()).isZero();
    assertThat(Mover.ratio(0, new Bounds(0, 3), 1, new Bounds(0.5, 2)).low()).isZero();
    assertThat(Mover.ratio(0, new Bounds(0, 3), 1, new Bounds(0.5, 2)).high()).isFinite();
    assertThat(Mover.ratio(0, new Bounds(0, 3), 0, new Bounds(0, 2)))
        .isEqualTo(new Bounds(0, Double.POSITIVE_INFINITY));
    assertThat(Mover.logRatio(2, new Bounds(0, 3), 1, new Bounds(0, 2)))
        .isEqualTo(new Bounds(0, Double.POSITIVE_INFINITY));
    assertThat(
            Mover.difference(2, new Bounds(1, Double.POSITIVE_INFINITY), 1, new Bounds(0, 2))
                .high())
        .isInfinite();
  }

  /// By hand: ln 4 +- sqrt(2) ln 2 where both intervals are a factor of two to each side.
  @Test
  void logRatioByHand() {
    Bounds ratio = Mover.logRatio(8, new Bounds(4, 16), 2, new Bounds(1, 4));
    assertThat(ratio.low()).isCloseTo(4 / Math.pow(2, Math.sqrt(2)), within(1e-12));
    assertThat(ratio.high()).isCloseTo(4 * Math.pow(2, Math.sqrt(2)), within(1e-12));
  }

  @Test
  void whatIsNoEstimateIsRefused() {
    assertThatThrownBy(() -> Mover.difference(5, new Bounds(1, 2), 1, new Bounds(0, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Mover.ratio(1, new Bounds(-1, 2), 1, new Bounds(0, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Mover.logRatio(0, new Bounds(0, 2), 1, new Bounds(0, 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 200)
  void positiveCorrelationNarrows(
      @ForAll @IntRange(min = 1, max = 99) int events,
      @ForAll @DoubleRange(min = 0, max = 1) double correlation) {
    Proportion p1 = Proportion.of(events, 100);
    Proportion p2 = Proportion.of(40, 90);
    Bounds one = ProportionIntervals.wilson(p1, Z);
    Bounds other = ProportionIntervals.wilson(p2, Z);
    Bounds correlated = Mover.difference(p1.value(), one, p2.value(), other, correlation);
    Bounds independent = Mover.difference(p1.value(), one, p2.value(), other);
    assertThat(correlated.high() - correlated.low())
        .isLessThanOrEqualTo(independent.high() - independent.low() + 1e-12);
  }
}

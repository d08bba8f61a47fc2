package org.primum.fairness.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// BigDecimal adds exactly, in another way.
final class ExactSumsTest {

  private static final BigDecimal UNIT = new BigDecimal(Double.MIN_VALUE);

  /// Every exponent, and the range of 128 bits with its edges more often.
  @Provide
  Arbitrary<List<Double>> doubles() {
    Arbitrary<Double> anywhere =
        Arbitraries.longs()
            .between(0, Double.doubleToRawLongBits(1e300))
            .map(Double::longBitsToDouble);
    Arbitrary<Double> usual = Arbitraries.doubles().between(0, 0x1p27);
    Arbitrary<Double> edges =
        Arbitraries.of(
            0.0,
            -0.0,
            0x1p-48,
            Math.nextDown(0x1p-48),
            Math.nextDown(0x1p27),
            0x1p27,
            0x1p16,
            Math.nextDown(0x1p16),
            Double.MIN_VALUE);
    return Arbitraries.oneOf(anywhere, usual, edges).list().ofMaxSize(60);
  }

  @Property(tries = 1000)
  void everySumIsExactInAnySlotAndWhoeverAddsIt(
      @ForAll("doubles") List<Double> one, @ForAll("doubles") List<Double> other) {
    ExactSums sums = added(one);
    sums.absorb(added(other));
    BigDecimal[] expected = {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO};
    for (List<Double> values : List.of(one, other)) {
      for (int i = 0; i < values.size(); i++) {
        expected[i % 3] = expected[i % 3].add(new BigDecimal(values.get(i)));
      }
    }
    for (int slot = 0; slot < 3; slot++) {
      assertThat(new BigDecimal(sums.total(slot).units()).multiply(UNIT))
          .isEqualByComparingTo(expected[slot]);
    }
  }

  private static ExactSums added(List<Double> values) {
    ExactSums sums = new ExactSums();
    sums.reserve(3);
    for (int i = 0; i < values.size(); i++) {
      sums.add(i % 3, values.get(i));
    }
    return sums;
  }

  /// 2^26 a hundred times is more than 127 bits of 2^-100 hold.
  @Test
  void aSumOutgrowsItsBits() {
    ExactSums sums = new ExactSums();
    sums.reserve(1);
    for (int i = 0; i < 100; i++) {
      sums.add(0, 0x1p26 + 0x1p-26);
    }
    assertThat(new BigDecimal(sums.total(0).units()).multiply(UNIT))
        .isEqualByComparingTo(new BigDecimal(0x1p26 + 0x1p-26).multiply(new BigDecimal(100)));
  }

  @Test
  void whatWasNeverAddedIsZero() {
    assertThat(new ExactSums().total(7)).isEqualTo(ExactSum.ZERO);
  }
}

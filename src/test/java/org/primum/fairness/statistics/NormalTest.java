package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

/// Against SciPy 1.17.1 `stats.norm`.
final class NormalTest {

  /// `norm.isf([.025, 1e-6, 1e-12, 1e-20, 1e-100])`.
  @Test
  void quantilesAreRightFarOut() {
    assertThat(Normal.upperQuantile(0.025)).isCloseTo(1.959963984540054, within(1e-14));
    assertThat(Normal.twoSidedQuantile(0.05)).isCloseTo(1.959963984540054, within(1e-14));
    assertThat(Normal.upperQuantile(1e-6)).isCloseTo(4.753424308822899, within(1e-13));
    assertThat(Normal.upperQuantile(1e-12)).isCloseTo(7.034483825301131, within(1e-13));
    assertThat(Normal.upperQuantile(1e-20)).isCloseTo(9.262340089798408, within(1e-12));
    assertThat(Normal.upperQuantile(1e-100)).isCloseTo(21.273453560965322, within(1e-12));
    assertThat(Normal.upperQuantile(0.5)).isCloseTo(0, within(1e-16));
  }

  /// `norm.sf([5, 10, 30])`.
  @Test
  void tailsKeepTheirDigits() {
    assertThat(Normal.above(5) / 2.866515718791933e-07).isCloseTo(1, within(1e-12));
    assertThat(Normal.above(10) / 7.61985302416047e-24).isCloseTo(1, within(1e-12));
    assertThat(Normal.above(30) / 4.906713927147908e-198).isCloseTo(1, within(1e-11));
  }

  @Property
  void quantilesTurnTailsBack(@ForAll @Scale(9) @DoubleRange(min = 1e-9, max = 0.999) double p) {
    assertThat(Normal.above(Normal.upperQuantile(p))).isCloseTo(p, within(1e-13));
  }

  @Test
  void levelsAreProbabilities() {
    for (double wrong : new double[] {0, 1, -1, Double.NaN}) {
      assertThatThrownBy(() -> Normal.twoSidedQuantile(wrong))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Normal.upperQuantile(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}

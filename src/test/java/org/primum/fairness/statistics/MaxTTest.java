package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

final class MaxTTest {

  /// Dunnett 1964, Biometrics 20:482-491, table of two-sided 5 % points for equal groups, infinite
  /// degrees of freedom, as printed.
  @Test
  void equalGroupsHaveDunnettsPoints() {
    double[] printed = {1.96, 2.21, 2.35, 2.44, 2.51, 2.57, 2.61, 2.65, 2.69};
    for (int groups = 1; groups <= printed.length; groups++) {
      assertThat(equal(groups).critical(0.05)).isCloseTo(printed[groups - 1], within(0.0051));
    }
  }

  /// SciPy 1.17.1: `quad` over the reference's error, and `multivariate_normal.cdf` of the same
  /// correlations (loadings .3 .6 .9 .1 at 2.4: .061415916).
  @Test
  void unequalGroupsEqualTheMultivariateNormal() {
    assertThat(equal(5).critical(0.01)).isCloseTo(3.060328807314606, within(1e-9));
    MaxT unequal = new MaxT(1, variance(0.3), variance(0.6), variance(0.9), variance(0.1));
    assertThat(unequal.critical(0.05)).isCloseTo(2.4769361043778555, within(1e-9));
    assertThat(unequal.adjustedP(2.4)).isCloseTo(0.061415915520736886, within(1e-7));
  }

  private static double variance(double loading) {
    return 1 / (loading * loading) - 1;
  }

  @Property(tries = 30)
  void theBandLiesBetweenOneComparisonAndBonferroni(
      @ForAll @IntRange(min = 1, max = 10) int groups,
      @ForAll @Scale(4) @DoubleRange(min = 0.001, max = 50) double reference) {
    double[] variances = new double[groups];
    Arrays.setAll(variances, i -> 1 + i);
    double critical = new MaxT(reference, variances).critical(0.05);
    assertThat(critical).isGreaterThanOrEqualTo(Normal.twoSidedQuantile(0.05) - 1e-9);
    assertThat(critical).isLessThanOrEqualTo(Normal.twoSidedQuantile(0.05 / groups) + 1e-9);
  }

  /// Independent comparisons where the reference is known exactly: Šidák. The same comparison twice
  /// where only the reference errs: one.
  @Test
  void theExtremesAreSidakAndOneComparison() {
    double sidak = Normal.twoSidedQuantile(-Math.expm1(Math.log(0.95) / 4));
    assertThat(new MaxT(0, 1, 2, 3, 4).critical(0.05)).isCloseTo(sidak, within(1e-9));
    assertThat(new MaxT(1, 0, 0).critical(0.05)).isCloseTo(1.959963984540054, within(0.01));
  }

  @Test
  void nothingToCompareIsRefused() {
    assertThatThrownBy(() -> new MaxT(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MaxT(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static MaxT equal(int groups) {
    double[] variances = new double[groups];
    Arrays.fill(variances, 1);
    return new MaxT(1, variances);
  }
}

package org.primum.fairness.statistics;

/// How many rows a rate needs to be known well enough, and how likely a test of two rates sees a
/// difference. Planning figures: they hold where the rates are as assumed.
public final class SampleSize {

  private static final long MOST = 1L << 50;

  private SampleSize() {}

  /// Rows for which Wilson's interval around `rate` is no wider than `halfWidth` to each side on
  /// average of both, as a real number; round it up.
  ///
  /// Solves [ProportionIntervals#wilson] for n: with a = z^2 rate (1 - rate) / halfWidth^2, the
  /// rows that Wald's formula asks for, n = (a - 2 z^2 + sqrt((a - 2 z^2)^2 + 4 z^4 (1 / (4
  /// halfWidth^2) - 1))) / 2.
  ///
  /// @param rate in [0, 1]
  /// @param halfWidth in (0, 1/2)
  /// @param alpha two-sided level in (0, 1)
  public static double wilsonHalfWidth(double rate, double halfWidth, double alpha) {
    if (!(rate >= 0 && rate <= 1 && halfWidth > 0 && halfWidth < 0.5)) {
      throw new IllegalArgumentException(
          "a rate in [0, 1] and a half-width in (0, 1/2), got " + rate + ", " + halfWidth);
    }
    double z = Normal.twoSidedQuantile(alpha);
    double z2 = z * z;
    double b = z2 * rate * (1 - rate) / (halfWidth * halfWidth) - 2 * z2;
    double c = z2 * z2 * (1 / (4 * halfWidth * halfWidth) - 1);
    return (b + Math.sqrt(b * b + 4 * c)) / 2;
  }

  /// The chance that the two-sided pooled z test of level `alpha` sees that two rates differ, in
  /// [alpha, 1) up to the approximation by normal distributions.
  ///
  /// Fleiss, Levin, Paik 2003, *Statistical Methods for Rates and Proportions*, 3rd ed., section
  /// 4.2, with both tails; statsmodels' `power_proportions_2indep`.
  ///
  /// @param rate of the group, in (0, 1)
  /// @param reference rate of the reference, in (0, 1)
  /// @param n rows of the group, above 0
  /// @param ratio rows of the reference for each row of the group, above 0
  public static double power(double rate, double reference, double n, double ratio, double alpha) {
    double pooled = (rate + reference * ratio) / (1 + ratio);
    double ofNull = Math.sqrt(pooled * (1 - pooled) * (1 + 1 / ratio));
    double ofTruth = Math.sqrt(rate * (1 - rate) + reference * (1 - reference) / ratio);
    double limit = Normal.twoSidedQuantile(alpha) * ofNull / ofTruth;
    double shift = (rate - reference) * Math.sqrt(n) / ofTruth;
    return Normal.above(limit - shift) + Normal.below(-limit - shift);
  }

  /// The fewest rows of the group with which [#power] is at least `power`.
  ///
  /// @param power in (alpha, 1)
  /// @throws IllegalArgumentException where the rates are equal
  public static long rows(double rate, double reference, double ratio, double alpha, double power) {
    if (rate == reference || !(power > alpha && power < 1)) {
      throw new IllegalArgumentException(
          "no number of rows shows %s against %s with power %s".formatted(rate, reference, power));
    }
    long enough = 1;
    while (power(rate, reference, (double) enough, ratio, alpha) < power && enough < MOST) {
      enough *= 2;
    }
    long few = enough / 2;
    while (enough - few > 1) {
      long middle = few + (enough - few) / 2;
      if (power(rate, reference, (double) middle, ratio, alpha) < power) {
        few = middle;
      } else {
        enough = middle;
      }
    }
    return enough;
  }
}

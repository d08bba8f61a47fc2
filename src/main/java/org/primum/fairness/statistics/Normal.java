package org.primum.fairness.statistics;

import org.apache.commons.math3.distribution.NormalDistribution;

/// The standard normal distribution: tails, and the quantiles that belong to them.
///
/// Tails are exact to a few ulp down to 1e-300. Quantiles are polished by Newton's method, because
/// those of Commons Math 3.6.1 go through `2p - 1` and have no correct digit below p = 1e-17.
public final class Normal {

  private static final NormalDistribution STANDARD = new NormalDistribution(null, 0, 1);
  private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private static final int MOST_STEPS = 6;

  /// A step so small leaves an error of its square, which no double shows.
  private static final double DONE = 1e-8;

  private Normal() {}

  /// P(Z <= z), in [0, 1].
  public static double below(double z) {
    return STANDARD.cumulativeProbability(z);
  }

  /// P(Z > z), in [0, 1], with full relative precision in the upper tail.
  public static double above(double z) {
    return STANDARD.cumulativeProbability(-z);
  }

  /// P(|Z| > |z|), in [0, 1]: the two-sided p-value of `z`.
  public static double twoSided(double z) {
    return Math.min(1, 2 * above(Math.abs(z)));
  }

  /// The density at `z`.
  public static double density(double z) {
    return Math.exp(-0.5 * z * z - LOG_ROOT_TWO_PI);
  }

  /// `z` with P(|Z| > z) = alpha: the half-width of an interval of level `alpha`, in standard
  /// errors. At least 0.
  ///
  /// @param alpha in (0, 1), down to 1e-300
  public static double twoSidedQuantile(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha lies between 0 and 1, got " + alpha);
    }
    return upperQuantile(alpha / 2);
  }

  /// `z` with P(Z > z) = p.
  ///
  /// @param p in (0, 1), down to 1e-300
  public static double upperQuantile(double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("p lies between 0 and 1, got " + p);
    }
    if (p > 0.5) {
      return p == 1 - (1 - p) ? -upperQuantile(1 - p) : -STANDARD.inverseCumulativeProbability(p);
    }
    double z = p > 1e-12 ? -STANDARD.inverseCumulativeProbability(p) : tail(p);
    double step = Double.POSITIVE_INFINITY;
    for (int i = 0; i < MOST_STEPS && Math.abs(step) > DONE * (1 + z); i++) {
      double tail = above(z);
      step = tail * Math.log(tail / p) / density(z);
      z += step;
    }
    return z;
  }

  /// A start for Newton's method far out: sqrt(-2 ln p) less its first correction.
  private static double tail(double p) {
    double r = Math.sqrt(-2 * Math.log(p));
    return r - (Math.log(r) + LOG_ROOT_TWO_PI) / r;
  }
}

package org.primum.fairness.statistics.score;

import org.apache.commons.math3.distribution.TDistribution;
import org.primum.fairness.statistics.Normal;
import org.primum.gate.Interval.Bounds;

/// Two areas under ROC curves of independent rows, compared.
///
/// @param difference first minus second area, in [-1, 1]
/// @param variance squared standard error of the difference, at least 0
/// @param degreesOfFreedom of the t statistic
public record DeLongTest(double difference, double variance, double degreesOfFreedom) {

  static DeLongTest of(double difference, double v1, double rows1, double v2, double rows2) {
    double v = v1 + v2;
    double lost = v1 * v1 / (rows1 - 1) + v2 * v2 / (rows2 - 1);
    return new DeLongTest(difference, v, lost > 0 ? v * v / lost : rows1 + rows2 - 2);
  }

  /// The difference in standard errors; infinite where both curves separate their classes in
  /// opposite ways, 0 where in the same.
  public double statistic() {
    if (difference == 0) {
      return 0;
    }
    return difference / Math.sqrt(variance);
  }

  /// Two-sided p-value by the t distribution, in [0, 1].
  public double p() {
    double t = Math.abs(statistic());
    if (Double.isInfinite(t)) {
      return 0;
    }
    return Math.min(1, 2 * new TDistribution(null, degreesOfFreedom).cumulativeProbability(-t));
  }

  /// Two-sided p-value by the normal distribution, in [0, 1].
  public double normalP() {
    return Normal.twoSided(statistic());
  }

  /// The interval of the difference by the normal distribution, not cut to [-1, 1].
  ///
  /// @param alpha in (0, 1)
  public Bounds interval(double alpha) {
    double half = Normal.twoSidedQuantile(alpha) * Math.sqrt(variance);
    return new Bounds(difference - half, difference + half);
  }
}

package org.primum.explain.summary;

import org.apache.commons.math3.distribution.TDistribution;
import org.primum.gate.Interval;

/// The mean of some rows as an estimate of that of many like them.
///
/// @param mean finite
/// @param variance of the rows, with `rows - 1` below it; 0 where there is one row
/// @param rows at least 1
public record MeanEstimate(double mean, double variance, long rows) {

  public MeanEstimate {
    if (!Double.isFinite(mean) || !(variance >= 0) || rows < 1) {
      throw new IllegalArgumentException("a mean of " + rows + " rows with variance " + variance);
    }
  }

  /// How far the mean is off, typically; in its own unit.
  public double standardError() {
    return Math.sqrt(variance / rows);
  }

  /// Student's interval of a mean that is not negative. None where one row says nothing of how rows
  /// differ.
  ///
  /// @param quantile of Student's distribution, see [#quantile]
  public Interval interval(double quantile) {
    if (rows < 2) {
      return new Interval.None();
    }
    double half = quantile * standardError();
    return new Interval.Bounds(Math.max(0, mean - half), mean + half);
  }

  /// How many standard errors an interval of level `alpha` reaches either way, for means of at
  /// least `rows` rows; infinite for fewer than two.
  ///
  /// @param alpha in (0, 1): the interval misses the mean it estimates in that share of samples
  public static double quantile(long rows, double alpha) {
    return rows < 2
        ? Double.POSITIVE_INFINITY
        : -new TDistribution(null, rows - 1.0).inverseCumulativeProbability(alpha / 2);
  }
}

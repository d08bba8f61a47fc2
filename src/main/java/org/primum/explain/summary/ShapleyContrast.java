package org.primum.explain.summary;

import org.primum.gate.Interval;

/// How a feature's Shapley values in a group differ from those of everyone else.
///
/// @param group the mean magnitude in the group
/// @param rest that of all other rows
/// @param distance between the distributions of the values
public record ShapleyContrast(
    String feature, MeanEstimate group, MeanEstimate rest, ShapleyDistribution.Distance distance) {

  /// The mean magnitude in the group less that of the rest.
  public double difference() {
    return group.mean() - rest.mean();
  }

  /// The interval of the difference, as Welch's but with the degrees of freedom of the smaller
  /// side, which makes it rather too wide than too narrow.
  ///
  /// @param quantile of Student's distribution for [#fewest] rows
  public Interval differenceInterval(double quantile) {
    double half = quantile * Math.hypot(group.standardError(), rest.standardError());
    return Double.isInfinite(quantile)
        ? new Interval.None()
        : new Interval.Bounds(difference() - half, difference() + half);
  }

  /// The interval of the difference, of [ShapleySpread#LEVEL].
  public Interval usualInterval() {
    return differenceInterval(MeanEstimate.quantile(fewest(), ShapleySpread.LEVEL));
  }

  /// Rows of the smaller side.
  public long fewest() {
    return Math.min(group.rows(), rest.rows());
  }

  /// The interval of the ratio of mean magnitudes, group over rest, by its logarithm. None where
  /// one of them is 0.
  ///
  /// @param quantile of Student's distribution for [#fewest] rows
  public Interval ratioInterval(double quantile) {
    if (group.mean() == 0 || rest.mean() == 0 || Double.isInfinite(quantile)) {
      return new Interval.None();
    }
    double error =
        Math.hypot(group.standardError() / group.mean(), rest.standardError() / rest.mean());
    double ratio = group.mean() / rest.mean();
    double factor = Math.exp(quantile * error);
    return Double.isFinite(ratio * factor)
        ? new Interval.Bounds(ratio / factor, ratio * factor)
        : new Interval.None();
  }

  /// An interval of Kolmogorov and Smirnov's distance in [0, 1]: each distribution is within the
  /// bound of Dvoretzky, Kiefer and Wolfowitz (with Massart's constant, 1990) of the one it was
  /// drawn from, at half of `alpha` each.
  public Interval distanceInterval(double alpha) {
    double off = bound(group.rows(), alpha) + bound(rest.rows(), alpha);
    return new Interval.Bounds(
        Math.max(0, distance.least() - off), Math.min(1, distance.most() + off));
  }

  private static double bound(long rows, double alpha) {
    return Math.sqrt(Math.log(4 / alpha) / (2.0 * rows));
  }
}

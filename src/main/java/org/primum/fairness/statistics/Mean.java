package org.primum.fairness.statistics;

import org.apache.commons.math3.distribution.TDistribution;
import org.primum.gate.Interval;

/// A mean with its t interval, from sums alone: Brier score, log loss, absolute error, mean
/// residual, mean score.
///
/// With weights the number of rows is Kish's effective one, in the variance and in the degrees of
/// freedom: an approximation, good where the weights say little about the values.
///
/// @param weight sum of the weights, or the number of rows; above 0
/// @param sum weighted sum of the values
/// @param sumOfSquares weighted sum of their squares, at least 0
/// @param effectiveRows (sum w)^2 / sum w^2, or the number of rows; above 0
public record Mean(double weight, double sum, double sumOfSquares, double effectiveRows) {

  public Mean {
    boolean finite = Double.isFinite(sum) && Double.isFinite(sumOfSquares);
    if (!(weight > 0 && effectiveRows > 0 && finite && sumOfSquares >= 0)) {
      throw new IllegalArgumentException(
          "sums %s and %s of weight %s, %s effective rows"
              .formatted(sum, sumOfSquares, weight, effectiveRows));
    }
  }

  /// The mean of `n` unweighted rows.
  ///
  /// @param n above 0
  public static Mean of(long n, double sum, double sumOfSquares) {
    return new Mean((double) n, sum, sumOfSquares, (double) n);
  }

  /// The mean, in the unit of the values.
  public double value() {
    return sum / weight;
  }

  /// The squared standard error of the mean; 0 where all values are the same.
  ///
  /// It is the difference of two sums: where the values stand far from 0 compared with their
  /// spread, subtract a constant from them first.
  ///
  /// @throws IllegalStateException where not more than one row counts
  public double variance() {
    if (!(effectiveRows > 1)) {
      throw new IllegalStateException("one row has no spread");
    }
    return Math.max(0, sumOfSquares / weight - value() * value()) / (effectiveRows - 1);
  }

  /// Student's interval. None where not more than one row counts. A point where all values are the
  /// same, which says that they were, not that they must be.
  ///
  /// @param alpha in (0, 1)
  public Interval interval(double alpha) {
    if (!(effectiveRows > 1)) {
      return new Interval.None();
    }
    double half = tQuantile(alpha, effectiveRows - 1) * Math.sqrt(variance());
    return new Interval.Bounds(value() - half, value() + half);
  }

  /// Interval of this mean minus another, of independent rows whose variances may differ. None
  /// where not more than one row counts in either.
  ///
  /// Welch 1947, *The generalization of "Student's" problem when several different population
  /// variances are involved*, Biometrika 34:28-35, [doi](https://doi.org/10.1093/biomet/34.1-2.28).
  ///
  /// @param alpha in (0, 1)
  public Interval differenceInterval(Mean other, double alpha) {
    if (!(effectiveRows > 1 && other.effectiveRows > 1)) {
      return new Interval.None();
    }
    double error = Math.sqrt(variance() + other.variance());
    double difference = value() - other.value();
    double half = error == 0 ? 0 : tQuantile(alpha, welchDegreesOfFreedom(other)) * error;
    return new Interval.Bounds(difference - half, difference + half);
  }

  /// Two-sided p-value of equal means by Welch's t test, in [0, 1]; where neither varies it is 1
  /// for equal means and 0 for others.
  ///
  /// @throws IllegalStateException where not more than one row counts in either
  public double welchP(Mean other) {
    double difference = value() - other.value();
    double error = Math.sqrt(variance() + other.variance());
    if (error == 0) {
      return difference == 0 ? 1 : 0;
    }
    return tTwoSided(difference / error, welchDegreesOfFreedom(other));
  }

  /// Satterthwaite's degrees of freedom of the difference.
  public double welchDegreesOfFreedom(Mean other) {
    double v1 = variance();
    double v2 = other.variance();
    double lost = v1 * v1 / (effectiveRows - 1) + v2 * v2 / (other.effectiveRows - 1);
    return (v1 + v2) * (v1 + v2) / lost;
  }

  /// P(|T| > |t|) with these degrees of freedom.
  ///
  /// @param degreesOfFreedom above 0
  static double tTwoSided(double t, double degreesOfFreedom) {
    return Math.min(
        1, 2 * new TDistribution(null, degreesOfFreedom).cumulativeProbability(-Math.abs(t)));
  }

  private static double tQuantile(double alpha, double degreesOfFreedom) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha lies between 0 and 1, got " + alpha);
    }
    return -new TDistribution(null, degreesOfFreedom, 1e-14)
        .inverseCumulativeProbability(alpha / 2);
  }
}

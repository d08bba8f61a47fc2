package org.primum.fairness.statistics.calibration;

import org.primum.fairness.statistics.Normal;
import org.primum.gate.Interval.Bounds;

/// The line logit(P(event)) = intercept + slope logit(score), or why there is none.
public sealed interface CalibrationLine {

  /// The line that fits best.
  ///
  /// @param intercept in log odds; 0 is best
  /// @param slope 1 is best, below 1 the risks are too extreme; exactly 1 where only the intercept
  ///   was fitted
  /// @param interceptVariance squared standard error of the intercept
  /// @param covariance of intercept and slope; 0 where only the intercept was fitted
  /// @param slopeVariance squared standard error of the slope; 0 where only the intercept was
  ///   fitted
  record Fitted(
      double intercept,
      double slope,
      double interceptVariance,
      double covariance,
      double slopeVariance)
      implements CalibrationLine {

    /// Wald's interval of the intercept.
    ///
    /// @param alpha in (0, 1)
    public Bounds interceptInterval(double alpha) {
      return around(intercept, interceptVariance, alpha);
    }

    /// Wald's interval of the slope.
    ///
    /// @param alpha in (0, 1)
    public Bounds slopeInterval(double alpha) {
      return around(slope, slopeVariance, alpha);
    }

    private static Bounds around(double value, double variance, double alpha) {
      double half = Normal.twoSidedQuantile(alpha) * Math.sqrt(variance);
      return new Bounds(value - half, value + half);
    }
  }

  /// There is no line, or none that is the best.
  ///
  /// @param reason in words a clinician can read
  record None(String reason) implements CalibrationLine {}
}

package org.primum.fairness.statistics.calibration;

import org.primum.fairness.statistics.Proportion;

/// The rows whose scores lie between two edges.
///
/// @param low lower edge
/// @param high upper edge
/// @param total rows, or their weight; above 0
/// @param events how often it happened, or its weight
/// @param scores sum of the scores, weighted
public record CalibrationBin(double low, double high, double total, double events, double scores) {

  /// How often it happened, in [0, 1].
  public double rate() {
    return events / total;
  }

  /// The mean score, in [0, 1].
  public double meanScore() {
    return scores / total;
  }

  /// How often it happened less how often it should have, in [-1, 1].
  public double gap() {
    return rate() - meanScore();
  }

  /// The rate with what an interval needs.
  ///
  /// @param unit weight of one effective row; 1 without weights
  Proportion proportion(double unit) {
    return new Proportion(events, total, 0, 0, total / unit);
  }
}

package org.primum.fairness.statistics.calibration;

import java.util.Arrays;

/// Predicted risks, and how often what they predict happened: rows and events by distinct score,
/// ascending. All of calibration is a function of it.
///
/// With weights the counts are sums of weights, and variances take Kish's effective number of rows:
/// an approximation that holds where weights say little about risks.
public final class CalibrationTable {

  private final double[] scores;
  private final double[] events;
  private final double[] totals;
  private final double effectiveRows;

  private CalibrationTable(
      double[] scores, double[] events, double[] totals, double effectiveRows) {
    this.scores = scores;
    this.events = events;
    this.totals = totals;
    this.effectiveRows = effectiveRows;
  }

  /// Unweighted rows.
  ///
  /// @param scores risks in [0, 1], ascending, each once; where rows were binned, the mean risk of
  ///   each bin
  /// @param events how often it happened at each
  /// @param totals how many rows there are at each
  public static CalibrationTable of(double[] scores, double[] events, double[] totals) {
    return weighted(scores, events, totals, Arrays.stream(totals).sum());
  }

  /// Weighted rows.
  ///
  /// @param events weight of the events at each score, at most the total
  /// @param totals weight of the rows at each score, above 0 in all
  /// @param effectiveRows (sum w)^2 / sum w^2 over all rows, above 0
  public static CalibrationTable weighted(
      double[] scores, double[] events, double[] totals, double effectiveRows) {
    if (scores.length != events.length || scores.length != totals.length) {
      throw new IllegalArgumentException("events and rows belong to each score");
    }
    double all = 0;
    for (int i = 0; i < scores.length; i++) {
      boolean ascends = i == 0 || scores[i] > scores[i - 1];
      if (!(ascends && scores[i] >= 0 && scores[i] <= 1)) {
        throw new IllegalArgumentException("scores ascend within [0, 1], got " + scores[i]);
      }
      if (!(events[i] >= 0 && events[i] <= totals[i] && Double.isFinite(totals[i]))) {
        throw new IllegalArgumentException(events[i] + " events among " + totals[i]);
      }
      all += totals[i];
    }
    if (!(all > 0 && effectiveRows > 0)) {
      throw new IllegalArgumentException("no rows");
    }
    return new CalibrationTable(scores.clone(), events.clone(), totals.clone(), effectiveRows);
  }

  /// How many distinct scores there are.
  public int size() {
    return scores.length;
  }

  public double score(int index) {
    return scores[index];
  }

  public double events(int index) {
    return events[index];
  }

  public double total(int index) {
    return totals[index];
  }

  /// Rows, or the weight of all rows.
  public double total() {
    return Arrays.stream(totals).sum();
  }

  /// Kish's effective number of rows.
  public double effectiveRows() {
    return effectiveRows;
  }

  /// How often it happened.
  public double observed() {
    return Arrays.stream(events).sum();
  }

  /// How often it should have happened by the scores.
  public double expected() {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum += scores[i] * totals[i];
    }
    return sum;
  }
}

package org.primum.train;

import java.util.ArrayList;
import java.util.List;
import org.primum.gate.Confusion;

/// The receiver operating characteristic on a fixed grid of thresholds.
///
/// The usual curve has a point at every score that occurs, so it hands out the scores of patients,
/// and grows with them. This one asks at 0, 0.01, … 1 only.
public final class RocCurve {

  private static final int STEPS = 100;

  private final long[] positives = new long[STEPS + 1];
  private final long[] negatives = new long[STEPS + 1];
  private long tp;
  private long fp;
  private long fn;
  private long tn;

  private RocCurve() {}

  /// Decisions at one threshold, with the curve over the grid.
  ///
  /// @param scores in [0, 1], one a row
  /// @param positives one a row
  /// @param threshold scores from here on are alerted
  /// @return unknown without rows; without a curve where one of the two outcomes never occurs
  public static Confusion confusion(double[] scores, boolean[] positives, double threshold) {
    if (scores.length == 0) {
      return new Confusion.Unknown();
    }
    RocCurve curve = new RocCurve();
    for (int row = 0; row < scores.length; row++) {
      curve.count(scores[row], positives[row], threshold);
    }
    return new Confusion.Matrix(curve.tp, curve.fp, curve.fn, curve.tn, curve.points());
  }

  private void count(double score, boolean positive, double threshold) {
    if (positive) {
      positives[step(score)]++;
      tp += score >= threshold ? 1 : 0;
      fn += score >= threshold ? 0 : 1;
    } else {
      negatives[step(score)]++;
      fp += score >= threshold ? 1 : 0;
      tn += score >= threshold ? 0 : 1;
    }
  }

  /// The last threshold of the grid at which the score is alerted.
  private static int step(double score) {
    int step = (int) (score * STEPS);
    while (step < STEPS && (double) (step + 1) / STEPS <= score) {
      step++;
    }
    while ((double) step / STEPS > score) {
      step--;
    }
    return step;
  }

  private List<Confusion.CurvePoint> points() {
    long allPositive = tp + fn;
    long allNegative = fp + tn;
    List<Confusion.CurvePoint> points = new ArrayList<>();
    long found = 0;
    long alarmed = 0;
    for (int step = STEPS; step >= 0 && allPositive > 0 && allNegative > 0; step--) {
      found += positives[step];
      alarmed += negatives[step];
      points.add(
          new Confusion.CurvePoint(
              (double) step / STEPS, (double) found / allPositive, (double) alarmed / allNegative));
    }
    return points;
  }
}

package org.primum.gate;

import java.util.List;

/// How the decisions of a model met what happened.
public sealed interface Confusion {

  /// No outcome is known, or too few are to show.
  record Unknown() implements Confusion {}

  /// How many rows of each kind, each row once whatever its weight.
  ///
  /// @param curve what other thresholds would give; empty where there is no score, or only one of
  ///   the two outcomes
  record Matrix(long tp, long fp, long fn, long tn, List<CurvePoint> curve) implements Confusion {
    public Matrix {
      curve = List.copyOf(curve);
      if (tp < 0 || fp < 0 || fn < 0 || tn < 0) {
        throw new IllegalArgumentException("a count is not negative");
      }
    }
  }

  /// One threshold of a receiver operating characteristic.
  ///
  /// @param threshold scores from here on are alerted, in [0, 1]
  /// @param recall the true positive rate there, in [0, 1], best 1
  /// @param falsePositiveRate in [0, 1], best 0
  record CurvePoint(double threshold, double recall, double falsePositiveRate) {}
}

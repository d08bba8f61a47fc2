package org.primum.privacy;

import java.math.BigInteger;

/// An exact integer answer before noise, in the terms its sensitivity is derived from.
public sealed interface Statistic {

  /// How many rows there are, at most k of each patient.
  record Rows() implements Statistic {}

  /// How many patients there are.
  record Patients() implements Statistic {}

  /// How many rows fall into each of disjoint cells, at most k rows of each patient in any cells.
  ///
  /// @param count how many cells, at least two
  record Cells(int count) implements Statistic {
    public Cells {
      if (count < 2) {
        throw new IllegalArgumentException("a histogram needs two cells, got " + count);
      }
    }
  }

  /// The sum over at most k rows of each patient of a whole number clamped to [lower, upper].
  ///
  /// @param lower below upper
  record ClampedSum(BigInteger lower, BigInteger upper) implements Statistic {
    public ClampedSum {
      if (lower.compareTo(upper) >= 0) {
        throw new IllegalArgumentException(
            "bounds run from lower to upper, got [" + lower + ", " + upper + "]");
      }
    }
  }
}

package org.primum.fairness.suppression;

import java.util.BitSet;

/// Gauss and Jordan's elimination, to see which unknowns a system of equations determines.
final class Elimination {

  private static final double ZERO = 1e-9;

  private Elimination() {}

  /// The unknowns that have one value in every solution: those that stand alone in a row of the
  /// reduced system.
  ///
  /// @param rows coefficients; they are overwritten
  static BitSet determined(double[][] rows, int unknowns) {
    int rank = reduce(rows, unknowns);
    BitSet determined = new BitSet();
    for (int row = 0; row < rank; row++) {
      int only = -1;
      int count = 0;
      for (int column = 0; column < unknowns; column++) {
        if (Math.abs(rows[row][column]) > ZERO) {
          only = column;
          count++;
        }
      }
      if (count == 1) {
        determined.set(only);
      }
    }
    return determined;
  }

  private static int reduce(double[][] rows, int unknowns) {
    int rank = 0;
    for (int column = 0; column < unknowns && rank < rows.length; column++) {
      int pivot = pivot(rows, rank, column);
      if (Math.abs(rows[pivot][column]) > ZERO) {
        double[] row = rows[pivot];
        rows[pivot] = rows[rank];
        rows[rank] = row;
        clear(rows, rank, column);
        rank++;
      }
    }
    return rank;
  }

  private static int pivot(double[][] rows, int from, int column) {
    int best = from;
    for (int row = from + 1; row < rows.length; row++) {
      if (Math.abs(rows[row][column]) > Math.abs(rows[best][column])) {
        best = row;
      }
    }
    return best;
  }

  private static void clear(double[][] rows, int rank, int column) {
    double[] pivot = rows[rank];
    double scale = pivot[column];
    for (int k = 0; k < pivot.length; k++) {
      pivot[k] /= scale;
    }
    for (int row = 0; row < rows.length; row++) {
      double factor = rows[row][column];
      if (row != rank && Math.abs(factor) > ZERO) {
        for (int k = 0; k < pivot.length; k++) {
          rows[row][k] -= factor * pivot[k];
        }
      }
    }
  }
}

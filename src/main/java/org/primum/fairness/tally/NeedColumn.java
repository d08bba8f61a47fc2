package org.primum.fairness.tally;

import org.primum.data.Batch;
import org.primum.data.NumberColumn;

/// The column that says what patients need.
///
/// @param name of the column
/// @param at its place in the batches
/// @param grid where needs are summed where there are too many scores
record NeedColumn(String name, int at, ScoreGrid grid) {

  /// Larger needs would leave the whole numbers that they are summed in.
  private static final double MAX_NEED = 1e6;

  private static final double MAX_WEIGHTED_SQUARE = 1L << 53;

  /// NaN where there is none.
  double[] read(Batch batch, RowBatch rows, BadRow bad) {
    NumberColumn column = batch.number(at);
    double[] needs = new double[column.size()];
    for (int row = 0; row < needs.length; row++) {
      needs[row] = column.isMissing(row) ? Double.NaN : column.value(row);
      boolean small =
          Math.abs(needs[row]) <= MAX_NEED
              && rows.weight(row) * needs[row] * needs[row] < MAX_WEIGHTED_SQUARE;
      if (!column.isMissing(row) && !small) {
        throw bad.at(
            name,
            row,
            "is not a finite number, or beyond a million; give a need in a larger unit, money in"
                + " thousands");
      }
    }
    return needs;
  }
}

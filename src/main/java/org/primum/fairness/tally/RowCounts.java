package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.primum.data.Batch;

/// What is counted while the rows go by, by group number: one a thread, added up in the end.
final class RowCounts {

  /// Weight and squared weight.
  private static final int SUMS = 2;

  private final boolean weighted;
  private final TargetCount target;
  private long[] rows = new long[0];
  private final ExactSums sums = new ExactSums();

  RowCounts(TargetCount target, boolean weighted) {
    this.target = target;
    this.weighted = weighted;
  }

  /// Bytes of memory that grow with what the rows hold, not with the number of groups alone.
  long bytes() {
    return target.bytes();
  }

  /// About how many bytes the tally of one group takes.
  long groupBytes() {
    return target.groupBytes();
  }

  boolean isEmpty() {
    return rows.length == 0;
  }

  /// Reads and checks a batch, which is counted next.
  void read(Batch batch, BadRow bad) {
    target.read(batch, bad);
  }

  /// Counts the batch that was read.
  ///
  /// @param groups the number of each row's combination of sensitive features
  /// @param weights of each row
  void add(int[] groups, double[] weights) {
    int[] cells = new int[groups.length];
    int most = 0;
    for (int row = 0; row < cells.length; row++) {
      cells[row] = groups[row] * Counts.CELLS + target.label(row) * 3 + target.prediction(row);
      most = Math.max(most, cells[row]);
    }
    reserve(most + 1);
    for (int cell : cells) {
      rows[cell]++;
    }
    if (weighted) {
      addWeights(cells, weights);
    }
    target.add(groups, weights);
  }

  private void addWeights(int[] cells, double[] weights) {
    for (int row = 0; row < cells.length; row++) {
      sums.add(cells[row] * SUMS, weights[row]);
      sums.add(cells[row] * SUMS + 1, weights[row] * weights[row]);
    }
  }

  private void reserve(int cells) {
    if (rows.length < cells) {
      rows = Arrays.copyOf(rows, Math.max(cells, rows.length * 2));
    }
    sums.reserve(weighted ? cells * SUMS : 0);
  }

  /// Adds the counts of another, which is not used any more.
  void absorb(RowCounts other) {
    reserve(other.rows.length);
    for (int cell = 0; cell < other.rows.length; cell++) {
      rows[cell] += other.rows[cell];
    }
    sums.absorb(other.sums);
    target.absorb(other.target);
  }

  ScoreScale scale() {
    return target.scale();
  }

  /// All that is known of a group, given away: asked again there may be less.
  GroupTally take(int group) {
    reserve((group + 1) * Counts.CELLS);
    List<Sums> nine = new ArrayList<>();
    for (int cell = group * Counts.CELLS; cell < (group + 1) * Counts.CELLS; cell++) {
      ExactSum equal = ExactSum.of(rows[cell]);
      nine.add(
          Sums.of(
              rows[cell],
              weighted ? sums.total(cell * SUMS) : equal,
              weighted ? sums.total(cell * SUMS + 1) : equal));
    }
    return target.take(group, new Counts(nine));
  }
}

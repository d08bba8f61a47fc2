package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.primum.data.Batch;

/// What is counted while the rows go by, by group number: one a thread, added up in the end.
final class RowCounts {

  /// Weight, squared weight, score, squared score, logarithmic loss.
  private static final int SUMS = 5;

  /// Nine cells of six numbers, of which four are wide.
  private static final long GROUP_BYTES = 6 << 10;

  /// Chances are kept this far away from 0 and 1, as scikit-learn does, so that the logarithmic
  /// loss is finite.
  private static final double CHANCE = Math.ulp(1.0);

  private final boolean weighted;
  private final ScoreSlots scores;
  private long[] rows = new long[0];
  private final ExactSums sums = new ExactSums();
  private final List<MoreSums> more;

  /// @param tables by whose groups scores are counted
  RowCounts(ScoreGrid grid, boolean weighted, List<ScoredGroups> tables, List<MoreSums> more) {
    this.more = more;
    this.weighted = weighted;
    this.scores = new ScoreSlots(grid, weighted, tables);
  }

  /// Bytes of memory the scores and what goes by them take: what grows with the rows, not with the
  /// groups alone.
  long scoreBytes() {
    return scores.bytes() + more.stream().mapToLong(MoreSums::rowBytes).sum();
  }

  /// About how many bytes the tally of one group takes, and its counts before.
  long groupBytes() {
    return GROUP_BYTES + more.stream().mapToLong(MoreSums::groupBytes).sum();
  }

  boolean isEmpty() {
    return rows.length == 0;
  }

  void add(Batch read, RowBatch batch, BadRow bad) {
    more.forEach(sums -> sums.add(read, batch, bad));
    int[] cells = cells(batch);
    if (weighted) {
      addWeights(batch, cells);
    }
    if (batch.scored()) {
      addScores(batch, cells);
    }
  }

  private int[] cells(RowBatch batch) {
    int[] cells = new int[batch.rows()];
    int most = 0;
    for (int row = 0; row < cells.length; row++) {
      cells[row] = batch.group(row) * Counts.CELLS + batch.label(row) * 3 + batch.decision(row);
      most = Math.max(most, cells[row]);
    }
    reserve(most + 1);
    for (int row = 0; row < cells.length; row++) {
      rows[cells[row]] += batch.times(row);
    }
    return cells;
  }

  private void reserve(int cells) {
    if (rows.length < cells) {
      rows = Arrays.copyOf(rows, Math.max(cells, rows.length * 2));
    }
    sums.reserve(cells * SUMS);
  }

  private void addWeights(RowBatch batch, int[] cells) {
    for (int row = 0; row < cells.length; row++) {
      double weight = batch.weight(row);
      int at = cells[row] * SUMS;
      sums.add(at, weight);
      sums.add(at + 1, weight * weight);
    }
  }

  private void addScores(RowBatch batch, int[] cells) {
    for (int row = 0; row < cells.length; row++) {
      double score = batch.score(row);
      if (score >= 0) {
        int at = cells[row] * SUMS;
        add(at + 2, score, batch, row);
        add(at + 3, score * score, batch, row);
        int label = batch.label(row);
        if (label != MISSING) {
          double chance = label == POSITIVE ? score : 1 - score;
          add(at + 4, surprise(chance), batch, row);
        }
      }
    }
    scores.add(batch);
  }

  private void add(int sum, double value, RowBatch batch, int row) {
    long times = batch.times(row);
    if (times == 1) {
      sums.add(sum, batch.weight(row) * value);
    } else {
      sums.add(sum, value, times);
    }
  }

  private static final byte MISSING = Outcome.MISSING.code();
  private static final byte POSITIVE = Outcome.POSITIVE.code();

  /// The logarithmic loss of what came with that chance, in nats.
  private static double surprise(double chance) {
    return -StrictMath.log(Math.clamp(chance, CHANCE, 1 - CHANCE));
  }

  /// Adds the counts of another, which is not used any more.
  void absorb(RowCounts other) {
    if (rows.length < other.rows.length) {
      rows = Arrays.copyOf(rows, other.rows.length);
    }
    for (int cell = 0; cell < other.rows.length; cell++) {
      rows[cell] += other.rows[cell];
    }
    sums.absorb(other.sums);
    scores.absorb(other.scores);
    for (int i = 0; i < more.size(); i++) {
      more.get(i).absorb(other.more.get(i));
    }
  }

  ScoreScale scale() {
    return scores.scale();
  }

  /// The scores of the group of a table that a combination belongs to.
  ScoreCounts scores(int table, int combination) {
    return scores.counts(table, combination);
  }

  /// The counts of a combination, without its scores.
  GroupTally counts(int group) {
    List<Sums> nine = new ArrayList<>();
    for (int cell = group * Counts.CELLS; cell < (group + 1) * Counts.CELLS; cell++) {
      nine.add(sums(cell));
    }
    GroupTally tally = GroupTally.of(new Counts(nine));
    for (MoreSums sums : more) {
      tally = sums.complete(group, tally, scale());
    }
    return tally;
  }

  private Sums sums(int cell) {
    if (cell >= rows.length || rows[cell] == 0) {
      return Sums.NONE;
    }
    ExactSum equal = ExactSum.of(rows[cell]);
    int at = cell * SUMS;
    return new Sums(
        rows[cell],
        weighted ? sums.total(at) : equal,
        weighted ? sums.total(at + 1) : equal,
        sums.total(at + 2),
        sums.total(at + 3),
        sums.total(at + 4));
  }
}

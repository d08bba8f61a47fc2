package org.primum.fairness.tally;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.DoubleStream;

/// The counts of one table of scores, for one thread.
final class ScoreTableSlots {

  private static final int UNKNOWN = -1;

  private final ScoredGroups groups;

  /// The group of each combination that was met here.
  private int[] known = new int[0];

  /// By cell: group times three plus label.
  private ScoreBlock[] blocks = new ScoreBlock[0];

  private long bytes;

  ScoreTableSlots(ScoredGroups groups) {
    this.groups = groups;
  }

  /// Bytes of memory the counts take.
  long bytes() {
    return bytes;
  }

  /// Counts the rows of a batch.
  ///
  /// @param positions of each row, [ScoreSlots#NOWHERE] where it has no score
  /// @param weights whole part and fraction of each row's weight; empty where rows have none
  /// @param places how many positions there may be
  void add(RowBatch batch, int[] positions, long[] weights, int places) {
    boolean weighted = weights.length > 0;
    for (int row = 0; row < positions.length; row++) {
      if (positions[row] != ScoreSlots.NOWHERE) {
        int cell = group(batch.group(row)) * ScoreCounts.LABELS + batch.label(row);
        long whole = weighted ? weights[2 * row] : 0;
        long fraction = weighted ? weights[2 * row + 1] : 0;
        ScoreBlock block = at(cell);
        if (block.isDense()) {
          block.add(positions[row], batch.times(row), whole, fraction);
        } else {
          ScoreBlock sparse = block(cell, places, weighted);
          long before = sparse.bytes();
          sparse.add(positions[row], batch.times(row), whole, fraction);
          bytes += sparse.bytes() - before;
        }
      }
    }
  }

  private int group(int combination) {
    int found = combination < known.length ? known[combination] : UNKNOWN;
    return found == UNKNOWN ? met(combination) : found;
  }

  private int met(int combination) {
    if (combination >= known.length) {
      int before = known.length;
      known = Arrays.copyOf(known, Math.max(combination + 1, 2 * before));
      Arrays.fill(known, before, known.length, UNKNOWN);
    }
    known[combination] = groups.of(combination);
    return known[combination];
  }

  private ScoreBlock at(int cell) {
    return cell < blocks.length ? blocks[cell] : ScoreBlock.NONE;
  }

  private ScoreBlock block(int cell, int places, boolean weighted) {
    ScoreBlock block = at(cell);
    if (block == ScoreBlock.NONE) {
      if (cell >= blocks.length) {
        int before = blocks.length;
        blocks = Arrays.copyOf(blocks, Math.max(cell + 1, 2 * before));
        Arrays.fill(blocks, before, blocks.length, ScoreBlock.NONE);
      }
      block = new ScoreBlock(places, weighted);
      blocks[cell] = block;
      bytes += block.bytes();
    }
    return block;
  }

  /// Counts all again at other positions.
  void move(IntUnaryOperator position, int places, boolean weighted) {
    absorb(give(), position, places, weighted);
  }

  /// The blocks, which are not here any more.
  ScoreBlock[] give() {
    ScoreBlock[] given = blocks;
    blocks = new ScoreBlock[0];
    bytes = 0;
    return given;
  }

  /// Adds the blocks of another of the same table.
  ///
  /// @param position where a position of the other is here
  void absorb(ScoreBlock[] others, IntUnaryOperator position, int places, boolean weighted) {
    for (int cell = 0; cell < others.length; cell++) {
      if (others[cell] != ScoreBlock.NONE) {
        ScoreBlock block = block(cell, places, weighted);
        long before = block.bytes();
        block.absorb(others[cell], position);
        bytes += block.bytes() - before;
      }
    }
  }

  /// The counts of the group that a combination belongs to.
  ///
  /// @param score that stands at a position
  ScoreCounts counts(int combination, IntToDoubleFunction score) {
    int first = group(combination) * ScoreCounts.LABELS;
    double[] at = scores(first, score);
    long[] all = new long[at.length * ScoreCounts.LABELS * ScoreCounts.NUMBERS];
    for (int label = 0; label < ScoreCounts.LABELS; label++) {
      ScoreBlock block = at(first + label);
      for (int slot = 0; slot < block.slots(); slot++) {
        if (block.rows(slot) > 0) {
          int index = Arrays.binarySearch(at, score.applyAsDouble(block.position(slot)));
          int place = (index * ScoreCounts.LABELS + label) * ScoreCounts.NUMBERS;
          all[place] = block.rows(slot);
          all[place + 1] = block.whole(slot);
          all[place + 2] = block.fraction(slot);
        }
      }
    }
    return ScoreCounts.of(at, all);
  }

  /// The scores of a group, ascending, each once.
  private double[] scores(int first, IntToDoubleFunction score) {
    DoubleStream.Builder found = DoubleStream.builder();
    for (int label = 0; label < ScoreCounts.LABELS; label++) {
      ScoreBlock block = at(first + label);
      for (int slot = 0; slot < block.slots(); slot++) {
        if (block.rows(slot) > 0) {
          found.add(score.applyAsDouble(block.position(slot)));
        }
      }
    }
    return found.build().sorted().distinct().toArray();
  }
}

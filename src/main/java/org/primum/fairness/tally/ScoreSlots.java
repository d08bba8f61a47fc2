package org.primum.fairness.tally;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// Counts scores by cell while the rows go by: each distinct score by itself until there are too
/// many, then between the edges of a grid.
final class ScoreSlots {

  /// The position of a row without a score.
  private static final int NOWHERE = -2;

  private final ScoreGrid grid;
  private final boolean weighted;

  private boolean exact = true;

  /// The distinct scores, until the grid is used.
  private final ScoreNumbers numbers = new ScoreNumbers();

  /// By cell: group times three plus label.
  private ScoreBlock[] blocks = new ScoreBlock[0];

  private long bytes;

  ScoreSlots(ScoreGrid grid, boolean weighted) {
    this.grid = grid;
    this.weighted = weighted;
  }

  /// Bytes of memory the counts take.
  long bytes() {
    return bytes;
  }

  /// Counts the rows of a batch that have a score. Where they are counted is found first, so that
  /// the loop that waits for memory holds nothing else, and waits for many rows at once.
  void add(RowBatch batch) {
    int[] positions = new int[batch.rows()];
    if (!exact || !findExact(batch, positions)) {
      useGrid();
      findOnGrid(batch, positions);
    }
    for (int row = 0; row < positions.length; row++) {
      if (positions[row] != NOWHERE) {
        int cell = batch.group(row) * ScoreCounts.LABELS + batch.label(row);
        ScoreBlock block = at(cell);
        if (block.isDense()) {
          block.add(positions[row], batch.weight(row), batch.times(row));
        } else {
          addSparse(cell, positions[row], batch.weight(row), batch.times(row));
        }
      }
    }
  }

  private void addSparse(int cell, int position, double weight, long times) {
    ScoreBlock block = block(cell);
    long before = block.bytes();
    block.add(position, weight, times);
    bytes += block.bytes() - before;
  }

  private boolean findExact(RowBatch batch, int[] positions) {
    for (int row = 0; row < positions.length; row++) {
      double score = batch.score(row);
      positions[row] = score >= 0 ? numbers.of(score) : NOWHERE;
      if (positions[row] == ScoreNumbers.TOO_MANY) {
        return false;
      }
    }
    return true;
  }

  private void findOnGrid(RowBatch batch, int[] positions) {
    for (int row = 0; row < positions.length; row++) {
      double score = batch.score(row);
      positions[row] = score >= 0 ? grid.index(score) : NOWHERE;
    }
  }

  private ScoreBlock block(int cell) {
    ScoreBlock block = at(cell);
    if (block == ScoreBlock.NONE) {
      if (cell >= blocks.length) {
        blocks = free(blocks, Math.max(cell + 1, blocks.length * 2));
      }
      block = new ScoreBlock(exact ? ScoreScale.MAX_DISTINCT : grid.size(), weighted);
      blocks[cell] = block;
      bytes += block.bytes();
    }
    return block;
  }

  private ScoreBlock at(int cell) {
    return cell < blocks.length ? blocks[cell] : ScoreBlock.NONE;
  }

  private static ScoreBlock[] free(ScoreBlock[] blocks, int length) {
    ScoreBlock[] more = Arrays.copyOf(blocks, length);
    Arrays.fill(more, blocks.length, length, ScoreBlock.NONE);
    return more;
  }

  private void useGrid() {
    if (exact) {
      ScoreBlock[] old = blocks;
      exact = false;
      blocks = new ScoreBlock[0];
      bytes = 0;
      absorb(old, number -> grid.index(numbers.score(number)));
    }
  }

  /// Adds the counts of another, which is then empty.
  void absorb(ScoreSlots other) {
    Optional<int[]> mapped = exact && other.exact ? mapped(other.numbers) : Optional.empty();
    if (mapped.isEmpty()) {
      useGrid();
      other.useGrid();
    }
    absorb(
        other.blocks,
        mapped
            .<IntUnaryOperator>map(to -> number -> to[number])
            .orElse(IntUnaryOperator.identity()));
    other.blocks = new ScoreBlock[0];
    other.bytes = 0;
  }

  /// The numbers here of the scores there; empty where they are too many together.
  private Optional<int[]> mapped(ScoreNumbers there) {
    int[] mapped = new int[there.size()];
    for (int number = 0; number < mapped.length; number++) {
      mapped[number] = numbers.of(there.score(number));
      if (mapped[number] == ScoreNumbers.TOO_MANY) {
        return Optional.empty();
      }
    }
    return Optional.of(mapped);
  }

  private void absorb(ScoreBlock[] others, IntUnaryOperator position) {
    for (int cell = 0; cell < others.length; cell++) {
      ScoreBlock other = others[cell];
      if (other != ScoreBlock.NONE) {
        ScoreBlock block = block(cell);
        long before = block.bytes();
        block.absorb(other, position);
        bytes += block.bytes() - before;
      }
    }
  }

  ScoreScale scale() {
    return exact ? new ScoreScale.Exact() : new ScoreScale.Binned(grid);
  }

  /// The counts of a group, which are given away: asked again it has none.
  ScoreCounts take(int group) {
    double[] at = taken(group);
    long[] all = new long[at.length * ScoreCounts.LABELS * ScoreCounts.NUMBERS];
    for (int label = 0; label < ScoreCounts.LABELS; label++) {
      int cell = group * ScoreCounts.LABELS + label;
      ScoreBlock block = at(cell);
      for (int slot = 0; slot < block.slots(); slot++) {
        if (block.rows(slot) > 0) {
          int index = Arrays.binarySearch(at, value(block.position(slot)));
          int place = (index * ScoreCounts.LABELS + label) * ScoreCounts.NUMBERS;
          all[place] = block.rows(slot);
          all[place + 1] = block.whole(slot);
          all[place + 2] = block.fraction(slot);
        }
      }
      if (cell < blocks.length) {
        blocks[cell] = ScoreBlock.NONE;
      }
    }
    return ScoreCounts.of(at, all);
  }

  /// The positions of a group's scores, ascending.
  private double[] taken(int group) {
    double[] found = new double[0];
    int size = 0;
    for (int label = 0; label < ScoreCounts.LABELS; label++) {
      int cell = group * ScoreCounts.LABELS + label;
      ScoreBlock block = at(cell);
      for (int slot = 0; slot < block.slots(); slot++) {
        if (block.rows(slot) > 0) {
          found = size < found.length ? found : Arrays.copyOf(found, Math.max(16, size * 2));
          found[size++] = value(block.position(slot));
        }
      }
    }
    Arrays.sort(found, 0, size);
    int distinct = 0;
    for (int i = 0; i < size; i++) {
      if (distinct == 0 || found[distinct - 1] != found[i]) {
        found[distinct++] = found[i];
      }
    }
    return Arrays.copyOf(found, distinct);
  }

  private double value(int position) {
    return exact ? numbers.score(position) : grid.edge(position);
  }
}

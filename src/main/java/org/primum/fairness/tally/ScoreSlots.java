package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// Counts scores by the groups of each table while the rows go by: each distinct score by itself
/// until there are too many, then between the edges of a grid.
final class ScoreSlots {

  /// The position of a row without a score.
  static final int NOWHERE = -2;

  private final ScoreGrid grid;
  private final boolean weighted;
  private final List<ScoreTableSlots> tables = new ArrayList<>();

  private boolean exact = true;

  /// The distinct scores, until the grid is used.
  private final ScoreNumbers numbers = new ScoreNumbers();

  /// @param groups of each table
  ScoreSlots(ScoreGrid grid, boolean weighted, List<ScoredGroups> groups) {
    this.grid = grid;
    this.weighted = weighted;
    groups.forEach(of -> tables.add(new ScoreTableSlots(of)));
  }

  /// Bytes of memory the counts take.
  long bytes() {
    return tables.stream().mapToLong(ScoreTableSlots::bytes).sum();
  }

  /// Counts the rows of a batch that have a score. Where they are counted is found first, so that
  /// the loops that wait for memory hold nothing else, and wait for many rows at once.
  void add(RowBatch batch) {
    int[] positions = new int[batch.rows()];
    if (!exact || !findExact(batch, positions)) {
      useGrid();
      findOnGrid(batch, positions);
    }
    long[] weights = weighted ? weights(batch) : new long[0];
    tables.forEach(table -> table.add(batch, positions, weights, places()));
  }

  /// Whole part and fraction of each row's weight.
  private static long[] weights(RowBatch batch) {
    long[] weights = new long[2 * batch.rows()];
    for (int row = 0; row < batch.rows(); row++) {
      double weight = batch.weight(row);
      weights[2 * row] = (long) weight;
      weights[2 * row + 1] = ScoreCounts.fraction(weight);
    }
    return weights;
  }

  private int places() {
    return exact ? ScoreScale.MAX_DISTINCT : grid.size();
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

  private void useGrid() {
    if (exact) {
      exact = false;
      tables.forEach(
          table -> table.move(number -> grid.index(numbers.score(number)), places(), weighted));
    }
  }

  /// Adds the counts of another of the same tables, which is then empty.
  void absorb(ScoreSlots other) {
    Optional<int[]> mapped = exact && other.exact ? mapped(other.numbers) : Optional.empty();
    if (mapped.isEmpty()) {
      useGrid();
      other.useGrid();
    }
    IntUnaryOperator position =
        mapped
            .<IntUnaryOperator>map(to -> number -> to[number])
            .orElse(IntUnaryOperator.identity());
    for (int i = 0; i < tables.size(); i++) {
      tables.get(i).absorb(other.tables.get(i).give(), position, places(), weighted);
    }
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

  ScoreScale scale() {
    return exact ? new ScoreScale.Exact() : new ScoreScale.Binned(grid);
  }

  /// The counts of the group of a table that a combination belongs to.
  ScoreCounts counts(int table, int combination) {
    return tables.get(table).counts(combination, exact ? numbers::score : grid::edge);
  }
}

package org.primum.privacy;

import java.util.List;

/// One question of a release. Categories and bounds are declared, never read from the data: the
/// smallest and largest value of a column belong to a patient.
public sealed interface Query {

  /// Names the answer; unique in its release.
  String id();

  /// What answering costs.
  PrivacyLoss loss();

  /// How many rows there are.
  record RowCount(String id, PrivacyLoss loss) implements Query {}

  /// How many patients there are.
  record PatientCount(String id, PrivacyLoss loss) implements Query {}

  /// How many rows fall into each combination of the categories of some columns: one column is a
  /// histogram, more are a contingency table.
  record Table(String id, PrivacyLoss loss, List<Dimension> dimensions) implements Query {

    /// Larger tables are a slip of the pen: nearly all cells would be noise.
    public static final int MAX_CELLS = 100_000;

    public Table {
      dimensions = List.copyOf(dimensions);
      if (dimensions.isEmpty()) {
        throw new IllegalArgumentException("a table needs a column");
      }
      if (dimensions.stream().map(Dimension::column).distinct().count() < dimensions.size()) {
        throw new IllegalArgumentException("a table names each column once");
      }
      long cells = 1;
      for (Dimension dimension : dimensions) {
        cells *= dimension.categories().size();
        if (cells > MAX_CELLS) {
          throw new IllegalArgumentException(
              "a table has at most " + MAX_CELLS + " cells; declare fewer columns or categories");
        }
      }
    }

    /// Cells of declared categories, without the one for everything else.
    public int declaredCells() {
      return dimensions.stream().mapToInt(d -> d.categories().size()).reduce(1, (a, b) -> a * b);
    }
  }

  /// The sum of a column, each value clamped to the bounds.
  record Sum(String id, PrivacyLoss loss, String column, Bounds bounds) implements Query {}

  /// The mean of a column, each value clamped to the bounds: a noisy sum over a noisy count.
  record Mean(String id, PrivacyLoss loss, String column, Bounds bounds) implements Query {}
}

package org.primum.data;

import java.util.List;

/// Consecutive rows of the selected columns of a table.
///
/// @param firstRow the position of the batch's first row in the table, from 0
/// @param rows how many rows, at least one
/// @param columns one for each [Selection], in its order, each `rows` long
public record Batch(long firstRow, int rows, List<Column> columns) {

  public Batch {
    columns = List.copyOf(columns);
  }

  /// The column that was selected as a number.
  public NumberColumn number(int index) {
    return (NumberColumn) columns.get(index);
  }

  /// The column that was selected as text.
  public TextColumn text(int index) {
    return (TextColumn) columns.get(index);
  }
}

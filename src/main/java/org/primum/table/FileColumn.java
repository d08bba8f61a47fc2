package org.primum.table;

import org.primum.data.ColumnType;

/// A top-level column of a Parquet file.
sealed interface FileColumn {

  String name();

  ColumnType type();

  /// A column of plain values.
  ///
  /// @param leaf its place among the file's leaves
  /// @param optional values can be missing
  record Flat(String name, int leaf, boolean optional, ValueType values) implements FileColumn {

    @Override
    public ColumnType type() {
      return values.type();
    }
  }

  /// A column that cannot be read; it is listed, so that nothing is left out in silence, and
  /// refused where it is selected.
  ///
  /// @param reason what it holds and what to do
  record Unreadable(String name, String reason) implements FileColumn {

    @Override
    public ColumnType type() {
      return ColumnType.TEXT;
    }
  }
}

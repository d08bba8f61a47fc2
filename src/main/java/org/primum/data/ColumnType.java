package org.primum.data;

/// What a column holds, as far as the steps care.
public enum ColumnType {
  /// Finite or not finite doubles, and missing values.
  NUMBER,
  /// Text by dictionary, and missing values.
  TEXT
}

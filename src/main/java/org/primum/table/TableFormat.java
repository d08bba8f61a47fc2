package org.primum.table;

/// The formats a table is written in.
public enum TableFormat {
  /// Parquet, Zstandard-compressed: numbers as optional DOUBLE, texts as optional UTF-8 strings.
  PARQUET,
  /// CSV after RFC 4180 in UTF-8, with a header; a missing value is an empty field.
  CSV
}

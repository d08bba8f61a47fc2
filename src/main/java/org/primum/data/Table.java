package org.primum.data;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A table that can be read as often as needed, in batches; it need not fit in memory.
public interface Table {

  /// How messages call it: the location the user gave.
  String name();

  Schema schema();

  /// What the file says of itself by key and value, in the file's order: Parquet's key-value
  /// metadata; empty for CSV.
  Map<String, String> metadata();

  /// SHA-256 of the file's bytes.
  Digest digest() throws IOException;

  /// How many rows there are: as the file says, or, where it does not, counted in a pass.
  long countRows() throws IOException;

  /// Starts a pass over the selected columns.
  ///
  /// @throws DataInvalidException where a selected column is not there
  Batches read(List<Selection> selections) throws IOException;

  /// Starts passes over consecutive stretches of the rows: read one after another, in the order of
  /// the list, they are one pass over the table. Each may be read by a thread of its own.
  ///
  /// @param atMost how many stretches at most; there are fewer where the file or the memory does
  ///   not allow as many, but one at least
  /// @throws DataInvalidException where a selected column is not there
  default List<Batches> split(List<Selection> selections, int atMost) throws IOException {
    return List.of(read(selections));
  }
}

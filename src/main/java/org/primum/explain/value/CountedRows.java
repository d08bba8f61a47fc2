package org.primum.explain.value;

import org.primum.data.Digest;

/// A table of which only counts are kept.
///
/// @param rows how many it has
/// @param digest of the table
public record CountedRows(long rows, Digest digest) {

  public CountedRows {
    if (rows < 1) {
      throw new IllegalArgumentException("counts are of at least one row, got " + rows);
    }
  }
}

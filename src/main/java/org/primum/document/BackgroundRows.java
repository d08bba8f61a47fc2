package org.primum.document;

import org.primum.data.Digest;

/// The rows that explanations compare with.
///
/// @param rows how many there are
/// @param digest of the table that holds them
public record BackgroundRows(long rows, Digest digest) {

  public BackgroundRows {
    if (rows < 1) {
      throw new IllegalArgumentException("a background has at least one row, got " + rows);
    }
  }
}

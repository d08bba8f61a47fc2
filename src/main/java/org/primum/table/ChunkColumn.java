package org.primum.table;

import java.io.IOException;
import org.primum.data.Column;

/// Reads one selected column of a row group, batch by batch.
sealed interface ChunkColumn permits ChunkNumbers, ChunkTexts, ChunkParsedNumbers {

  /// The next rows.
  ///
  /// @throws Damage where the bytes are not what the format promises
  /// @throws BadValue where a value is not of the selected type
  Column read(int rows) throws IOException;

  /// Gives the memory back.
  void release();

  /// A value that cannot be read as selected.
  final class BadValue extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int row;

    /// @param row from 0 in the batch being read
    BadValue(int row, String reason) {
      super(reason, null, false, false);
      this.row = row;
    }

    int row() {
      return row;
    }
  }
}

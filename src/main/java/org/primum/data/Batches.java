package org.primum.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// The batches of one pass over a table, in row order.
public interface Batches extends Closeable {

  /// The next batch, or empty at the end.
  ///
  /// @throws DataInvalidException where the bytes are not what the format promises, or a value is
  ///   not of the selected type
  Optional<Batch> next() throws IOException;
}

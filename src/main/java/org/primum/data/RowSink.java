package org.primum.data;

import java.io.Closeable;
import java.io.IOException;

/// Takes the rows of a new table, batch by batch. Closing it completes the file; a sink that was
/// not closed leaves a file no reader accepts.
public interface RowSink extends Closeable {

  /// @param batch columns in the order and of the types of the sink's schema
  void write(Batch batch) throws IOException;
}

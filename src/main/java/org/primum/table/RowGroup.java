package org.primum.table;

import java.util.List;

/// A horizontal slice of a Parquet file.
///
/// @param chunks one for each leaf of the file's schema, in its order
record RowGroup(long rows, List<ColumnChunk> chunks) {

  RowGroup {
    chunks = List.copyOf(chunks);
  }
}

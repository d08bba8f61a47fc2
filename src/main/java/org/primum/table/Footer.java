package org.primum.table;

import java.util.List;
import java.util.Map;

/// What a Parquet file says of itself at its end.
///
/// @param columns the top-level columns in file order
/// @param metadata the key-value metadata in file order
record Footer(
    List<FileColumn> columns, List<RowGroup> groups, Map<String, String> metadata, long rows) {}

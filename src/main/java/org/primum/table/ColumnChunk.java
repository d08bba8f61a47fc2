package org.primum.table;

/// Where the values of one column in one row group lie.
///
/// @param offset of the first page in the file
/// @param length of all pages in bytes, headers included
/// @param expanded their length without compression, as the file claims
/// @param values how many values, missing ones included
/// @param codec the id of the compression
record ColumnChunk(long offset, long length, long expanded, long values, int codec) {}

package org.primum.table;

import java.util.List;

/// Holds what a footer claims against what the file can hold.
final class FooterCheck {

  private FooterCheck() {}

  static void check(Footer footer, int leaves, long fileSize) {
    long most = Limits.FREE_ROWS + Limits.ROWS_PER_BYTE * Math.min(fileSize, 1L << 48);
    long rows = 0;
    for (RowGroup group : footer.groups()) {
      if (group.rows() < 0 || group.chunks().size() != leaves) {
        throw new Damage("a row group does not fit the schema");
      }
      if (group.rows() > most - rows) {
        throw new Damage("it claims more rows than its bytes can hold");
      }
      rows += group.rows();
      if (group.rows() > 0) {
        checkChunks(group.chunks(), fileSize);
      }
    }
    if (rows != footer.rows()) {
      throw new Damage("its row groups do not add up to its number of rows");
    }
  }

  private static void checkChunks(List<ColumnChunk> chunks, long fileSize) {
    for (ColumnChunk chunk : chunks) {
      if (chunk.offset() < 4
          || chunk.length() < 0
          || chunk.length() > fileSize - chunk.offset()
          || chunk.values() < 0) {
        throw new Damage("a column lies outside of the file");
      }
    }
  }
}

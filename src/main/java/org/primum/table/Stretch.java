package org.primum.table;

import java.util.ArrayList;
import java.util.List;

/// Consecutive row groups of a Parquet file, which one pass reads.
///
/// @param firstRow the position of its first row in the table, from 0
record Stretch(long firstRow, List<RowGroup> groups) {

  /// What a column chunk takes of memory at most, for each of its expanded bytes: a page, the
  /// dictionary as bytes, and where its entries start and end.
  private static final int MEMORY_PER_BYTE = 4;

  Stretch {
    groups = List.copyOf(groups);
  }

  /// Divides a file into stretches of about as many rows, in row order. There are fewer than were
  /// asked for where it has fewer row groups, or where their pages might not fit into memory at
  /// once.
  static List<Stretch> split(Footer footer, List<ParquetBatches.Wish> wishes, int atMost) {
    int count = Math.min(atMost, fitting(footer, wishes));
    if (count <= 1 || footer.rows() == 0) {
      return List.of(new Stretch(0, footer.groups()));
    }
    List<Stretch> stretches = new ArrayList<>();
    List<RowGroup> groups = new ArrayList<>();
    long firstRow = 0;
    long rows = 0;
    for (RowGroup group : footer.groups()) {
      groups.add(group);
      rows += group.rows();
      if (group.rows() > 0 && rows >= share(footer.rows(), stretches.size() + 1, count)) {
        stretches.add(new Stretch(firstRow, groups));
        groups = new ArrayList<>();
        firstRow = rows;
      }
    }
    return stretches;
  }

  /// How many rows the first `part` of `parts` have together.
  private static long share(long rows, int part, int parts) {
    return part >= parts ? rows : rows / parts * part;
  }

  /// How many row groups can surely be read at once.
  private static int fitting(Footer footer, List<ParquetBatches.Wish> wishes) {
    long largest = 1;
    for (RowGroup group : footer.groups()) {
      long bytes = 0;
      for (ParquetBatches.Wish wish : wishes) {
        ColumnChunk chunk = group.chunks().get(wish.column().leaf());
        long expanded = Math.clamp(chunk.expanded(), 0, Long.MAX_VALUE >>> 24);
        bytes += expanded * MEMORY_PER_BYTE + chunk.length();
      }
      largest = Math.max(largest, bytes);
    }
    return Math.clamp(MemoryBudget.most() / largest, 1, Integer.MAX_VALUE);
  }
}

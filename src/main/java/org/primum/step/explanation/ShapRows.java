package org.primum.step.explanation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.primum.data.Batch;
import org.primum.data.Column;
import org.primum.data.NumberColumn;
import org.primum.data.Table;
import org.primum.data.TextColumn;

/// The rows of a shard within a table.
///
/// @param first position of the first
/// @param end position after the last; [Long#MAX_VALUE] for all there are
record ShapRows(long first, long end) {

  /// The rows of the shard; a table is counted only where it is cut.
  static ShapRows of(Shard shard, Table table) throws IOException {
    if (shard.count() == 1) {
      return new ShapRows(0, Long.MAX_VALUE);
    }
    long rows = table.countRows();
    return new ShapRows(shard.firstRow(rows), shard.endRow(rows));
  }

  /// How many rows there are, or 0 where that is not known.
  long known() {
    return end == Long.MAX_VALUE ? 0 : end - first;
  }

  /// Whether the shard ends before the batch.
  boolean isBefore(Batch batch) {
    return batch.firstRow() >= end;
  }

  /// The batch's rows that are the shard's, in parts of at most `size`.
  List<Batch> pieces(Batch batch, int size) {
    int from = (int) Math.clamp(first - batch.firstRow(), 0L, batch.rows());
    int to = (int) Math.clamp(end - batch.firstRow(), 0L, batch.rows());
    List<Batch> pieces = new ArrayList<>();
    for (int start = from; start < to; start += size) {
      pieces.add(slice(batch, start, Math.min(to, start + size)));
    }
    return pieces;
  }

  private static Batch slice(Batch batch, int from, int to) {
    if (from == 0 && to == batch.rows()) {
      return batch;
    }
    List<Column> columns = new ArrayList<>();
    for (Column column : batch.columns()) {
      columns.add(
          switch (column) {
            case NumberColumn numbers -> slice(numbers, from, to);
            case TextColumn texts -> slice(texts, from, to);
          });
    }
    return new Batch(batch.firstRow() + from, to - from, columns);
  }

  private static NumberColumn slice(NumberColumn column, int from, int to) {
    double[] values = new double[to - from];
    BitSet missing = new BitSet(to - from);
    for (int row = from; row < to; row++) {
      values[row - from] = column.value(row);
      missing.set(row - from, column.isMissing(row));
    }
    return new NumberColumn(values, missing, to - from);
  }

  private static TextColumn slice(TextColumn column, int from, int to) {
    String[] dictionary = new String[column.dictionarySize()];
    for (int code = 0; code < dictionary.length; code++) {
      dictionary[code] = column.entry(code);
    }
    int[] codes = new int[to - from];
    for (int row = from; row < to; row++) {
      codes[row - from] = column.code(row);
    }
    return new TextColumn(dictionary, codes, to - from);
  }
}

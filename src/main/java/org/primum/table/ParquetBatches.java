package org.primum.table;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Column;
import org.primum.data.ColumnType;
import org.primum.data.DataInvalidException;

/// One pass over the selected columns of a stretch of a Parquet file. A batch lies within one row
/// group.
final class ParquetBatches implements Batches {

  /// Bytes that the windows of all columns aim to stay within, and bounds for one.
  private static final int WINDOWS = 64 << 20;

  private static final int MIN_WINDOW = 1 << 13;
  private static final int MAX_WINDOW = 1 << 18;

  /// A column as it was selected.
  record Wish(FileColumn.Flat column, ColumnType as) {}

  /// What the passes over the stretches of one file share.
  record Bounds(MemoryBudget budget, ExpansionGuard guard) {

    static Bounds of(long fileSize) {
      return new Bounds(new MemoryBudget(), new ExpansionGuard(fileSize));
    }
  }

  private final String name;
  private final FileChannel file;
  private final Iterator<RowGroup> groups;
  private final List<Wish> wishes;
  private final Bounds bounds;
  private List<ChunkColumn> columns = List.of();
  private long firstRow;
  private long rowsLeft;
  private int batchRows;

  ParquetBatches(String name, FileChannel file, Stretch stretch, List<Wish> wishes, Bounds bounds) {
    this.name = name;
    this.file = file;
    this.groups = stretch.groups().iterator();
    this.firstRow = stretch.firstRow();
    this.wishes = List.copyOf(wishes);
    this.bounds = bounds;
  }

  @Override
  public Optional<Batch> next() throws IOException {
    while (rowsLeft == 0) {
      if (!groups.hasNext()) {
        columns.forEach(ChunkColumn::release);
        columns = List.of();
        return Optional.empty();
      }
      RowGroup group = groups.next();
      if (group.rows() > 0) {
        open(group);
      }
    }
    int rows = (int) Math.min(rowsLeft, batchRows);
    List<Column> read = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      read.add(read(i, rows));
    }
    Batch batch = new Batch(firstRow, rows, read);
    firstRow += rows;
    rowsLeft -= rows;
    return Optional.of(batch);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void open(RowGroup group) {
    columns.forEach(ChunkColumn::release);
    rowsLeft = group.rows();
    batchRows = batchRows(group);
    List<ChunkColumn> opened = new ArrayList<>(wishes.size());
    for (Wish wish : wishes) {
      opened.add(open(group, wish));
    }
    columns = opened;
  }

  private ChunkColumn open(RowGroup group, Wish wish) {
    ColumnChunk chunk = group.chunks().get(wish.column().leaf());
    try {
      if (chunk.values() != group.rows()) {
        throw new Damage("it has not one value a row");
      }
      int window = Math.clamp(WINDOWS / wishes.size(), MIN_WINDOW, MAX_WINDOW);
      var input = new ChunkInput(file, chunk, bounds.budget(), window);
      var pages = new ChunkPages(input, wish.column(), chunk, bounds.budget(), bounds.guard());
      return column(pages, wish);
    } catch (Damage e) {
      throw damaged(wish, e);
    }
  }

  private static ChunkColumn column(ChunkPages pages, Wish wish) {
    ValueType type = wish.column().values();
    return switch (wish.as()) {
      case TEXT -> new ChunkTexts(pages, type);
      case NUMBER ->
          switch (type) {
            case ValueType.Words words -> new ChunkNumbers(pages, words);
            case ValueType.Bytes bytes -> new ChunkParsedNumbers(new ChunkTexts(pages, bytes));
          };
    };
  }

  private Column read(int index, int rows) throws IOException {
    Wish wish = wishes.get(index);
    try {
      return columns.get(index).read(rows);
    } catch (Damage e) {
      throw damaged(wish, e);
    } catch (ChunkColumn.BadValue e) {
      throw new DataInvalidException(
          name
              + ": column '"
              + wish.column().name()
              + "', row "
              + (firstRow + e.row() + 1)
              + ": "
              + e.getMessage());
    }
  }

  private DataInvalidException damaged(Wish wish, Damage cause) {
    return new DataInvalidException(
        name
            + ": column '"
            + wish.column().name()
            + "' cannot be read near row "
            + (firstRow + 1)
            + ": "
            + cause.getMessage());
  }

  /// Fewer rows where rows are long, so that a batch stays small.
  private int batchRows(RowGroup group) {
    long bytes = 0;
    for (Wish wish : wishes) {
      bytes += Math.max(0, group.chunks().get(wish.column().leaf()).expanded());
    }
    long each = Math.max(1, bytes / Math.max(1, group.rows()));
    return Math.clamp(Limits.BATCH_TEXT_BYTES / each, 1, Limits.batchRows(wishes.size()));
  }
}

package org.primum.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Column;

/// One pass over the selected columns of a CSV file.
final class CsvBatches implements Batches {

  private final CsvRecords records;
  private final CsvRows rows;
  private final List<CsvColumn> columns;
  private final int batchRows;
  private long firstRow;

  /// @param records after the header
  CsvBatches(CsvRecords records, int width, List<CsvColumn> columns) {
    this.records = records;
    this.rows = new CsvRows(records, width);
    this.columns = List.copyOf(columns);
    this.batchRows = Limits.batchRows(columns.size());
  }

  @Override
  public Optional<Batch> next() throws IOException {
    columns.forEach(column -> column.start(batchRows));
    int count = 0;
    while (count < batchRows && hasRoom() && rows.next()) {
      for (CsvColumn column : columns) {
        column.add(records, count);
      }
      count++;
    }
    return count == 0 ? Optional.empty() : Optional.of(finish(count));
  }

  private boolean hasRoom() {
    long bytes = 0;
    for (CsvColumn column : columns) {
      bytes += column.byteCount();
    }
    return bytes < Limits.BATCH_TEXT_BYTES;
  }

  private Batch finish(int count) {
    List<Column> finished = new ArrayList<>(columns.size());
    columns.forEach(column -> finished.add(column.finish(count)));
    Batch batch = new Batch(firstRow, count, finished);
    firstRow += count;
    return batch;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}

package org.primum.table;

import java.util.List;
import org.primum.data.Batch;
import org.primum.data.Column;
import org.primum.data.ColumnType;
import org.primum.data.NumberColumn;
import org.primum.data.Schema;
import org.primum.data.TextColumn;

/// Holds batches to the schema of the sink they are written to.
final class SinkColumns {

  private SinkColumns() {}

  static void check(Schema schema, Batch batch) {
    List<Column> columns = batch.columns();
    if (columns.size() != schema.fields().size()) {
      throw new IllegalArgumentException(
          "a batch of " + columns.size() + " columns for " + schema.fields().size());
    }
    for (int i = 0; i < columns.size(); i++) {
      ColumnType got =
          switch (columns.get(i)) {
            case NumberColumn _ -> ColumnType.NUMBER;
            case TextColumn _ -> ColumnType.TEXT;
          };
      if (got != schema.fields().get(i).type()) {
        throw new IllegalArgumentException(
            "column '" + schema.fields().get(i).name() + "' is not written as " + got);
      }
    }
  }
}

package org.primum.table;

import java.util.Arrays;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.primum.data.Batch;
import org.primum.data.Column;
import org.primum.data.NumberColumn;
import org.primum.data.TextColumn;

/// A row of a batch on its way to the Parquet writer, which takes rows. Texts are encoded once for
/// each dictionary entry of the batch.
final class RowCursor {

  private Column[] columns = new Column[0];
  private Binary[][] encoded = new Binary[0][];
  private int row;

  void open(Batch batch) {
    List<Column> list = batch.columns();
    columns = list.toArray(new Column[0]);
    encoded = new Binary[columns.length][];
    Arrays.setAll(
        encoded,
        i ->
            switch (columns[i]) {
              case NumberColumn _ -> new Binary[0];
              case TextColumn texts -> encode(texts);
            });
  }

  void moveTo(int position) {
    row = position;
  }

  /// Hands the row's values to the consumer; a missing one is left out.
  void write(String[] names, RecordConsumer to) {
    to.startMessage();
    for (int i = 0; i < columns.length; i++) {
      Column column = columns[i];
      if (!column.isMissing(row)) {
        to.startField(names[i], i);
        switch (column) {
          case NumberColumn numbers -> to.addDouble(numbers.value(row));
          case TextColumn texts -> to.addBinary(encoded[i][texts.code(row)]);
        }
        to.endField(names[i], i);
      }
    }
    to.endMessage();
  }

  private static Binary[] encode(TextColumn texts) {
    Binary[] binaries = new Binary[texts.dictionarySize()];
    Arrays.setAll(binaries, code -> Binary.fromString(texts.entry(code)));
    return binaries;
  }
}

package org.primum.table;

import java.io.IOException;
import java.util.BitSet;
import org.primum.data.Column;
import org.primum.data.NumberColumn;
import org.primum.data.TextColumn;

/// Numbers from a column of bytes: each distinct text of a batch is parsed once; a blank is
/// missing.
final class ChunkParsedNumbers implements ChunkColumn {

  private final ChunkTexts texts;
  private final NumberText number = new NumberText();

  ChunkParsedNumbers(ChunkTexts texts) {
    this.texts = texts;
  }

  @Override
  public Column read(int rows) throws IOException {
    TextColumn column = texts.read(rows);
    double[] numbers = new double[column.dictionarySize()];
    NumberText.Kind[] kinds = new NumberText.Kind[numbers.length];
    for (int code = 0; code < numbers.length; code++) {
      kinds[code] = number.parse(column.entry(code));
      numbers[code] = number.value();
    }
    double[] values = new double[rows];
    BitSet missing = new BitSet(rows);
    for (int row = 0; row < rows; row++) {
      int code = column.code(row);
      NumberText.Kind kind = code < 0 ? NumberText.Kind.BLANK : kinds[code];
      switch (kind) {
        case BLANK -> missing.set(row);
        case NUMBER, PADDED -> values[row] = numbers[code];
        case TEXT -> throw new BadValue(row, NumberText.complaint(column.entry(code)));
      }
    }
    return new NumberColumn(values, missing, rows);
  }

  @Override
  public void release() {
    texts.release();
  }
}

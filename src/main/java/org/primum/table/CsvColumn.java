package org.primum.table;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.primum.data.Column;
import org.primum.data.NumberColumn;
import org.primum.data.TextColumn;

/// Collects one selected column of a CSV file, batch by batch.
sealed interface CsvColumn {

  /// Empties it for a batch of at most so many rows.
  void start(int capacity);

  /// Takes the value of the record read last.
  void add(CsvRecords records, int row);

  Column finish(int rows);

  /// Bytes of text held.
  int byteCount();

  /// Values as numbers; blanks are missing.
  final class Numbers implements CsvColumn {

    private final int field;
    private final String column;
    private final NumberText number = new NumberText();
    private double[] values = new double[0];
    private BitSet missing = new BitSet();

    Numbers(int field, String column) {
      this.field = field;
      this.column = column;
    }

    @Override
    public void start(int capacity) {
      values = new double[capacity];
      missing = new BitSet(capacity);
    }

    @Override
    public void add(CsvRecords records, int row) {
      switch (number.parse(records.bytes(), records.start(field), records.length(field))) {
        case BLANK -> missing.set(row);
        case NUMBER, PADDED -> values[row] = number.value();
        case TEXT -> throw records.invalidValue(column, noNumber(records));
      }
    }

    private String noNumber(CsvRecords records) {
      int start = records.start(field);
      String text =
          new String(records.bytes(), start, records.length(field), StandardCharsets.UTF_8);
      return NumberText.complaint(text);
    }

    @Override
    public Column finish(int rows) {
      return new NumberColumn(values, missing, rows);
    }

    @Override
    public int byteCount() {
      return 0;
    }
  }

  /// Values as text; empty is missing. In a column of numbers only, a number that is not written as
  /// a plain whole number is brought to its shortest form: `1.0` reads `1`.
  final class Texts implements CsvColumn {

    private final int field;
    private final String column;
    private final boolean numeric;
    private final NumberText number = new NumberText();
    private TextPool pool = new TextPool();
    private int[] codes = new int[0];

    Texts(int field, String column, boolean numeric) {
      this.field = field;
      this.column = column;
      this.numeric = numeric;
    }

    @Override
    public void start(int capacity) {
      pool = new TextPool();
      codes = new int[capacity];
    }

    @Override
    public void add(CsvRecords records, int row) {
      int start = records.start(field);
      int length = records.length(field);
      if (length == 0) {
        codes[row] = TextColumn.MISSING;
      } else if (!numeric || isWhole(records.bytes(), start, length)) {
        codes[row] = pool.code(records.bytes(), start, length);
      } else {
        codes[row] = shortest(records.bytes(), start, length);
      }
      if (codes[row] < TextColumn.MISSING) {
        throw records.invalidValue(
            column,
            codes[row] == TextPool.MALFORMED
                ? "text that is not UTF-8"
                : "more text than the memory has room for; give Java more (-Xmx)");
      }
    }

    private int shortest(byte[] bytes, int start, int length) {
      return number.parse(bytes, start, length) == NumberText.Kind.BLANK
          ? TextColumn.MISSING
          : pool.code(NumberColumn.format(number.value()));
    }

    private static boolean isWhole(byte[] bytes, int start, int length) {
      int first = bytes[start] == '-' && length > 1 ? start + 1 : start;
      for (int at = first; at < start + length; at++) {
        if (bytes[at] < '0' || bytes[at] > '9') {
          return false;
        }
      }
      return true;
    }

    @Override
    public Column finish(int rows) {
      return new TextColumn(pool.dictionary(), codes, rows);
    }

    @Override
    public int byteCount() {
      return pool.byteCount();
    }
  }
}

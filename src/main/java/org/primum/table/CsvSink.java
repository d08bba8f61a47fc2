package org.primum.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.primum.data.Batch;
import org.primum.data.Column;
import org.primum.data.NumberColumn;
import org.primum.data.RowSink;
import org.primum.data.Schema;
import org.primum.data.TextColumn;

/// Writes CSV after RFC 4180, with `\n` as line end. A missing value is an empty field; in a table
/// of one column it is `""`, so that no line is empty.
final class CsvSink implements RowSink {

  private static final int FLUSH = 1 << 16;

  private final OutputStream out;
  private final Schema schema;
  private byte[] buffer = new byte[FLUSH * 2];
  private int used;

  private CsvSink(OutputStream out, Schema schema) {
    this.out = out;
    this.schema = schema;
  }

  static CsvSink create(Path file, Schema schema) throws IOException {
    var sink = new CsvSink(Files.newOutputStream(file), schema);
    List<String> names = schema.names();
    for (int i = 0; i < names.size(); i++) {
      sink.text(names.get(i));
      sink.put(i + 1 < names.size() ? ',' : '\n');
    }
    return sink;
  }

  @Override
  public void write(Batch batch) throws IOException {
    SinkColumns.check(schema, batch);
    int width = batch.columns().size();
    for (int row = 0; row < batch.rows(); row++) {
      for (int i = 0; i < width; i++) {
        value(batch.columns().get(i), row, width == 1);
        put(i + 1 < width ? ',' : '\n');
      }
      if (used >= FLUSH) {
        flush();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (out) {
      flush();
    }
  }

  private void value(Column column, int row, boolean alone) {
    if (column.isMissing(row)) {
      if (alone) {
        put('"');
        put('"');
      }
      return;
    }
    switch (column) {
      case NumberColumn numbers -> plain(numbers.text(row));
      case TextColumn texts -> text(texts.text(row));
    }
  }

  private void text(String text) {
    if (!needsQuotes(text)) {
      plain(text);
      return;
    }
    put('"');
    plain(text.replace("\"", "\"\""));
    put('"');
  }

  private static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r' || c == '\t' || c == '\uFEFF') {
        return true;
      }
    }
    return text.isEmpty();
  }

  private void plain(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, used, bytes.length);
    used += bytes.length;
  }

  private void put(char ascii) {
    reserve(1);
    buffer[used++] = (byte) ascii;
  }

  private void reserve(int more) {
    if (used + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, used + more));
    }
  }

  private void flush() throws IOException {
    out.write(buffer, 0, used);
    used = 0;
  }
}

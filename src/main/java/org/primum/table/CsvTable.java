package org.primum.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.primum.data.Batches;
import org.primum.data.ColumnType;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.data.Field;
import org.primum.data.Schema;
import org.primum.data.Selection;
import org.primum.data.Table;

/// A CSV or TSV file with a header. The header tells the delimiter: a tab or a semicolon where it
/// has more of these than commas. A column is NUMBER where every value in the file is a number;
/// that takes one pass, made when the types are first asked for.
final class CsvTable implements Table {

  private static final int GZIP_FIRST = 0x1F;
  private static final int GZIP_SECOND = 0x8B;

  private final Path file;
  private final String name;
  private final char delimiter;
  private final List<String> columns;
  private Optional<Schema> schema = Optional.empty();
  private Optional<Digest> digest = Optional.empty();

  private CsvTable(Path file, String name, char delimiter, List<String> columns) {
    this.file = file;
    this.name = name;
    this.delimiter = delimiter;
    this.columns = List.copyOf(columns);
  }

  static CsvTable open(Path file, String name) throws IOException {
    char delimiter = delimiter(file, name);
    try (CsvRecords records = records(file, name, delimiter)) {
      return new CsvTable(file, name, delimiter, header(records));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  @Override
  public Schema schema() {
    if (schema.isEmpty()) {
      try {
        schema = Optional.of(inferred());
      } catch (IOException e) {
        throw new UncheckedIOException(name + ": cannot be read: " + e.getMessage(), e);
      }
    }
    return schema.get();
  }

  @Override
  public Digest digest() throws IOException {
    if (digest.isEmpty()) {
      digest = Optional.of(Digest.of(file));
    }
    return digest.get();
  }

  @Override
  public long countRows() throws IOException {
    try (CsvRecords records = records(file, name, delimiter)) {
      records.next();
      var rows = new CsvRows(records, columns.size());
      long count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }

  @Override
  public Batches read(List<Selection> selections) throws IOException {
    List<CsvColumn> readers = new ArrayList<>();
    for (Selection selection : selections) {
      readers.add(reader(selection));
    }
    CsvRecords records = records(file, name, delimiter);
    try {
      records.next();
      return new CsvBatches(records, columns.size(), readers);
    } catch (IOException | RuntimeException e) {
      records.close();
      throw e;
    }
  }

  private CsvColumn reader(Selection selection) {
    int index = columns.indexOf(selection.column());
    if (index < 0) {
      throw new DataInvalidException(
          name + ": no column '" + selection.column() + "'; it has " + String.join(", ", columns));
    }
    return switch (selection.as()) {
      case NUMBER -> new CsvColumn.Numbers(index, selection.column());
      case TEXT -> {
        boolean numeric = schema().fields().get(index).type() == ColumnType.NUMBER;
        yield new CsvColumn.Texts(index, selection.column(), numeric);
      }
    };
  }

  private Schema inferred() throws IOException {
    boolean[] text = new boolean[columns.size()];
    var number = new NumberText();
    try (CsvRecords records = records(file, name, delimiter)) {
      records.next();
      var rows = new CsvRows(records, columns.size());
      while (rows.next()) {
        for (int i = 0; i < text.length; i++) {
          text[i] = text[i] || isText(number, records, i);
        }
      }
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < text.length; i++) {
      fields.add(new Field(columns.get(i), text[i] ? ColumnType.TEXT : ColumnType.NUMBER));
    }
    return new Schema(fields);
  }

  private static boolean isText(NumberText number, CsvRecords records, int field) {
    return switch (number.kind(records.bytes(), records.start(field), records.length(field))) {
      case BLANK, NUMBER -> false;
      case PADDED, TEXT -> true;
    };
  }

  private static List<String> header(CsvRecords records) throws IOException {
    if (!records.next() || records.isEmptyLine()) {
      throw new DataInvalidException(records.place() + ": no column names in the first line");
    }
    Set<String> seen = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < records.fields(); i++) {
      String column =
          new String(records.bytes(), records.start(i), records.length(i), StandardCharsets.UTF_8);
      if (column.isBlank()) {
        throw new DataInvalidException(
            records.place()
                + ": column "
                + (i + 1)
                + " has no name; name it, or write the table without its index");
      }
      if (!seen.add(column)) {
        throw new DataInvalidException(records.place() + ": column '" + column + "' occurs twice");
      }
      names.add(column);
    }
    return names;
  }

  private static CsvRecords records(Path file, String name, char delimiter) throws IOException {
    InputStream in = text(file, name);
    return new CsvRecords(in, name, delimiter);
  }

  /// The text without compression and byte order mark.
  private static InputStream text(Path file, String name) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      in.mark(2);
      boolean compressed = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
      in.reset();
      InputStream text =
          compressed
              ? new BufferedInputStream(new GzipText(in, name, Files.size(file)), 1 << 16)
              : in;
      skipByteOrderMark(text);
      return text;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static void skipByteOrderMark(InputStream in) throws IOException {
    in.mark(3);
    if (in.read() != 0xEF || in.read() != 0xBB || in.read() != 0xBF) {
      in.reset();
    }
  }

  /// What the header has most of outside quotes: a comma, a tab, or a semicolon as spreadsheets
  /// write it where the comma is in numbers.
  private static char delimiter(Path file, String name) throws IOException {
    try (InputStream in = text(file, name)) {
      int commas = 0;
      int tabs = 0;
      int semicolons = 0;
      boolean quoted = false;
      for (int b = in.read(); b >= 0 && (quoted || b != '\n'); b = in.read()) {
        quoted ^= b == '"';
        commas += !quoted && b == ',' ? 1 : 0;
        tabs += !quoted && b == '\t' ? 1 : 0;
        semicolons += !quoted && b == ';' ? 1 : 0;
      }
      if (semicolons > Math.max(commas, tabs)) {
        return ';';
      }
      return tabs > commas ? '\t' : ',';
    }
  }
}

package org.primum.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.data.Batch;
import org.primum.data.Column;
import org.primum.data.ColumnType;
import org.primum.data.Digest;
import org.primum.data.Field;
import org.primum.data.NumberColumn;
import org.primum.data.RowSink;
import org.primum.data.Schema;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.data.TextColumn;

/// What is written is read back, in both formats: numbers to the bit, texts with all that CSV has
/// to escape, missing values.
final class RoundTripTest {

  private static final String[] TEXTS = {
    "a",
    "B b",
    "é",
    "日本",
    "\uD83E\uDE7A",
    "x,y",
    "\"",
    "\"\"",
    "two\nlines",
    "cr\r\nlf",
    "\r",
    "tab\t",
    " spaced ",
    "-",
    "NaN",
    "null",
    "text of some length, to cross the boundaries of words"
  };
  private static final double[] NUMBERS = {
    0,
    1,
    -1,
    0.1,
    1e300,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Math.PI,
    1L << 53,
    1e15,
    123456789.125,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  @TempDir Path folder;

  @Property(tries = 120)
  void whatIsWrittenIsRead(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int width, @ForAll TableFormat format)
      throws IOException {
    var random = new Random(seed);
    Schema schema = schema(random, width);
    List<Batch> batches = batches(random, schema);
    Path file = Files.createTempFile("round-trip", ".table");
    try {
      write(file, format, schema, batches, Map.of("k", "v"));
      Table table = TableFiles.open(file, "t");
      List<Selection> all =
          schema.fields().stream().map(f -> new Selection(f.name(), f.type())).toList();
      assertThat(table.schema().names()).isEqualTo(schema.names());
      assertThat(Tables.rows(table, all)).isEqualTo(rows(batches));
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void aTableThatSpansRowGroupsIsReadInOrder() throws IOException {
    Schema schema = new Schema(List.of(number("id"), text("name"), number("x")));
    List<Batch> batches = new ArrayList<>();
    var random = new Random(7);
    for (int b = 0; b < 60; b++) {
      double[] id = new double[20_000];
      double[] x = new double[id.length];
      String[] names = new String[1000];
      int[] codes = new int[id.length];
      for (int i = 0; i < id.length; i++) {
        id[i] = b * 20_000 + i;
        x[i] = random.nextDouble();
        codes[i] = random.nextInt(-1, names.length);
      }
      for (int i = 0; i < names.length; i++) {
        names[i] = "name " + (b * 100 + i);
      }
      batches.add(
          new Batch(
              b * 20_000L,
              id.length,
              List.of(
                  new NumberColumn(id, new BitSet(), id.length),
                  new TextColumn(names, codes, id.length),
                  new NumberColumn(x, new BitSet(), id.length))));
    }
    Path file = folder.resolve("t");
    write(file, TableFormat.PARQUET, schema, batches, Map.of());
    Table table = TableFiles.open(file, "t");
    assertThat(
            Tables.rows(
                table,
                List.of(Selection.number("id"), Selection.text("name"), Selection.number("x"))))
        .isEqualTo(rows(batches));
  }

  @Test
  void theSameRowsGiveTheSameBytes() throws IOException {
    for (TableFormat format : TableFormat.values()) {
      var random = new Random(42);
      Schema schema = schema(random, 5);
      List<Batch> batches = batches(random, schema);
      Path first = folder.resolve("first");
      Path second = folder.resolve("second");
      write(first, format, schema, batches, Map.of("a", "1", "b", "2", "c", "3"));
      write(second, format, schema, batches, Map.of("c", "3", "a", "1", "b", "2"));
      assertThat(Digest.of(first)).isEqualTo(Digest.of(second));
    }
  }

  @Test
  void metadataIsKeptByParquetAndNotByCsv() throws IOException {
    Schema schema = new Schema(List.of(number("x")));
    Path file = folder.resolve("t");
    Map<String, String> metadata = Map.of("modelDigest", "sha256:00", "ünï", "cödé");
    write(file, TableFormat.PARQUET, schema, List.of(), metadata);
    assertThat(TableFiles.open(file, "t").metadata()).containsAllEntriesOf(metadata);
    write(file, TableFormat.CSV, schema, List.of(), metadata);
    assertThat(TableFiles.open(file, "t").metadata()).isEmpty();
  }

  @Test
  void aMissingValueOfTheOnlyColumnIsNoEmptyLine() throws IOException {
    var missing = new BitSet();
    missing.set(1);
    Batch batch = new Batch(0, 3, List.of(new NumberColumn(new double[] {1, 0, 2.5}, missing, 3)));
    Path file = folder.resolve("t");
    write(file, TableFormat.CSV, new Schema(List.of(number("x"))), List.of(batch), Map.of());
    assertThat(file).hasContent("x\n1\n\"\"\n2.5\n");
  }

  @Test
  void csvIsWrittenAsRfc4180Says() throws IOException {
    Schema schema = new Schema(List.of(number("n"), text("a \"b\"")));
    String[] texts = {"x,y", "q\"q", "plain", ""};
    Batch batch =
        new Batch(
            0,
            4,
            List.of(
                new NumberColumn(new double[] {1, 0.5, -3, 1e20}, new BitSet(), 4),
                new TextColumn(texts, new int[] {0, 1, -1, 3}, 4)));
    Path file = folder.resolve("t");
    write(file, TableFormat.CSV, schema, List.of(batch), Map.of());
    assertThat(Files.readString(file))
        .isEqualTo("n,\"a \"\"b\"\"\"\n1,\"x,y\"\n0.5,\"q\"\"q\"\n-3,\n1.0E20,\"\"\n");
  }

  @Test
  void aBatchOfOtherColumnsIsABug() throws IOException {
    Batch batch = new Batch(0, 1, List.of(new NumberColumn(new double[1], new BitSet(), 1)));
    for (TableFormat format : TableFormat.values()) {
      try (RowSink sink =
          TableFiles.create(
              folder.resolve("t"), format, new Schema(List.of(text("x"))), Map.of())) {
        assertThatThrownBy(() -> sink.write(batch)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void aFullDiskIsAnIoException() {
    Path full = Path.of("/dev/full");
    var random = new Random(1);
    Schema schema = new Schema(List.of(number("x"), text("y")));
    List<Batch> batches = batches(random, schema);
    assertThatThrownBy(() -> write(full, TableFormat.CSV, schema, batches, Map.of()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> write(full, TableFormat.PARQUET, schema, batches, Map.of()))
        .isInstanceOf(IOException.class);
  }

  static Schema schema(Random random, int width) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      String name = "c" + i + TEXTS[random.nextInt(TEXTS.length)];
      fields.add(random.nextBoolean() ? number(name) : text(name));
    }
    return new Schema(fields);
  }

  static List<Batch> batches(Random random, Schema schema) {
    List<Batch> batches = new ArrayList<>();
    long first = 0;
    for (int b = random.nextInt(4); b >= 0; b--) {
      int rows = 1 + random.nextInt(300);
      List<Column> columns = new ArrayList<>();
      for (Field field : schema.fields()) {
        columns.add(column(random, field.type(), rows));
      }
      batches.add(new Batch(first, rows, columns));
      first += rows;
    }
    return batches;
  }

  private static Column column(Random random, ColumnType type, int rows) {
    int holes = random.nextInt(3) * 4;
    return switch (type) {
      case NUMBER -> {
        double[] values = new double[rows];
        var missing = new BitSet();
        for (int i = 0; i < rows; i++) {
          values[i] =
              random.nextBoolean()
                  ? NUMBERS[random.nextInt(NUMBERS.length)]
                  : random.nextGaussian();
          missing.set(i, random.nextInt(10) < holes);
        }
        yield new NumberColumn(values, missing, rows);
      }
      case TEXT -> {
        int[] codes = new int[rows];
        for (int i = 0; i < rows; i++) {
          codes[i] = random.nextInt(10) < holes ? -1 : random.nextInt(TEXTS.length);
        }
        yield new TextColumn(TEXTS, codes, rows);
      }
    };
  }

  static void write(
      Path file,
      TableFormat format,
      Schema schema,
      List<Batch> batches,
      Map<String, String> metadata)
      throws IOException {
    try (RowSink sink = TableFiles.create(file, format, schema, metadata)) {
      for (Batch batch : batches) {
        sink.write(batch);
      }
    }
  }

  private static List<List<String>> rows(List<Batch> batches) {
    List<List<String>> rows = new ArrayList<>();
    for (Batch batch : batches) {
      for (int row = 0; row < batch.rows(); row++) {
        List<String> texts = new ArrayList<>();
        for (Column column : batch.columns()) {
          texts.add(column.isMissing(row) ? "-" : column.text(row));
        }
        rows.add(texts);
      }
    }
    return rows;
  }

  private static Field number(String name) {
    return new Field(name, ColumnType.NUMBER);
  }

  private static Field text(String name) {
    return new Field(name, ColumnType.TEXT);
  }
}

package org.primum.step.explanation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.primum.data.Batch;
import org.primum.data.Column;
import org.primum.data.ColumnType;
import org.primum.data.Field;
import org.primum.data.NumberColumn;
import org.primum.data.RowSink;
import org.primum.data.Schema;
import org.primum.data.TextColumn;
import org.primum.table.TableFiles;
import org.primum.table.TableFormat;

/// The form of `interactions.parquet`: a line for each row, class and pair that is not left out.
///
/// @param id what names a row
/// @param metadata what the file says of itself; nothing of the shard
record InteractionTable(Field id, int outputs, List<String> names, Map<String, String> metadata) {

  static final String FILE_NAME = "interactions.parquet";

  /// The key under which the file says what was asked for.
  private static final String ASKED = "primum.interactions";

  InteractionTable {
    names = List.copyOf(names);
  }

  /// @param metadata of `shap.parquet`
  static InteractionTable beside(
      Field id, int outputs, List<String> names, String asked, Map<String, String> metadata) {
    Map<String, String> more = new TreeMap<>(metadata);
    more.put(ASKED, asked);
    return new InteractionTable(id, outputs, names, more);
  }

  Schema schema() {
    List<Field> fields = new ArrayList<>();
    fields.add(id);
    if (outputs > 1) {
      fields.add(new Field(ShapTable.CLASS, ColumnType.NUMBER));
    }
    fields.add(new Field("feature_a", ColumnType.TEXT));
    fields.add(new Field("feature_b", ColumnType.TEXT));
    fields.add(new Field("value", ColumnType.NUMBER));
    return new Schema(fields);
  }

  RowSink create(Path file) throws IOException {
    return TableFiles.create(file, TableFormat.PARQUET, schema(), metadata);
  }

  /// Some lines.
  ///
  /// @param first how many lines stand before them
  /// @param id by row, and the row of each line; names by their place
  Batch batch(
      long first, Column id, int[] rows, int[] classes, int[] ones, int[] others, double[] values) {
    List<Column> columns = new ArrayList<>();
    columns.add(picked(id, rows));
    if (outputs > 1) {
      columns.add(numbers(java.util.Arrays.stream(classes).asDoubleStream().toArray()));
    }
    String[] dictionary = names.toArray(String[]::new);
    columns.add(new TextColumn(dictionary, ones, ones.length));
    columns.add(new TextColumn(dictionary, others, others.length));
    columns.add(numbers(values));
    return new Batch(first, rows.length, columns);
  }

  private static NumberColumn numbers(double[] values) {
    return new NumberColumn(values, new BitSet(), values.length);
  }

  private static Column picked(Column id, int[] rows) {
    return switch (id) {
      case NumberColumn column -> {
        BitSet missing = new BitSet();
        double[] values = new double[rows.length];
        for (int line = 0; line < rows.length; line++) {
          values[line] = column.value(rows[line]);
          missing.set(line, column.isMissing(rows[line]));
        }
        yield new NumberColumn(values, missing, rows.length);
      }
      case TextColumn column -> {
        String[] dictionary = new String[column.dictionarySize()];
        java.util.Arrays.setAll(dictionary, column::entry);
        int[] codes = new int[rows.length];
        java.util.Arrays.setAll(codes, line -> column.code(rows[line]));
        yield new TextColumn(dictionary, codes, rows.length);
      }
    };
  }
}

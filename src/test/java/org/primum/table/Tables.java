package org.primum.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Column;
import org.primum.data.NumberColumn;
import org.primum.data.Selection;
import org.primum.data.Table;

/// Whole tables as lists, for tests.
final class Tables {

  private Tables() {}

  /// Rows of texts, `-` where one is missing.
  static List<List<String>> texts(Table table, List<String> columns) throws IOException {
    return rows(table, columns.stream().map(Selection::text).toList());
  }

  /// Rows as they are selected, `-` where a value is missing.
  static List<List<String>> rows(Table table, List<Selection> selections) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (Batches batches = table.read(selections)) {
      for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
        Batch batch = next.get();
        if (batch.firstRow() != rows.size()) {
          throw new IllegalStateException("a batch starts at " + batch.firstRow());
        }
        for (int row = 0; row < batch.rows(); row++) {
          rows.add(row(batch, row));
        }
      }
    }
    return rows;
  }

  /// A column of numbers, null where one is missing.
  static List<@Nullable Double> numbers(Table table, String column) throws IOException {
    List<@Nullable Double> values = new ArrayList<>();
    try (Batches batches = table.read(List.of(Selection.number(column)))) {
      for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
        NumberColumn numbers = next.get().number(0);
        for (int row = 0; row < numbers.size(); row++) {
          values.add(numbers.isMissing(row) ? null : (Double) numbers.value(row));
        }
      }
    }
    return values;
  }

  private static List<String> row(Batch batch, int row) {
    List<String> texts = new ArrayList<>();
    for (Column column : batch.columns()) {
      texts.add(column.isMissing(row) ? "-" : column.text(row));
    }
    return texts;
  }
}

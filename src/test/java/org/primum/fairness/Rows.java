package org.primum.fairness;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Column;
import org.primum.data.ColumnType;
import org.primum.data.Digest;
import org.primum.data.Field;
import org.primum.data.NumberColumn;
import org.primum.data.Schema;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.data.TextColumn;

/// A table in memory: rows of texts, empty where a value is missing.
///
/// @param batch rows a batch
public record Rows(List<String> columns, List<List<String>> rows, int batch) implements Table {

  public static Rows of(String columns, String... rows) {
    List<List<String>> split = new ArrayList<>();
    for (String row : rows) {
      split.add(List.of(row.split(",", -1)));
    }
    return new Rows(List.of(columns.split(",", -1)), split, 3);
  }

  /// Each row as often as its last value says, which is no column.
  public static Rows repeated(String columns, String... rows) {
    List<List<String>> all = new ArrayList<>();
    for (String row : rows) {
      List<String> cells = List.of(row.split(",", -1));
      int times = Integer.parseInt(cells.getLast());
      for (int i = 0; i < times; i++) {
        all.add(cells.subList(0, cells.size() - 1));
      }
    }
    return new Rows(List.of(columns.split(",", -1)), all, 64);
  }

  @Override
  public String name() {
    return "rows.csv";
  }

  @Override
  public Schema schema() {
    return new Schema(columns.stream().map(c -> new Field(c, ColumnType.TEXT)).toList());
  }

  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  @Override
  public Digest digest() {
    return Digest.of(rows.toString());
  }

  @Override
  public long countRows() {
    return rows.size();
  }

  @Override
  public Batches read(List<Selection> selections) {
    return new Batches() {
      private int next;

      @Override
      public Optional<Batch> next() {
        if (next >= rows.size()) {
          return Optional.empty();
        }
        int from = next;
        next = Math.min(rows.size(), from + batch);
        List<List<String>> part = rows.subList(from, next);
        List<Column> selected = new ArrayList<>();
        selections.forEach(s -> selected.add(column(s, part)));
        return Optional.of(new Batch(from, part.size(), selected));
      }

      @Override
      public void close() {}
    };
  }

  private Column column(Selection selection, List<List<String>> part) {
    int at = columns.indexOf(selection.column());
    List<String> values = part.stream().map(r -> r.get(at)).toList();
    return switch (selection.as()) {
      case NUMBER -> numbers(values);
      case TEXT -> texts(values);
    };
  }

  private static Column numbers(List<String> values) {
    double[] numbers = new double[values.size()];
    BitSet missing = new BitSet();
    for (int i = 0; i < numbers.length; i++) {
      missing.set(i, values.get(i).isEmpty());
      numbers[i] = values.get(i).isEmpty() ? Double.NaN : Double.parseDouble(values.get(i));
    }
    return new NumberColumn(numbers, missing, numbers.length);
  }

  private static Column texts(List<String> values) {
    Map<String, Integer> dictionary = new LinkedHashMap<>();
    int[] codes = new int[values.size()];
    for (int i = 0; i < codes.length; i++) {
      String value = values.get(i);
      codes[i] =
          value.isEmpty()
              ? TextColumn.MISSING
              : dictionary.computeIfAbsent(value, _ -> dictionary.size());
    }
    return new TextColumn(dictionary.keySet().toArray(String[]::new), codes, codes.length);
  }
}

package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.DataInvalidException;
import org.primum.fairness.policy.Context;
import org.primum.fairness.policy.FairnessPolicy;

/// How often each value of the columns that may tell a group goes with each group: rows, whatever
/// their weight, that merge.
///
/// @param columns in the order of the policy; none where it asks for none
public record ProxyCounts(List<Column> columns) {

  public static final ProxyCounts NONE = new ProxyCounts(List.of());

  /// One column.
  ///
  /// @param rows for each attribute of the layout, by value and group
  public record Column(Tally.Dimension column, List<SortedMap<List<String>, Long>> rows) {
    public Column {
      List<SortedMap<List<String>, Long>> sorted = new ArrayList<>();
      for (SortedMap<List<String>, Long> of : rows) {
        SortedMap<List<String>, Long> copy = new TreeMap<>(Tally.ORDER);
        copy.putAll(of);
        sorted.add(java.util.Collections.unmodifiableSortedMap(copy));
      }
      rows = List.copyOf(sorted);
    }

    private Column plus(Column other) {
      List<SortedMap<List<String>, Long>> sums = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        SortedMap<List<String>, Long> sum = new TreeMap<>(Tally.ORDER);
        sum.putAll(rows.get(i));
        other.rows.get(i).forEach((key, count) -> sum.merge(key, count, Math::addExact));
        sums.add(sum);
      }
      return new Column(column, sums);
    }

    private boolean isTooFine() {
      return rows.stream()
          .anyMatch(of ->
              of.keySet().stream().map(List::getFirst).distinct().count()
                  > Context.MAX_PROXY_VALUES);
    }
  }

  public ProxyCounts {
    columns = List.copyOf(columns);
    for (Column column : columns) {
      if (column.isTooFine()) {
        throw tooFine(column.column().name());
      }
    }
  }

  static DataInvalidException tooFine(String name) {
    return new DataInvalidException(
        "proxies: '"
            + name
            + "' has more than "
            + Context.MAX_PROXY_VALUES
            + " values; give it bins, or leave it out: it names people");
  }

  /// What a policy asks for, of no rows.
  public static ProxyCounts none(FairnessPolicy policy) {
    List<Column> columns = new ArrayList<>();
    for (Tally.Dimension column : definitions(policy)) {
      List<SortedMap<List<String>, Long>> rows = new ArrayList<>();
      policy.attributes().forEach(_ -> rows.add(new TreeMap<>(Tally.ORDER)));
      columns.add(new Column(column, rows));
    }
    return new ProxyCounts(columns);
  }

  private static List<Tally.Dimension> definitions(FairnessPolicy policy) {
    return policy.context().proxies().stream().map(Tally.Dimension::of).toList();
  }

  /// Whether it counts what a policy asks for.
  public boolean isOf(FairnessPolicy policy) {
    return definitions().equals(definitions(policy));
  }

  private List<Tally.Dimension> definitions() {
    return columns.stream().map(Column::column).toList();
  }

  /// The rows of both.
  ///
  /// @throws DataInvalidException where they count different columns
  ProxyCounts plus(ProxyCounts other) {
    if (!definitions().equals(other.definitions())) {
      throw new DataInvalidException(
          "these tallies cannot be merged: they count different proxies; make both under the same"
              + " policy");
    }
    List<Column> sums = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      sums.add(columns.get(i).plus(other.columns.get(i)));
    }
    return new ProxyCounts(sums);
  }

  /// Rows by value, then group, as a table of numbers.
  ///
  /// @param attribute position in the layout
  /// @param groups in the order of the columns of the table
  public static double[][] table(Column column, int attribute, List<String> groups) {
    SortedMap<String, double[]> byValue = new TreeMap<>();
    for (Map.Entry<List<String>, Long> cell : column.rows().get(attribute).entrySet()) {
      int group = groups.indexOf(cell.getKey().getLast());
      if (group >= 0) {
        byValue.computeIfAbsent(cell.getKey().getFirst(), _ -> new double[groups.size()])[group] +=
            (double) cell.getValue();
      }
    }
    return byValue.values().toArray(double[][]::new);
  }
}

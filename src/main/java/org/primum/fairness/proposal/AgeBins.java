package org.primum.fairness.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Edges for ages, from those that clinics use.
final class AgeBins {

  private static final List<Integer> USUAL = List.of(18, 45, 65, 75);

  /// Fewer ages than this are bands by number.
  private static final int SOME = 13;

  private AgeBins() {}

  /// Whether a column is ages in years: called so, numbers, and too many for categories.
  static boolean fit(ColumnProfile column) {
    return column.isNumber()
        && column.countable()
        && (column.many() || column.values().size() >= SOME)
        && column.words().has(Set.of("age"));
  }

  /// The usual edges, those left out that would cut off fewer rows than a group needs.
  ///
  /// @param atLeast rows of a group
  static List<Double> edges(ColumnProfile column, double atLeast) {
    List<Double> edges = new ArrayList<>();
    long since = 0;
    int from = 0;
    for (int edge : USUAL) {
      since += rows(column, from, edge);
      long rest = rows(column, edge, column.years().size());
      if (since >= atLeast && rest >= atLeast) {
        edges.add((double) edge);
        since = 0;
      }
      from = edge;
    }
    return edges.isEmpty() ? List.of(65.0) : edges;
  }

  private static long rows(ColumnProfile column, int from, int to) {
    return column.years().subList(from, to).stream().mapToLong(Long::longValue).sum();
  }
}

package org.primum.fairness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.DataInvalidException;

/// Everything an audit needs to know of the data: the contingency table of each combination of the
/// sensitive features.
///
/// Tallies form a commutative monoid under [#plus]: shards, sites and days merge, in any order, to
/// the tally of all their rows, bit for bit. Every rate, interval and verdict is a function of a
/// tally and a policy. A tally holds full counts, small cells too: treat it like the data.
///
/// @param layout what was counted, and how
/// @param cells by the values of the attributes, in the order of the layout; combinations without
///   rows are absent
public record Tally(Layout layout, SortedMap<List<String>, Counts> cells) {

  /// What was counted, and how. Only tallies of the same layout merge.
  ///
  /// @param decision the label, prediction and weight columns in words
  /// @param attributes name, column and groups of each sensitive feature
  public record Layout(String decision, List<Dimension> attributes) {
    public Layout {
      attributes = List.copyOf(attributes);
    }

    static Layout of(FairnessPolicy policy) {
      return new Layout(
          policy.data().toString(),
          policy.attributes().stream()
              .map(a -> new Dimension(a.name(), a.column() + " " + a.grouping()))
              .toList());
    }
  }

  /// One attribute of a layout.
  public record Dimension(String name, String definition) {}

  /// More combinations of attributes than this are refused: nobody could read such an audit, and no
  /// group in it would be large enough.
  static final int MAX_CELLS = 1 << 16;

  static final Comparator<List<String>> ORDER = Tally::compare;

  public Tally {
    SortedMap<List<String>, Counts> sorted = new TreeMap<>(ORDER);
    cells.forEach((key, counts) -> sorted.put(List.copyOf(key), counts));
    cells = java.util.Collections.unmodifiableSortedMap(sorted);
    if (cells.size() > MAX_CELLS) {
      throw new DataInvalidException(
          "a tally of more than " + MAX_CELLS + " combinations of attributes; audit fewer at once");
    }
    for (List<String> key : cells.keySet()) {
      if (key.size() != layout.attributes().size()) {
        throw new IllegalArgumentException("a cell has one value for each attribute");
      }
    }
  }

  /// The tally of no rows.
  public static Tally empty(FairnessPolicy policy) {
    return new Tally(Layout.of(policy), new TreeMap<>(ORDER));
  }

  private static int compare(List<String> one, List<String> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = one.get(i).compareTo(other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  /// The tally of the rows of both.
  ///
  /// @throws DataInvalidException where they count different things
  public Tally plus(Tally other) {
    if (!layout.equals(other.layout)) {
      throw new DataInvalidException(
          "these tallies cannot be merged: they count different columns, groups or thresholds;"
              + " make both under the same policy");
    }
    SortedMap<List<String>, Counts> sum = new TreeMap<>(ORDER);
    sum.putAll(cells);
    other.cells.forEach((key, counts) -> sum.merge(key, counts, Counts::plus));
    return new Tally(layout, sum);
  }

  /// Everyone.
  public Counts overall() {
    return cells.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  /// The counts of each group of some attributes, in the order of their texts.
  ///
  /// @param attributes positions in the layout
  SortedMap<List<String>, Counts> groups(List<Integer> attributes) {
    SortedMap<List<String>, Counts> groups = new TreeMap<>(ORDER);
    for (Map.Entry<List<String>, Counts> cell : cells.entrySet()) {
      List<String> key = new ArrayList<>();
      attributes.forEach(i -> key.add(cell.getKey().get(i)));
      groups.merge(key, cell.getValue(), Counts::plus);
    }
    return groups;
  }
}

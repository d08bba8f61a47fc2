package org.primum.fairness.suppression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How the numbers of several tables add up: the groups of `race` make everyone, and so do those of
/// `sex`; the groups `race=Black,sex=F` and `race=Black,sex=M` make `race=Black`.
///
/// Numbers are called by their place: 0 is everyone, then the groups of each table in turn.
public final class Margins {

  /// The groups of some attributes.
  ///
  /// @param of names of the attributes
  /// @param groups a value of each attribute, in the same order
  public record Table(List<String> of, List<List<String>> groups) {
    public Table {
      of = List.copyOf(of);
      groups = groups.stream().map(List::copyOf).toList();
    }
  }

  /// Places whose numbers have the same sum as others'.
  record Equation(List<Integer> plus, List<Integer> minus) {
    Equation {
      plus = List.copyOf(plus);
      minus = List.copyOf(minus);
    }

    List<Integer> places() {
      List<Integer> all = new ArrayList<>(plus);
      all.addAll(minus);
      return all;
    }

    /// 1 where the place stands on the one side, -1 on the other, else 0.
    int sign(int place) {
      return plus.contains(place) ? 1 : minus.contains(place) ? -1 : 0;
    }
  }

  /// A table and the place of its first group.
  private record Placed(Table table, int from) {}

  private final int size;
  private final List<Equation> equations;

  private Margins(int size, List<Equation> equations) {
    this.size = size;
    this.equations = List.copyOf(equations);
  }

  /// The sums of these tables and of everyone.
  public static Margins of(List<Table> tables) {
    List<Placed> placed = new ArrayList<>();
    placed.add(new Placed(new Table(List.of(), List.of(List.of())), 0));
    int next = 1;
    for (Table table : tables) {
      placed.add(new Placed(table, next));
      next += table.groups().size();
    }
    List<Equation> equations = new ArrayList<>();
    for (int i = 0; i < placed.size(); i++) {
      for (int j = i + 1; j < placed.size(); j++) {
        equations.addAll(between(placed.get(i), placed.get(j)));
      }
    }
    return new Margins(next, equations);
  }

  /// What two tables share: for each value of their common attributes, the same people. Tables
  /// without a common attribute share everyone, whom both are held against already.
  private static List<Equation> between(Placed one, Placed other) {
    List<String> common = new ArrayList<>(one.table().of());
    common.retainAll(other.table().of());
    if (common.isEmpty() && !one.table().of().isEmpty()) {
      return List.of();
    }
    Map<List<String>, List<Integer>> left = by(common, one);
    Map<List<String>, List<Integer>> right = by(common, other);
    List<Equation> equations = new ArrayList<>();
    left.forEach(
        (key, places) -> equations.add(new Equation(places, right.getOrDefault(key, List.of()))));
    return equations;
  }

  private static Map<List<String>, List<Integer>> by(List<String> common, Placed placed) {
    Map<String, Integer> column = new HashMap<>();
    for (String name : common) {
      column.put(name, placed.table().of().indexOf(name));
    }
    Map<List<String>, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < placed.table().groups().size(); i++) {
      List<String> values = placed.table().groups().get(i);
      List<String> key =
          common.stream().map(name -> values.get(column.getOrDefault(name, 0))).toList();
      places.computeIfAbsent(key, _ -> new ArrayList<>()).add(placed.from() + i);
    }
    return places;
  }

  /// How many numbers there are.
  public int size() {
    return size;
  }

  List<Equation> equations() {
    return equations;
  }
}

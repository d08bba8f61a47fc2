package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The scores of a [Tally], by the groups of those attributes that are audited together.
///
/// Scores of each combination of all attributes would be many times as many, and nothing asks for
/// them: a rule speaks of `race`, or of `race` and `sex`, and seldom of all at once.
///
/// @param tables each attribute that is audited is in one at least; none where nothing has a score
record ScoreTables(List<Of> tables) {

  static final ScoreTables NONE = new ScoreTables(List.of());

  ScoreTables {
    tables = List.copyOf(tables);
  }

  /// The scores by the values of some attributes.
  ///
  /// @param attributes their positions in the layout, ascending
  /// @param groups by their values
  record Of(List<Integer> attributes, SortedMap<List<String>, ScoreCounts> groups) {
    Of {
      attributes = List.copyOf(attributes);
      SortedMap<List<String>, ScoreCounts> sorted = new TreeMap<>(Tally.ORDER);
      sorted.putAll(groups);
      groups = java.util.Collections.unmodifiableSortedMap(sorted);
    }

    private Of each(UnaryOperator<ScoreCounts> change) {
      SortedMap<List<String>, ScoreCounts> changed = new TreeMap<>(Tally.ORDER);
      groups.forEach((key, scores) -> changed.put(key, change.apply(scores)));
      return new Of(attributes, changed);
    }

    private Of plus(Of other) {
      SortedMap<List<String>, ScoreCounts> sum = new TreeMap<>(Tally.ORDER);
      sum.putAll(groups);
      other.groups.forEach((key, scores) -> sum.merge(key, scores, ScoreCounts::plus));
      return new Of(attributes, sum);
    }

    /// The scores by the values of some of the attributes.
    private SortedMap<List<String>, ScoreCounts> by(List<Integer> some) {
      List<Integer> places = some.stream().map(attributes::indexOf).toList();
      SortedMap<List<String>, List<ScoreCounts>> parts = new TreeMap<>(Tally.ORDER);
      groups.forEach((key, scores) ->
          parts.computeIfAbsent(Tally.part(key, places), _ -> new ArrayList<>()).add(scores));
      SortedMap<List<String>, ScoreCounts> sums = new TreeMap<>(Tally.ORDER);
      parts.forEach((key, all) -> sums.put(key, ScoreCounts.sum(all)));
      return sums;
    }

    private Of only(List<Integer> some, List<String> values) {
      List<Integer> places = some.stream().map(attributes::indexOf).toList();
      SortedMap<List<String>, ScoreCounts> kept = new TreeMap<>(Tally.ORDER);
      groups.forEach((key, scores) -> {
        if (Tally.part(key, places).equals(values)) {
          kept.put(key, scores);
        }
      });
      return new Of(attributes, kept);
    }
  }

  /// The scores of cells that hold theirs.
  ///
  /// @param together the attributes of each table
  static ScoreTables of(List<List<Integer>> together, SortedMap<List<String>, GroupTally> cells) {
    List<Of> tables = new ArrayList<>();
    for (List<Integer> attributes : together) {
      SortedMap<List<String>, List<ScoreCounts>> parts = new TreeMap<>(Tally.ORDER);
      cells.forEach((key, cell) ->
          parts
              .computeIfAbsent(Tally.part(key, attributes), _ -> new ArrayList<>())
              .add(cell.scores()));
      SortedMap<List<String>, ScoreCounts> groups = new TreeMap<>(Tally.ORDER);
      parts.forEach((key, all) -> groups.put(key, ScoreCounts.sum(all)));
      tables.add(new Of(attributes, groups));
    }
    return new ScoreTables(tables);
  }

  /// The groups that a table of these cells has.
  static List<List<String>> keys(List<Integer> attributes, Collection<List<String>> cells) {
    return cells.stream()
        .map(cell -> Tally.part(cell, attributes))
        .sorted(Tally.ORDER)
        .distinct()
        .toList();
  }

  /// The scores by the values of some attributes; none of any group where nothing has a score.
  ///
  /// @throws IllegalArgumentException where scores were not counted by all of these together
  Map<List<String>, ScoreCounts> by(List<Integer> attributes) {
    if (tables.isEmpty()) {
      return Map.of();
    }
    Optional<Of> table =
        tables.stream().filter(t -> t.attributes().containsAll(attributes)).findFirst();
    return table
        .orElseThrow(() ->
            new IllegalArgumentException("scores of attributes that were not counted together"))
        .by(attributes);
  }

  /// The scores of everyone.
  ScoreCounts overall() {
    return tables.isEmpty()
        ? ScoreCounts.NONE
        : ScoreCounts.sum(List.copyOf(tables.getFirst().groups().values()));
  }

  /// The scores of the rows with some values.
  ///
  /// @param attributes that are in every table
  ScoreTables only(List<Integer> attributes, List<String> values) {
    return new ScoreTables(tables.stream().map(t -> t.only(attributes, values)).toList());
  }

  ScoreTables on(ScoreGrid grid) {
    return new ScoreTables(tables.stream().map(t -> t.each(scores -> scores.on(grid))).toList());
  }

  /// The scores of the rows of both; of the same tables.
  ScoreTables plus(ScoreTables other) {
    List<Of> sums = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      sums.add(tables.get(i).plus(other.tables.get(i)));
    }
    return new ScoreTables(sums);
  }
}

package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.primum.data.DataInvalidException;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.FairnessPolicy;

/// Everything an audit needs to know of the data: the contingency table of each combination of the
/// sensitive features.
///
/// Tallies form a commutative monoid under [#plus]: shards, sites and days merge, in any order, to
/// the tally of all their rows, bit for bit. Every rate, interval and verdict is a function of a
/// tally and a policy. A tally holds full counts, small cells too: treat it like the data.
///
/// @param layout what was counted, and how
/// @param scale where scores are counted: each by itself where at most [ScoreScale#MAX_DISTINCT]
///   are distinct, else on the layout's grid
/// @param cells by the values of the attributes, in the order of the layout; combinations without
///   rows are absent
/// @param proxies rows by the values of columns that may tell a group; none where no policy asked
/// @param sample some of the rows, for what those columns tell together; never written to a file
public record Tally(
    Layout layout,
    ScoreScale scale,
    SortedMap<List<String>, GroupTally> cells,
    ProxyCounts proxies,
    ProxySample sample) {

  /// A tally without proxies.
  public Tally(Layout layout, ScoreScale scale, SortedMap<List<String>, GroupTally> cells) {
    this(layout, scale, cells, ProxyCounts.NONE, ProxySample.NOT_TAKEN);
  }

  Tally with(ProxyCounts other) {
    return new Tally(layout, scale, cells, other, sample);
  }

  Tally with(ProxySample other) {
    return new Tally(layout, scale, cells, proxies, other);
  }

  /// What was counted, and how. Only tallies of the same layout merge.
  ///
  /// @param decision the label, prediction and weight columns in words
  /// @param thresholds scores at which counts have to be exact
  /// @param attributes name, column and groups of each sensitive feature
  public record Layout(String decision, List<Double> thresholds, List<Dimension> attributes) {
    public Layout {
      thresholds = List.copyOf(thresholds);
      attributes = List.copyOf(attributes);
    }

    ScoreGrid grid() {
      return ScoreGrid.of(thresholds);
    }

    public static Layout of(FairnessPolicy policy) {
      return new Layout(
          policy.data().definition(),
          policy.thresholds(),
          Stream.concat(policy.attributes().stream(), policy.context().condition().stream())
              .map(Dimension::of)
              .toList());
    }

    /// What another layout counts otherwise, in words; empty where it is the same.
    public Optional<String> difference(Layout other) {
      if (!decision.equals(other.decision)) {
        return Optional.of("other columns of data: " + decision + " and " + other.decision);
      }
      if (!thresholds.equals(other.thresholds)) {
        return Optional.of("other thresholds: " + thresholds + " and " + other.thresholds);
      }
      return attributes.equals(other.attributes)
          ? Optional.empty()
          : Optional.of("other attributes: " + attributes + " and " + other.attributes);
    }
  }

  /// One attribute of a layout.
  public record Dimension(String name, String definition) {
    static Dimension of(Attribute attribute) {
      return new Dimension(attribute.name(), attribute.column() + " " + attribute.grouping());
    }

    @Override
    public String toString() {
      return name + " of " + definition;
    }
  }

  /// More combinations of attributes than this are refused: nobody could read such an audit, and no
  /// group in it would be large enough.
  public static final int MAX_CELLS = 1 << 16;

  public static final Comparator<List<String>> ORDER = Tally::compare;

  public Tally {
    SortedMap<List<String>, GroupTally> sorted = new TreeMap<>(ORDER);
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
    return new Tally(Layout.of(policy), new ScoreScale.Exact(), new TreeMap<>(ORDER))
        .with(ProxyCounts.none(policy))
        .with(ProxySample.none(policy));
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
    Optional<String> difference = layout.difference(other.layout);
    if (difference.isPresent()) {
      throw new DataInvalidException(
          "these tallies cannot be merged: they count different columns, groups or thresholds;"
              + " make both under the same policy ("
              + difference.get()
              + ")");
    }
    boolean binned = scale instanceof ScoreScale.Binned || other.scale instanceof ScoreScale.Binned;
    Tally one = binned ? binned() : this;
    Tally two = binned ? other.binned() : other;
    SortedMap<List<String>, GroupTally> sum = new TreeMap<>(ORDER);
    sum.putAll(one.cells);
    two.cells.forEach((key, counts) -> sum.merge(key, counts, GroupTally::plus));
    Tally merged =
        new Tally(layout, one.scale, sum, proxies.plus(other.proxies), sample.plus(other.sample));
    return !binned && merged.distinctScores() > ScoreScale.MAX_DISTINCT ? merged.binned() : merged;
  }

  /// The same rows with their scores on the grid.
  private Tally binned() {
    return switch (scale) {
      case ScoreScale.Binned _ -> this;
      case ScoreScale.Exact _ -> {
        ScoreGrid grid = layout.grid();
        SortedMap<List<String>, GroupTally> coarse = new TreeMap<>(ORDER);
        cells.forEach((key, counts) -> coarse.put(key, counts.on(grid)));
        yield new Tally(layout, new ScoreScale.Binned(grid), coarse, proxies, sample);
      }
    };
  }

  private long distinctScores() {
    Set<Double> distinct = new HashSet<>();
    for (GroupTally cell : cells.values()) {
      for (int i = 0; i < cell.scores().size(); i++) {
        distinct.add(cell.scores().at(i));
      }
    }
    return distinct.size();
  }

  /// How many rows were counted.
  public long rows() {
    return cells.values().stream().mapToLong(GroupTally::n).sum();
  }

  /// Everyone.
  public GroupTally overall() {
    return GroupTally.sum(List.copyOf(cells.values()));
  }

  /// The counts of each group of some attributes, in the order of their texts.
  ///
  /// @param attributes positions in the layout
  public SortedMap<List<String>, GroupTally> groups(List<Integer> attributes) {
    SortedMap<List<String>, List<GroupTally>> members = new TreeMap<>(ORDER);
    for (Map.Entry<List<String>, GroupTally> cell : cells.entrySet()) {
      List<String> key = new ArrayList<>();
      attributes.forEach(i -> key.add(cell.getKey().get(i)));
      members.computeIfAbsent(key, _ -> new ArrayList<>()).add(cell.getValue());
    }
    SortedMap<List<String>, GroupTally> groups = new TreeMap<>(ORDER);
    members.forEach((key, cellsOf) -> groups.put(key, GroupTally.sum(cellsOf)));
    return groups;
  }
}

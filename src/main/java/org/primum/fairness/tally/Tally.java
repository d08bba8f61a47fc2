package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
/// @param cells by the values of the attributes, in the order of the layout, without their scores;
///   combinations without rows are absent
/// @param scores by the attributes that are audited together
/// @param proxies rows by the values of columns that may tell a group; none where no policy asked
public record Tally(
    Layout layout,
    ScoreScale scale,
    SortedMap<List<String>, GroupTally> cells,
    ScoreTables scores,
    ProxyCounts proxies) {

  /// A tally without proxies.
  ///
  /// @param cells with their scores
  public Tally(Layout layout, ScoreScale scale, SortedMap<List<String>, GroupTally> cells) {
    this(layout, scale, cells, ScoreTables.of(layout.scored(), cells), ProxyCounts.NONE);
  }

  Tally with(ProxyCounts other) {
    return new Tally(layout, scale, cells, scores, other);
  }

  /// The same rows, of which more is known.
  ///
  /// @param known without scores
  Tally with(SortedMap<List<String>, GroupTally> known) {
    return new Tally(layout, scale, known, scores, proxies);
  }

  /// What was counted, and how. Only tallies of the same layout merge.
  ///
  /// @param decision the label, prediction and weight columns in words
  /// @param thresholds scores at which counts have to be exact
  /// @param attributes name, column and groups of each sensitive feature
  /// @param scored the attributes by which scores are counted together, as their positions
  public record Layout(
      String decision,
      List<Double> thresholds,
      List<Dimension> attributes,
      List<List<Integer>> scored) {
    public Layout {
      thresholds = List.copyOf(thresholds);
      attributes = List.copyOf(attributes);
      scored = scored.stream().map(List::copyOf).toList();
    }

    Layout with(List<List<Integer>> tables) {
      return new Layout(decision, thresholds, attributes, tables);
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
              .toList(),
          policy.data().hasScores() ? ScoredTogether.of(policy) : List.of());
    }

    /// What a layout that is wanted counts, and this one does not, in words; empty where a tally of
    /// this one has all of it.
    public Optional<String> lacking(Layout wanted) {
      Optional<String> difference = with(List.of()).difference(wanted.with(List.of()));
      return difference.isPresent()
          ? difference
          : wanted.scored.stream()
              .filter(table -> scored.stream().noneMatch(known -> known.containsAll(table)))
              .findFirst()
              .map(table -> "other intersections: no scores by " + names(table) + " together");
    }

    private String names(List<Integer> table) {
      return String.join(", ", table.stream().map(i -> attributes.get(i).name()).toList());
    }

    /// What another layout counts otherwise, in words; empty where it is the same.
    public Optional<String> difference(Layout other) {
      if (!decision.equals(other.decision)) {
        return Optional.of("other columns of data: " + decision + " and " + other.decision);
      }
      if (!thresholds.equals(other.thresholds)) {
        return Optional.of("other thresholds: " + thresholds + " and " + other.thresholds);
      }
      if (!attributes.equals(other.attributes)) {
        return Optional.of("other attributes: " + attributes + " and " + other.attributes);
      }
      return scored.equals(other.scored)
          ? Optional.empty()
          : Optional.of("other intersections: scores by " + tables() + " and " + other.tables());
    }

    private String tables() {
      return scored.stream().map(this::names).toList().toString();
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
    cells.forEach((key, counts) -> sorted.put(List.copyOf(key), counts.with(ScoreCounts.NONE)));
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
        .with(ProxyCounts.none(policy));
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
        new Tally(layout, one.scale, sum, one.scores.plus(two.scores), proxies.plus(other.proxies));
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
        yield new Tally(layout, new ScoreScale.Binned(grid), coarse, scores.on(grid), proxies);
      }
    };
  }

  private long distinctScores() {
    return scores.overall().size();
  }

  /// How many rows were counted.
  public long rows() {
    return cells.values().stream().mapToLong(GroupTally::n).sum();
  }

  /// Everyone.
  public GroupTally overall() {
    return GroupTally.sum(List.copyOf(cells.values())).with(scores.overall());
  }

  /// The counts of each group of some attributes, in the order of their texts.
  ///
  /// @param attributes positions in the layout
  /// @throws IllegalArgumentException where there are scores, but not by these attributes together
  public SortedMap<List<String>, GroupTally> groups(List<Integer> attributes) {
    SortedMap<List<String>, List<GroupTally>> members = new TreeMap<>(ORDER);
    cells.forEach((key, cell) ->
        members.computeIfAbsent(part(key, attributes), _ -> new ArrayList<>()).add(cell));
    Map<List<String>, ScoreCounts> scored = scores.by(attributes);
    SortedMap<List<String>, GroupTally> groups = new TreeMap<>(ORDER);
    members.forEach((key, of) ->
        groups.put(key, GroupTally.sum(of).with(scored.getOrDefault(key, ScoreCounts.NONE))));
    return groups;
  }

  /// The tally of the rows of each combination of some attributes alone, in the order of their
  /// texts.
  ///
  /// @param attributes positions in the layout; all scores are counted by them too
  public SortedMap<List<String>, Tally> split(List<Integer> attributes) {
    SortedMap<List<String>, SortedMap<List<String>, GroupTally>> parts = new TreeMap<>(ORDER);
    cells.forEach((key, cell) ->
        parts.computeIfAbsent(part(key, attributes), _ -> new TreeMap<>(ORDER)).put(key, cell));
    SortedMap<List<String>, Tally> tallies = new TreeMap<>(ORDER);
    parts.forEach((values, of) ->
        tallies.put(
            values,
            new Tally(layout, scale, of, scores.only(attributes, values), ProxyCounts.NONE)));
    return tallies;
  }

  /// The values at some positions of a key.
  static List<String> part(List<String> key, List<Integer> places) {
    return places.stream().map(key::get).toList();
  }
}

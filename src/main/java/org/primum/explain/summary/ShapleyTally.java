package org.primum.explain.summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.TextColumn;
import org.primum.explain.value.ShapleyValues;

/// Everything a summary of Shapley values is made of, gathered row by row: a commutative monoid, so
/// the tallies of shards merge into the tally of all rows, to the last bit.
public final class ShapleyTally {

  /// A sensitive feature with more values than this is no grouping (ages, identifiers): it is left
  /// out and named.
  public static final int MAX_GROUPS = 50;

  private static final String MISSING = "<missing>";

  private final int outputs;
  private final int features;
  private final List<String> attributes;
  private final List<Optional<SortedMap<String, ShapleySums>>> groups = new ArrayList<>();
  private final ShapleySums overall;
  private final GroupsTogether together;
  private double additivityMax;

  /// @param attributes the sensitive features that rows are grouped by, each alone
  public ShapleyTally(int outputs, int features, List<String> attributes) {
    this.outputs = outputs;
    this.features = features;
    this.attributes = List.copyOf(attributes);
    this.overall = new ShapleySums(outputs, features);
    this.together = new GroupsTogether(attributes.size());
    attributes.forEach(_ -> groups.add(Optional.of(new TreeMap<>())));
  }

  /// Adds rows.
  ///
  /// @param values one column an attribute, with the rows of `shapley`
  public void add(ShapleyValues shapley, List<TextColumn> values) {
    for (int row = 0; row < shapley.rows(); row++) {
      for (int output = 0; output < outputs; output++) {
        additivityMax = Math.max(additivityMax, shapley.additivityError(row, output));
      }
    }
    ShapleySums[] everyone = new ShapleySums[shapley.rows()];
    Arrays.fill(everyone, overall);
    add(shapley, everyone);
    int[][] places = new int[attributes.size()][shapley.rows()];
    for (int i = 0; i < attributes.size(); i++) {
      addGroups(i, shapley, values.get(i), places[i]);
    }
    together.add(places, shapley.rows());
  }

  private void addGroups(int attribute, ShapleyValues shapley, TextColumn column, int[] places) {
    ShapleySums[] ofRow = new ShapleySums[shapley.rows()];
    for (int row = 0; row < ofRow.length; row++) {
      String value = column.isMissing(row) ? MISSING : column.text(row);
      Optional<ShapleySums> own = sums(attribute, value);
      if (own.isEmpty()) {
        return;
      }
      ofRow[row] = own.get();
      places[row] = together.place(attribute, value);
    }
    add(shapley, ofRow);
  }

  /// Feature by feature, as the values lie in memory.
  private void add(ShapleyValues shapley, ShapleySums[] ofRow) {
    for (ShapleySums sums : ofRow) {
      sums.addRow();
    }
    for (int output = 0; output < outputs; output++) {
      for (int feature = 0; feature < features; feature++) {
        for (int row = 0; row < ofRow.length; row++) {
          ofRow[row].add(output, feature, shapley.phi(row, output, feature));
        }
      }
    }
  }

  /// The sums of a group, or empty where the attribute has too many values.
  private Optional<ShapleySums> sums(int attribute, String value) {
    Optional<SortedMap<String, ShapleySums>> known = groups.get(attribute);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<String, ShapleySums> byValue = known.get();
    if (byValue.size() == MAX_GROUPS && !byValue.containsKey(value)) {
      leaveOut(attribute);
      return Optional.empty();
    }
    return Optional.of(byValue.computeIfAbsent(value, _ -> new ShapleySums(outputs, features)));
  }

  private void leaveOut(int attribute) {
    groups.set(attribute, Optional.empty());
    together.leaveOut(attribute);
  }

  /// Adds the rows of another tally of the same shape.
  public void merge(ShapleyTally other) {
    if (outputs != other.outputs
        || features != other.features
        || !attributes.equals(other.attributes)) {
      throw new IllegalArgumentException("tallies of other outputs, features or attributes");
    }
    overall.merge(other.overall);
    additivityMax = Math.max(additivityMax, other.additivityMax);
    for (int i = 0; i < attributes.size(); i++) {
      mergeGroups(i, other.groups.get(i));
    }
    together.merge(other.together);
  }

  private void mergeGroups(int attribute, Optional<SortedMap<String, ShapleySums>> others) {
    if (others.isEmpty()) {
      leaveOut(attribute);
      return;
    }
    others.get().forEach((value, sums) -> sums(attribute, value).ifPresent(own -> own.merge(sums)));
  }

  public int outputs() {
    return outputs;
  }

  public int features() {
    return features;
  }

  public List<String> attributes() {
    return attributes;
  }

  public ShapleySums overall() {
    return overall;
  }

  /// What an output's values of all rows are compared by with those of an earlier run, in the order
  /// of the names; there must be a row. It may tell of single rows.
  public List<FeatureProfile> profiles(int output, List<String> names) {
    List<FeatureProfile> profiles = new ArrayList<>();
    for (int i = 0; i < features; i++) {
      profiles.add(overall.profile(names.get(i), output, i, ShapleyDistribution::buckets));
    }
    return profiles;
  }

  /// The largest additivity error of a row.
  public double additivityMax() {
    return additivityMax;
  }

  /// The groups of an attribute by value, or empty where it has more than [#MAX_GROUPS] values.
  public Optional<SortedMap<String, ShapleySums>> groups(int attribute) {
    return groups.get(attribute);
  }

  /// What groups of two attributes share.
  public GroupsTogether together() {
    return together;
  }

  /// What the groups of two attributes share, as it was written down.
  ///
  /// @param first which attribute, from 0
  /// @param second another behind it
  public record WrittenPair(int first, int second, List<GroupsTogether.Shared> shared) {
    public WrittenPair {
      shared = List.copyOf(shared);
    }
  }

  /// A tally that was written down.
  ///
  /// @param overall rows and bytes of everyone
  /// @param groups by attribute and value; empty for an attribute with too many values
  /// @param pairs of each two attributes that have groups
  public record Written(
      List<String> attributes,
      WrittenSums overall,
      List<Optional<Map<String, WrittenSums>>> groups,
      List<WrittenPair> pairs,
      double additivityMax) {
    public Written {
      attributes = List.copyOf(attributes);
      groups = List.copyOf(groups);
      pairs = List.copyOf(pairs);
    }
  }

  /// The rows of a group and what [ShapleySums#bytes] said of them.
  public static final class WrittenSums {
    private final long rows;
    private final byte[] bytes;

    public WrittenSums(long rows, byte[] bytes) {
      this.rows = rows;
      this.bytes = bytes.clone();
    }
  }

  /// Restores a tally.
  ///
  /// @throws IllegalArgumentException where parts do not fit each other
  public static ShapleyTally of(int outputs, int features, Written written) {
    ShapleyTally tally = new ShapleyTally(outputs, features, written.attributes());
    if (written.groups().size() != written.attributes().size()) {
      throw new IllegalArgumentException("every attribute needs its groups");
    }
    tally.overall.merge(tally.restore(written.overall()));
    tally.additivityMax = written.additivityMax();
    for (int i = 0; i < tally.attributes.size(); i++) {
      Optional<Map<String, WrittenSums>> byValue = written.groups().get(i);
      if (byValue.isEmpty()) {
        tally.leaveOut(i);
      } else {
        tally.restoreGroups(i, byValue.get());
      }
    }
    written.pairs().forEach(tally::restorePair);
    tally.requireTogether();
    return tally;
  }

  private void restorePair(WrittenPair pair) {
    if (pair.first() < 0 || pair.second() <= pair.first() || pair.second() >= groups.size()) {
      throw new IllegalArgumentException("groups of attributes that are not there");
    }
    for (GroupsTogether.Shared shared : pair.shared()) {
      if (!isGroup(pair.first(), shared.first()) || !isGroup(pair.second(), shared.second())) {
        throw new IllegalArgumentException("groups share rows that are not there");
      }
      together.add(pair.first(), pair.second(), shared);
    }
  }

  private boolean isGroup(int attribute, String value) {
    return groups.get(attribute).filter(byValue -> byValue.containsKey(value)).isPresent();
  }

  /// Every row of a group is in a group of each other attribute.
  private void requireTogether() {
    for (int first = 0; first < groups.size(); first++) {
      for (int second = first + 1; second < groups.size(); second++) {
        if (groups.get(first).isPresent() && groups.get(second).isPresent()) {
          Map<String, Long> rows = new TreeMap<>();
          Map<String, Long> others = new TreeMap<>();
          for (GroupsTogether.Shared shared : together.of(first, second)) {
            rows.merge(shared.first(), shared.rows(), Math::addExact);
            others.merge(shared.second(), shared.rows(), Math::addExact);
          }
          if (!rows.equals(rows(first)) || !others.equals(rows(second))) {
            throw new IllegalArgumentException(
                "what groups of '"
                    + attributes.get(first)
                    + "' and '"
                    + attributes.get(second)
                    + "' share does not add up to the groups");
          }
        }
      }
    }
  }

  /// The rows of each group; none where the attribute has too many.
  Map<String, Long> rows(int attribute) {
    Map<String, Long> rows = new TreeMap<>();
    groups.get(attribute).ifPresent(of -> of.forEach((v, sums) -> rows.put(v, sums.rows())));
    return rows;
  }

  private void restoreGroups(int attribute, Map<String, WrittenSums> byValue) {
    byValue.forEach(
        (value, sums) -> sums(attribute, value).ifPresent(own -> own.merge(restore(sums))));
  }

  private ShapleySums restore(WrittenSums sums) {
    return ShapleySums.of(outputs, features, sums.rows, sums.bytes);
  }
}

package org.primum.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.TextColumn;

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
  private double additivityMax;

  /// @param attributes the sensitive features that rows are grouped by, each alone
  public ShapleyTally(int outputs, int features, List<String> attributes) {
    this.outputs = outputs;
    this.features = features;
    this.attributes = List.copyOf(attributes);
    this.overall = new ShapleySums(outputs, features);
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
    for (int i = 0; i < attributes.size(); i++) {
      addGroups(i, shapley, values.get(i));
    }
  }

  private void addGroups(int attribute, ShapleyValues shapley, TextColumn column) {
    ShapleySums[] ofRow = new ShapleySums[shapley.rows()];
    for (int row = 0; row < ofRow.length; row++) {
      Optional<ShapleySums> own =
          sums(attribute, column.isMissing(row) ? MISSING : column.text(row));
      if (own.isEmpty()) {
        return;
      }
      ofRow[row] = own.get();
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
      groups.set(attribute, Optional.empty());
      return Optional.empty();
    }
    return Optional.of(byValue.computeIfAbsent(value, _ -> new ShapleySums(outputs, features)));
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
  }

  private void mergeGroups(int attribute, Optional<SortedMap<String, ShapleySums>> others) {
    if (others.isEmpty()) {
      groups.set(attribute, Optional.empty());
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
      profiles.add(
          overall.profile(names.get(i), output, i, ShapleyDistribution::buckets));
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

  /// A tally that was written down.
  ///
  /// @param overall rows and bytes of everyone
  /// @param groups by attribute and value; empty for an attribute with too many values
  public record Written(
      List<String> attributes,
      WrittenSums overall,
      List<Optional<Map<String, WrittenSums>>> groups,
      double additivityMax) {
    public Written {
      attributes = List.copyOf(attributes);
      groups = List.copyOf(groups);
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
        tally.groups.set(i, Optional.empty());
      } else {
        tally.restoreGroups(i, byValue.get());
      }
    }
    return tally;
  }

  private void restoreGroups(int attribute, Map<String, WrittenSums> byValue) {
    byValue.forEach(
        (value, sums) -> sums(attribute, value).ifPresent(own -> own.merge(restore(sums))));
  }

  private ShapleySums restore(WrittenSums sums) {
    return ShapleySums.of(outputs, features, sums.rows, sums.bytes);
  }
}

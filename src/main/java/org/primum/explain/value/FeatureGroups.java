package org.primum.explain.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.primum.gate.ConfigInvalidException;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;

/// Features that are explained as one: the Shapley value of a group is the sum of those of its
/// features, row by row, before any magnitude is taken. A feature of no group stands for itself.
///
/// Sums keep additivity exactly. They are not the values of the game whose players are the groups
/// (the quotient game, Owen 1977), where the features of a group become known together; only
/// interactions of three features and more that reach out of the group tell the two apart. Groups
/// that are [#areTogether] have the values of that game instead.
public final class FeatureGroups {

  private final List<String> names;
  private final int[] groupOf;
  private final int[] sizes;
  private final boolean areTogether;

  private FeatureGroups(List<String> names, int[] groupOf, boolean areTogether) {
    this.names = List.copyOf(names);
    this.groupOf = groupOf;
    this.areTogether = areTogether;
    this.sizes = new int[names.size()];
    for (int group : groupOf) {
      sizes[group]++;
    }
  }

  /// Every feature for itself.
  public static FeatureGroups single(List<String> features) {
    int[] own = new int[features.size()];
    Arrays.setAll(own, i -> i);
    return new FeatureGroups(features, own, false);
  }

  /// @param features of the model, in its order
  /// @param members of each group, by its name
  /// @throws ConfigInvalidException where a member is no feature, or is in two groups, or a group
  ///   has the name of a feature outside it; the message names both
  public static FeatureGroups of(List<String> features, Map<String, List<String>> members) {
    Map<String, String> nameOf = new HashMap<>();
    members.forEach((group, list) -> list.forEach(feature -> put(nameOf, group, feature)));
    Set<String> known = new HashSet<>(features);
    nameOf.forEach((feature, group) -> requireKnown(known, feature, group));
    for (String group : members.keySet()) {
      if (known.contains(group) && !group.equals(nameOf.get(group))) {
        throw new ConfigInvalidException(
            "groups: '"
                + group
                + "' is also a feature outside the group; name the group otherwise");
      }
    }
    List<String> names = new ArrayList<>();
    int[] groupOf = new int[features.size()];
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < groupOf.length; i++) {
      String name = nameOf.getOrDefault(features.get(i), features.get(i));
      if (places.putIfAbsent(name, names.size()) == null) {
        names.add(name);
      }
      groupOf[i] = places.getOrDefault(name, i);
    }
    return new FeatureGroups(names, groupOf, false);
  }

  /// The same groups, each of which becomes known as a whole: the players of the quotient game
  /// (Owen 1977), which only explanations that ask the model for coalitions have.
  public FeatureGroups together() {
    return new FeatureGroups(names, groupOf, true);
  }

  /// Whether the features of a group become known together.
  public boolean areTogether() {
    return areTogether;
  }

  private static void put(Map<String, String> nameOf, String group, String feature) {
    String other = nameOf.put(feature, group);
    if (other != null) {
      throw new ConfigInvalidException(
          "groups: feature '"
              + feature
              + (other.equals(group)
                  ? "' stands twice in '" + group + "'"
                  : "' is in '" + other + "' and in '" + group + "'; a feature has one group"));
    }
  }

  private static void requireKnown(Set<String> known, String feature, String group) {
    if (!known.contains(feature)) {
      throw new ConfigInvalidException(
          "groups." + group + ": the model has no feature '" + feature + "'");
    }
  }

  /// How the groups and the features of no group are called, in the order of the first feature of
  /// each.
  public List<String> names() {
    return names;
  }

  /// The group of a feature.
  public int of(int feature) {
    return groupOf[feature];
  }

  /// Whether every feature stands for itself.
  public boolean isSingle() {
    return names.size() == groupOf.length;
  }

  /// The values of the groups; base values and margins stay as they are.
  public ShapleyValues sum(ShapleyValues values) {
    return isSingle() ? values : values.summed(groupOf, names.size());
  }

  /// What is known of the values of each group: a feature's own where it is alone, else numbers.
  public List<Feature> shown(List<Feature> features) {
    List<Feature> shown = new ArrayList<>();
    names.forEach(name -> shown.add(Feature.numeric(name)));
    for (int i = 0; i < groupOf.length; i++) {
      if (sizes[groupOf[i]] == 1) {
        shown.set(groupOf[i], features.get(i));
      }
    }
    return shown;
  }

  /// The values that stand for each group in a picture: a feature's own where it is alone, and NaN
  /// (not known) for several.
  public FeatureMatrix shown(FeatureMatrix rows) {
    if (isSingle()) {
      return rows;
    }
    double[] shown = new double[rows.rows() * names.size()];
    for (int row = 0; row < rows.rows(); row++) {
      for (int feature = 0; feature < groupOf.length; feature++) {
        int group = groupOf[feature];
        shown[row * names.size() + group] =
            sizes[group] == 1 ? rows.value(row, feature) : Double.NaN;
      }
    }
    return new FeatureMatrix(shown, rows.rows(), names.size());
  }
}

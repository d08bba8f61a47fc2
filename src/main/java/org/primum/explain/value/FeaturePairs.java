package org.primum.explain.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;

/// Pairs of features, or of groups of them, whose interactions are asked for: each once, in the
/// model's order. Two features that share no path of a tree never interact.
public final class FeaturePairs {

  /// More pairs than this, counted for each margin, are not summed up.
  public static final int MOST = 1 << 20;

  private final FeatureGroups groups;

  /// `first * groups + second`, ascending.
  private final long[] keys;

  private FeaturePairs(FeatureGroups groups, long[] keys) {
    this.groups = groups;
    this.keys = keys;
  }

  /// Two names.
  public record Named(String first, String second) {}

  /// All pairs that can interact in a model; none where its form is no ensemble of trees.
  ///
  /// @throws ModelInvalidException where there are more than [#MOST]
  public static FeaturePairs of(Scorer model, FeatureGroups groups) {
    Set<Long> keys = new TreeSet<>();
    if (model instanceof TreeEnsemble trees) {
      for (Tree tree : trees.trees()) {
        collect(tree, 0, new ArrayList<>(), groups, keys);
        requireFew(keys.size(), trees.outputs());
      }
    }
    return new FeaturePairs(groups, keys.stream().mapToLong(Long::longValue).toArray());
  }

  /// All pairs of some features.
  ///
  /// @throws ModelInvalidException where there are more than [#MOST]
  public static FeaturePairs among(BitSet features, FeatureGroups groups, int outputs) {
    int[] names = features.stream().map(groups::of).distinct().sorted().toArray();
    requireFew(Math.clamp((long) names.length * (names.length - 1) / 2, 0, MOST + 1), outputs);
    long[] keys =
        Arrays.stream(names)
            .boxed()
            .flatMap(one ->
                Arrays.stream(names)
                    .filter(two -> one < two)
                    .mapToObj(two -> key(groups, one, two)))
            .mapToLong(Long::longValue)
            .toArray();
    return new FeaturePairs(groups, keys);
  }

  /// @param above the groups on the path to the node
  private static void collect(
      Tree tree, int node, List<Integer> above, FeatureGroups groups, Set<Long> keys) {
    if (tree.isLeaf(node)) {
      return;
    }
    int group = groups.of(tree.feature(node));
    boolean isNew = !above.contains(group);
    if (isNew) {
      above.forEach(other -> keys.add(key(groups, group, other)));
      requireFew(keys.size(), 1);
      above.add(group);
    }
    collect(tree, tree.left(node), above, groups, keys);
    collect(tree, tree.right(node), above, groups, keys);
    if (isNew) {
      above.removeLast();
    }
  }

  private static void requireFew(int pairs, int outputs) {
    if (pairs > MOST / outputs) {
      throw new ModelInvalidException(
          "more than "
              + MOST / outputs
              + " pairs of features can interact in this model; name some with"
              + " --interactions=pairs:a*b, or put features together with --groups");
    }
  }

  /// The pairs of the given names, in the order of the model.
  ///
  /// @throws IllegalArgumentException where a name is unknown or a pair is of one
  public static FeaturePairs named(FeatureGroups groups, List<Named> pairs) {
    Map<String, Integer> places = new HashMap<>();
    for (String name : groups.names()) {
      places.put(name, places.size());
    }
    long[] keys =
        pairs.stream()
            .mapToLong(pair ->
                key(
                    groups,
                    place(places, groups, pair.first()),
                    place(places, groups, pair.second())))
            .sorted()
            .distinct()
            .toArray();
    return new FeaturePairs(groups, keys);
  }

  private static int place(Map<String, Integer> places, FeatureGroups groups, String name) {
    Integer place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException(
          "the model has no feature '" + name + "'; it has " + String.join(", ", groups.names()));
    }
    return place;
  }

  private static long key(FeatureGroups groups, int one, int other) {
    if (one == other) {
      throw new IllegalArgumentException(
          "'" + groups.names().get(one) + "' makes no pair with itself");
    }
    return (long) Math.min(one, other) * groups.names().size() + Math.max(one, other);
  }

  /// How many pairs there are.
  public int size() {
    return keys.length;
  }

  /// The place of the pair's first name among [#names].
  public int first(int pair) {
    return (int) (keys[pair] / groups.names().size());
  }

  /// The place of the pair's second name among [#names], behind that of the first.
  public int second(int pair) {
    return (int) (keys[pair] % groups.names().size());
  }

  /// The names that pairs are made of, in the model's order.
  public List<String> names() {
    return groups.names();
  }

  /// Every pair as `a*b`.
  public List<Named> all() {
    List<Named> all = new ArrayList<>();
    for (int pair = 0; pair < keys.length; pair++) {
      all.add(new Named(names().get(first(pair)), names().get(second(pair))));
    }
    return all;
  }

  /// The pair of two names, by their places among [#names]; negative where it is not asked for.
  public int place(int one, int other) {
    return one == other ? -1 : Arrays.binarySearch(keys, key(groups, one, other));
  }

  /// To which pair the interaction of two features of the model belongs; negative where it is not
  /// asked for, or inside of one group.
  public int of(int feature, int other) {
    return between(groups.of(feature), groups.of(other));
  }

  /// The same of two places among [#names].
  public int between(int one, int two) {
    return one == two ? -1 : Arrays.binarySearch(keys, key(groups, one, two));
  }
}

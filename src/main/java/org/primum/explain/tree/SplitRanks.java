package org.primum.explain.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.primum.model.DecisionRule;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;

/// The thresholds of an ensemble by feature. A value is looked up among them once; each split then
/// compares whole numbers: a value's rank with the threshold's.
///
/// The rank of a value is how many thresholds of its feature it does not stay left of, and
/// [#MISSING] where it is missing.
public final class SplitRanks {

  /// Below every rank; without its sign it is above every rank.
  static final int MISSING = -1;

  private final DecisionRule rule;
  private final double[][] thresholds;

  /// With infinities after the last, to a power of two less one.
  private final double[][] padded;

  private final boolean[] asked;

  public SplitRanks(TreeEnsemble model) {
    this.rule = model.rule();
    this.asked = new boolean[model.features().size()];
    List<SortedSet<Double>> all = new ArrayList<>();
    model.features().forEach(_ -> all.add(new TreeSet<>()));
    for (Tree tree : model.trees()) {
      for (int node = 0; node < tree.size(); node++) {
        if (!tree.isLeaf(node)) {
          add(tree, node, all);
        }
      }
    }
    this.thresholds =
        all.stream()
            .map(set -> set.stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    this.padded = Arrays.stream(thresholds).map(SplitRanks::padded).toArray(double[][]::new);
  }

  private static double[] padded(double[] sorted) {
    int size = Integer.highestOneBit(sorted.length) * 2 - 1;
    double[] padded = Arrays.copyOf(sorted, Math.max(0, size));
    Arrays.fill(padded, sorted.length, padded.length, Double.POSITIVE_INFINITY);
    return padded;
  }

  private void add(Tree tree, int node, List<SortedSet<Double>> all) {
    if (isRanked(tree, node)) {
      all.get(tree.feature(node)).add(tree.threshold(node) + 0.0); // -0.0 is 0.0
    } else {
      asked[tree.feature(node)] = true;
    }
  }

  /// Whether a split only asks on which side of its threshold a number is, or where a missing one
  /// goes. Categories, and zeros that are missing, are asked of the tree itself.
  public static boolean isRanked(Tree tree, int node) {
    return !tree.isCategorical(node)
        && switch (tree.missing(node)) {
          case NAN_LEFT, NAN_RIGHT -> true;
          case ZERO_LEFT, ZERO_RIGHT, NAN_IS_ZERO -> false;
        };
  }

  /// What a rank has to be below so that it goes left.
  public int bound(Tree tree, int node) {
    return 1 + Arrays.binarySearch(thresholds[tree.feature(node)], tree.threshold(node) + 0.0);
  }

  /// Whether any split asks for ranks of the feature.
  public boolean isRanked(int feature) {
    return thresholds[feature].length > 0;
  }

  /// Whether a byte holds every rank of the feature and has one number left for a missing value.
  public boolean isSmall(int feature) {
    return thresholds[feature].length < 0xFF;
  }

  /// Whether any split asks for the value of the feature itself.
  boolean isAsked(int feature) {
    return asked[feature];
  }

  /// The ranks of a column.
  ///
  /// @param values as [DecisionRule#read] returns them
  int[] ranks(int feature, double[] values) {
    int[] ranks = new int[values.length];
    find(feature, values, ranks);
    return ranks;
  }

  /// The ranks of a column.
  ///
  /// @param values as [DecisionRule#read] returns them
  /// @param ranks receives one for each value
  void find(int feature, double[] values, int[] ranks) {
    double[] sorted = padded[feature];
    if (rule.isStrict()) {
      notAbove(sorted, values, ranks);
    } else {
      below(sorted, values, ranks);
    }
  }

  /// How many thresholds are at most each value. Every search takes the same steps.
  private static void notAbove(double[] sorted, double[] values, int[] ranks) {
    int first = (sorted.length + 1) / 2;
    for (int row = 0; row < ranks.length; row++) {
      double value = values[row];
      int rank = 0;
      for (int step = first; step > 0; step >>>= 1) {
        rank += sorted[rank + step - 1] <= value ? step : 0;
      }
      ranks[row] = Double.isNaN(value) ? MISSING : rank;
    }
  }

  /// How many thresholds are below each value.
  private static void below(double[] sorted, double[] values, int[] ranks) {
    int first = (sorted.length + 1) / 2;
    for (int row = 0; row < ranks.length; row++) {
      double value = values[row];
      int rank = 0;
      for (int step = first; step > 0; step >>>= 1) {
        rank += sorted[rank + step - 1] < value ? step : 0;
      }
      ranks[row] = Double.isNaN(value) ? MISSING : rank;
    }
  }
}

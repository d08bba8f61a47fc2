package org.primum.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.primum.model.DecisionRule;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;
import org.primum.model.Link;
import org.primum.model.MissingRule;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;
import org.primum.model.TreeNodes;

/// Random ensembles with everything the form allows: repeated features, categorical splits, both
/// default directions, zero covers, covers that do not add up, one-node trees; and rows with
/// missing values.
public final class RandomTrees {

  private final Random random;
  private final int features;

  public RandomTrees(long seed, int features) {
    this.random = new Random(seed);
    this.features = features;
  }

  public Tree tree(int depth) {
    List<int[]> children = new ArrayList<>();
    grow(children, depth);
    var nodes = new TreeNodes(children.size());
    for (int node = 0; node < children.size(); node++) {
      fill(nodes, node, children.get(node));
    }
    return new Tree(DecisionRule.FLOAT32_BELOW, 0, nodes, features);
  }

  /// A tree of one long path: every split has a leaf on one side.
  Tree chain(int depth) {
    int count = 2 * depth + 1;
    var nodes = new TreeNodes(count);
    for (int node = 0; node < count; node++) {
      boolean split = node % 2 == 0 && node + 1 < count;
      int leaf = node + 1;
      boolean turned = random.nextBoolean();
      int[] children = turned ? new int[] {leaf, node + 2} : new int[] {node + 2, leaf};
      fill(nodes, node, split ? children : new int[] {-1, -1});
      nodes.cover[node] = split || node + 1 == count ? count - node + 1 : 1;
    }
    return new Tree(DecisionRule.FLOAT32_BELOW, 0, nodes, features);
  }

  private int grow(List<int[]> children, int depth) {
    int node = children.size();
    children.add(new int[] {-1, -1});
    if (depth > 0 && random.nextInt(8) > 0) {
      children.get(node)[0] = grow(children, depth - 1);
      children.get(node)[1] = grow(children, depth - 1);
    }
    return node;
  }

  private void fill(TreeNodes nodes, int node, int[] children) {
    nodes.left[node] = children[0];
    nodes.right[node] = children[1];
    nodes.feature[node] = random.nextInt(features);
    nodes.threshold[node] = (float) random.nextInt(4);
    nodes.value[node] = random.nextGaussian();
    nodes.cover[node] = random.nextInt(6) == 0 ? 0 : random.nextInt(100);
    nodes.missing[node] = random.nextBoolean() ? MissingRule.NAN_LEFT : MissingRule.NAN_RIGHT;
    nodes.categorical[node] = random.nextInt(4) == 0;
    nodes.categories[node] = new long[] {random.nextInt(16)};
  }

  public TreeEnsemble ensemble(List<Tree> trees) {
    List<Feature> named = new ArrayList<>();
    for (int i = 0; i < features; i++) {
      named.add(Feature.numeric("x" + i));
    }
    return new TreeEnsemble(
        named, trees, DecisionRule.FLOAT32_BELOW, Link.IDENTITY, new double[] {0.5});
  }

  public FeatureMatrix rows(int count) {
    var values = new double[count * features];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(7) == 0 ? Double.NaN : random.nextInt(-1, 5);
    }
    return new FeatureMatrix(values, count, features);
  }

  /// The value of a coalition by the recursion of Lundberg et al. 2020, Algorithm 1: follow the row
  /// where the feature is known, else both children by cover.
  static double expectedValue(Tree tree, int node, FeatureMatrix rows, int row, int known) {
    if (tree.isLeaf(node)) {
      return tree.value(node);
    }
    int left = tree.left(node);
    int right = tree.right(node);
    if ((known >> tree.feature(node) & 1) != 0) {
      boolean goesLeft = tree.goesLeft(node, rows.value(row, tree.feature(node)));
      return expectedValue(tree, goesLeft ? left : right, rows, row, known);
    }
    double cover = tree.cover(node);
    double leftShare = cover > 0 ? tree.cover(left) / cover : 0.5;
    double rightShare = cover > 0 ? tree.cover(right) / cover : 0.5;
    return leftShare * expectedValue(tree, left, rows, row, known)
        + rightShare * expectedValue(tree, right, rows, row, known);
  }

  /// The Shapley value of a feature by its definition, over all subsets of the others.
  static double shapley(TreeEnsemble model, FeatureMatrix rows, int row, int feature) {
    int count = rows.columns();
    double phi = 0;
    for (int subset = 0; subset < 1 << count; subset++) {
      if ((subset >> feature & 1) != 0) {
        continue;
      }
      int size = Integer.bitCount(subset);
      double weight = factorial(size) * factorial(count - size - 1) / factorial(count);
      for (Tree tree : model.trees()) {
        double with = expectedValue(tree, 0, rows, row, subset | 1 << feature);
        phi += weight * (with - expectedValue(tree, 0, rows, row, subset));
      }
    }
    return phi;
  }

  private static double factorial(int n) {
    double product = 1;
    for (int i = 2; i <= n; i++) {
      product *= i;
    }
    return product;
  }
}

package org.primum.explain.tree;

import java.util.Arrays;
import org.primum.model.Tree;

/// A tree prepared for explaining: for each split the bit its feature has in the patterns of the
/// leaves below, for each leaf its path.
public final class TreeProgram {

  private final Tree tree;
  private final int[] bit;
  private final boolean[] repeated;
  private final LeafPath[] leaves;
  private final boolean[] paired;
  private int widest;
  private double baseValue;

  public TreeProgram(Tree tree) {
    this.tree = tree;
    this.bit = new int[tree.size()];
    this.repeated = new boolean[tree.size()];
    this.leaves = new LeafPath[tree.size()];
    this.paired = new boolean[tree.size()];
    follow(0, new int[tree.depth()], new double[tree.depth()], 0);
    for (int node = 0; node < tree.size(); node++) {
      if (isPair(node)) {
        paired[tree.left(node)] = true;
        paired[tree.right(node)] = true;
      }
    }
  }

  /// @param features the distinct features above the node, `count` of them
  /// @param ratios the cover ratios of each so far
  private void follow(int node, int[] features, double[] ratios, int count) {
    if (tree.isLeaf(node)) {
      leaves[node] =
          new LeafPath(
              tree.value(node), Arrays.copyOf(features, count), Arrays.copyOf(ratios, count));
      widest = Math.max(widest, count);
      baseValue += leaves[node].baseValue();
      return;
    }
    int at = indexOf(features, count, tree.feature(node));
    bit[node] = at;
    repeated[node] = at < count;
    double above = at < count ? ratios[at] : 1;
    features[at] = tree.feature(node);
    for (int child : new int[] {tree.left(node), tree.right(node)}) {
      ratios[at] = above * tree.coverRatio(node, child);
      follow(child, features, ratios, Math.max(count, at + 1));
    }
    ratios[at] = above;
  }

  private static int indexOf(int[] features, int count, int feature) {
    for (int i = 0; i < count; i++) {
      if (features[i] == feature) {
        return i;
      }
    }
    return count;
  }

  public Tree tree() {
    return tree;
  }

  /// The bit of the split's feature in patterns below it.
  public int bit(int node) {
    return bit[node];
  }

  /// Whether a split above reads the same feature.
  public boolean isRepeated(int node) {
    return repeated[node];
  }

  /// Whether both children are leaves that one pattern tells apart: the left one is reached where
  /// the split's bit is set, the right one where it is not.
  public boolean isPair(int node) {
    return !tree.isLeaf(node)
        && !repeated[node]
        && tree.isLeaf(tree.left(node))
        && tree.isLeaf(tree.right(node));
  }

  /// Whether a node is a leaf of no pair.
  public boolean isAlone(int node) {
    return tree.isLeaf(node) && !paired[node];
  }

  /// Whether a leaf is the right one of a pair. The left one stands just before it.
  public boolean isSecond(int leaf) {
    return leaf > 1 && isPair(leaf - 2) && tree.right(leaf - 2) == leaf;
  }

  /// The most features on a path.
  public int widest() {
    return widest;
  }

  public LeafPath leaf(int node) {
    return leaves[node];
  }

  /// Whether a path is too long for a table.
  public boolean isDeep() {
    return widest > LeafPath.TABLE_FEATURES;
  }

  /// Words of 64 bits that the longest pattern takes.
  public int words() {
    return Math.max(1, (widest + 63) / 64);
  }

  /// The cover-weighted mean of the leaves.
  double baseValue() {
    return baseValue;
  }
}

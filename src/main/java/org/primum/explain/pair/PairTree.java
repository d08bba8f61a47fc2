package org.primum.explain.pair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.primum.explain.tree.TreeProgram;
import org.primum.explain.value.FeaturePairs;
import org.primum.model.Tree;

/// A tree with the pairs that its splits make with the features above them.
public final class PairTree {

  private final TreeProgram program;
  private final List<int[]> targets;
  private final boolean isWanted;

  public PairTree(TreeProgram program, FeaturePairs pairs) {
    this.program = program;
    int[][] all = new int[program.tree().size()][];
    follow(0, new int[Math.max(1, program.widest())], 0, pairs, all);
    this.targets = new ArrayList<>(Arrays.asList(all));
    this.isWanted = Arrays.stream(all).flatMapToInt(Arrays::stream).anyMatch(target -> target >= 0);
  }

  /// @param features that are asked for above the node, `count` of them
  private void follow(int node, int[] features, int count, FeaturePairs pairs, int[][] all) {
    Tree tree = program.tree();
    all[node] = new int[tree.isLeaf(node) ? 0 : count];
    if (tree.isLeaf(node)) {
      return;
    }
    int own = tree.feature(node);
    for (int other = 0; other < count; other++) {
      all[node][other] = features[other] == own ? -1 : pairs.of(own, features[other]);
    }
    int bit = program.bit(node);
    features[bit] = own;
    int below = Math.max(count, bit + 1);
    follow(tree.left(node), features, below, pairs, all);
    follow(tree.right(node), features, below, pairs, all);
  }

  TreeProgram program() {
    return program;
  }

  /// For each feature above a split, in the order of the pattern's bits, which pair it makes with
  /// the split's own; negative for none that is asked for.
  int[] targets(int node) {
    return targets.get(node);
  }

  /// Whether any of its pairs is asked for.
  public boolean isWanted() {
    return isWanted;
  }
}

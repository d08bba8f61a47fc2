package org.primum.explain.table;

import org.primum.explain.tree.Lanes;
import org.primum.explain.tree.LeafValues;
import org.primum.explain.tree.TreeProgram;
import org.primum.model.Tree;

/// The Shapley values of a tree's leaves for every pattern, in float32: an entry of `width` numbers
/// for each pattern of each leaf; a pair of sibling leaves shares its entries.
final class TreeTables implements TreeEntries {

  private final TreeProgram program;
  private final float[][] entries;
  private final float[][] own;

  private TreeTables(TreeProgram program) {
    this.program = program;
    this.entries = new float[program.tree().size()][];
    this.own = new float[entries.length][];
  }

  /// A tree of one leaf has none: it gives nothing to any feature.
  ///
  /// @param leaves gives the values of each leaf
  static TreeTables of(TreeProgram program, LeafValues leaves) {
    Tree tree = program.tree();
    TreeTables tables = new TreeTables(program);
    double[] left = new double[Math.max(1, program.widest() * (1 << program.widest()))];
    double[] right = new double[left.length];
    for (int node = 0; node < tree.size(); node++) {
      if (program.isPair(node)) {
        leaves.ofAll(program, tree.left(node), left);
        leaves.ofAll(program, tree.right(node), right);
        tables.addPair(node, left, right, program.leaf(tree.left(node)).size());
      } else if (program.isAlone(node) && program.leaf(node).size() > 0) {
        leaves.ofAll(program, node, left);
        tables.addAlone(node, left, program.leaf(node).size());
      }
    }
    return tables;
  }

  /// The split's own feature has the last bit; the right leaf is reached where it is not set.
  private void addPair(int node, double[] left, double[] right, int k) {
    int last = k - 1;
    int width = Lanes.width(last);
    entries[node] = new float[width << k];
    own[node] = new float[1 << k];
    for (int pattern = 0; pattern < 1 << k; pattern++) {
      int other = pattern ^ 1 << last;
      for (int j = 0; j < last; j++) {
        entries[node][pattern * width + j] =
            (float) (left[j << k | pattern] + right[j << k | other]);
      }
      own[node][pattern] = (float) (left[last << k | pattern] + right[last << k | other]);
    }
  }

  private void addAlone(int node, double[] values, int k) {
    int width = Lanes.width(k);
    entries[node] = new float[width << k];
    for (int pattern = 0; pattern < 1 << k; pattern++) {
      for (int j = 0; j < k; j++) {
        entries[node][pattern * width + j] = (float) values[j << k | pattern];
      }
    }
  }

  @Override
  public TreeProgram program() {
    return program;
  }

  @Override
  public float[] entries(int node, int[] patterns, int count) {
    return entries[node];
  }

  @Override
  public float[] own(int pair) {
    return own[pair];
  }

  @Override
  public int[] keys(int[] patterns) {
    return patterns;
  }

  /// How many numbers the tables of a tree take.
  static long size(TreeProgram program) {
    Tree tree = program.tree();
    long size = 0;
    for (int node = 0; node < tree.size(); node++) {
      if (program.isPair(node) || program.isAlone(node)) {
        int k = program.leaf(program.isPair(node) ? tree.left(node) : node).size();
        size += (long) (Lanes.width(k) + 1) << k;
      }
    }
    return size;
  }
}

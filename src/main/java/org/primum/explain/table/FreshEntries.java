package org.primum.explain.table;

import org.primum.explain.tree.Lanes;
import org.primum.explain.tree.LeafValues;
import org.primum.explain.tree.RowBlock;
import org.primum.explain.tree.TreeProgram;
import org.primum.model.Tree;

/// Makes the entry of each row anew, without a table: for few rows. The entries are those a table
/// holds, to the bit.
final class FreshEntries implements TreeEntries {

  private final TreeProgram program;
  private final LeafValues leaves;
  private final int[] order = new int[RowBlock.ROWS];
  private final float[] entries;
  private final float[] own = new float[RowBlock.ROWS];
  private final double[] left;
  private final double[] right;

  FreshEntries(TreeProgram program, LeafValues leaves) {
    this.program = program;
    this.leaves = leaves;
    this.entries = new float[RowBlock.ROWS * Lanes.width(program.widest())];
    this.left = new double[program.widest()];
    this.right = new double[program.widest()];
    java.util.Arrays.setAll(order, row -> row);
  }

  @Override
  public TreeProgram program() {
    return program;
  }

  @Override
  public float[] entries(int node, int[] patterns, int count) {
    return program.isPair(node) ? pair(node, patterns, count) : alone(node, patterns, count);
  }

  private float[] pair(int node, int[] patterns, int count) {
    Tree tree = program.tree();
    int last = program.bit(node);
    int width = Lanes.width(last);
    for (int row = 0; row < count; row++) {
      leaves.of(program, tree.left(node), patterns[row], left);
      leaves.of(program, tree.right(node), patterns[row] ^ 1 << last, right);
      for (int j = 0; j < width; j++) {
        entries[row * width + j] = j < last ? (float) (left[j] + right[j]) : 0;
      }
      own[row] = (float) (left[last] + right[last]);
    }
    return entries;
  }

  private float[] alone(int leaf, int[] patterns, int count) {
    int k = program.leaf(leaf).size();
    int width = Lanes.width(k);
    for (int row = 0; row < count; row++) {
      leaves.of(program, leaf, patterns[row], left);
      for (int j = 0; j < width; j++) {
        entries[row * width + j] = j < k ? (float) left[j] : 0;
      }
    }
    return entries;
  }

  @Override
  public float[] own(int pair) {
    return own;
  }

  @Override
  public int[] keys(int[] patterns) {
    return order;
  }
}

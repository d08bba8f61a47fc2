package org.primum.explain.table;

import org.primum.explain.tree.Lanes;
import org.primum.explain.tree.RowBlock;
import org.primum.explain.tree.RowSides;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeProgram;
import org.primum.model.Tree;

/// Takes blocks of rows through trees, for one thread.
///
/// Depth first, with the rows' patterns at every level above the current node. The sums of a row
/// stand side by side, one number for each feature on the current path: what the leaves below a
/// split give to its feature is complete when the split is left, and goes to the feature then.
public final class BlockPass {

  private final RowSides sides;
  private final Lanes lanes;
  private final int[][] keys;
  private final int[][] wentLeft;
  private final float[] sums;
  private final double[] values;
  private final int features;
  private final int allRows;

  /// @param depth of the deepest tree
  /// @param width of the widest entry
  /// @param values where Shapley values are added: feature `f` of output `c` of row `i` at `(c *
  ///   features + f) * allRows + i`
  public BlockPass(
      SplitRanks splits,
      Lanes lanes,
      int depth,
      int width,
      double[] values,
      int features,
      int allRows) {
    this.sides = new RowSides(splits);
    this.lanes = lanes;
    this.keys = new int[depth + 1][RowBlock.ROWS];
    this.wentLeft = new int[depth + 1][RowBlock.ROWS];
    this.sums = new float[RowBlock.ROWS * width];
    this.values = values;
    this.features = features;
    this.allRows = allRows;
  }

  /// Takes the rows through one tree.
  public void run(RowBlock rows, TreeEntries entries) {
    new Walk(rows, entries).visit(0, 0);
  }

  /// The way of a block through a tree.
  private final class Walk {

    private final RowBlock rows;
    private final int count;
    private final TreeEntries entries;
    private final TreeProgram program;
    private final Tree tree;
    private final int stride;

    Walk(RowBlock rows, TreeEntries entries) {
      this.rows = rows;
      this.count = rows.count();
      this.entries = entries;
      this.program = entries.program();
      this.tree = program.tree();
      this.stride = Lanes.width(program.widest());
    }

    void visit(int node, int level) {
      if (tree.isLeaf(node)) {
        int k = program.leaf(node).size();
        if (k > 0) {
          add(node, k, keys[level]);
        }
        return;
      }
      sides.ask(rows, tree, node, wentLeft[level]);
      side(node, level, 0);
      if (program.isPair(node)) {
        addPair(node, keys[level + 1]);
        return;
      }
      visit(tree.left(node), level + 1);
      side(node, level, 1);
      visit(tree.right(node), level + 1);
      if (!program.isRepeated(node)) {
        give(program.bit(node), tree.feature(node));
      }
    }

    private void side(int node, int level, int side) {
      RowSides.below(
          program.bit(node),
          program.isRepeated(node),
          keys[level],
          wentLeft[level],
          side,
          keys[level + 1],
          count);
    }

    private void add(int node, int k, int[] patterns) {
      float[] found = entries.entries(node, patterns, count);
      if (k > 0) {
        lanes.add(sums, stride, found, Lanes.width(k), entries.keys(patterns), count);
      }
    }

    private void addPair(int node, int[] patterns) {
      add(node, program.bit(node), patterns);
      float[] own = entries.own(node);
      int[] entry = entries.keys(patterns);
      int to = (tree.output() * features + tree.feature(node)) * allRows + rows.first();
      for (int row = 0; row < count; row++) {
        values[to + row] += own[entry[row]];
      }
    }

    /// Gives to a feature what has come together for it.
    private void give(int lane, int feature) {
      int to = (tree.output() * features + feature) * allRows + rows.first();
      for (int row = 0; row < count; row++) {
        int at = row * stride + lane;
        values[to + row] += sums[at];
        sums[at] = 0;
      }
    }
  }
}

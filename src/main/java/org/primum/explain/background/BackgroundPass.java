package org.primum.explain.background;

import org.primum.explain.tree.RowBlock;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeProgram;
import org.primum.model.MissingRule;
import org.primum.model.Tree;

/// Counts which patterns blocks of background rows have at the leaves of one tree, whose patterns
/// are `int`s. Both leaves of a pair have one count: the left one's.
public final class BackgroundPass {

  private final SplitRanks splits;
  private final TreeProgram program;
  private final Tree tree;
  private final PatternCounter[] counters;
  private final int[][] keys;
  private final int[][] wentLeft;

  /// @param counters by leaf
  /// @param room for so many rows at a time
  public BackgroundPass(
      SplitRanks splits, TreeProgram program, PatternCounter[] counters, int room) {
    this.splits = splits;
    this.program = program;
    this.tree = program.tree();
    this.counters = counters;
    this.keys = new int[tree.depth() + 1][room];
    this.wentLeft = new int[tree.depth() + 1][room];
  }

  /// Takes a block through the tree.
  public void run(RowBlock rows) {
    visit(rows, 0, 0);
  }

  private void visit(RowBlock rows, int node, int level) {
    if (tree.isLeaf(node)) {
      counters[node].add(keys[level], rows.count());
      return;
    }
    askLeft(rows, node, wentLeft[level]);
    side(node, level, 0, rows.count());
    visit(rows, tree.left(node), level + 1);
    if (!program.isPair(node)) {
      side(node, level, 1, rows.count());
      visit(rows, tree.right(node), level + 1);
    }
  }

  /// Writes 1 for each row that goes left, else 0.
  private void askLeft(RowBlock rows, int node, int[] left) {
    int feature = tree.feature(node);
    if (!SplitRanks.isRanked(tree, node)) {
      double[] column = rows.column(feature);
      for (int row = 0; row < rows.count(); row++) {
        left[row] = tree.goesLeft(node, column[row]) ? 1 : 0;
      }
      return;
    }
    int[] ranks = rows.ranks(feature);
    int bound = splits.bound(tree, node);
    int kept = tree.missing(node) == MissingRule.NAN_LEFT ? -1 : Integer.MAX_VALUE;
    for (int row = 0; row < rows.count(); row++) {
      left[row] = ((ranks[row] & kept) - bound) >>> 31;
    }
  }

  /// @param side 0 for the left, 1 for the right
  private void side(int node, int level, int side, int count) {
    int[] above = keys[level];
    int[] below = keys[level + 1];
    int[] left = wentLeft[level];
    int bit = program.bit(node);
    int others = program.isRepeated(node) ? ~(1 << bit) : -1;
    int fresh = program.isRepeated(node) ? 0 : 1 << bit;
    for (int row = 0; row < count; row++) {
      int taken = (left[row] ^ side) << bit;
      below[row] = (above[row] & (others | taken)) | (taken & fresh);
    }
  }
}

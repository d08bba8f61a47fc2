package org.primum.explain;

import org.primum.model.MissingRule;
import org.primum.model.Tree;

/// Counts which patterns blocks of background rows have at the leaves of trees whose paths are
/// short enough for a table. Both leaves of a pair have one count: the left one's.
final class BackgroundPass {

  private final SplitRanks splits;
  private final int[][] keys;
  private final int[][] wentLeft;

  /// @param depth of the deepest tree
  BackgroundPass(SplitRanks splits, int depth) {
    this.splits = splits;
    this.keys = new int[depth + 1][RowBlock.ROWS];
    this.wentLeft = new int[depth + 1][RowBlock.ROWS];
  }

  /// Takes the rows through one tree.
  ///
  /// @param counters by leaf
  void run(RowBlock rows, TreeProgram program, PatternCounter[] counters) {
    new Walk(rows, program, counters).visit(0, 0);
  }

  /// The way of a block through a tree.
  private final class Walk {

    private final RowBlock rows;
    private final TreeProgram program;
    private final Tree tree;
    private final PatternCounter[] counters;

    Walk(RowBlock rows, TreeProgram program, PatternCounter[] counters) {
      this.rows = rows;
      this.program = program;
      this.tree = program.tree();
      this.counters = counters;
    }

    void visit(int node, int level) {
      if (tree.isLeaf(node)) {
        counters[node].add(keys[level], rows.count());
        return;
      }
      askLeft(node, wentLeft[level]);
      side(node, level, 0);
      visit(tree.left(node), level + 1);
      if (!program.isPair(node)) {
        side(node, level, 1);
        visit(tree.right(node), level + 1);
      }
    }

    /// Writes 1 for each row that goes left, else 0.
    private void askLeft(int node, int[] left) {
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
    private void side(int node, int level, int side) {
      int[] above = keys[level];
      int[] below = keys[level + 1];
      int[] left = wentLeft[level];
      int bit = program.bit(node);
      int others = program.isRepeated(node) ? ~(1 << bit) : -1;
      int fresh = program.isRepeated(node) ? 0 : 1 << bit;
      for (int row = 0; row < rows.count(); row++) {
        int taken = (left[row] ^ side) << bit;
        below[row] = (above[row] & (others | taken)) | (taken & fresh);
      }
    }
  }
}

package org.primum.explain.tree;

import java.util.Arrays;
import org.primum.model.MissingRule;
import org.primum.model.Tree;

/// On which side of a split the rows of a block go.
public final class RowSides {

  private final SplitRanks splits;

  public RowSides(SplitRanks splits) {
    this.splits = splits;
  }

  /// Writes 1 for each row that goes left, else 0.
  public void ask(RowBlock rows, Tree tree, int node, int[] left) {
    Arrays.fill(left, 0, rows.count(), 0);
    add(rows, tree, node, 0, left);
  }

  /// Adds a bit to the key of each row that goes left.
  public void add(RowBlock rows, Tree tree, int node, int bit, int[] keys) {
    int feature = tree.feature(node);
    if (SplitRanks.isRanked(tree, node)) {
      int kept = tree.missing(node) == MissingRule.NAN_LEFT ? -1 : Integer.MAX_VALUE;
      add(rows.ranks(feature), kept, splits.bound(tree, node), bit, keys, rows.count());
      return;
    }
    double[] column = rows.column(feature);
    for (int row = 0; row < rows.count(); row++) {
      keys[row] += (tree.goesLeft(node, column[row]) ? 1 : 0) << bit;
    }
  }

  private static void add(int[] ranks, int kept, int bound, int bit, int[] keys, int count) {
    for (int row = 0; row < count; row++) {
      keys[row] += (((ranks[row] & kept) - bound) >>> 31) << bit;
    }
  }

  /// The patterns below a split: a new feature's bit is set in those who took the side; a repeated
  /// one stays set in those.
  ///
  /// @param left 1 for each row that goes left, else 0
  /// @param side 0 for the left, 1 for the right
  public static void below(
      int bit, boolean repeated, int[] above, int[] left, int side, int[] below, int count) {
    if (repeated) {
      int others = ~(1 << bit);
      for (int row = 0; row < count; row++) {
        below[row] = above[row] & (others | (left[row] ^ side) << bit);
      }
    } else {
      for (int row = 0; row < count; row++) {
        below[row] = above[row] | (left[row] ^ side) << bit;
      }
    }
  }
}

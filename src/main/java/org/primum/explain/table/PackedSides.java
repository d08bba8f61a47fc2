package org.primum.explain.table;

import org.primum.explain.tree.PackedRows;
import org.primum.explain.tree.SplitRanks;
import org.primum.model.MissingRule;
import org.primum.model.Tree;

/// On which side of a split the rows of a block go, eight rows to a long: a byte for each.
final class PackedSides {

  private static final long ONES = PackedRows.ONES;
  private static final long TOPS = PackedRows.TOPS;
  private static final int HALF = 128;

  private final SplitRanks splits;

  PackedSides(SplitRanks splits) {
    this.splits = splits;
  }

  /// Sets a bit in the key of each row that goes left. It is not yet set in any.
  ///
  /// @param keys of row `i` in byte `i % 8` of `i / 8`
  void add(PackedRows rows, Tree tree, int node, int bit, long[] keys) {
    int feature = tree.feature(node);
    if (!SplitRanks.isRanked(tree, node)) {
      addAsked(rows, tree, node, bit, keys);
      return;
    }
    boolean missingLeft = tree.missing(node) == MissingRule.NAN_LEFT;
    int bound = splits.bound(tree, node);
    if (splits.isSmall(feature)) {
      addBelow(rows.packed(feature), bound, 7 - bit, keys);
      if (missingLeft) {
        addAll(rows.missing(feature), 7 - bit, keys);
      }
      return;
    }
    int[] ranks = rows.ranks(feature);
    int kept = missingLeft ? -1 : Integer.MAX_VALUE;
    for (int row = 0; row < rows.count(); row++) {
      keys[row >>> 3] |= (long) (((ranks[row] & kept) - bound) >>> 31) << (bit + shift(row));
    }
  }

  private static int shift(int row) {
    return PackedRows.shift(row);
  }

  private static void addAsked(PackedRows rows, Tree tree, int node, int bit, long[] keys) {
    double[] column = rows.column(tree.feature(node));
    for (int row = 0; row < rows.count(); row++) {
      keys[row >>> 3] |= (tree.goesLeft(node, column[row]) ? 1L : 0) << (bit + shift(row));
    }
  }

  /// Sets the bit where a rank is below the bound. The greatest bits take part in no subtraction,
  /// so that no byte borrows from the next.
  private static void addBelow(long[] ranks, int bound, int down, long[] keys) {
    long low = (bound & (HALF - 1)) * ONES;
    if (bound < HALF) {
      for (int i = 0; i < ranks.length; i++) {
        long rank = ranks[i];
        keys[i] |= (~(rank | ((rank | TOPS) - low)) & TOPS) >>> down;
      }
    } else {
      for (int i = 0; i < ranks.length; i++) {
        long rank = ranks[i];
        keys[i] |= (~(rank & ((rank | TOPS) - low)) & TOPS) >>> down;
      }
    }
  }

  private static void addAll(long[] rows, int down, long[] keys) {
    for (int i = 0; i < rows.length; i++) {
      keys[i] |= rows[i] >>> down;
    }
  }

  /// The patterns below a split: a new feature's bit is set in those who took the side; a repeated
  /// one stays set in those.
  ///
  /// @param left the least bit of a row's byte is set where it goes left
  /// @param side 0 for the left, 1 for the right
  static void below(
      int bit, boolean repeated, long[] above, long[] left, int side, long[] below, int words) {
    long other = side * ONES;
    long fresh = repeated ? 0 : ONES << bit;
    long kept = repeated ? ~(ONES << bit) : -1;
    for (int i = 0; i < words; i++) {
      long taken = (left[i] ^ other) << bit;
      below[i] = (above[i] & (kept | taken)) | (taken & fresh);
    }
  }
}

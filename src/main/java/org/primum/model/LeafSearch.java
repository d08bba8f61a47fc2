package org.primum.model;

/// Finds the leaves of many rows in the trees of an ensemble, without a branch for each split.
///
/// Values and thresholds become whole numbers of the same order, and a step down is arithmetic on
/// them. A tree that asks for categories or for zeros as missing, or is deep, is asked row by row.
final class LeafSearch {

  /// Rows that go through the trees together: their values stay in the processor's cache.
  static final int ROWS = 128;

  /// Every row takes as many steps as the longest path: too many in a deep tree.
  private static final int DEEPEST = 14;

  private static final long NAN = Long.MAX_VALUE;

  private final Tree tree;
  private final boolean plain;
  private final int[] feature;
  private final int[] children;
  private final long[] bounds;

  /// 1 where a missing value goes left: it turns the greatest number into the least.
  private final long[] shifts;

  LeafSearch(Tree tree) {
    this.tree = tree;
    this.plain = isPlain(tree);
    int size = plain ? tree.size() : 0;
    this.feature = new int[size];
    this.children = new int[2 * size];
    this.bounds = new long[size];
    this.shifts = new long[size];
    for (int node = 0; node < size; node++) {
      boolean leaf = tree.isLeaf(node);
      children[2 * node] = leaf ? node : tree.right(node);
      children[2 * node + 1] = leaf ? node : tree.left(node);
      if (!leaf) {
        feature[node] = tree.feature(node);
        shifts[node] = tree.missing(node) == MissingRule.NAN_LEFT ? 1 : 0;
        long threshold = ordered(tree.threshold(node));
        bounds[node] = threshold + shifts[node] + (tree.rule().isStrict() ? 0 : 1);
      }
    }
  }

  private static boolean isPlain(Tree tree) {
    boolean plain = tree.depth() <= DEEPEST;
    for (int node = 0; node < tree.size() && plain; node++) {
      plain =
          tree.isLeaf(node)
              || !tree.isCategorical(node)
                  && (tree.missing(node) == MissingRule.NAN_LEFT
                      || tree.missing(node) == MissingRule.NAN_RIGHT);
    }
    return plain;
  }

  /// A whole number for a value: the greater value has the greater, NaN the greatest of all.
  static long ordered(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0); // -0.0 is 0.0
    return Double.isNaN(value) ? NAN : bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  /// The leaf of each row.
  ///
  /// @param values of row `i` at `i * columns`, as [DecisionRule#read] returns them
  /// @param orders [#ordered] of the rows from `first` on: of row `first` at 0
  /// @param leaves receives `count` leaves
  void find(double[] values, long[] orders, int columns, int first, int count, int[] leaves) {
    if (!plain) {
      for (int row = 0; row < count; row++) {
        leaves[row] = tree.leaf(values, (first + row) * columns);
      }
      return;
    }
    java.util.Arrays.fill(leaves, 0, count, 0);
    for (int level = 0; level < tree.depth(); level++) {
      step(orders, columns, count, leaves);
    }
  }

  private void step(long[] orders, int columns, int count, int[] nodes) {
    for (int row = 0; row < count; row++) {
      int node = nodes[row];
      long value = orders[row * columns + feature[node]] + shifts[node];
      long bound = bounds[node];
      nodes[row] = children[2 * node + (int) (below(value, bound) >>> 63)];
    }
  }

  /// Has its sign bit set where the value is below the bound. Their difference alone could
  /// overflow.
  private static long below(long value, long bound) {
    return value & ~bound | ~(value ^ bound) & (value - bound);
  }
}

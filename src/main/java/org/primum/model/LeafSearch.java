package org.primum.model;

import java.util.Arrays;

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

  /// Whether values and thresholds are float32.
  private final boolean small;

  private final boolean plain;
  private final int[] feature;
  private final int[] children;
  private final long[] bounds;

  /// 1 where a missing value goes left: it turns the greatest number into the least.
  private final int[] shifts;

  LeafSearch(Tree tree) {
    this.tree = tree;
    this.small = isSmall(tree.rule());
    this.plain = isPlain(tree);
    int size = plain ? tree.size() : 0;
    this.feature = new int[size];
    this.children = new int[2 * size];
    this.bounds = new long[size];
    this.shifts = new int[size];
    for (int node = 0; node < size; node++) {
      boolean leaf = tree.isLeaf(node);
      children[2 * node] = leaf ? node : tree.right(node);
      children[2 * node + 1] = leaf ? node : tree.left(node);
      if (!leaf) {
        feature[node] = tree.feature(node);
        shifts[node] = tree.missing(node) == MissingRule.NAN_LEFT ? 1 : 0;
        double threshold = tree.threshold(node);
        bounds[node] =
            (small ? ordered((float) threshold) : ordered(threshold))
                + shifts[node]
                + (tree.rule().isStrict() ? 0 : 1);
      }
    }
  }

  /// Whether a rule reads values in float32.
  static boolean isSmall(DecisionRule rule) {
    return switch (rule) {
      case FLOAT32_BELOW, FLOAT32_AT_MOST, FLOAT32_MEMBERS -> true;
      case FLOAT64_AT_MOST, FLOAT64_MEMBERS -> false;
    };
  }

  private static boolean isExact(Tree tree, int node) {
    double threshold = tree.threshold(node);
    return !isSmall(tree.rule()) || threshold == (float) threshold;
  }

  private static boolean isNan(MissingRule missing) {
    return switch (missing) {
      case NAN_LEFT, NAN_RIGHT -> true;
      case ZERO_LEFT, ZERO_RIGHT, NAN_IS_ZERO -> false;
    };
  }

  private static boolean isPlain(Tree tree) {
    boolean plain = tree.depth() <= DEEPEST;
    for (int node = 0; node < tree.size() && plain; node++) {
      plain =
          tree.isLeaf(node)
              || (!tree.isCategorical(node) && isExact(tree, node) && isNan(tree.missing(node)));
    }
    return plain;
  }

  /// A whole number for a value: the greater value has the greater, NaN the greatest of all.
  static int ordered(float value) {
    int bits = Float.floatToRawIntBits(value + 0.0f); // -0.0 is 0.0
    return Float.isNaN(value) ? Integer.MAX_VALUE : bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  /// The same of a value in float64.
  static long ordered(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0); // -0.0 is 0.0
    return Double.isNaN(value) ? NAN : bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  /// The values of a block of rows, ready for the search.
  static final class Block {

    private final double[] values;
    private final int columns;
    private final boolean small;
    private final int[] orders32;
    private final long[] orders64;
    private int first;

    /// @param values of row `i` at `i * columns`, as [DecisionRule#read] returns them
    Block(DecisionRule rule, double[] values, int columns) {
      this.values = values;
      this.columns = columns;
      this.small = isSmall(rule);
      this.orders32 = new int[small ? ROWS * columns : 0];
      this.orders64 = new long[small ? 0 : ROWS * columns];
    }

    /// Takes `count` rows from `first` on.
    void take(int first, int count) {
      this.first = first;
      int from = first * columns;
      for (int i = 0; i < count * columns; i++) {
        if (small) {
          orders32[i] = ordered((float) values[from + i]);
        } else {
          orders64[i] = ordered(values[from + i]);
        }
      }
    }
  }

  /// The leaf of each row of a block.
  ///
  /// @param leaves receives `count` leaves
  void find(Block rows, int count, int[] leaves) {
    if (!plain) {
      for (int row = 0; row < count; row++) {
        leaves[row] = tree.leaf(rows.values, (rows.first + row) * rows.columns);
      }
      return;
    }
    Arrays.fill(leaves, 0, count, 0);
    for (int level = 0; level < tree.depth(); level++) {
      if (small) {
        step(rows.orders32, rows.columns, count, leaves);
      } else {
        step(rows.orders64, rows.columns, count, leaves);
      }
    }
  }

  private void step(int[] orders, int columns, int count, int[] nodes) {
    for (int row = 0; row < count; row++) {
      int node = nodes[row];
      int value = orders[row * columns + feature[node]] + shifts[node];
      nodes[row] = children[2 * node + (int) ((value - bounds[node]) >>> 63)];
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
    return (value & ~bound) | (~(value ^ bound) & (value - bound));
  }
}

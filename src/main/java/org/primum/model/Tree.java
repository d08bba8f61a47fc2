package org.primum.model;

import java.util.Arrays;

/// One decision tree, checked and immutable: every node but the root has one parent, children come
/// after their parent (preorder, left first), all numbers are usable.
///
/// Its accessors are for loops over nodes; a leaf has left child -1.
public final class Tree {

  /// The longest path that is read. Libraries' own limits are far below.
  public static final int MAX_DEPTH = 1000;

  private static final int LEAF = -1;

  private final DecisionRule rule;
  private final int output;
  private final int depth;
  private final int[] left;
  private final int[] right;
  private final int[] feature;
  private final double[] threshold;
  private final double[] value;
  private final double[] cover;
  private final MissingRule[] missing;
  private final long[][] categories;
  private final boolean[] categorical;

  /// @param output which margin its leaves add to
  /// @param features how many features the ensemble has
  /// @throws ModelInvalidException where the nodes are no tree (a cycle, a shared or absent child),
  ///   a feature is out of range, a threshold is NaN, or a leaf value or cover is not a finite
  ///   number
  public Tree(DecisionRule rule, int output, TreeNodes nodes, int features) {
    this.rule = rule;
    this.output = output;
    int[] order = new int[nodes.count()];
    int[] parent = new int[nodes.count()];
    int[] depthAt = new int[nodes.count()];
    int count = preorder(nodes, order, parent, depthAt);
    left = new int[count];
    right = new int[count];
    feature = new int[count];
    threshold = new double[count];
    value = new double[count];
    cover = new double[count];
    missing = new MissingRule[count];
    categories = new long[count][];
    categorical = new boolean[count];
    Arrays.fill(left, LEAF);
    Arrays.fill(right, LEAF);
    depth = Arrays.stream(depthAt, 0, count).max().orElseThrow();
    for (int node = 0; node < count; node++) {
      copy(nodes, order[node], node, features);
      if (node > 0) {
        link(nodes, order[node], order[parent[node]], parent[node], node);
      }
    }
  }

  private Tree(Tree other, double[] cover) {
    this.rule = other.rule;
    this.output = other.output;
    this.depth = other.depth;
    this.left = other.left;
    this.right = other.right;
    this.feature = other.feature;
    this.threshold = other.threshold;
    this.value = other.value;
    this.cover = cover;
    this.missing = other.missing;
    this.categories = other.categories;
    this.categorical = other.categorical;
  }

  /// The same tree with other cover, one number a node.
  Tree withCover(double[] other) {
    if (other.length != size()) {
      throw new IllegalArgumentException("a tree of " + size() + " nodes, got " + other.length);
    }
    return new Tree(this, other.clone());
  }

  private static int preorder(TreeNodes nodes, int[] order, int[] parent, int[] depthAt) {
    int count = nodes.count();
    if (count == 0) {
      throw new ModelInvalidException("the tree has no node");
    }
    boolean[] seen = new boolean[count];
    int[] stack = new int[count + 1];
    int[] above = new int[count + 1];
    int waiting = 1;
    int placed = 0;
    above[0] = -1;
    seen[0] = true;
    while (waiting > 0) {
      int node = stack[--waiting];
      int up = above[waiting];
      order[placed] = node;
      parent[placed] = up;
      depthAt[placed] = up < 0 ? 0 : depthAt[up] + 1;
      if (depthAt[placed] > MAX_DEPTH) {
        throw new ModelInvalidException("the tree is deeper than " + MAX_DEPTH);
      }
      if (nodes.left[node] >= 0 || nodes.right[node] >= 0) {
        claim(seen, node, nodes.right[node]);
        claim(seen, node, nodes.left[node]);
        stack[waiting] = nodes.right[node];
        above[waiting++] = placed;
        stack[waiting] = nodes.left[node];
        above[waiting++] = placed;
      }
      placed++;
    }
    return placed;
  }

  private static void claim(boolean[] seen, int parent, int child) {
    if (child < 0 || child >= seen.length) {
      throw new ModelInvalidException(
          "node "
              + parent
              + " has child "
              + child
              + "; the tree has nodes 0 to "
              + (seen.length - 1));
    }
    if (seen[child]) {
      throw new ModelInvalidException("node " + child + " has two parents, or is its own ancestor");
    }
    seen[child] = true;
  }

  private void copy(TreeNodes nodes, int from, int to, int features) {
    cover[to] = nodes.cover[from];
    if (!(cover[to] >= 0 && Double.isFinite(cover[to]))) {
      throw new ModelInvalidException("node " + from + " has cover " + cover[to]);
    }
    categories[to] = nodes.categories[from];
    missing[to] = nodes.missing[from];
    if (nodes.left[from] < 0) {
      value[to] = nodes.value[from];
      requireLeafValue(from, value[to]);
      return;
    }
    feature[to] = nodes.feature[from];
    if (feature[to] < 0 || feature[to] >= features) {
      throw new ModelInvalidException(
          "node " + from + " reads feature " + feature[to] + " of " + features);
    }
    categorical[to] = nodes.categorical[from];
    threshold[to] = nodes.threshold[from];
    if (!categorical[to] && Double.isNaN(threshold[to])) {
      throw new ModelInvalidException("node " + from + " has no threshold (NaN)");
    }
  }

  private static void requireLeafValue(int node, double value) {
    if (!Double.isFinite(value)) {
      throw new ModelInvalidException("leaf " + node + " has the value " + value);
    }
  }

  private void link(TreeNodes nodes, int from, int parentFrom, int parent, int node) {
    if (nodes.left[parentFrom] == from) {
      left[parent] = node;
    } else {
      right[parent] = node;
    }
  }

  public DecisionRule rule() {
    return rule;
  }

  /// Which of the ensemble's margins the leaves add to.
  public int output() {
    return output;
  }

  /// Splits on the longest path.
  public int depth() {
    return depth;
  }

  /// Number of nodes, at least one.
  public int size() {
    return left.length;
  }

  public boolean isLeaf(int node) {
    return left[node] == LEAF;
  }

  public int left(int node) {
    return left[node];
  }

  public int right(int node) {
    return right[node];
  }

  public int feature(int node) {
    return feature[node];
  }

  /// What the leaf adds.
  public double value(int node) {
    return value[node];
  }

  public double cover(int node) {
    return cover[node];
  }

  /// The part of a split's cover that goes to one of its children, in [0, 1] where covers are
  /// consistent. Where the parent has no cover it is one half, as in XGBoost.
  public double coverRatio(int parent, int child) {
    return cover[parent] > 0 ? cover[child] / cover[parent] : 0.5;
  }

  /// What a split compares with; of no meaning at a categorical one.
  public double threshold(int node) {
    return threshold[node];
  }

  /// Which values a split takes as missing.
  public MissingRule missing(int node) {
    return missing[node];
  }

  /// Whether a split asks for a category.
  public boolean isCategorical(int node) {
    return categorical[node];
  }

  /// The category set of a categorical split as [TreeNodes#categories] has it; not to be changed.
  public long[] categories(int node) {
    return categories[node];
  }

  /// Whether a value goes left at a split.
  ///
  /// @param x the value as [DecisionRule#read] returns it; NaN is missing
  public boolean goesLeft(int node, double x) {
    MissingRule missingRule = missing[node];
    if (categorical[node]) {
      return categoryGoesLeft(node, x, missingRule);
    }
    double read = x;
    if (Double.isNaN(x)) {
      switch (missingRule) {
        case NAN_LEFT, ZERO_LEFT -> {
          return true;
        }
        case NAN_RIGHT, ZERO_RIGHT -> {
          return false;
        }
        case NAN_IS_ZERO -> read = 0;
      }
    } else if (isZeroMissing(missingRule) && Math.abs(x) <= MissingRule.ZERO_THRESHOLD) {
      return missingRule == MissingRule.ZERO_LEFT;
    }
    return rule.isStrict() ? read < threshold[node] : read <= threshold[node];
  }

  private static boolean isZeroMissing(MissingRule rule) {
    return rule == MissingRule.ZERO_LEFT || rule == MissingRule.ZERO_RIGHT;
  }

  private boolean categoryGoesLeft(int node, double x, MissingRule missingRule) {
    if (rule.storesMembers()) {
      return Double.isNaN(x)
          ? missingRule == MissingRule.NAN_LEFT
          : Arrays.binarySearch(categories[node], TreeNodes.word(x)) >= 0;
    }
    boolean setGoesLeft = rule.storesLeftCategories();
    if (Double.isNaN(x)) {
      return !setGoesLeft && missingRule == MissingRule.NAN_LEFT;
    }
    return isInSet(categories[node], setGoesLeft ? (double) (long) x : x) == setGoesLeft;
  }

  /// A fraction truncates (for LightGBM before the sign is looked at); a negative or far code is in
  /// no set.
  private static boolean isInSet(long[] set, double x) {
    if (!(x >= 0 && x < 64.0 * set.length)) {
      return false;
    }
    int code = (int) x;
    return (set[code >> 6] >>> (code & 63) & 1) != 0;
  }

  /// The leaf a row falls into.
  ///
  /// @param values features as [DecisionRule#read] returns them
  /// @param offset where the row begins in `values`
  public int leaf(double[] values, int offset) {
    int node = 0;
    while (left[node] != LEAF) {
      node = goesLeft(node, values[offset + feature[node]]) ? left[node] : right[node];
    }
    return node;
  }
}

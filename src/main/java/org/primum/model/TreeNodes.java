package org.primum.model;

import java.util.Arrays;

/// What a file says of one tree: parallel arrays over its nodes in the file's numbering, node 0 the
/// root. Nothing is checked yet; [Tree] does that.
public final class TreeNodes {

  /// The children; negative at a leaf.
  public final int[] left;

  public final int[] right;

  /// The feature a split reads.
  public final int[] feature;

  public final double[] threshold;

  /// What a leaf adds to the margin; ignored at splits.
  public final double[] value;

  /// Training rows or summed hessians that passed the node.
  public final double[] cover;

  /// Where missing values go.
  public final MissingRule[] missing;

  /// The category set of a categorical split: bits, 64 codes a word, or [#members] where the rule
  /// stores those; empty at other nodes.
  public final long[][] categories;

  /// Whether a split is categorical.
  public final boolean[] categorical;

  private static final long[] NONE = {};

  /// @param count the number of nodes
  public TreeNodes(int count) {
    left = new int[count];
    right = new int[count];
    feature = new int[count];
    threshold = new double[count];
    value = new double[count];
    cover = new double[count];
    missing = new MissingRule[count];
    categories = new long[count][];
    categorical = new boolean[count];
    Arrays.fill(left, -1);
    Arrays.fill(right, -1);
    Arrays.fill(missing, MissingRule.NAN_LEFT);
    Arrays.fill(categories, NONE);
  }

  /// The numbers of a set as words that [DecisionRule#storesMembers] looks up.
  public static long[] members(double[] numbers) {
    return Arrays.stream(numbers).mapToLong(TreeNodes::word).sorted().distinct().toArray();
  }

  static long word(double number) {
    return Double.doubleToLongBits(number + 0.0); // -0.0 is 0.0
  }

  public int count() {
    return left.length;
  }
}

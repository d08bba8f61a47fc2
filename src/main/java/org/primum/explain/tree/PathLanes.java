package org.primum.explain.tree;

/// Takes the products of rows down one edge of a tree, and the sums of leaves up again: the hot
/// loops of deep trees. Number `row` of point `p` is at `p * rows + row`.
public interface PathLanes {

  /// Rows come in multiples of this; those that are left over are of no meaning.
  int ROWS = 8;

  /// Multiplies the products above the edge by its factors.
  void down(PathStep step, double[] above, double[] below, int rows);

  /// Adds the sums below the edge, times its factors, to those above it.
  ///
  /// @param products above the edge
  /// @param gains receives what the edge gives to its feature
  void up(
      PathStep step, double[] products, double[] below, double[] above, double[] gains, int rows);

  /// Adds the sums below the edge, times its factors, to those above it, and what the edge's
  /// feature makes of them.
  ///
  /// @param change sums below the edge times the feature's bit less the cover let through; at a
  ///   later edge of the feature what that changes
  void gather(PathStep step, double[] below, double[] above, double[] change, int rows);

  /// Adds what the leaves below a split give to a pair: half of what its other feature's bit, less
  /// the cover let through, makes of the sum over points.
  ///
  /// @param other the latest step of the other feature
  /// @param products of all features above but the other
  /// @param change what the split's own feature makes of the leaves below
  /// @param sums of row `i` at `to + i`
  void pair(PathStep other, double[] products, double[] change, double[] sums, int to, int rows);

  /// The same where a leaf is below.
  void leaf(
      PathStep step, double value, double[] products, double[] above, double[] gains, int rows);
}

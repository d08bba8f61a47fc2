package org.primum.explain.table;

import org.primum.explain.tree.TreeProgram;

/// Where the entries of a tree's leaves and pairs of leaves come from: see [Lanes].
public interface TreeEntries {

  TreeProgram program();

  /// Entries that hold those of some patterns.
  ///
  /// @param node a leaf, or the split above a pair
  float[] entries(int node, int[] patterns, int count);

  /// What a pair gives to the feature of the split above it, by entry: the last feature of its
  /// path, which its entries leave out.
  ///
  /// @param pair the split, of which [#entries] were asked just before
  float[] own(int pair);

  /// Which entry each row takes.
  int[] keys(int[] patterns);
}

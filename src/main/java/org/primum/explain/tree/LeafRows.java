package org.primum.explain.tree;

/// What becomes of rows that have reached a leaf.
public interface LeafRows {

  /// Takes the patterns that some rows have at a leaf.
  ///
  /// @param patterns word `w` of row `i` at `w * count + i`
  void take(int leaf, long[] patterns, int count);
}

package org.primum.explain.table;

import java.util.Arrays;
import org.primum.explain.tree.PackedRows;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeBundles;
import org.primum.explain.tree.TreeBundles.Bundle;
import org.primum.explain.tree.TreeProgram;
import org.primum.model.Tree;

/// Finds the key of every row of a block for every bundle of trees.
final class BundleKeys {

  /// Not a power of two: the keys of a row's bundles would all meet in one place of the cache.
  static final int STRIDE = PackedRows.words(PackedRows.ROWS) + 8;

  private final PackedSides sides;
  private final PackedRows rows;
  private final int words;
  private final long[][] patterns;
  private final long[][] wentLeft;

  /// The keys of one bundle, in an array of their own: Java's compiler makes vectors only of arrays
  /// that are read and written at the same places.
  private final long[] key;

  /// @param depth of the deepest tree
  BundleKeys(SplitRanks splits, int depth, PackedRows rows) {
    this.sides = new PackedSides(splits);
    this.rows = rows;
    this.words = PackedRows.words(rows.count());
    this.patterns = new long[depth + 1][words];
    this.wentLeft = new long[depth + 1][words];
    this.key = new long[words];
  }

  /// The keys of one tree.
  ///
  /// @param keys receives that of bundle `b` and row `i` in byte `i % 8` of `(from + b) * STRIDE +
  ///   i / 8`
  void find(TreeBundles tree, long[] keys, int from) {
    new Walk(tree, keys, from).visit(0, 0);
  }

  /// The way of the block through a tree.
  private final class Walk {

    private final TreeBundles bundles;
    private final TreeProgram program;
    private final Tree tree;
    private final long[] keys;
    private final int from;

    Walk(TreeBundles bundles, long[] keys, int from) {
      this.bundles = bundles;
      this.program = bundles.program();
      this.tree = program.tree();
      this.keys = keys;
      this.from = from;
    }

    void visit(int node, int level) {
      long[] above = patterns[level];
      int at = bundles.at(node);
      if (at >= 0) {
        look(bundles.all().get(at), above, (from + at) * STRIDE);
        return;
      }
      long[] left = wentLeft[level];
      Arrays.fill(left, 0);
      sides.add(rows, tree, node, 0, left);
      int bit = program.bit(node);
      boolean repeated = program.isRepeated(node);
      PackedSides.below(bit, repeated, above, left, 0, patterns[level + 1], words);
      visit(tree.left(node), level + 1);
      PackedSides.below(bit, repeated, above, left, 1, patterns[level + 1], words);
      visit(tree.right(node), level + 1);
    }

    private void look(Bundle bundle, long[] above, int to) {
      System.arraycopy(above, 0, key, 0, words);
      int bit = bundle.above();
      for (int node : bundle.splits()) {
        sides.add(rows, tree, node, bit++, key);
      }
      System.arraycopy(key, 0, keys, to, words);
    }
  }
}

package org.primum.explain;

import org.primum.explain.TreeBundles.Bundle;
import org.primum.model.Tree;

/// Takes a block of rows through trees cut into bundles.
///
/// First the key of every row for every bundle of a tree, then, row by row, the sum of its entries:
/// float32 within a tree, float64 from tree to tree.
final class BundlePass {

  /// Not a power of two: the keys of a row's bundles would all meet in one place of the cache.
  private static final int STRIDE = RowBlock.ROWS + 16;

  private final RowSides sides;
  private final Lanes lanes;
  private final int width;
  private final RowBlock rows;
  private final int count;
  private final int[][] patterns;
  private final int[][] wentLeft;
  private final int[] key;
  private int[] keys = {};
  private final double[][] totals;

  /// @param depth of the deepest tree
  /// @param features of the model
  BundlePass(SplitRanks splits, Lanes lanes, int depth, int features, int outputs, RowBlock rows) {
    this.sides = new RowSides(splits);
    this.lanes = lanes;
    this.width = EntryPlaces.width(features);
    this.rows = rows;
    this.count = rows.count();
    this.patterns = new int[depth + 1][count];
    this.wentLeft = new int[depth + 1][count];
    this.key = new int[count];
    this.totals = new double[outputs][count * width];
  }

  /// Takes the rows through the trees of a run.
  void run(BundleEntries entries) {
    BundleRun run = entries.run();
    int size = run.members().size();
    if (keys.length < size * STRIDE) {
      keys = new int[size * STRIDE];
    }
    int from = 0;
    for (TreeBundles tree : run.trees()) {
      visit(entries, tree, from, 0, 0);
      from += tree.all().size();
    }
    float[] numbers = entries.numbers(keys, STRIDE, count);
    lanes.sum(totals[run.output()], entries.places(), numbers, keys, STRIDE, count);
  }

  /// @param from the first bundle of the tree in its run
  private void visit(BundleEntries entries, TreeBundles bundles, int from, int node, int level) {
    TreeProgram program = bundles.program();
    Tree tree = program.tree();
    int at = bundles.at(node);
    if (at >= 0) {
      look(bundles.all().get(at), tree, entries.base(from + at), patterns[level]);
      System.arraycopy(key, 0, keys, (from + at) * STRIDE, count);
      return;
    }
    int[] left = wentLeft[level];
    sides.ask(rows, tree, node, left);
    int bit = program.bit(node);
    boolean repeated = program.isRepeated(node);
    RowSides.below(bit, repeated, patterns[level], left, 0, patterns[level + 1], count);
    visit(entries, bundles, from, tree.left(node), level + 1);
    RowSides.below(bit, repeated, patterns[level], left, 1, patterns[level + 1], count);
    visit(entries, bundles, from, tree.right(node), level + 1);
  }

  private void look(Bundle bundle, Tree tree, int base, int[] above) {
    for (int row = 0; row < count; row++) {
      key[row] = base + above[row];
    }
    int bit = bundle.above();
    for (int node : bundle.splits()) {
      sides.add(rows, tree, node, bit++, key);
    }
  }

  /// Adds what has come together.
  ///
  /// @param values feature `f` of output `c` of row `i` at `(c * features + f) * allRows + i`
  void give(double[] values, int features, int allRows) {
    for (int output = 0; output < totals.length; output++) {
      for (int feature = 0; feature < features; feature++) {
        int to = (output * features + feature) * allRows + rows.first();
        for (int row = 0; row < count; row++) {
          values[to + row] += totals[output][row * width + feature];
        }
      }
    }
  }
}

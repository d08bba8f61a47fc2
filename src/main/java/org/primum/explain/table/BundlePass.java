package org.primum.explain.table;

import org.primum.explain.tree.BundleRun;
import org.primum.explain.tree.EntryPlaces;
import org.primum.explain.tree.Lanes;
import org.primum.explain.tree.PackedRows;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeBundles;

/// Takes a block of rows through trees cut into bundles.
///
/// First the key of every row for every bundle of a tree, then, row by row, the sum of its entries:
/// float32 within a tree, float64 from tree to tree.
public final class BundlePass {

  private final BundleKeys found;
  private final Lanes lanes;
  private final int width;
  private final PackedRows rows;
  private long[] keys = {};
  private final double[][] totals;

  /// @param depth of the deepest tree
  /// @param features of the model
  public BundlePass(
      SplitRanks splits, Lanes lanes, int depth, int features, int outputs, PackedRows rows) {
    this.found = new BundleKeys(splits, depth, rows);
    this.lanes = lanes;
    this.width = EntryPlaces.width(features);
    this.rows = rows;
    this.totals = new double[outputs][8 * PackedRows.words(rows.count()) * width];
  }

  /// Takes the rows through the trees of a run.
  public void run(BundleEntries entries) {
    BundleRun run = entries.run();
    int size = run.members().size();
    if (keys.length < size * BundleKeys.STRIDE) {
      keys = new long[size * BundleKeys.STRIDE];
    }
    int from = 0;
    for (TreeBundles tree : run.trees()) {
      found.find(tree, keys, from);
      from += tree.all().size();
    }
    float[] numbers = entries.numbers(keys, BundleKeys.STRIDE, rows.count());
    lanes.sum(
        totals[run.output()], entries.places(), numbers, keys, BundleKeys.STRIDE, rows.count());
  }

  /// Adds what has come together.
  ///
  /// @param values feature `f` of output `c` of row `i` at `(c * features + f) * allRows + i`
  public void give(double[] values, int features, int allRows) {
    for (int output = 0; output < totals.length; output++) {
      for (int feature = 0; feature < features; feature++) {
        int to = (output * features + feature) * allRows + rows.first();
        for (int row = 0; row < rows.count(); row++) {
          values[to + row] += totals[output][row * width + feature];
        }
      }
    }
  }
}

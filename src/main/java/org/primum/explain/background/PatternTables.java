package org.primum.explain.background;

import java.util.Arrays;
import java.util.IdentityHashMap;
import org.primum.explain.tree.LeafPath;

/// The Shapley values of leaves by pattern, filled as patterns occur. Tables are kept for as many
/// leaves as fit the budget; the others share one that is cleared each time.
///
/// A slot is NaN until its pattern occurs. What a slot holds depends on leaf and pattern only, so
/// neither the budget nor the order of rows changes a value.
final class PatternTables {

  private static final double[] NONE = {};

  private final IdentityHashMap<LeafPath, double[]> kept = new IdentityHashMap<>();
  private long budget;
  private double[] shared = NONE;

  /// @param budget how many numbers may be kept
  PatternTables(long budget) {
    this.budget = budget;
  }

  /// The leaf's table: `phi_j` of pattern `p` at `j << k | p`, or NaN.
  double[] table(LeafPath leaf) {
    double[] table = kept.get(leaf);
    if (table != null) {
      return table;
    }
    int size = (int) leaf.tableSize();
    if (size <= budget) {
      budget -= size;
      double[] fresh = new double[size];
      Arrays.fill(fresh, Double.NaN);
      kept.put(leaf, fresh);
      return fresh;
    }
    if (shared.length < size) {
      shared = new double[size];
    }
    Arrays.fill(shared, 0, 1 << leaf.size(), Double.NaN);
    return shared;
  }
}

package org.primum.explain.tree;

import org.primum.model.FeatureMatrix;

/// Trees with paths of too many features for tables of all patterns.
public interface DeepTrees {

  /// Adds what the trees give to each row's features, in float64 and on all cores.
  ///
  /// @param values feature `f` of output `c` of row `i` at `(c * features + f) * rows + i`
  void add(FeatureMatrix rows, double[] values);
}

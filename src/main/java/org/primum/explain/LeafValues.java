package org.primum.explain;

/// The Shapley values of the game "this leaf alone", by what it means not to know a feature.
interface LeafValues {

  /// The values of all features for every pattern.
  ///
  /// @param into receives `phi_j` of pattern `p` at `j << k | p`
  void ofAll(TreeProgram program, int leaf, double[] into);

  /// The values of all features for one pattern: the same numbers as [#ofAll] gives.
  ///
  /// @param into receives `phi_j` at `j`
  void of(TreeProgram program, int leaf, int pattern, double[] into);
}

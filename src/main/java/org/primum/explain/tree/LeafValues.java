package org.primum.explain.tree;

import java.util.List;
import org.primum.explain.value.ExplanationMode;
import org.primum.model.TreeEnsemble;

/// The Shapley values of the game "this leaf alone", by what it means not to know a feature.
public interface LeafValues {

  /// What it means not to know a feature.
  ExplanationMode mode();

  /// What a tree adds to the margin where no feature is known.
  double baseValue(TreeProgram program);

  /// The values of all features for every pattern.
  ///
  /// @param into receives `phi_j` of pattern `p` at `j << k | p`
  void ofAll(TreeProgram program, int leaf, double[] into);

  /// Whether [#of] gives the numbers of [#ofAll] to the bit. Where it does not, tables are made
  /// even for one row, so that a row's values are the same beside any others.
  boolean isSameAlone();

  /// The values of all features for one pattern.
  ///
  /// @param into receives `phi_j` at `j`
  void of(TreeProgram program, int leaf, int pattern, double[] into);

  /// The values of all features for one pattern of any length.
  ///
  /// @param words bit `j` of word `j / 64` is that of feature `j`
  /// @param into receives `phi_j` at `offset + j * stride`
  void of(TreeProgram program, int leaf, long[] words, double[] into, int offset, int stride);

  /// How the features of single leaves interact, for one thread.
  LeafPairs pairs();

  /// How rows go through trees whose paths are too long for tables.
  ///
  /// @param programs of such trees
  DeepTrees deep(TreeEnsemble model, SplitRanks splits, Lanes lanes, List<TreeProgram> programs);
}

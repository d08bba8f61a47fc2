package org.primum.explain.tree;

/// How the features on a leaf's path interact in the game "this leaf alone", by what it means not
/// to know a feature: for each pair half of its Shapley interaction index.
///
/// The index of `i` and `j` is `integral over t in [0, 1] of the second derivative of the game's
/// multilinear extension by i and j, at (t, …, t)`.
///
/// Source: Grabisch and Roubens 1999, <https://doi.org/10.1007/s001820050125>; the half, so that
/// values of a feature with all others add up, is Lundberg et al. 2020, equation 8,
/// <https://doi.org/10.1038/s42256-019-0138-9>; as an integral: Fujimoto, Kojadinovic and Marichal
/// 2006, <https://doi.org/10.1016/j.geb.2005.03.002>.
public interface LeafPairs {

  /// Where the pair of features `i < j` of a path stands among its pairs.
  static int at(int i, int j) {
    return j * (j - 1) / 2 + i;
  }

  /// How many pairs `k` features make.
  static int count(int k) {
    return k * (k - 1) / 2;
  }

  /// The values of all pairs for every pattern.
  ///
  /// @param into receives the pair at `q` of pattern `p` at `q << k | p`
  void ofAll(TreeProgram program, int leaf, double[] into);

  /// Whether [#of] gives the numbers of [#ofAll] to the bit.
  boolean isSameAlone();

  /// The values of all pairs for one pattern of any length.
  ///
  /// @param words bit `j` of word `j / 64` is that of feature `j`
  /// @param into receives the pair at `q` at `q`
  void of(TreeProgram program, int leaf, long[] words, double[] into);
}

package org.primum.explain;

/// The weights of [SupersetSums] for paths of `k` features. With `p` features that only the
/// explained row satisfies and `q` that only the background row does, a feature of the former gets
/// `(p - 1)! q! / (p + q)!` and one of the latter loses `p! (q - 1)! / (p + q)!`.
///
/// Those of the eight sets that differ in their first three features stand side by side, for they
/// depend on how many of the later features a set has and on `p` only.
final class RankWeights {

  /// So many sets have their weights side by side.
  static final int RUN = 8;

  private final int ranks;
  private final double[] up;
  private final double[] without;
  private final double[] down;

  /// @param values has the weights
  RankWeights(BackgroundValues values, int k) {
    this.ranks = k + 1;
    this.up = new double[ranks * ranks * RUN];
    this.without = new double[ranks * ranks * RUN];
    this.down = new double[ranks * ranks * RUN];
    for (int later = 0; later <= k; later++) {
      for (int p = 0; p <= k - later; p++) {
        for (int lane = 0; lane < RUN; lane++) {
          int q = later + Integer.bitCount(lane);
          up[at(later, p) + lane] = up(values, k, p, q);
          without[at(later, p) + lane] = up(values, k, p, q - 1);
          down[at(later, p) + lane] = down(values, k, p, q);
        }
      }
    }
  }

  /// What a feature gets that only the explained row satisfies, of `p` of these; 0 where there is
  /// none.
  static double up(BackgroundValues values, int k, int p, int q) {
    return p > 0 && q >= 0 && p + q <= k ? values.weight(p + q, p) : 0;
  }

  /// What a feature loses that only the background row satisfies, of `q` of these; 0 where there is
  /// none.
  static double down(BackgroundValues values, int k, int p, int q) {
    return q > 0 && p + q <= k ? values.weight(p + q, q) : 0;
  }

  /// Where the weights of a run begin; those of the next `p` follow it.
  ///
  /// @param later how many of the later features the sets have
  int at(int later, int p) {
    return (later * ranks + p) * RUN;
  }

  double[] up() {
    return up;
  }

  /// The same as if the set had one feature less.
  double[] without() {
    return without;
  }

  double[] down() {
    return down;
  }
}

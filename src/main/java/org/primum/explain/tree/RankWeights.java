package org.primum.explain.tree;

/// The weights of `SupersetSums` for paths of `k` features. With `p` features that only the
/// explained row satisfies and `q` that only the background row does, a feature of the former gets
/// `(p - 1)! q! / (p + q)!` and one of the latter loses `p! (q - 1)! / (p + q)!`.
///
/// Those of the eight sets that differ in their first three features stand side by side, for they
/// depend on how many of the later features a set has and on `p` only.
public final class RankWeights {

  /// `(p - 1)! (n - p)! / n!`: the part of all orders in which `p` given ones of `n`, and none of
  /// the others, have come when the last of them comes.
  public interface Weights {
    double of(int n, int p);
  }

  /// So many sets have their weights side by side.
  public static final int RUN = 8;

  private final int ranks;
  private final double[] up;
  private final double[] without;
  private final double[] down;

  /// @param weights of all orders
  public RankWeights(Weights weights, int k) {
    this.ranks = k + 1;
    this.up = new double[ranks * ranks * RUN];
    this.without = new double[ranks * ranks * RUN];
    this.down = new double[ranks * ranks * RUN];
    for (int later = 0; later <= k; later++) {
      for (int p = 0; p <= k - later; p++) {
        for (int lane = 0; lane < RUN; lane++) {
          int q = later + Integer.bitCount(lane);
          up[at(later, p) + lane] = up(weights, k, p, q);
          without[at(later, p) + lane] = up(weights, k, p, q - 1);
          down[at(later, p) + lane] = down(weights, k, p, q);
        }
      }
    }
  }

  /// What a feature gets that only the explained row satisfies, of `p` of these; 0 where there is
  /// none.
  public static double up(Weights weights, int k, int p, int q) {
    return p > 0 && q >= 0 && p + q <= k ? weights.of(p + q, p) : 0;
  }

  /// What a feature loses that only the background row satisfies, of `q` of these; 0 where there is
  /// none.
  public static double down(Weights weights, int k, int p, int q) {
    return q > 0 && p + q <= k ? weights.of(p + q, q) : 0;
  }

  /// Where the weights of a run begin; those of the next `p` follow it.
  ///
  /// @param later how many of the later features the sets have
  int at(int later, int p) {
    return (later * ranks + p) * RUN;
  }

  public double[] up() {
    return up;
  }

  /// The same as if the set had one feature less.
  double[] without() {
    return without;
  }

  public double[] down() {
    return down;
  }
}

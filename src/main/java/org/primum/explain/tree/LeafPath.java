package org.primum.explain.tree;

import java.util.Arrays;

/// One leaf with the features on its path, and the Shapley values of the game "this leaf alone".
///
/// With `v` the leaf's value, `r_j` the part of the training cover that the path's splits on
/// feature `j` let through, and `s_j` 1 where the row satisfies all of them and else 0, the value
/// of a coalition is `v * prod_{j in S} s_j * prod_{j not in S} r_j`, and
///
/// `phi_i = v (s_i - r_i) * integral over t in [0, 1] of prod_{j != i} (s_j t + r_j (1 - t))`
///
/// The integrand is a polynomial of degree `k - 1` over `k` features, so `ceil(k / 2)` points of
/// Gauss and Legendre are exact. Every factor lies in [0, 1]: nothing cancels at any depth.
///
/// Source: the multilinear extension, Owen 1972, <https://doi.org/10.1287/mnsc.18.5.64>; for tree
/// paths the quadrature form of <https://arxiv.org/abs/2605.04497>.
public final class LeafPath {

  /// Up to so many features a leaf's values are kept for each of the `2^k` patterns.
  public static final int TABLE_FEATURES = 12;

  private final double value;
  private final int[] features;
  private final double[] ratios;
  private final GaussLegendre quadrature;

  /// @param features the distinct features on the path, in the order of the pattern's bits
  /// @param ratios `r_j` of each
  LeafPath(double value, int[] features, double[] ratios) {
    this.value = value;
    this.features = features;
    this.ratios = ratios;
    this.quadrature = GaussLegendre.ofPoints(Math.max(1, (features.length + 1) / 2));
  }

  /// Number of distinct features.
  public int size() {
    return features.length;
  }

  /// What the leaf adds to the margin of a row that reaches it.
  public double value() {
    return value;
  }

  public int feature(int index) {
    return features[index];
  }

  /// The part of the cover that the path's splits on a feature let through.
  double ratio(int index) {
    return ratios[index];
  }

  /// What the leaf adds to the margin where no feature is known.
  double baseValue() {
    double base = value;
    for (double ratio : ratios) {
      base *= ratio;
    }
    return base;
  }

  public boolean hasTable() {
    return features.length <= TABLE_FEATURES;
  }

  /// How many numbers a full table holds.
  public long tableSize() {
    return hasTable() ? (long) features.length << features.length : 0;
  }

  /// Computes the values of all features for one pattern.
  ///
  /// @param words bit `j` of word `j / 64` is `s_j`
  /// @param scratch at least `2 * size()` long
  /// @param into receives `phi_j` at `offset + j * stride`
  void shapley(long[] words, double[] scratch, double[] into, int offset, int stride) {
    int k = features.length;
    for (int j = 0; j < k; j++) {
      into[offset + j * stride] = 0;
    }
    for (int point = 0; point < quadrature.count(); point++) {
      addPoint(words, point, scratch, into, offset, stride);
    }
    for (int j = 0; j < k; j++) {
      into[offset + j * stride] *= value * (satisfied(words, j) - ratios[j]);
    }
  }

  /// Products of all factors but one, as the products before it times those after it: dividing by
  /// the one would fail where it is zero.
  private void addPoint(
      long[] words, int point, double[] scratch, double[] into, int offset, int stride) {
    int k = features.length;
    double t = quadrature.point(point);
    double before = 1;
    for (int j = 0; j < k; j++) {
      scratch[j] = factor(satisfied(words, j), j, t);
      scratch[k + j] = before;
      before *= scratch[j];
    }
    double after = quadrature.weight(point);
    for (int j = k - 1; j >= 0; j--) {
      into[offset + j * stride] += scratch[k + j] * after;
      after *= scratch[j];
    }
  }

  /// Computes the values of all features for every pattern, in the very steps of [#shapley].
  ///
  /// @param into receives `phi_j` of pattern `p` at `j << k | p`
  /// @param scratch at least `2^(k + 1)` long
  void shapleyOfAll(double[] into, double[] scratch) {
    int k = features.length;
    Arrays.fill(into, 0, k * (1 << k), 0);
    for (int point = 0; point < quadrature.count(); point++) {
      addPointOfAll(point, into, scratch);
    }
    for (int j = 0; j < k; j++) {
      for (int pattern = 0; pattern < 1 << k; pattern++) {
        into[j << k | pattern] *= value * ((pattern >>> j & 1) - ratios[j]);
      }
    }
  }

  /// The products before `j` depend on the bits below `j`, those after it on the bits above: each
  /// is made once. Those before `j` are at `2^j`; those after it follow, at `2^k + 2^(k - 1 - j)`.
  private void addPointOfAll(int point, double[] into, double[] scratch) {
    int k = features.length;
    double t = quadrature.point(point);
    scratch[1] = 1;
    for (int j = 0; j + 1 < k; j++) {
      int size = 1 << j;
      for (int low = 0; low < size; low++) {
        scratch[2 * size + low] = scratch[size + low] * factor(0, j, t);
        scratch[3 * size + low] = scratch[size + low] * factor(1, j, t);
      }
    }
    int all = 1 << k;
    scratch[all + 1] = quadrature.weight(point);
    for (int j = k - 1; j > 0; j--) {
      int size = 1 << (k - 1 - j);
      for (int high = 0; high < size; high++) {
        scratch[all + 2 * size + 2 * high] = scratch[all + size + high] * factor(0, j, t);
        scratch[all + 2 * size + 2 * high + 1] = scratch[all + size + high] * factor(1, j, t);
      }
    }
    for (int j = 0; j < k; j++) {
      addProducts(j, into, scratch);
    }
  }

  private void addProducts(int j, double[] into, double[] scratch) {
    int k = features.length;
    int before = 1 << j;
    int after = 1 << (k - 1 - j);
    for (int high = 0; high < after; high++) {
      double product = scratch[(1 << k) + after + high];
      for (int bit = 0; bit < 2; bit++) {
        int to = j << k | high << (j + 1) | bit << j;
        for (int low = 0; low < before; low++) {
          into[to + low] += scratch[before + low] * product;
        }
      }
    }
  }

  private double factor(int satisfied, int j, double t) {
    return satisfied * t + ratios[j] * (1 - t);
  }

  private static int satisfied(long[] words, int j) {
    return (int) (words[j >> 6] >>> (j & 63)) & 1;
  }
}

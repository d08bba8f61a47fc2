package org.primum.explain.tree;

import java.util.Arrays;

/// Interactions where both branches of a split on an unknown feature are followed, weighted by
/// cover: with `v`, `r` and `s` as in [LeafPath], half of
///
/// `v (s_i - r_i) (s_j - r_j) * integral over t in [0, 1] of prod_{l != i, j} (s_l t + r_l (1 -
/// t))`
///
/// The integrand is a polynomial of degree `k - 2`, so `floor(k / 2)` points of Gauss and Legendre
/// are exact. A product is those before `i`, between and behind `j`, multiplied: nothing is
/// divided, nothing cancels.
public final class CoverPairs implements LeafPairs {

  private static final double[] NONE = {};

  private double[] before = NONE;
  private double[] between = NONE;
  private double[] behind = NONE;
  private double[] integrals = NONE;

  /// Makes room for paths of `k` features, whose parts have up to `size` numbers.
  private void require(int k, int size) {
    if (before.length < 2 * size) {
      before = new double[2 * size];
      between = new double[size];
      behind = new double[2 * size];
    }
    int numbers = LeafPairs.count(k) * Math.max(1, size / 4);
    if (integrals.length < numbers) {
      integrals = new double[numbers];
    }
  }

  @Override
  public boolean isSameAlone() {
    return true;
  }

  @Override
  public void ofAll(TreeProgram program, int leaf, double[] into) {
    LeafPath path = program.leaf(leaf);
    int k = path.size();
    if (k < 2) {
      return;
    }
    require(k, 1 << k);
    int quarter = 1 << (k - 2);
    Arrays.fill(integrals, 0, LeafPairs.count(k) * quarter, 0);
    GaussLegendre quadrature = GaussLegendre.ofPoints(k / 2);
    for (int point = 0; point < quadrature.count(); point++) {
      addPoint(path, quadrature.point(point), quadrature.weight(point));
    }
    for (int j = 1; j < k; j++) {
      for (int i = 0; i < j; i++) {
        spread(path, i, j, into);
      }
    }
  }

  /// Adds one point's products of all factors but two, for each pattern of the others. Those before
  /// `i` are at `2^i` by the bits below `i`; those behind `j` at `2^(k - 1 - j)` by the bits above.
  private void addPoint(LeafPath path, double t, double weight) {
    int k = path.size();
    before[1] = 1;
    for (int j = 0; j + 1 < k; j++) {
      int size = 1 << j;
      for (int low = 0; low < size; low++) {
        before[2 * size + low] = before[size + low] * factor(path, 0, j, t);
        before[3 * size + low] = before[size + low] * factor(path, 1, j, t);
      }
    }
    behind[1] = weight;
    for (int j = k - 1; j > 0; j--) {
      int size = 1 << (k - 1 - j);
      for (int high = 0; high < size; high++) {
        behind[2 * size + 2 * high] = behind[size + high] * factor(path, 0, j, t);
        behind[2 * size + 2 * high + 1] = behind[size + high] * factor(path, 1, j, t);
      }
    }
    for (int i = 0; i + 1 < k; i++) {
      addPairs(path, i, t);
    }
  }

  private void addPairs(LeafPath path, int i, double t) {
    int k = path.size();
    between[0] = 1;
    for (int j = i + 1; j < k; j++) {
      int size = 1 << (j - i - 1);
      int to = LeafPairs.at(i, j) << (k - 2);
      int after = 1 << (k - 1 - j);
      for (int high = 0; high < after; high++) {
        for (int middle = 0; middle < size; middle++) {
          double product = behind[after + high] * between[middle];
          addProducts(i, product, to + ((high * size + middle) << i));
        }
      }
      for (int middle = 0; middle < size; middle++) {
        between[size + middle] = between[middle] * factor(path, 1, j, t);
        between[middle] *= factor(path, 0, j, t);
      }
    }
  }

  private void addProducts(int i, double product, int to) {
    int size = 1 << i;
    for (int low = 0; low < size; low++) {
      integrals[to + low] += before[size + low] * product;
    }
  }

  /// From the patterns of all features but two to those of all.
  private void spread(LeafPath path, int i, int j, double[] into) {
    int k = path.size();
    int from = LeafPairs.at(i, j) << (k - 2);
    int to = LeafPairs.at(i, j) << k;
    int below = (1 << i) - 1;
    int middle = (1 << (j - 1)) - 1 - below;
    double none = scale(path, i, 0, j, 0);
    double first = scale(path, i, 1, j, 0);
    double second = scale(path, i, 0, j, 1);
    double both = scale(path, i, 1, j, 1);
    for (int others = 0; others < 1 << (k - 2); others++) {
      int above = others & ~(below | middle);
      int at = to + ((others & below) | ((others & middle) << 1) | (above << 2));
      double integral = integrals[from + others];
      into[at] = integral * none;
      into[at | 1 << i] = integral * first;
      into[at | 1 << j] = integral * second;
      into[at | 1 << i | 1 << j] = integral * both;
    }
  }

  @Override
  public void of(TreeProgram program, int leaf, long[] words, double[] into) {
    LeafPath path = program.leaf(leaf);
    int k = path.size();
    if (k < 2) {
      return;
    }
    require(k, k);
    Arrays.fill(into, 0, LeafPairs.count(k), 0);
    GaussLegendre quadrature = GaussLegendre.ofPoints(k / 2);
    for (int point = 0; point < quadrature.count(); point++) {
      addPoint(path, words, quadrature.point(point), quadrature.weight(point), into);
    }
    for (int j = 1; j < k; j++) {
      for (int i = 0; i < j; i++) {
        into[LeafPairs.at(i, j)] *= scale(path, i, bit(words, i), j, bit(words, j));
      }
    }
  }

  /// The very steps of the other one, for one pattern.
  private void addPoint(LeafPath path, long[] words, double t, double weight, double[] into) {
    int k = path.size();
    double after = weight;
    for (int j = k - 1; j >= 0; j--) {
      between[j] = factor(path, bit(words, j), j, t);
      behind[j] = after;
      after *= between[j];
    }
    double product = 1;
    for (int i = 0; i + 1 < k; i++) {
      double middle = 1;
      for (int j = i + 1; j < k; j++) {
        into[LeafPairs.at(i, j)] += product * (behind[j] * middle);
        middle *= between[j];
      }
      product *= between[i];
    }
  }

  private static double scale(LeafPath path, int i, int first, int j, int second) {
    return path.value() / 2 * ((first - path.ratio(i)) * (second - path.ratio(j)));
  }

  private static double factor(LeafPath path, int satisfied, int j, double t) {
    return satisfied * t + path.ratio(j) * (1 - t);
  }

  private static int bit(long[] words, int j) {
    return (int) (words[j >> 6] >>> (j & 63)) & 1;
  }
}

package org.primum.explain.background;

import java.util.Arrays;
import org.primum.explain.tree.GaussLegendre;
import org.primum.explain.tree.LeafPairs;
import org.primum.explain.tree.TreeProgram;

/// Interactions where the values of background rows stand in the place of unknown ones: with `v`,
/// `b` and `s` as in [BackgroundValues], half of the mean over the background rows of
///
/// `v (s_i - b_i) (s_j - b_j) * integral over t in [0, 1] of prod_{l != i, j} (s_l t + b_l (1 -
/// t))`
///
/// With `p` features where only the explained row satisfies its splits and `q` where only the
/// background row does, the integral is `(p - 2)! q! / (p + q - 1)!` where both are among the
/// former, `p! (q - 2)! / (p + q - 1)!` where both are among the latter, and `(p - 1)! (q - 1)! /
/// (p
/// + q - 1)!` for one of each. For all patterns at once the sums of products are made as in
///   [BackgroundValues], leaving out two features. All addends of a value have one sign.
final class BackgroundPairs implements LeafPairs {

  private static final double[] NONE = {};

  private final BackgroundValues values;

  /// By how many halves have been taken in.
  private double[][] halves = {};

  private double[] counts = NONE;

  BackgroundPairs(BackgroundValues values) {
    this.values = values;
  }

  @Override
  public boolean isSameAlone() {
    return false;
  }

  @Override
  public void ofAll(TreeProgram program, int leaf, double[] into) {
    int k = program.leaf(leaf).size();
    if (k < 2) {
      return;
    }
    int size = LeafPairs.count(k) << k;
    Arrays.fill(into, 0, size, 0);
    count(program, leaf, k);
    GaussLegendre quadrature = GaussLegendre.ofPoints(k / 2);
    for (int point = 0; point < quadrature.count(); point++) {
      double t = quadrature.point(point);
      System.arraycopy(counts, 0, halves[0], 0, 1 << k);
      for (int i = 0; i + 1 < k; i++) {
        leaveOut(i, i + 1, k, 0, k, t, quadrature.weight(point), into);
        BackgroundValues.takeIn(halves[0], i, k, t);
      }
    }
    double scale = program.leaf(leaf).value() / (2 * values.rows());
    for (int at = 0; at < size; at++) {
      into[at] *= scale;
    }
  }

  private void count(TreeProgram program, int leaf, int k) {
    if (counts.length < 1 << k) {
      counts = new double[1 << k];
      halves = new double[2 + Integer.SIZE - Integer.numberOfLeadingZeros(k)][1 << k];
    }
    Arrays.fill(counts, 0, 1 << k, 0);
    PatternHistogram histogram = values.histogram(program, leaf);
    int flip = (int) BackgroundValues.flip(program, leaf, 0);
    for (int entry = 0; entry < histogram.size(); entry++) {
      counts[(int) histogram.word(entry, 0) ^ flip] = histogram.count(entry);
    }
  }

  /// Takes in the features of one half and goes on with the other, until `i` and one more are left.
  ///
  /// @param level `halves[level]` has taken in all features but `i` and those from `low` to `high`
  private void leaveOut(
      int i, int low, int high, int level, int k, double t, double weight, double[] into) {
    if (high - low == 1) {
      addLeftOut(halves[level], i, low, k, weight, into);
      return;
    }
    int middle = (low + high) >>> 1;
    double[] half = halves[level + 1];
    System.arraycopy(halves[level], 0, half, 0, 1 << k);
    for (int j = middle; j < high; j++) {
      BackgroundValues.takeIn(half, j, k, t);
    }
    leaveOut(i, low, middle, level + 1, k, t, weight, into);
    System.arraycopy(halves[level], 0, half, 0, 1 << k);
    for (int j = low; j < middle; j++) {
      BackgroundValues.takeIn(half, j, k, t);
    }
    leaveOut(i, middle, high, level + 1, k, t, weight, into);
  }

  /// Both bits of the explained row differ from the background row's, or the pair gets nothing.
  private static void addLeftOut(double[] sums, int i, int j, int k, double weight, double[] into) {
    int first = 1 << i;
    int second = 1 << j;
    int to = LeafPairs.at(i, j) << k;
    for (int none = 0; none < 1 << k; none++) {
      if ((none & (first | second)) == 0) {
        int both = none | first | second;
        into[to + none] += weight * sums[both];
        into[to + both] += weight * sums[none];
        into[to + (none | first)] -= weight * sums[none | second];
        into[to + (none | second)] -= weight * sums[none | first];
      }
    }
  }

  @Override
  public void of(TreeProgram program, int leaf, long[] pattern, double[] into) {
    PatternHistogram histogram = values.histogram(program, leaf);
    int k = program.leaf(leaf).size();
    Arrays.fill(into, 0, LeafPairs.count(k), 0);
    long[] flips = new long[(k + 63) / 64];
    for (int word = 0; word < flips.length; word++) {
      flips[word] = BackgroundValues.flip(program, leaf, word);
    }
    int[] apart = new int[k];
    for (int entry = 0; entry < histogram.size(); entry++) {
      addEntry(histogram, entry, flips, pattern, k, apart, into);
    }
    double scale = program.leaf(leaf).value() / (2 * values.rows());
    for (int at = 0; at < LeafPairs.count(k); at++) {
      into[at] *= scale;
    }
  }

  /// What the background rows of one pattern give, for a leaf of value 1.
  ///
  /// @param apart receives the features in which the two rows differ
  private void addEntry(
      PatternHistogram histogram,
      int entry,
      long[] flips,
      long[] pattern,
      int k,
      int[] apart,
      double[] into) {
    int above = 0;
    int differ = 0;
    for (int word = 0; word < flips.length; word++) {
      long bits = histogram.word(entry, word) ^ flips[word];
      if ((pattern[word] | bits) != BackgroundValues.bits(k, word)) {
        return; // no mixture of the two rows reaches the leaf
      }
      above += Long.bitCount(pattern[word] & ~bits);
      for (long left = pattern[word] ^ bits; left != 0; left &= left - 1) {
        apart[differ++] = 64 * word + Long.numberOfTrailingZeros(left);
      }
    }
    addPairs(pattern, histogram.count(entry), apart, differ, above, into);
  }

  private void addPairs(
      long[] pattern, int count, int[] apart, int differ, int above, double[] into) {
    int below = differ - above;
    int last = differ - 1;
    double up = above > 1 ? count * values.weight(last, above - 1) : 0;
    double down = below > 1 ? count * values.weight(last, above + 1) : 0;
    double across = above > 0 && below > 0 ? -count * values.weight(last, above) : 0;
    for (int b = 1; b < differ; b++) {
      double withUp = isSet(pattern, apart[b]) ? up : across;
      double withDown = isSet(pattern, apart[b]) ? across : down;
      for (int a = 0; a < b; a++) {
        into[LeafPairs.at(apart[a], apart[b])] += isSet(pattern, apart[a]) ? withUp : withDown;
      }
    }
  }

  private static boolean isSet(long[] pattern, int j) {
    return (pattern[j >> 6] >>> (j & 63) & 1) != 0;
  }
}

package org.primum.explain.background;

import java.util.Arrays;
import org.primum.explain.tree.RankWeights;

/// What one leaf gives to the features on its path against all background rows, for one pattern of
/// an explained row: to the bit what [SupersetSums] gives for all of them.
final class PatternMatches {

  private static final int WIDTH = SupersetSums.MOST_FEATURES + 1;

  private final BackgroundValues values;

  /// How many background rows that have all the explained row lacks lack `p` features: `Z_p(s)`.
  private final int[] counts = new int[WIDTH];

  /// And `p` features, among them the `j`-th: at `j * WIDTH + p`.
  private final int[] lacking = new int[WIDTH * WIDTH];

  /// Features that some of them lack.
  private int lacked;

  private final double[] weights = new double[WIDTH];

  PatternMatches(BackgroundValues values) {
    this.values = values;
  }

  /// @param flip bits that are asked for the other way round
  /// @param set the features that the explained row lacks
  /// @param scale by which all values are multiplied
  /// @param into receives `phi_j` at `offset + j`
  /// @return whether any background row has all of the set
  boolean of(
      PatternHistogram histogram,
      int flip,
      int k,
      int set,
      double scale,
      double[] into,
      int offset) {
    if (!count(histogram, flip, k, set)) {
      return false;
    }
    int q = Integer.bitCount(set);
    double up = 0;
    double down = 0;
    for (int p = 0; p <= k - q; p++) {
      weights[p] = RankWeights.up(values::weight, k, p, q);
      up += weights[p] * counts[p];
      down += RankWeights.down(values::weight, k, p, q) * counts[p];
    }
    for (int j = 0; j < k; j++) {
      if ((set >>> j & 1) != 0) {
        into[offset + j] = down * -scale;
      } else if ((lacked >>> j & 1) != 0) {
        into[offset + j] = up * scale - without(j, k - q) * scale;
      } else {
        into[offset + j] = 0; // both sums are the same
      }
    }
    return true;
  }

  private double without(int j, int most) {
    double without = 0;
    for (int p = 1; p < most; p++) {
      without += weights[p] * (counts[p] - lacking[j * WIDTH + p]);
    }
    return without;
  }

  private boolean count(PatternHistogram histogram, int flip, int k, int set) {
    Arrays.fill(counts, 0, k + 1, 0);
    Arrays.fill(lacking, 0, k * WIDTH, 0);
    lacked = 0;
    boolean any = false;
    for (int group = 0; group < histogram.groups(); group++) {
      for (long left = histogram.having(set, flip, group); left != 0; left &= left - 1) {
        int entry = 64 * group + Long.numberOfTrailingZeros(left);
        int alone = ~((int) histogram.word(entry, 0) ^ flip) & ((1 << k) - 1);
        add(alone, histogram.count(entry));
        any = true;
      }
    }
    return any;
  }

  /// @param alone the features that the background rows lack
  private void add(int alone, int count) {
    int p = Integer.bitCount(alone);
    counts[p] += count;
    lacked |= alone;
    for (int left = alone; left != 0; left &= left - 1) {
      lacking[Integer.numberOfTrailingZeros(left) * WIDTH + p] += count;
    }
  }
}

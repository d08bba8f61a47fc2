package org.primum.explain.tree;

/// One set after the other: the twin of [VectorSetLanes], with the same numbers to the bit.
public final class ScalarSetLanes implements SetLanes {

  @Override
  public int cost() {
    return 3;
  }

  @Override
  public void add(int[] sums, int from, int count) {
    for (int i = from; i < from + count; i++) {
      sums[i] += sums[i + count];
    }
  }

  @Override
  public void weigh(
      int[] sums, int all, int k, RankWeights weights, double scale, SetValues values) {
    for (int set = 0; set < 1 << k; set++) {
      int later = Integer.bitCount(set / RankWeights.RUN);
      int at = weights.at(later, 0) + set % RankWeights.RUN;
      double up = 0;
      double without = 0;
      double down = weights.down()[at] * all;
      for (int p = 1; p <= k - later; p++) {
        at += RankWeights.RUN;
        int sum = sums[SetLanes.at(set, p, k)];
        up += weights.up()[at] * sum;
        without += weights.without()[at] * sum;
        down += weights.down()[at] * sum;
      }
      values.up()[set] = up * scale;
      values.without()[set] = without * scale;
      values.down()[set] = down * -scale;
    }
  }

  @Override
  public void give(
      double[] sums, int stride, double[] entries, int width, int[] rows, int[] kinds, int count) {
    for (int i = 0; i < count; i++) {
      int to = rows[i] * stride;
      int from = kinds[i] * width;
      for (int j = 0; j < width; j++) {
        sums[to + j] += entries[from + j];
      }
    }
  }
}

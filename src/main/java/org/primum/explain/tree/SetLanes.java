package org.primum.explain.tree;

/// Weighs counts of sets of features: a hot loop of deep trees against a background.
public interface SetLanes {

  /// Sets that differ in their first four features stand side by side.
  int BLOCK = 16;

  /// Where the sum of `p` from 1 to `k` and a set stands: block after block, and in a block `p`
  /// after `p`.
  static int at(int set, int p, int k) {
    return (set / BLOCK * k + p - 1) * BLOCK + set % BLOCK;
  }

  /// How many numbers the sums take.
  static int room(int k) {
    return k * Math.max(BLOCK, 1 << k);
  }

  /// How much longer sets take than with vectors.
  int cost();

  /// Adds to each of `count` numbers the one that stands `count` behind it.
  ///
  /// @param count a multiple of [#BLOCK]
  void add(int[] sums, int from, int count);

  /// Writes what each set of `k` features gives.
  ///
  /// @param sums as [#at] has them
  /// @param all the count of `p` = 0, which is that of every set
  /// @param scale by which the values are multiplied
  void weigh(int[] sums, int all, int k, RankWeights weights, double scale, SetValues values);

  /// Adds to the sums of row `rows[i]` the entry `kinds[i]`.
  ///
  /// @param sums of row `r` at `r * stride`
  /// @param entries each `width` long, a multiple of [RankWeights#RUN] and at most `stride`
  void give(
      double[] sums, int stride, double[] entries, int width, int[] rows, int[] kinds, int count);
}

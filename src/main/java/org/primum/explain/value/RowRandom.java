package org.primum.explain.value;

import java.util.BitSet;
import org.primum.model.FeatureMatrix;

/// Random numbers of one row: they depend on the seed and the row's own values, so neither shards,
/// nor the order of rows, nor threads change them.
///
/// Source: SplitMix64, Steele, Lea and Flood 2014, <https://doi.org/10.1145/2714064.2660195>.
public final class RowRandom {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long state;

  public RowRandom(long seed) {
    this.state = seed;
  }

  /// @param row which of the rows
  public static RowRandom of(long seed, FeatureMatrix rows, int row) {
    long hash = mix(seed);
    for (int column = 0; column < rows.columns(); column++) {
      hash = mix((hash + GOLDEN) ^ Double.doubleToLongBits(rows.value(row, column)));
    }
    return new RowRandom(hash);
  }

  /// A bijection of 64 bits.
  public static long mix(long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  long next() {
    long found = mix(state);
    state += GOLDEN;
    return found;
  }

  /// A whole number from 0 to `bound - 1`, each equally likely: 31 random bits without those that
  /// would favor small ones.
  int below(int bound) {
    int limit = Integer.MAX_VALUE - Integer.MAX_VALUE % bound;
    int bits = (int) (next() >>> 33);
    while (bits >= limit) {
      bits = (int) (next() >>> 33);
    }
    return bits % bound;
  }

  /// In [0, 1).
  public double uniform() {
    return (next() >>> 11) * 0x1p-53;
  }

  /// 0 to `size - 1` in any order, each equally likely.
  public int[] order(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int other = below(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  /// So many of 0 to `of - 1`, each choice equally likely.
  public BitSet subset(int size, int of) {
    BitSet chosen = new BitSet(of);
    int[] order = order(of);
    for (int i = 0; i < size; i++) {
      chosen.set(order[i]);
    }
    return chosen;
  }
}

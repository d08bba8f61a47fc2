package org.primum.explain.pair;

import org.primum.explain.tree.Lanes;

/// What the leaves of a bundle give to pairs, by key: a column of numbers for each pair.
interface PairNumbers {

  /// Adds to each row's sum what the column holds for its key.
  ///
  /// @param sums of row `i` at `to + i`
  void add(int column, int[] keys, int count, double[] sums, int to);

  /// In float64.
  final class Exact implements PairNumbers {

    private final double[] numbers;
    private final int stride;

    /// @param stride from column to column
    Exact(double[] numbers, int stride) {
      this.numbers = numbers;
      this.stride = stride;
    }

    @Override
    public void add(int column, int[] keys, int count, double[] sums, int to) {
      int from = column * stride;
      for (int row = 0; row < count; row++) {
        sums[to + row] += numbers[from + keys[row]];
      }
    }
  }

  /// In float32, which are added up in float64.
  final class Mixed implements PairNumbers {

    private final float[] numbers;
    private final int stride;
    private final int bits;
    private final Lanes lanes;

    /// @param stride from column to column
    /// @param bits of a key
    Mixed(double[] numbers, int stride, int bits, Lanes lanes) {
      this.numbers = new float[numbers.length + Lanes.SPARE];
      for (int i = 0; i < numbers.length; i++) {
        this.numbers[i] = (float) numbers[i];
      }
      this.stride = stride;
      this.bits = bits;
      this.lanes = lanes;
    }

    @Override
    public void add(int column, int[] keys, int count, double[] sums, int to) {
      lanes.look(numbers, column * stride, bits, keys, sums, to, count);
    }
  }
}

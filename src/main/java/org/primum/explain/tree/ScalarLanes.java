package org.primum.explain.tree;

import java.util.Arrays;

/// One number after the other: the twin of [VectorLanes], with the same sums to the bit.
public final class ScalarLanes implements Lanes {

  @Override
  public PathLanes paths() {
    return new ScalarPathLanes();
  }

  @Override
  public SetLanes sets() {
    return new ScalarSetLanes();
  }

  @Override
  public void add(float[] sums, int stride, float[] entries, int width, int[] keys, int count) {
    for (int row = 0; row < count; row++) {
      int to = row * stride;
      int from = keys[row] * width;
      for (int lane = 0; lane < width; lane += WIDTH) {
        sums[to + lane] += entries[from + lane];
        sums[to + lane + 1] += entries[from + lane + 1];
        sums[to + lane + 2] += entries[from + lane + 2];
        sums[to + lane + 3] += entries[from + lane + 3];
      }
    }
  }

  @Override
  public void look(
      float[] numbers, int from, int bits, int[] keys, double[] sums, int to, int count) {
    look(numbers, from, keys, sums, to, 0, count);
  }

  /// The same for the rows from `first` to before `count`.
  static void look(
      float[] numbers, int from, int[] keys, double[] sums, int to, int first, int count) {
    for (int row = first; row < count; row++) {
      sums[to + row] += numbers[from + keys[row]];
    }
  }

  @Override
  public void sum(
      double[] totals, EntryPlaces places, float[] entries, long[] keys, int stride, int count) {
    int width = places.width();
    int[] firsts = places.firsts();
    float[] sums = new float[width];
    for (int row = 0; row < count; row++) {
      Arrays.fill(sums, 0);
      for (int bundle = 0; bundle < places.bundles(); bundle++) {
        int key = (int) (keys[bundle * stride + (row >>> 3)] >>> PackedRows.shift(row)) & 0xFF;
        addEight(sums, places.features(), bundle * 8, entries, (firsts[bundle] + key) * 8);
      }
      int to = row * width;
      for (int lane = 0; lane < width; lane++) {
        totals[to + lane] += sums[lane];
      }
    }
  }

  private static void addEight(float[] sums, int[] features, int at, float[] entries, int from) {
    sums[features[at]] += entries[from];
    sums[features[at + 1]] += entries[from + 1];
    sums[features[at + 2]] += entries[from + 2];
    sums[features[at + 3]] += entries[from + 3];
    sums[features[at + 4]] += entries[from + 4];
    sums[features[at + 5]] += entries[from + 5];
    sums[features[at + 6]] += entries[from + 6];
    sums[features[at + 7]] += entries[from + 7];
  }
}

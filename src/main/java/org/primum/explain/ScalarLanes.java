package org.primum.explain;

/// One number after the other: the twin of [VectorLanes], with the same sums to the bit.
final class ScalarLanes implements Lanes {

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
      float[] sums, float[] entries, int width, int[] keys, int stride, int bundles, int count) {
    for (int row = 0; row < count; row++) {
      int to = row * width;
      for (int lane = 0; lane < width; lane += 8) {
        sumEight(sums, to + lane, entries, width, lane, keys, stride, row, bundles);
      }
    }
  }

  private static void sumEight(
      float[] sums,
      int to,
      float[] entries,
      int width,
      int lane,
      int[] keys,
      int stride,
      int row,
      int bundles) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    for (int bundle = 0; bundle < bundles; bundle++) {
      int from = keys[bundle * stride + row] * width + lane;
      a += entries[from];
      b += entries[from + 1];
      c += entries[from + 2];
      d += entries[from + 3];
      e += entries[from + 4];
      f += entries[from + 5];
      g += entries[from + 6];
      h += entries[from + 7];
    }
    sums[to] = a;
    sums[to + 1] = b;
    sums[to + 2] = c;
    sums[to + 3] = d;
    sums[to + 4] = e;
    sums[to + 5] = f;
    sums[to + 6] = g;
    sums[to + 7] = h;
  }
}

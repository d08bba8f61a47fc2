package org.primum.explain;

/// One number after the other: the twin of [VectorLanes], with the same sums to the bit.
final class ScalarLanes implements Lanes {

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
}

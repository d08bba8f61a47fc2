package org.primum.explain;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Four or eight numbers at once: the one class that knows Java's vector module, which is still
/// incubating. Whoever makes one has asked [Lanes#isVectorized].
final class VectorLanes implements Lanes {

  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;

  @Override
  public void add(float[] sums, int stride, float[] entries, int width, int[] keys, int count) {
    int lane = 0;
    for (; lane + 8 <= width; lane += 8) {
      addEight(sums, stride, entries, width, keys, count, lane);
    }
    if (lane < width) {
      addFour(sums, stride, entries, width, keys, count, lane);
    }
  }

  private static void addEight(
      float[] sums, int stride, float[] entries, int width, int[] keys, int count, int lane) {
    for (int row = 0; row < count; row++) {
      int to = row * stride + lane;
      FloatVector sum = FloatVector.fromArray(EIGHT, sums, to);
      sum.add(FloatVector.fromArray(EIGHT, entries, keys[row] * width + lane)).intoArray(sums, to);
    }
  }

  private static void addFour(
      float[] sums, int stride, float[] entries, int width, int[] keys, int count, int lane) {
    for (int row = 0; row < count; row++) {
      int to = row * stride + lane;
      FloatVector sum = FloatVector.fromArray(FOUR, sums, to);
      sum.add(FloatVector.fromArray(FOUR, entries, keys[row] * width + lane)).intoArray(sums, to);
    }
  }
}

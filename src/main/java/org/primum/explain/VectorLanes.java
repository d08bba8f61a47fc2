package org.primum.explain;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Four or eight numbers at once: with [VectorPathLanes] and [VectorLookUps] the one that knows
/// Java's vector module, which is still incubating. Whoever makes one has asked
/// [Lanes#isVectorized].
final class VectorLanes implements Lanes {

  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;

  @Override
  public PathLanes paths() {
    return new VectorPathLanes();
  }

  @Override
  public SetLanes sets() {
    return new VectorSetLanes();
  }

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

  @Override
  public void look(
      float[] numbers, int from, int bits, int[] keys, double[] sums, int to, int count) {
    int done = VectorLookUps.add(numbers, from, bits, keys, sums, to, count);
    ScalarLanes.look(numbers, from, keys, sums, to, done, count);
  }

  @Override
  public void sum(
      float[] sums, float[] entries, int width, int[] keys, int stride, int bundles, int count) {
    int lane = 0;
    for (; lane + 32 <= width; lane += 32) {
      sumFour(sums, entries, width, lane, keys, stride, bundles, count);
    }
    for (; lane + 16 <= width; lane += 16) {
      sumTwo(sums, entries, width, lane, keys, stride, bundles, count);
    }
    if (lane < width) {
      sumOne(sums, entries, width, lane, keys, stride, bundles, count);
    }
  }

  private static void sumFour(
      float[] sums,
      float[] entries,
      int width,
      int lane,
      int[] keys,
      int stride,
      int bundles,
      int count) {
    for (int row = 0; row < count; row++) {
      FloatVector a = FloatVector.zero(EIGHT);
      FloatVector b = FloatVector.zero(EIGHT);
      FloatVector c = FloatVector.zero(EIGHT);
      FloatVector d = FloatVector.zero(EIGHT);
      for (int bundle = 0; bundle < bundles; bundle++) {
        int from = keys[bundle * stride + row] * width + lane;
        a = a.add(FloatVector.fromArray(EIGHT, entries, from));
        b = b.add(FloatVector.fromArray(EIGHT, entries, from + 8));
        c = c.add(FloatVector.fromArray(EIGHT, entries, from + 16));
        d = d.add(FloatVector.fromArray(EIGHT, entries, from + 24));
      }
      int to = row * width + lane;
      a.intoArray(sums, to);
      b.intoArray(sums, to + 8);
      c.intoArray(sums, to + 16);
      d.intoArray(sums, to + 24);
    }
  }

  private static void sumTwo(
      float[] sums,
      float[] entries,
      int width,
      int lane,
      int[] keys,
      int stride,
      int bundles,
      int count) {
    for (int row = 0; row < count; row++) {
      FloatVector a = FloatVector.zero(EIGHT);
      FloatVector b = FloatVector.zero(EIGHT);
      for (int bundle = 0; bundle < bundles; bundle++) {
        int from = keys[bundle * stride + row] * width + lane;
        a = a.add(FloatVector.fromArray(EIGHT, entries, from));
        b = b.add(FloatVector.fromArray(EIGHT, entries, from + 8));
      }
      a.intoArray(sums, row * width + lane);
      b.intoArray(sums, row * width + lane + 8);
    }
  }

  private static void sumOne(
      float[] sums,
      float[] entries,
      int width,
      int lane,
      int[] keys,
      int stride,
      int bundles,
      int count) {
    for (int row = 0; row < count; row++) {
      FloatVector a = FloatVector.zero(EIGHT);
      for (int bundle = 0; bundle < bundles; bundle++) {
        int from = keys[bundle * stride + row] * width + lane;
        a = a.add(FloatVector.fromArray(EIGHT, entries, from));
      }
      a.intoArray(sums, row * width + lane);
    }
  }
}

package org.primum.explain.tree;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// As many sets at once as the processor takes. Whoever makes one has asked [Lanes#isVectorized].
public final class VectorSetLanes implements SetLanes {

  private static final VectorSpecies<Double> WIDE =
      DoubleVector.SPECIES_PREFERRED.length() > RankWeights.RUN
          ? DoubleVector.SPECIES_512
          : DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> ADDED =
      IntVector.SPECIES_PREFERRED.length() > BLOCK
          ? IntVector.SPECIES_512
          : IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> COUNTS =
      VectorSpecies.of(
          int.class, jdk.incubator.vector.VectorShape.forBitSize(WIDE.vectorBitSize() / 2));

  private final ScalarSetLanes few = new ScalarSetLanes();

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void add(int[] sums, int from, int count) {
    for (int i = from; i < from + count; i += ADDED.length()) {
      IntVector behind = IntVector.fromArray(ADDED, sums, i + count);
      IntVector.fromArray(ADDED, sums, i).add(behind).intoArray(sums, i);
    }
  }

  @Override
  public void weigh(
      int[] sums, int all, int k, RankWeights weights, double scale, SetValues values) {
    if (1 << k < RankWeights.RUN || WIDE.length() < 2) {
      few.weigh(sums, all, k, weights, scale, values);
      return;
    }
    for (int set = 0; set < 1 << k; set += WIDE.length()) {
      weigh(sums, all, k, weights, scale, values, set);
    }
  }

  private static void weigh(
      int[] sums, int all, int k, RankWeights weights, double scale, SetValues values, int set) {
    int later = Integer.bitCount(set / RankWeights.RUN);
    int at = weights.at(later, 0) + set % RankWeights.RUN;
    DoubleVector up = DoubleVector.zero(WIDE);
    DoubleVector without = DoubleVector.zero(WIDE);
    DoubleVector down = DoubleVector.fromArray(WIDE, weights.down(), at).mul(all);
    int from = SetLanes.at(set, 1, k);
    for (int p = 1; p <= k - later; p++) {
      at += RankWeights.RUN;
      DoubleVector sum =
          (DoubleVector)
              IntVector.fromArray(COUNTS, sums, from).convertShape(VectorOperators.I2D, WIDE, 0);
      up = up.add(DoubleVector.fromArray(WIDE, weights.up(), at).mul(sum));
      without = without.add(DoubleVector.fromArray(WIDE, weights.without(), at).mul(sum));
      down = down.add(DoubleVector.fromArray(WIDE, weights.down(), at).mul(sum));
      from += BLOCK;
    }
    up.mul(scale).intoArray(values.up(), set);
    without.mul(scale).intoArray(values.without(), set);
    down.mul(-scale).intoArray(values.down(), set);
  }

  @Override
  public void give(
      double[] sums, int stride, double[] entries, int width, int[] rows, int[] kinds, int count) {
    for (int i = 0; i < count; i++) {
      int to = rows[i] * stride;
      int from = kinds[i] * width;
      for (int j = 0; j < width; j += WIDE.length()) {
        DoubleVector entry = DoubleVector.fromArray(WIDE, entries, from + j);
        DoubleVector.fromArray(WIDE, sums, to + j).add(entry).intoArray(sums, to + j);
      }
    }
  }
}

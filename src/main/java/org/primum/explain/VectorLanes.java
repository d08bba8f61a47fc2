package org.primum.explain;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Four or eight numbers at once: with [VectorPathLanes] the one that knows Java's vector module,
/// which is still incubating. Whoever makes one has asked [Lanes#isVectorized].
final class VectorLanes implements Lanes {

  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;

  /// As many lanes as the machine has, of eight and sixteen.
  private static final VectorSpecies<Float> WIDE =
      FloatVector.SPECIES_PREFERRED.length() > 8 ? FloatVector.SPECIES_512 : EIGHT;

  private static final boolean IS_WIDER = WIDE.length() > TreeBundles.WIDTH;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED.length() > 8 ? IntVector.SPECIES_512 : IntVector.SPECIES_256;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED.length() > 4 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_256;

  @Override
  public PathLanes paths() {
    return new VectorPathLanes();
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
  public void sum(
      double[] totals, EntryPlaces places, float[] entries, int[] keys, int stride, int count) {
    int lane = 0;
    for (; lane + 2 * WIDE.length() <= places.width(); lane += 2 * WIDE.length()) {
      sumTwo(totals, lane, places, entries, keys, stride, count);
    }
    if (lane < places.width()) {
      sumOne(totals, lane, places, entries, keys, stride, count);
    }
  }

  private static void sumTwo(
      double[] totals,
      int lane,
      EntryPlaces places,
      float[] entries,
      int[] keys,
      int stride,
      int count) {
    int width = places.width();
    int bundles = places.bundles();
    int[] sources = places.sources();
    for (int row = 0; row < count; row++) {
      FloatVector a = FloatVector.zero(WIDE);
      FloatVector b = FloatVector.zero(WIDE);
      int source = lane;
      for (int bundle = 0; bundle < bundles; bundle++) {
        IntVector entry = entry(entries, keys[bundle * stride + row]);
        a = a.add(placed(entry, sources, source));
        b = b.add(placed(entry, sources, source + WIDE.length()));
        source += width;
      }
      add(a, totals, row * width + lane);
      add(b, totals, row * width + lane + WIDE.length());
    }
  }

  private static void sumOne(
      double[] totals,
      int lane,
      EntryPlaces places,
      float[] entries,
      int[] keys,
      int stride,
      int count) {
    int width = places.width();
    int bundles = places.bundles();
    int[] sources = places.sources();
    for (int row = 0; row < count; row++) {
      FloatVector a = FloatVector.zero(WIDE);
      int source = lane;
      for (int bundle = 0; bundle < bundles; bundle++) {
        a = a.add(placed(entry(entries, keys[bundle * stride + row]), sources, source));
        source += width;
      }
      add(a, totals, row * width + lane);
    }
  }

  /// The numbers of an entry, and zeros where there are more lanes.
  private static IntVector entry(float[] entries, int key) {
    return (IntVector)
        FloatVector.fromArray(EIGHT, entries, key * TreeBundles.WIDTH)
            .reinterpretAsInts()
            .reinterpretShape(INTS, 0);
  }

  /// The numbers of an entry in the lanes of their features, the others 0.
  private static FloatVector placed(IntVector entry, int[] sources, int from) {
    IntVector source = IntVector.fromArray(INTS, sources, from);
    IntVector placed = source.selectFrom(entry);
    return (IS_WIDER ? placed : placed.and(source.lanewise(VectorOperators.ASHR, 31)))
        .reinterpretAsFloats();
  }

  private static void add(FloatVector sums, double[] totals, int at) {
    DoubleVector low = (DoubleVector) sums.convertShape(VectorOperators.F2D, DOUBLES, 0);
    DoubleVector high = (DoubleVector) sums.convertShape(VectorOperators.F2D, DOUBLES, 1);
    DoubleVector.fromArray(DOUBLES, totals, at).add(low).intoArray(totals, at);
    int then = at + DOUBLES.length();
    DoubleVector.fromArray(DOUBLES, totals, then).add(high).intoArray(totals, then);
  }
}

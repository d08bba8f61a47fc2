package org.primum.explain.tree;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Four or eight numbers at once: with [VectorPathLanes] and [VectorLookUps] the one that knows
/// Java's vector module, which is still incubating. Whoever makes one has asked
/// [Lanes#isVectorized].
public final class VectorLanes implements Lanes {

  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;

  /// As many lanes as the machine has, of eight and sixteen.
  private static final VectorSpecies<Float> WIDE =
      FloatVector.SPECIES_PREFERRED.length() > 8 ? FloatVector.SPECIES_512 : EIGHT;

  private static final boolean IS_WIDER = WIDE.length() > TreeBundles.WIDTH;

  /// Rows whose sums in float32 stay in the processor's nearest cache.
  private static final int TILE = 64;

  private static final VectorSpecies<Integer> INTS =
      IntVector.SPECIES_PREFERRED.length() > 8 ? IntVector.SPECIES_512 : IntVector.SPECIES_256;

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
      double[] totals, EntryPlaces places, float[] entries, long[] keys, int stride, int count) {
    int width = places.width();
    float[] sums = new float[TILE * width];
    for (int first = 0; first < count; first += TILE) {
      int size = Math.min(TILE, count - first);
      for (int lane = 0; lane < width; lane += 2 * WIDE.length()) {
        sumFour(sums, lane, places, entries, keys, first / 8, stride, size);
      }
      for (int i = 0; i < size * width; i++) {
        totals[first * width + i] += sums[i];
      }
    }
  }

  /// Takes four rows at once, so that what a bundle's numbers are for is looked up once for them.
  private static void sumFour(
      float[] sums,
      int lane,
      EntryPlaces places,
      float[] entries,
      long[] keys,
      int from,
      int stride,
      int count) {
    int width = places.width();
    int[] firsts = places.firsts();
    int[] sources = places.sources();
    for (int row = 0; row < count; row += 4) {
      FloatVector a = FloatVector.zero(WIDE);
      FloatVector b = FloatVector.zero(WIDE);
      FloatVector c = FloatVector.zero(WIDE);
      FloatVector d = FloatVector.zero(WIDE);
      FloatVector e = FloatVector.zero(WIDE);
      FloatVector f = FloatVector.zero(WIDE);
      FloatVector g = FloatVector.zero(WIDE);
      FloatVector h = FloatVector.zero(WIDE);
      int half = (row & 7) << 3;
      int word = from + (row >>> 3);
      int source = lane;
      for (int bundle = 0; bundle < firsts.length; bundle++) {
        int four = (int) (keys[word] >>> half);
        int first = firsts[bundle];
        IntVector low = IntVector.fromArray(INTS, sources, source);
        IntVector high = IntVector.fromArray(INTS, sources, source + WIDE.length());
        IntVector lowGiven = low.lanewise(VectorOperators.ASHR, 31);
        IntVector highGiven = high.lanewise(VectorOperators.ASHR, 31);
        IntVector entry = entry(entries, first + (four & 0xFF));
        a = a.add(placed(entry, low, lowGiven));
        b = b.add(placed(entry, high, highGiven));
        entry = entry(entries, first + ((four >>> 8) & 0xFF));
        c = c.add(placed(entry, low, lowGiven));
        d = d.add(placed(entry, high, highGiven));
        entry = entry(entries, first + ((four >>> 16) & 0xFF));
        e = e.add(placed(entry, low, lowGiven));
        f = f.add(placed(entry, high, highGiven));
        entry = entry(entries, first + (four >>> 24));
        g = g.add(placed(entry, low, lowGiven));
        h = h.add(placed(entry, high, highGiven));
        word += stride;
        source += width;
      }
      a.intoArray(sums, row * width + lane);
      b.intoArray(sums, row * width + lane + WIDE.length());
      c.intoArray(sums, (row + 1) * width + lane);
      d.intoArray(sums, (row + 1) * width + lane + WIDE.length());
      e.intoArray(sums, (row + 2) * width + lane);
      f.intoArray(sums, (row + 2) * width + lane + WIDE.length());
      g.intoArray(sums, (row + 3) * width + lane);
      h.intoArray(sums, (row + 3) * width + lane + WIDE.length());
    }
  }

  /// The numbers of an entry, and zeros where there are more lanes.
  private static IntVector entry(float[] entries, int at) {
    return (IntVector)
        FloatVector.fromArray(EIGHT, entries, at * TreeBundles.WIDTH)
            .reinterpretAsInts()
            .reinterpretShape(INTS, 0);
  }

  /// The numbers of an entry in the lanes of their features, the others 0: taken from beyond the
  /// entry, or where a vector holds no more than an entry, cleared.
  ///
  /// @param given all bits of the lanes that the entry gives to
  private static FloatVector placed(IntVector entry, IntVector source, IntVector given) {
    IntVector placed = source.selectFrom(entry);
    return (IS_WIDER ? placed : placed.and(given)).reinterpretAsFloats();
  }
}

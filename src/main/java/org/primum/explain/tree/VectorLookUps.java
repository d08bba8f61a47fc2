package org.primum.explain.tree;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Looks up the numbers of sixteen rows at once in a table of up to 256: it stays in the
/// processor's registers, from two of which one instruction picks, and what they offer is chosen
/// from by the higher bits of the keys. The compiler stops to take in methods where one has grown
/// large, and a vector that is handed to a method goes through memory: so there are few.
final class VectorLookUps {

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;
  private static final int ROWS = 16;
  private static final int MOST_BITS = 8;

  /// Narrower processors would have to go to memory for every number.
  private static final boolean IS_WIDE = IntVector.SPECIES_PREFERRED.length() == ROWS;

  private VectorLookUps() {}

  /// Does so for as many of the first rows as it can, and returns how many.
  ///
  /// @param numbers that of key `k` at `from + k`, and behind the last of all [Lanes#SPARE] more
  static int add(
      float[] numbers, int from, int bits, int[] keys, double[] sums, int to, int count) {
    if (!IS_WIDE || bits > MOST_BITS) {
      return 0;
    }
    int full = count / ROWS * ROWS;
    switch (bits) {
      case 8 -> addEightBits(numbers, from, keys, sums, to, full);
      case 7 -> addSevenBits(numbers, from, keys, sums, to, full);
      default -> addSixBits(numbers, from, keys, sums, to, full);
    }
    return full;
  }

  private static void addSixBits(
      float[] numbers, int from, int[] keys, double[] sums, int to, int count) {
    IntVector a = load(numbers, from);
    IntVector b = load(numbers, from + 16);
    IntVector c = load(numbers, from + 32);
    IntVector d = load(numbers, from + 48);
    for (int row = 0; row < count; row += ROWS) {
      IntVector key = IntVector.fromArray(INTS, keys, row);
      give(ofSixBits(key, a, b, c, d), sums, to + row);
    }
  }

  private static void addSevenBits(
      float[] numbers, int from, int[] keys, double[] sums, int to, int count) {
    IntVector a = load(numbers, from);
    IntVector b = load(numbers, from + 16);
    IntVector c = load(numbers, from + 32);
    IntVector d = load(numbers, from + 48);
    IntVector e = load(numbers, from + 64);
    IntVector f = load(numbers, from + 80);
    IntVector g = load(numbers, from + 96);
    IntVector h = load(numbers, from + 112);
    for (int row = 0; row < count; row += ROWS) {
      IntVector key = IntVector.fromArray(INTS, keys, row);
      give(ofSevenBits(key, a, b, c, d, e, f, g, h), sums, to + row);
    }
  }

  private static void addEightBits(
      float[] numbers, int from, int[] keys, double[] sums, int to, int count) {
    IntVector a = load(numbers, from);
    IntVector b = load(numbers, from + 16);
    IntVector c = load(numbers, from + 32);
    IntVector d = load(numbers, from + 48);
    IntVector e = load(numbers, from + 64);
    IntVector f = load(numbers, from + 80);
    IntVector g = load(numbers, from + 96);
    IntVector h = load(numbers, from + 112);
    IntVector i = load(numbers, from + 128);
    IntVector j = load(numbers, from + 144);
    IntVector k = load(numbers, from + 160);
    IntVector l = load(numbers, from + 176);
    IntVector m = load(numbers, from + 192);
    IntVector n = load(numbers, from + 208);
    IntVector o = load(numbers, from + 224);
    IntVector p = load(numbers, from + 240);
    for (int row = 0; row < count; row += ROWS) {
      IntVector key = IntVector.fromArray(INTS, keys, row);
      VectorMask<Integer> last = key.and(128).compare(VectorOperators.NE, 0);
      IntVector low = ofSevenBits(key, a, b, c, d, e, f, g, h);
      FloatVector found =
          low.blend(ofSevenBits(key, i, j, k, l, m, n, o, p), last).reinterpretAsFloats();
      DoubleVector first = (DoubleVector) found.convertShape(VectorOperators.F2D, DOUBLES, 0);
      DoubleVector second = (DoubleVector) found.convertShape(VectorOperators.F2D, DOUBLES, 1);
      DoubleVector.fromArray(DOUBLES, sums, to + row).add(first).intoArray(sums, to + row);
      DoubleVector.fromArray(DOUBLES, sums, to + row + 8).add(second).intoArray(sums, to + row + 8);
    }
  }

  private static IntVector load(float[] numbers, int from) {
    return FloatVector.fromArray(FLOATS, numbers, from).reinterpretAsInts();
  }

  private static IntVector ofSixBits(
      IntVector key, IntVector a, IntVector b, IntVector c, IntVector d) {
    IntVector within = key.and(31);
    VectorMask<Integer> odd = key.and(32).compare(VectorOperators.NE, 0);
    return within.selectFrom(a, b).blend(within.selectFrom(c, d), odd);
  }

  private static IntVector ofSevenBits(
      IntVector key,
      IntVector a,
      IntVector b,
      IntVector c,
      IntVector d,
      IntVector e,
      IntVector f,
      IntVector g,
      IntVector h) {
    IntVector within = key.and(31);
    VectorMask<Integer> odd = key.and(32).compare(VectorOperators.NE, 0);
    VectorMask<Integer> last = key.and(64).compare(VectorOperators.NE, 0);
    IntVector low = within.selectFrom(a, b).blend(within.selectFrom(c, d), odd);
    IntVector high = within.selectFrom(e, f).blend(within.selectFrom(g, h), odd);
    return low.blend(high, last);
  }

  private static void give(IntVector found, double[] sums, int to) {
    FloatVector numbers = found.reinterpretAsFloats();
    DoubleVector first = (DoubleVector) numbers.convertShape(VectorOperators.F2D, DOUBLES, 0);
    DoubleVector second = (DoubleVector) numbers.convertShape(VectorOperators.F2D, DOUBLES, 1);
    DoubleVector.fromArray(DOUBLES, sums, to).add(first).intoArray(sums, to);
    DoubleVector.fromArray(DOUBLES, sums, to + ROWS / 2).add(second).intoArray(sums, to + ROWS / 2);
  }
}

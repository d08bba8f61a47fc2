package org.primum.explain.summary;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.primum.data.DataInvalidException;
import org.primum.model.ModelInvalidException;

/// Counts of Shapley values in buckets that are fixed beforehand: 32 to each power of two, either
/// sign apart. Counts add up, so any split and order of the rows gives the same bytes; a sketch
/// that adapts to what it has seen (t-digest, KLL) does not.
///
/// The middle of a bucket is within 1/64 (1.6 %) of each value in it, and so is every quantile;
/// magnitudes below 2^-30 (9.3e-10) count as 0. It is the mapping of DDSketch (Masson, Rim and Lee
/// 2019, [DDSketch](https://doi.org/10.14778/3352063.3352135)) with the logarithm read off the bits
/// of the number: a shift, no branch on the value, no logarithm. Memory is taken a power of two at
/// a time, at most [#OCTAVES] a sign: some 20 in practice, 3 KiB a feature and group.
final class ShapleySketch {

  static final int PER_OCTAVE = 32;
  static final int LEAST = -30;
  static final int OCTAVES = 92;

  private static final int MANTISSA_BITS = 52;
  private static final int BITS = 5;
  private static final int[] EMPTY = new int[0];

  private final int[][] octaves = new int[2 * OCTAVES][];
  private int zeros;

  ShapleySketch() {
    java.util.Arrays.fill(octaves, EMPTY);
  }

  /// @throws ModelInvalidException where the number is 2^62 or larger, or none
  void add(double phi) {
    long bits = Double.doubleToRawLongBits(phi);
    int octave = Math.getExponent(phi) - LEAST;
    if (octave < 0) {
      zeros = more(zeros, 1);
      return;
    }
    if (octave >= OCTAVES) {
      throw new ModelInvalidException("a Shapley value beyond 4e18 cannot be counted");
    }
    int[] counts = octave(octave + (bits < 0 ? OCTAVES : 0));
    int at = (int) (bits >>> (MANTISSA_BITS - BITS)) & (PER_OCTAVE - 1);
    counts[at] = more(counts[at], 1);
  }

  private int[] octave(int at) {
    if (octaves[at].length == 0) {
      octaves[at] = new int[PER_OCTAVE];
    }
    return octaves[at];
  }

  private static int more(int count, int by) {
    int sum = count + by;
    if (sum < 0) {
      throw new DataInvalidException(
          "more than 2,147,483,647 rows of one group cannot be summed up; explain fewer at once");
    }
    return sum;
  }

  void merge(ShapleySketch other) {
    zeros = more(zeros, other.zeros);
    for (int at = 0; at < octaves.length; at++) {
      int[] theirs = other.octaves[at];
      if (theirs.length > 0) {
        int[] counts = octave(at);
        for (int i = 0; i < counts.length; i++) {
          counts[i] = more(counts[i], theirs[i]);
        }
      }
    }
  }

  /// A bucket by its place: 0 holds zero, 1 is the first above it, -1 the first below.
  private int count(int place) {
    if (place == 0) {
      return zeros;
    }
    int bucket = Math.abs(place) - 1;
    int[] counts = octaves[bucket / PER_OCTAVE + (place < 0 ? OCTAVES : 0)];
    return counts.length == 0 ? 0 : counts[bucket % PER_OCTAVE];
  }

  ShapleyDistribution distribution() {
    int[] places = places();
    long[] counts = new long[places.length];
    java.util.Arrays.setAll(counts, i -> count(places[i]));
    return new ShapleyDistribution(places, counts);
  }

  /// Those of buckets that hold something, from the smallest value to the largest.
  private int[] places() {
    java.util.stream.IntStream.Builder places = java.util.stream.IntStream.builder();
    for (int octave = OCTAVES - 1; octave >= 0; octave--) {
      int[] counts = octaves[octave + OCTAVES];
      for (int i = counts.length - 1; i >= 0; i--) {
        if (counts[i] > 0) {
          places.add(-(octave * PER_OCTAVE + i + 1));
        }
      }
    }
    if (zeros > 0) {
      places.add(0);
    }
    for (int octave = 0; octave < OCTAVES; octave++) {
      int[] counts = octaves[octave];
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] > 0) {
          places.add(octave * PER_OCTAVE + i + 1);
        }
      }
    }
    return places.build().toArray();
  }

  /// How many buckets hold something, and of each the distance of its place from the one before and
  /// its count, all in seven bits a byte.
  void write(ByteArrayOutputStream out) {
    int[] places = places();
    number(out, places.length);
    int before = -OCTAVES * PER_OCTAVE;
    for (int place : places) {
      number(out, place - before);
      number(out, count(place));
      before = place;
    }
  }

  private static void number(ByteArrayOutputStream out, int number) {
    int rest = number;
    while (rest > 0x7f) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /// Takes in what [#write] wrote.
  ///
  /// @param rows that were counted
  /// @throws IllegalArgumentException where the bytes are no sketch of so many rows
  void read(ByteBuffer in, long rows) {
    long counted = 0;
    try {
      int buckets = number(in);
      long place = -OCTAVES * PER_OCTAVE;
      for (int i = 0; i < buckets; i++) {
        place += number(in);
        int count = number(in);
        counted += count;
        put(place, count);
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("sums that end within the counts of values", e);
    }
    if (counted != rows) {
      throw new IllegalArgumentException("counts of " + counted + " values of " + rows + " rows");
    }
  }

  private void put(long place, int count) {
    if (place > OCTAVES * PER_OCTAVE || count < 1 || count((int) place) > 0) {
      throw new IllegalArgumentException("counts of values that are none");
    }
    if (place == 0) {
      zeros = count;
    } else {
      int bucket = Math.abs((int) place) - 1;
      octave(bucket / PER_OCTAVE + (place < 0 ? OCTAVES : 0))[bucket % PER_OCTAVE] = count;
    }
  }

  private static int number(ByteBuffer in) {
    int number = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      int part = in.get();
      number |= (part & 0x7f) << shift;
      if (part >= 0 && number >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("counts of values that are too large");
  }

  /// The middle of a bucket.
  static double value(int place) {
    if (place == 0) {
      return 0;
    }
    int bucket = Math.abs(place) - 1;
    double within = 1 + (bucket % PER_OCTAVE + 0.5) / PER_OCTAVE;
    return Math.copySign(Math.scalb(within, bucket / PER_OCTAVE + LEAST), place);
  }
}

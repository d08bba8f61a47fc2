package org.primum.fairness.tally;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Many sums that are each what an [ExactSum.Running] is, side by side in one array.
///
/// A double from 2^-48 to 2^27 is a whole number of 2^-100 below 2^127, and is added as that, in
/// 128 bits. The few others, and sums that outgrow 127 bits, are kept aside.
final class ExactSums {

  private static final int UNIT = 100;

  /// The biased exponent of a double whose lowest bit is one unit.
  private static final int FIRST = 1075 - UNIT;

  private static final int MOST_SHIFT = 2 * Long.SIZE - 1 - 53;
  private static final long HIDDEN = 1L << 52;

  /// From units of 2^-100 to those of [ExactSum].
  private static final int TO_EXACT = 1074 - UNIT;

  /// Low and high half of each sum.
  private long[] words = new long[0];

  private final Map<Integer, ExactSum.Running> rare = new HashMap<>();

  /// In units of [ExactSum].
  private final Map<Integer, BigInteger> outgrown = new HashMap<>();

  /// Makes room for so many sums.
  void reserve(int count) {
    if (words.length < 2 * count) {
      words = Arrays.copyOf(words, Math.max(2 * count, words.length * 2));
    }
  }

  /// @param value finite and not negative
  void add(int sum, double value) {
    long bits = Double.doubleToRawLongBits(value);
    int shift = (int) (bits >>> 52) - FIRST;
    if (shift < 0 || shift > MOST_SHIFT) {
      addRare(sum, value);
      return;
    }
    long mantissa = (bits & (HIDDEN - 1)) | HIDDEN;
    if (shift < Long.SIZE) {
      add(sum, mantissa << shift, mantissa >>> 1 >>> (Long.SIZE - 1 - shift));
    } else {
      add(sum, 0, mantissa << (shift - Long.SIZE));
    }
  }

  /// Adds a value as often as rows have it: the same as so many additions.
  ///
  /// @param times not negative, below 2^40
  void add(int sum, double value, long times) {
    for (long rest = times; rest != 0; rest &= rest - 1) {
      add(sum, Math.scalb(value, Long.numberOfTrailingZeros(rest))); // doubling does not round
    }
  }

  private void add(int sum, long low, long high) {
    int at = 2 * sum;
    long lower = words[at] + low;
    long carry = Long.compareUnsigned(lower, low) < 0 ? 1 : 0;
    long upper = words[at + 1] + high + carry;
    words[at] = lower;
    words[at + 1] = upper;
    if (upper < 0) {
      outgrown.merge(sum, whole(lower, upper), BigInteger::add);
      words[at] = 0;
      words[at + 1] = 0;
    }
  }

  private void addRare(int sum, double value) {
    if (value != 0) {
      rare.computeIfAbsent(sum, _ -> new ExactSum.Running()).add(value);
    }
  }

  /// Adds all sums of another.
  void absorb(ExactSums other) {
    reserve(other.words.length / 2);
    for (int at = 0; at < other.words.length; at += 2) {
      add(at / 2, other.words[at], other.words[at + 1]);
    }
    other.rare.forEach((sum, more) -> outgrown.merge(sum, more.total().units(), BigInteger::add));
    other.outgrown.forEach((sum, more) -> outgrown.merge(sum, more, BigInteger::add));
  }

  ExactSum total(int sum) {
    if (2 * sum >= words.length) {
      return ExactSum.ZERO;
    }
    BigInteger units = whole(words[2 * sum], words[2 * sum + 1]);
    BigInteger more = outgrown.getOrDefault(sum, BigInteger.ZERO);
    ExactSum.Running aside = rare.get(sum);
    BigInteger all = units.add(more).add(aside == null ? BigInteger.ZERO : aside.total().units());
    return all.signum() == 0 ? ExactSum.ZERO : new ExactSum(all);
  }

  /// 128 bits without a sign as units of [ExactSum].
  private static BigInteger whole(long low, long high) {
    if (low == 0 && high == 0) {
      return BigInteger.ZERO;
    }
    byte[] bytes = new byte[2 * Long.BYTES];
    java.nio.ByteBuffer.wrap(bytes).putLong(high).putLong(low);
    return new BigInteger(1, bytes).shiftLeft(TO_EXACT);
  }
}

package org.primum.fairness.tally;

import java.math.BigInteger;

/// The exact sum of finite, non-negative doubles.
///
/// Doubles added one after another round differently in another order, so two shards of one file
/// would disagree with the file. This sum is an integer in units of 2^-1074, the smallest double:
/// order and sharding cannot change it. It is rounded once, when it is read.
///
/// @param units the sum in units of 2^-1074, not negative
public record ExactSum(BigInteger units) {

  public static final ExactSum ZERO = new ExactSum(BigInteger.ZERO);

  /// The exponent of the smallest positive double.
  private static final int SCALE = 1074;

  public ExactSum {
    if (units.signum() < 0) {
      throw new IllegalArgumentException("a sum of non-negative numbers cannot be negative");
    }
  }

  public static ExactSum of(long count) {
    return new ExactSum(BigInteger.valueOf(count).shiftLeft(SCALE));
  }

  /// @param value finite and not negative
  static ExactSum of(double value) {
    Running sum = new Running();
    sum.add(value);
    return value == 0 ? ZERO : sum.total();
  }

  public ExactSum plus(ExactSum other) {
    return new ExactSum(units.add(other.units));
  }

  /// The double nearest to the sum.
  public double toDouble() {
    int excess = Math.max(0, units.bitLength() - 64);
    BigInteger head = units.shiftRight(excess);
    if (excess > 0 && units.getLowestSetBit() < excess) {
      head = head.setBit(0); // what was cut off still decides a tie
    }
    return Math.scalb(head.doubleValue(), excess - SCALE);
  }

  /// Adds up doubles in place: a row costs three additions of a `long`.
  static final class Running {

    private static final int LIMB_BITS = 32;
    private static final long LIMB = 0xFFFF_FFFFL;

    /// An entry takes 2^31 additions of 32 bits before it overflows.
    private static final int CARRY_EVERY = 1 << 30;

    /// Little-endian, entry i in units of 2^(32 (i + first) - 1074); grown where the data needs it.
    private long[] limbs = new long[0];

    private int first;
    private int pending;

    /// @param value finite and not negative
    void add(double value) {
      long bits = Double.doubleToRawLongBits(value + 0.0); // -0.0 becomes 0.0
      int exponent = (int) (bits >>> 52);
      long mantissa = bits & ((1L << 52) - 1);
      if (exponent > 0) {
        mantissa |= 1L << 52;
        exponent--;
      }
      int shift = exponent % LIMB_BITS;
      int at = room(exponent / LIMB_BITS);
      long low = mantissa << shift;
      long high = shift == 0 ? 0 : mantissa >>> (64 - shift);
      limbs[at] += low & LIMB;
      limbs[at + 1] += low >>> LIMB_BITS;
      limbs[at + 2] += high;
      if (++pending == CARRY_EVERY) {
        carry();
      }
    }

    /// Makes sure that limb and the two above exist, and says where it is.
    private int room(int limb) {
      if (limbs.length == 0) {
        first = limb;
        limbs = new long[4];
      } else if (limb < first || limb + 3 > first + limbs.length) {
        grow(Math.min(first, limb), Math.max(first + limbs.length, limb + 4));
      }
      return limb - first;
    }

    private void grow(int from, int to) {
      long[] wider = new long[to - from];
      System.arraycopy(limbs, 0, wider, first - from, limbs.length);
      limbs = wider;
      first = from;
    }

    private void carry() {
      grow(first, first + limbs.length + 1);
      for (int i = 0; i + 1 < limbs.length; i++) {
        limbs[i + 1] += limbs[i] >>> LIMB_BITS;
        limbs[i] &= LIMB;
      }
      pending = 0;
    }

    ExactSum total() {
      BigInteger sum = BigInteger.ZERO;
      for (int i = limbs.length - 1; i >= 0; i--) {
        sum = sum.shiftLeft(LIMB_BITS).add(BigInteger.valueOf(limbs[i]));
      }
      return new ExactSum(sum.shiftLeft(LIMB_BITS * first));
    }
  }
}

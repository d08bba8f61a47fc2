package org.primum.table;

import java.math.BigInteger;

/// The double nearest to a decimal of up to 19 digits, without arithmetic on long numbers: Lemire
/// 2021, "Number parsing at a gigabyte per second", https://doi.org/10.1002/spe.2984, algorithm 1
/// (Eisel and Lemire), for powers of ten from -40 to 40. Scores and weights are written with 17
/// digits, and reading them is most of what reading CSV costs.
final class NearestDouble {

  /// Where the product cannot tell, or the power is not in the table.
  static final double UNDECIDED = -1;

  private static final int MOST = 40;

  /// Powers for which five to the power fits into 64 bits, so that the product is exact (section
  /// 5).
  private static final int EXACT_FROM = -27;

  private static final int EXACT_TO = 55;
  private static final int MANTISSA = 52;
  private static final int BIAS = 1023;

  /// Bits of the product below those that decide: two more than a mantissa has are looked at.
  private static final int REST = Long.SIZE - MANTISSA - 3;

  /// The 128 leading bits of five to the power, high and low half.
  private static final long[] HIGH = new long[2 * MOST + 1];

  private static final long[] LOW = new long[2 * MOST + 1];

  static {
    for (int power = -MOST; power <= MOST; power++) {
      BigInteger bits = leading(power);
      HIGH[power + MOST] = bits.shiftRight(Long.SIZE).longValue();
      LOW[power + MOST] = bits.longValue();
    }
  }

  private NearestDouble() {}

  /// @param digits a whole number below 2^64, unsigned
  /// @param power the decimal is digits times ten to this power
  /// @return not negative, or [#UNDECIDED]
  static double of(long digits, int power) {
    if (digits == 0) {
      return 0;
    }
    if (power < -MOST || power > MOST) {
      return UNDECIDED;
    }
    int zeros = Long.numberOfLeadingZeros(digits);
    long word = digits << zeros;
    long high = Math.unsignedMultiplyHigh(word, HIGH[power + MOST]);
    long low = word * HIGH[power + MOST];
    if ((high & ((1L << REST) - 1)) == (1L << REST) - 1) {
      long more = Math.unsignedMultiplyHigh(word, LOW[power + MOST]);
      low += more;
      high += Long.compareUnsigned(low, more) < 0 ? 1 : 0;
    }
    if (low == -1 && (power < EXACT_FROM || power > EXACT_TO)) {
      return UNDECIDED;
    }
    return rounded(high, low, power, zeros);
  }

  private static double rounded(long high, long low, int power, int zeros) {
    int upper = (int) (high >>> (Long.SIZE - 1));
    int cut = upper + REST;
    long mantissa = high >>> cut;
    int exponent = binary(power) + upper - zeros + BIAS;
    boolean tie = Long.compareUnsigned(low, 1) <= 0 && power >= -4 && power <= 23;
    if (tie && (mantissa & 3) == 1 && mantissa << cut == high) {
      mantissa &= ~1L; // half way between two doubles: to the even one
    }
    mantissa = (mantissa + (mantissa & 1)) >>> 1;
    if (mantissa >= 2L << MANTISSA) {
      mantissa = 1L << MANTISSA;
      exponent++;
    }
    long bits = (mantissa & ((1L << MANTISSA) - 1)) | (long) exponent << MANTISSA;
    return Double.longBitsToDouble(bits);
  }

  /// 63 and the whole part of the binary logarithm of ten to the power.
  private static int binary(int power) {
    return (((152_170 + 65_536) * power) >> 16) + Long.SIZE - 1;
  }

  private static BigInteger leading(int power) {
    BigInteger five = BigInteger.valueOf(5).pow(Math.abs(power));
    if (power >= 0) {
      int shift = 2 * Long.SIZE - five.bitLength();
      return shift >= 0 ? five.shiftLeft(shift) : five.shiftRight(-shift);
    }
    BigInteger one = BigInteger.ONE;
    int bits = five.subtract(one).bitLength();
    if (power >= EXACT_FROM) {
      return one.shiftLeft(bits + 2 * Long.SIZE - 1).divide(five).add(one);
    }
    BigInteger inverse = one.shiftLeft(2 * bits + 2 * Long.SIZE).divide(five).add(one);
    return inverse.shiftRight(inverse.bitLength() - 2 * Long.SIZE);
  }
}

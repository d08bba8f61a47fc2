package org.primum.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import org.primum.model.ModelInvalidException;

/// Sums in fixed point of 128 bits, 64 of them behind the point, so that a sum does not depend on
/// the order or grouping of its addends: shards merge to the same bytes as one run.
///
/// An addend is cut to a multiple of 2^-64 (5.4e-20) toward zero once; from there on everything is
/// exact. A sum may reach 9.2e18.
final class FixedPoint {

  private static final double TWO_64 = 0x1p64;
  private static final double TWO_63 = 0x1p63;
  private static final double LIMIT = 0x1p62;

  private FixedPoint() {}

  /// Adds to the sum whose integer part is at `at` and whose fraction is at `at + 1`.
  ///
  /// @throws ModelInvalidException where the addend is no number, or the sum grows beyond 9.2e18
  static void add(long[] words, int at, double addend) {
    double magnitude = Math.abs(addend);
    if (!(magnitude < LIMIT)) {
      throw tooLarge();
    }
    long whole = (long) magnitude;
    long fraction = unsigned((magnitude - whole) * TWO_64);
    if (addend < 0) {
      long borrow = Long.compareUnsigned(words[at + 1], fraction) < 0 ? 1 : 0;
      words[at + 1] -= fraction;
      words[at] = plus(words[at], -whole - borrow);
    } else {
      add(words, at, whole, fraction);
    }
  }

  /// Adds one sum to another.
  static void add(long[] words, int at, long whole, long fraction) {
    words[at + 1] += fraction;
    long carry = Long.compareUnsigned(words[at + 1], fraction) < 0 ? 1 : 0;
    words[at] = plus(plus(words[at], whole), carry);
  }

  private static long plus(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw tooLarge();
    }
    return sum;
  }

  /// The sum over `count`, correctly rounded.
  static double mean(long[] words, int at, long count) {
    BigDecimal fraction =
        new BigDecimal(new java.math.BigInteger(Long.toUnsignedString(words[at + 1])))
            .divide(new BigDecimal(java.math.BigInteger.ONE.shiftLeft(64)));
    BigDecimal sum = BigDecimal.valueOf(words[at]).add(fraction);
    return sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128).doubleValue();
  }

  private static long unsigned(double value) {
    return value < TWO_63 ? (long) value : (long) (value - TWO_63) + Long.MIN_VALUE;
  }

  private static ModelInvalidException tooLarge() {
    return new ModelInvalidException(
        "Shapley values beyond 9e18 cannot be summed; does the model predict in a sensible unit?");
  }
}

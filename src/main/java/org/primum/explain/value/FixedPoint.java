package org.primum.explain.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.primum.model.ModelInvalidException;

/// Sums in fixed point of 128 bits, 64 of them behind the point, so that a sum does not depend on
/// the order or grouping of its addends: shards merge to the same bytes as one run.
///
/// An addend is cut to a multiple of 2^-64 (5.4e-20) toward zero once; from there on everything is
/// exact. A sum may reach 9.2e18.
public final class FixedPoint {

  private static final double TWO_64 = 0x1p64;
  private static final double TWO_63 = 0x1p63;
  private static final double LIMIT = 0x1p62;

  private FixedPoint() {}

  /// Adds to the sum whose integer part is at `at` and whose fraction is at `at + 1`.
  ///
  /// @throws ModelInvalidException where the addend is no number, or the sum grows beyond 9.2e18
  public static void add(long[] words, int at, double addend) {
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
  public static void add(long[] words, int at, long whole, long fraction) {
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

  /// Adds a number to the sum whose 128 bits before the point are at `at` and `at + 1`, the higher
  /// first, and whose fraction is at `at + 2`: wide enough for squares.
  ///
  /// @param addend at least 0 and below 2^124
  public static void addWide(long[] words, int at, double addend) {
    double rest = addend;
    long high = 0;
    if (addend >= TWO_64) {
      high = (long) (addend / TWO_64);
      rest = addend - high * TWO_64;
    }
    double whole = Math.floor(rest);
    addWide(words, at, high, unsigned(whole), unsigned((rest - whole) * TWO_64));
  }

  /// Adds one wide sum to another.
  public static void addWide(long[] words, int at, long high, long low, long fraction) {
    words[at + 2] += fraction;
    long carry = Long.compareUnsigned(words[at + 2], fraction) < 0 ? 1 : 0;
    long sum = words[at + 1] + low;
    long over = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    words[at + 1] = sum + carry;
    over += carry == 1 && words[at + 1] == 0 ? 1 : 0;
    words[at] = plus(plus(words[at], high), over);
  }

  /// Takes the `count` words of one sum from those of another.
  public static void subtract(long[] words, int at, long[] less, int count) {
    long borrow = 0;
    for (int i = at + count - 1; i >= at; i--) {
      long difference = words[i] - less[i];
      long next = Long.compareUnsigned(words[i], less[i]) < 0 ? 1 : 0;
      next += borrow == 1 && difference == 0 ? 1 : 0;
      words[i] = difference - borrow;
      borrow = next;
    }
  }

  /// The sum over `count`, correctly rounded.
  public static double mean(long[] words, int at, long count) {
    return over(sum(words, at), count, 64);
  }

  /// The sample variance of `count` numbers, at least 2, of their sum and the wide sum of their
  /// squares: exact but for what was cut off each addend.
  public static double variance(long[] words, int sum, int squares, long count) {
    BigInteger n = BigInteger.valueOf(count);
    BigInteger square = sum(words, sum).pow(2);
    BigInteger scaled = wide(words, squares).multiply(n).shiftLeft(64).subtract(square);
    return Math.max(0, over(scaled, Math.multiplyExact(count, count - 1), 128));
  }

  private static double over(BigInteger sum, long count, int fraction) {
    BigDecimal divisor = new BigDecimal(BigInteger.valueOf(count).shiftLeft(fraction));
    return new BigDecimal(sum).divide(divisor, MathContext.DECIMAL128).doubleValue();
  }

  /// The sum in units of 2^-64.
  private static BigInteger sum(long[] words, int at) {
    return BigInteger.valueOf(words[at]).shiftLeft(64).add(unsigned(words[at + 1]));
  }

  private static BigInteger wide(long[] words, int at) {
    return sum(words, at).shiftLeft(64).add(unsigned(words[at + 2]));
  }

  private static BigInteger unsigned(long word) {
    return new BigInteger(Long.toUnsignedString(word));
  }

  private static long unsigned(double value) {
    return value < TWO_63 ? (long) value : (long) (value - TWO_63) + Long.MIN_VALUE;
  }

  private static ModelInvalidException tooLarge() {
    return new ModelInvalidException(
        "Shapley values beyond 9e18 cannot be summed; does the model predict in a sensible unit?");
  }
}

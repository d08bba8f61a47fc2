package org.primum.privacy.noise;

import java.math.BigInteger;

/// A coin that shows true with probability `exp(-x)` for a rational x at least zero, exactly:
/// Canonne, Kamath, Steinke 2020, *The discrete Gaussian for differential privacy*, algorithm 1
/// (<https://arxiv.org/abs/2004.00010>).
public final class BernoulliExp {

  private BernoulliExp() {}

  /// @param x at least zero
  public static boolean draw(Rational x, RandomBits bits) {
    if (x.signum() < 0) {
      throw new IllegalArgumentException("exp(-x) is a probability for x >= 0 only, got " + x);
    }
    return x.fitsIn(Long.SIZE - 1)
        ? draw(x.numerator().longValueExact(), x.denominator().longValueExact(), bits)
        : draw(x.numerator(), x.denominator(), bits);
  }

  /// `exp(-numerator / denominator)`: whole steps of `exp(-1)` first, then the fraction.
  static boolean draw(long numerator, long denominator, RandomBits bits) {
    long left = numerator;
    while (left > denominator) {
      if (!fraction(1, 1, bits)) {
        return false;
      }
      left -= denominator;
    }
    return fraction(left, denominator, bits);
  }

  static boolean draw(BigInteger numerator, BigInteger denominator, RandomBits bits) {
    BigInteger left = numerator;
    while (left.compareTo(denominator) > 0) {
      if (!fraction(1, 1, bits)) {
        return false;
      }
      left = left.subtract(denominator);
    }
    return fraction(left, denominator, bits);
  }

  /// For x in [0, 1]: the first k at which a coin of probability x/k fails is odd with probability
  /// `1 - x + x^2/2 - ... = exp(-x)`. A coin of x/k is one of x and one of 1/k, both true.
  private static boolean fraction(long numerator, long denominator, RandomBits bits) {
    long k = 1;
    while ((numerator == denominator || bits.below(denominator) < numerator)
        && bits.below(k) == 0) {
      k++;
    }
    return (k & 1) == 1;
  }

  private static boolean fraction(BigInteger numerator, BigInteger denominator, RandomBits bits) {
    long k = 1;
    while (bits.below(denominator).compareTo(numerator) < 0 && bits.below(k) == 0) {
      k++;
    }
    return (k & 1) == 1;
  }
}

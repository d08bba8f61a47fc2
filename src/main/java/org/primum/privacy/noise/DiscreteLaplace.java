package org.primum.privacy.noise;

import java.math.BigInteger;

/// `P(x) = (1 - q) / (1 + q) * q^|x|` with `q = exp(-1 / scale)` on all whole numbers.
///
/// Added to an integer query of L1 sensitivity D it is epsilon-differentially private with `epsilon
/// = D / scale` (Ghosh, Roughgarden, Sundararajan 2009). Sampled after Canonne, Kamath, Steinke
/// 2020, algorithm 2 (<https://arxiv.org/abs/2004.00010>).
///
/// @param scale above zero
public record DiscreteLaplace(Rational scale) implements IntegerNoise {

  /// Parameters of at most this many bits leave room in a long for every product.
  private static final int SMALL = 31;

  public DiscreteLaplace {
    if (scale.signum() <= 0) {
      throw new IllegalArgumentException("a noise scale must be above zero, got " + scale);
    }
  }

  @Override
  public BigInteger draw(RandomBits bits) {
    return scale.fitsIn(SMALL)
        ? BigInteger.valueOf(
            small(scale.numerator().longValue(), scale.denominator().longValue(), bits))
        : large(scale.numerator(), scale.denominator(), bits);
  }

  /// The scale is `t / s`. A geometric number is put together from its remainder and quotient by t,
  /// divided by s, and given a sign; minus zero is drawn again.
  static long small(long t, long s, RandomBits bits) {
    while (true) {
      long remainder = bits.below(t);
      if (BernoulliExp.draw(remainder, t, bits)) {
        long magnitude = Math.addExact(remainder, Math.multiplyExact(t, geometric(bits))) / s;
        boolean negative = bits.coin();
        if (!negative || magnitude != 0) {
          return negative ? -magnitude : magnitude;
        }
      }
    }
  }

  static BigInteger large(BigInteger t, BigInteger s, RandomBits bits) {
    while (true) {
      BigInteger remainder = bits.below(t);
      if (BernoulliExp.draw(remainder, t, bits)) {
        BigInteger whole = t.multiply(BigInteger.valueOf(geometric(bits)));
        BigInteger magnitude = remainder.add(whole).divide(s);
        boolean negative = bits.coin();
        if (!negative || magnitude.signum() != 0) {
          return negative ? magnitude.negate() : magnitude;
        }
      }
    }
  }

  /// How often a coin of `exp(-1)` shows true before it first fails.
  private static long geometric(RandomBits bits) {
    long count = 0;
    while (BernoulliExp.draw(1, 1, bits)) {
      count++;
    }
    return count;
  }
}

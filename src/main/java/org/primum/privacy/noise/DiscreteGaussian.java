package org.primum.privacy.noise;

import java.math.BigInteger;

/// `P(x)` proportional to `exp(-x^2 / (2 sigma2))` on all whole numbers; its variance is at most
/// sigma2.
///
/// Added to an integer query of L2 sensitivity D it is rho-zCDP with `rho = D^2 / (2 sigma2)`, for
/// vectors too (Canonne, Kamath, Steinke 2020, theorem 14), and sampled by their algorithm 3
/// (<https://arxiv.org/abs/2004.00010>).
public final class DiscreteGaussian implements IntegerNoise {

  /// A proposal is handled in longs where `|y| t b` has at most this many bits, so that its square
  /// fits.
  private static final int SMALL = 31;

  private final Rational sigma2;

  /// `floor(sigma) + 1`, the scale of the proposals.
  private final BigInteger t;

  /// `t b` and `2 a b t^2` for `sigma2 = a / b`.
  private final BigInteger step;

  private final BigInteger divisor;
  private final boolean small;

  /// @param sigma2 above zero
  public DiscreteGaussian(Rational sigma2) {
    if (sigma2.signum() <= 0) {
      throw new IllegalArgumentException("sigma2 must be above zero, got " + sigma2);
    }
    this.sigma2 = sigma2;
    this.t = sigma2.floor().sqrt().add(BigInteger.ONE);
    this.step = t.multiply(sigma2.denominator());
    this.divisor = sigma2.numerator().shiftLeft(1).multiply(t).multiply(step);
    this.small =
        divisor.bitLength() < Long.SIZE && step.bitLength() < SMALL && sigma2.fitsIn(SMALL);
  }

  public Rational sigma2() {
    return sigma2;
  }

  @Override
  public BigInteger draw(RandomBits bits) {
    return small ? drawSmall(bits) : drawLarge(bits);
  }

  /// Proposes from the discrete Laplace distribution of scale t, and keeps y with probability
  /// `exp(-(|y| - sigma2 / t)^2 / (2 sigma2))`. With `sigma2 = a / b` the exponent is `(|y| t b -
  /// a)^2 / (2 a b t^2)`.
  private BigInteger drawSmall(RandomBits bits) {
    long a = sigma2.numerator().longValueExact();
    long scale = t.longValueExact();
    long longStep = step.longValueExact();
    long longDivisor = divisor.longValueExact();
    long limit = (1L << SMALL) / longStep;
    while (true) {
      long y = DiscreteLaplace.small(scale, 1, bits);
      long magnitude = Math.abs(y);
      if (magnitude >= limit) {
        if (keeps(BigInteger.valueOf(y), bits)) {
          return BigInteger.valueOf(y);
        }
      } else {
        long distance = magnitude * longStep - a;
        if (BernoulliExp.draw(distance * distance, longDivisor, bits)) {
          return BigInteger.valueOf(y);
        }
      }
    }
  }

  BigInteger drawLarge(RandomBits bits) {
    while (true) {
      BigInteger y = DiscreteLaplace.large(t, BigInteger.ONE, bits);
      if (keeps(y, bits)) {
        return y;
      }
    }
  }

  private boolean keeps(BigInteger y, RandomBits bits) {
    BigInteger distance = y.abs().multiply(step).subtract(sigma2.numerator());
    return BernoulliExp.draw(distance.multiply(distance), divisor, bits);
  }
}

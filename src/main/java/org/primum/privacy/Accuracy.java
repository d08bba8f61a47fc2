package org.primum.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.apache.commons.math3.special.Erf;
import org.primum.privacy.noise.DiscreteGaussian;
import org.primum.privacy.noise.DiscreteLaplace;
import org.primum.privacy.noise.IntegerNoise;
import org.primum.privacy.noise.Rational;

/// How far noise strays, from the discrete distributions themselves. Read from public parameters
/// only; nothing here touches a draw.
public final class Accuracy {

  /// Up to this sigma tails are summed term by term; beyond, by Euler and Maclaurin.
  private static final double SUMMED = 200;

  /// Terms beyond this many sigmas are below 1e-300.
  private static final double FAR = 38;

  private Accuracy() {}

  /// The half width of the interval that holds the noise with probability at least `confidence`:
  /// the smallest h with `P(|noise| > h) <= 1 - confidence`.
  ///
  /// @param confidence in (0, 1)
  public static BigInteger halfWidth(IntegerNoise noise, double confidence) {
    return smallestTail(noise, 1 - confidence).subtract(BigInteger.ONE);
  }

  /// The smallest k at least one with `P(|noise| >= k) <= alpha`. Exact while k is below 1e12;
  /// rounded up by at most 1e-12 of itself beyond.
  ///
  /// @param alpha in (0, 1)
  public static BigInteger smallestTail(IntegerNoise noise, double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must lie in (0, 1), got " + alpha);
    }
    double spread = spread(noise);
    double guess = Math.ceil(spread * (5 - Math.log(alpha))) + 1;
    double low = 0;
    double high = guess;
    while (high - low > Math.max(1, high * 1e-13)) {
      double middle = Math.floor((low + high) / 2);
      if (tail(noise, middle) <= alpha) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return new BigDecimal(high).setScale(0, RoundingMode.UP).toBigInteger();
  }

  private static double spread(IntegerNoise noise) {
    return switch (noise) {
      case DiscreteLaplace(Rational scale) -> toDouble(scale);
      case DiscreteGaussian gaussian -> Math.sqrt(toDouble(gaussian.sigma2()));
    };
  }

  /// `P(|noise| >= k)` for a whole number k of at least zero.
  public static double tail(IntegerNoise noise, double k) {
    if (k <= 0) {
      return 1;
    }
    return switch (noise) {
      case DiscreteLaplace(Rational scale) -> laplaceTail(toDouble(scale), k);
      case DiscreteGaussian gaussian -> gaussianTail(Math.sqrt(toDouble(gaussian.sigma2())), k);
    };
  }

  /// `2 q^k / (1 + q)` with `q = exp(-1 / scale)`: the geometric series of both tails.
  private static double laplaceTail(double scale, double k) {
    return 2 * Math.exp(-k / scale) / (1 + Math.exp(-1 / scale));
  }

  private static double gaussianTail(double sigma, double k) {
    return sigma <= SUMMED ? summedTail(sigma, k) : smoothTail(sigma, k);
  }

  private static double summedTail(double sigma, double k) {
    double beyond = 0;
    double within = 0;
    for (double x = Math.ceil(FAR * sigma) + 1; x >= 1; x--) {
      double weight = Math.exp(-x * x / (2 * sigma * sigma));
      if (x >= k) {
        beyond += weight;
      } else {
        within += weight;
      }
    }
    return 2 * beyond / (1 + 2 * (within + beyond));
  }

  /// The Euler-Maclaurin formula with the first derivative. The next term is below `1 / sigma^4` of
  /// the tail, and the sum over all whole numbers is `sigma sqrt(2 pi)` up to `exp(-2 pi^2
  /// sigma^2)`.
  private static double smoothTail(double sigma, double k) {
    double density = Math.exp(-k * k / (2 * sigma * sigma)) / (sigma * Math.sqrt(2 * Math.PI));
    double slope = -k / (sigma * sigma) * density;
    return Erf.erfc(k / (sigma * Math.sqrt(2))) + density - slope / 6;
  }

  static double toDouble(Rational value) {
    return new BigDecimal(value.numerator())
        .divide(new BigDecimal(value.denominator()), MathContext.DECIMAL128)
        .doubleValue();
  }
}

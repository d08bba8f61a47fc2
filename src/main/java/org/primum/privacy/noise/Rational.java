package org.primum.privacy.noise;

import java.math.BigDecimal;
import java.math.BigInteger;

/// An exact fraction in lowest terms.
///
/// @param denominator above zero
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {

  public static final Rational ZERO = of(0);

  public Rational {
    if (denominator.signum() <= 0) {
      throw new IllegalArgumentException("a denominator must be above zero, got " + denominator);
    }
    BigInteger common = numerator.gcd(denominator);
    numerator = numerator.divide(common);
    denominator = denominator.divide(common);
  }

  public static Rational of(long value) {
    return of(BigInteger.valueOf(value));
  }

  public static Rational of(BigInteger value) {
    return new Rational(value, BigInteger.ONE);
  }

  /// The decimal itself, not the nearest binary fraction.
  public static Rational of(BigDecimal value) {
    return value.scale() <= 0
        ? of(value.toBigIntegerExact())
        : new Rational(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
  }

  public Rational times(Rational other) {
    return new Rational(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  /// @throws IllegalArgumentException where the divisor is not above zero
  public Rational dividedBy(Rational divisor) {
    if (divisor.signum() <= 0) {
      throw new IllegalArgumentException("a divisor must be above zero, got " + divisor);
    }
    return new Rational(
        numerator.multiply(divisor.denominator), denominator.multiply(divisor.numerator));
  }

  public int signum() {
    return numerator.signum();
  }

  /// The largest whole number not above this.
  public BigInteger floor() {
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /// The smallest whole number not below this.
  public BigInteger ceiling() {
    return new Rational(numerator.negate(), denominator).floor().negate();
  }

  /// Whether numerator and denominator have at most that many bits.
  boolean fitsIn(int bits) {
    return numerator.bitLength() <= bits && denominator.bitLength() <= bits;
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  @Override
  public String toString() {
    return denominator.equals(BigInteger.ONE)
        ? numerator.toString()
        : numerator + "/" + denominator;
  }
}

package org.primum.privacy.noise;

import java.math.BigInteger;

/// A source of independent fair bits. Not safe for use by several threads at once.
public interface RandomBits {

  /// Fresh uniform bits as a number in [0, 2^count).
  ///
  /// @param count from 1 to 63
  long bits(int count);

  /// One fair coin.
  default boolean coin() {
    return bits(1) == 1;
  }

  /// A uniform number in [0, bound), exact: numbers that do not fit are drawn again.
  ///
  /// @param bound above zero
  default long below(long bound) {
    if (bound == 1) {
      return 0;
    }
    if (bound < 1) {
      throw new IllegalArgumentException("a bound must be above zero, got " + bound);
    }
    int count = Long.SIZE - Long.numberOfLeadingZeros(bound - 1);
    long drawn = bits(count);
    while (drawn >= bound) {
      drawn = bits(count);
    }
    return drawn;
  }

  /// A uniform number in [0, bound), exact.
  ///
  /// @param bound above zero
  default BigInteger below(BigInteger bound) {
    if (bound.bitLength() < Long.SIZE) {
      return BigInteger.valueOf(below(bound.longValueExact()));
    }
    int count = bound.subtract(BigInteger.ONE).bitLength();
    BigInteger drawn = wide(count);
    while (drawn.compareTo(bound) >= 0) {
      drawn = wide(count);
    }
    return drawn;
  }

  private BigInteger wide(int count) {
    BigInteger drawn = BigInteger.ZERO;
    for (int left = count; left > 0; left -= 62) {
      int now = Math.min(left, 62);
      drawn = drawn.shiftLeft(now).or(BigInteger.valueOf(bits(now)));
    }
    return drawn;
  }
}

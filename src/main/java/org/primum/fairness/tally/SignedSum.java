package org.primum.fairness.tally;

import java.math.BigInteger;

/// The exact sum of finite doubles of either sign.
///
/// @param plus the sum of the positive ones
/// @param minus the sum of the negative ones, without their sign
public record SignedSum(ExactSum plus, ExactSum minus) {

  public static final SignedSum ZERO = new SignedSum(ExactSum.ZERO, ExactSum.ZERO);

  public SignedSum plus(SignedSum other) {
    return new SignedSum(plus.plus(other.plus), minus.plus(other.minus));
  }

  /// The double nearest to the sum.
  public double toDouble() {
    BigInteger difference = plus.units().subtract(minus.units());
    double size = new ExactSum(difference.abs()).toDouble();
    return difference.signum() < 0 ? -size : size;
  }

  /// Adds up in place.
  static final class Running {

    private final ExactSum.Running plus = new ExactSum.Running();
    private final ExactSum.Running minus = new ExactSum.Running();

    /// @param value finite
    void add(double value) {
      if (value < 0) {
        minus.add(-value);
      } else {
        plus.add(value);
      }
    }

    SignedSum total() {
      return new SignedSum(plus.total(), minus.total());
    }
  }
}

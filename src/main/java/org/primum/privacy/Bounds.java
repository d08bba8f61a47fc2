package org.primum.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.primum.privacy.noise.Rational;

/// The declared range of a column, and the grid of whole numbers its values are summed on.
///
/// One step of the grid is a power of two, 2^-30 to 2^-29 of the larger bound, so that sums are
/// exact whatever the order of rows (Casacuberta et al. 2022, *Widespread underestimation of
/// sensitivity*), and rounding a million rows moves the sum by less than a thousandth of the
/// largest row. It depends on the bounds only.
///
/// @param lower below `upper`
public record Bounds(BigDecimal lower, BigDecimal upper) {

  private static final int GRID_BITS = 30;
  private static final int MAX_MAGNITUDE = 18;
  private static final int MAX_DIGITS = 60;

  public Bounds {
    if (lower.compareTo(upper) >= 0) {
      throw new IllegalArgumentException(
          "bounds run from lower to upper; lower must be below upper");
    }
    requireReasonable(lower);
    requireReasonable(upper);
  }

  private static void requireReasonable(BigDecimal bound) {
    int magnitude = bound.precision() - bound.scale();
    boolean extreme = bound.signum() != 0 && Math.abs(magnitude) > MAX_MAGNITUDE;
    if (extreme || bound.precision() > MAX_DIGITS) {
      throw new IllegalArgumentException(
          "a bound lies between 1e-" + MAX_MAGNITUDE + " and 1e" + MAX_MAGNITUDE);
    }
  }

  /// The power of two that one step of the grid is worth.
  public int gridExponent() {
    BigDecimal largest = lower.abs().max(upper.abs());
    return Math.getExponent(largest.doubleValue()) - GRID_BITS;
  }

  /// The smallest step inside the bounds.
  public BigInteger lowerStep() {
    return steps(lower).ceiling();
  }

  /// The largest step inside the bounds.
  public BigInteger upperStep() {
    return steps(upper).floor();
  }

  private Rational steps(BigDecimal value) {
    int exponent = gridExponent();
    BigInteger power = BigInteger.TWO.pow(Math.abs(exponent));
    Rational exact = Rational.of(value);
    return exponent >= 0 ? exact.dividedBy(Rational.of(power)) : exact.times(Rational.of(power));
  }

  /// The value on the grid, inside the bounds; infinities become the bounds.
  ///
  /// @param value not NaN
  public long step(double value) {
    double scaled = Math.rint(Math.scalb(value, -gridExponent()));
    long lowest = lowerStep().longValueExact();
    long highest = upperStep().longValueExact();
    return Math.clamp((long) scaled, lowest, highest);
  }

  /// What a number of steps is worth: exact, without trailing zeros.
  public static BigDecimal worth(BigInteger steps, int gridExponent) {
    BigDecimal whole = new BigDecimal(steps);
    BigDecimal power = new BigDecimal(BigInteger.TWO.pow(Math.abs(gridExponent)));
    return gridExponent >= 0
        ? whole.multiply(power)
        : whole.divide(power, -gridExponent, RoundingMode.UNNECESSARY).stripTrailingZeros();
  }
}

package org.primum.fairness.statistics;

import org.primum.gate.Interval.Bounds;

/// Intervals of the difference and the ratio of two estimates from the intervals of each: the
/// method of variance estimates recovery (MOVER).
///
/// It needs nothing but the two values and their intervals at the same level, keeps the asymmetry
/// of those intervals, and with Wilson's for two proportions is Newcombe's hybrid score interval.
public final class Mover {

  private Mover() {}

  /// Interval of `first - second` for independent estimates.
  ///
  /// @see #difference(double, Bounds, double, Bounds, double)
  public static Bounds difference(double first, Bounds ofFirst, double second, Bounds ofSecond) {
    return difference(first, ofFirst, second, ofSecond, 0);
  }

  /// Interval of `first - second`; an end is infinite where an end it rests on is.
  ///
  /// Zou, Donner 2008, *Construction of confidence limits about effect measures: a general
  /// approach*, Statistics in Medicine 27:1693-1702, equation 6,
  /// [doi:10.1002/sim.3095](https://doi.org/10.1002/sim.3095).
  ///
  /// @param first finite, within `ofFirst`
  /// @param second finite, within `ofSecond`
  /// @param correlation of the two estimates, in [-1, 1]
  public static Bounds difference(
      double first, Bounds ofFirst, double second, Bounds ofSecond, double correlation) {
    within(first, ofFirst);
    within(second, ofSecond);
    if (!(correlation >= -1 && correlation <= 1)) {
      throw new IllegalArgumentException("a correlation lies in [-1, 1], got " + correlation);
    }
    double below = distance(first - ofFirst.low(), ofSecond.high() - second, correlation);
    double above = distance(ofFirst.high() - first, second - ofSecond.low(), correlation);
    return new Bounds(first - second - below, first - second + above);
  }

  /// Interval of `first / second` for independent estimates.
  ///
  /// @see #ratio(double, Bounds, double, Bounds, double)
  public static Bounds ratio(double first, Bounds ofFirst, double second, Bounds ofSecond) {
    return ratio(first, ofFirst, second, ofSecond, 0);
  }

  /// Interval of `first / second` for estimates of quantities that are not negative, within [0,
  /// infinity]: the values r for which 0 lies in the interval of `first - r second`.
  ///
  /// The upper end is infinite where the lower end of the second is 0; the lower end is 0 where
  /// that of the first is 0 or the upper one of the second infinite. Interchanging the two inverts
  /// the interval.
  ///
  /// Donner, Zou 2012, *Closed-form confidence intervals for functions of the normal mean and
  /// standard deviation*, Statistical Methods in Medical Research 21:347-359, equation 9 (MOVER-R),
  /// [doi:10.1177/0962280210383082](https://doi.org/10.1177/0962280210383082).
  ///
  /// @param first finite, at least 0, within `ofFirst`
  /// @param ofFirst lower end at least 0
  /// @param second finite, at least 0, within `ofSecond`
  /// @param ofSecond lower end at least 0
  /// @param correlation of the two estimates, in [-1, 1]
  public static Bounds ratio(
      double first, Bounds ofFirst, double second, Bounds ofSecond, double correlation) {
    within(first, ofFirst);
    within(second, ofSecond);
    if (ofFirst.low() < 0 || ofSecond.low() < 0) {
      throw new IllegalArgumentException("a ratio is taken of what cannot be negative");
    }
    double low = lowerRatio(first, ofFirst.low(), second, ofSecond.high(), correlation);
    double high = upperRatio(first, ofFirst.high(), second, ofSecond.low(), correlation);
    double ratio = first / second; // rounding puts no end on its other side
    return second > 0
        ? new Bounds(Math.min(low, ratio), Math.max(high, ratio))
        : new Bounds(low, high);
  }

  /// Interval of `first / second` by the difference of the logarithms, within [0, infinity].
  ///
  /// An end at 0 is a logarithm of minus infinity: where the lower end of the first is 0 the lower
  /// end of the ratio is 0, where that of the second is 0 the upper end is infinite. Zou, Donner
  /// 2008 section 3.2.
  ///
  /// @param first above 0; where it can be 0 use [#ratio]
  /// @param second above 0
  public static Bounds logRatio(double first, Bounds ofFirst, double second, Bounds ofSecond) {
    if (!(first > 0 && second > 0)) {
      throw new IllegalArgumentException(first + " / " + second + " has no logarithm");
    }
    Bounds log =
        difference(Math.log(first), logarithm(ofFirst), Math.log(second), logarithm(ofSecond));
    return new Bounds(Math.exp(log.low()), Math.exp(log.high()));
  }

  private static Bounds logarithm(Bounds bounds) {
    return new Bounds(Math.log(Math.max(0, bounds.low())), Math.log(bounds.high()));
  }

  private static void within(double value, Bounds bounds) {
    if (!(value >= bounds.low() && value <= bounds.high()) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(value + " lies outside of its interval " + bounds);
    }
  }

  private static double distance(double one, double other, double correlation) {
    if (Double.isInfinite(one) || Double.isInfinite(other)) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.sqrt(Math.max(0, one * one + other * other - 2 * correlation * one * other));
  }

  /// The lower end with the difference of the root moved below the line, so that `high = 2 second`
  /// divides by nothing.
  private static double lowerRatio(
      double first, double low, double second, double high, double correlation) {
    if (low == 0 || Double.isInfinite(high)) {
      return 0;
    }
    double product = first * second - correlation * (first - low) * (high - second);
    double spread = low * high * (2 * first - low) * (2 * second - high);
    double root = Math.sqrt(Math.max(0, product * product - spread));
    return Math.max(0, low * (2 * first - low) / (product + root));
  }

  private static double upperRatio(
      double first, double high, double second, double low, double correlation) {
    if (low == 0 || Double.isInfinite(high)) {
      return Double.POSITIVE_INFINITY;
    }
    double product = first * second - correlation * (high - first) * (second - low);
    double spread = high * low * (2 * first - high) * (2 * second - low);
    double root = Math.sqrt(Math.max(0, product * product - spread));
    return (product + root) / (low * (2 * second - low));
  }
}

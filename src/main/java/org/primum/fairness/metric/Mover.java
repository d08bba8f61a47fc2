package org.primum.fairness.metric;

import org.primum.gate.Interval.Bounds;

/// Intervals of two numbers, recovered from the decisive interval of each (MOVER): of Newcombe's
/// kind where both are rates, DeLong's where both are DeLong's. The two are independent, unless
/// bootstrap replicates of both tell how they vary together.
///
/// Zou and Donner 2008, *Construction of confidence limits about effect measures: a general
/// approach*, Statistics in Medicine 27:1693-1702,
/// [doi:10.1002/sim.3095](https://doi.org/10.1002/sim.3095).
public final class Mover {

  private Mover() {}

  /// Of `one - other`, within what the metric can take.
  public static Bounds difference(Estimate one, Estimate other, double alpha) {
    Bounds first = one.decisive(alpha);
    Bounds second = other.decisive(alpha);
    double difference = one.value() - other.value();
    double r = correlation(one, other);
    double below = side(one.value() - first.low(), second.high() - other.value(), r);
    double above = side(first.high() - one.value(), other.value() - second.low(), r);
    double span = span(one, other);
    return new Bounds(Math.max(-span, difference - below), Math.min(span, difference + above));
  }

  /// Of `(one + other) / 2`.
  public static Bounds mean(Estimate one, Estimate other, double alpha) {
    Bounds first = one.at(alpha);
    Bounds second = other.at(alpha);
    double mean = (one.value() + other.value()) / 2;
    double r = -correlation(one, other);
    double below = side(one.value() - first.low(), other.value() - second.low(), r) / 2;
    double above = side(first.high() - one.value(), second.high() - other.value(), r) / 2;
    return new Bounds(mean - below, mean + above);
  }

  /// How two numbers vary together; 0 where nobody drew them.
  public static double correlation(Estimate one, Estimate other) {
    return one.support().deviations().correlation(other.support().deviations());
  }

  /// The length of a side of the interval of two numbers that vary together: Zou 2008, *On the
  /// estimation of additive interaction by use of the four-by-two table and beyond*, American
  /// Journal of Epidemiology 168:212-224,
  /// [doi:10.1093/aje/kwn104](https://doi.org/10.1093/aje/kwn104).
  private static double side(double one, double other, double correlation) {
    if (correlation == 0 || Double.isInfinite(one) || Double.isInfinite(other)) {
      return Math.hypot(one, other);
    }
    double apart = one - other; // of two that vary exactly together nothing else is left
    return Math.sqrt(Math.max(0, apart * apart + 2 * (1 - correlation) * one * other));
  }

  private static double span(Estimate one, Estimate other) {
    return Math.max(high(one), high(other)) - Math.min(low(one), low(other));
  }

  private static double low(Estimate estimate) {
    return estimate instanceof Estimate.Value number ? number.low() : 0;
  }

  private static double high(Estimate estimate) {
    return estimate instanceof Estimate.Value number ? number.high() : 1;
  }

  /// Of `one / other`, on the logarithmic scale; 0 below where the interval of `one` reaches 0, and
  /// infinity above where that of `other` does.
  ///
  /// @param one above 0
  /// @param other above 0
  public static Bounds ratio(Estimate one, Estimate other, double alpha) {
    Bounds first = one.decisive(alpha);
    Bounds second = other.decisive(alpha);
    double ratio = Math.log(one.value()) - Math.log(other.value());
    double r = correlation(one, other);
    double below = side(logOf(one.value(), first.low()), logOf(second.high(), other.value()), r);
    double above = side(logOf(first.high(), one.value()), logOf(other.value(), second.low()), r);
    return new Bounds(Math.exp(ratio - below), Math.exp(ratio + above));
  }

  /// `log(high / low)`, infinite where `low` is not above 0 or `high` is infinite.
  private static double logOf(double high, double low) {
    return low > 0 ? Math.log(high / low) : Double.POSITIVE_INFINITY;
  }
}

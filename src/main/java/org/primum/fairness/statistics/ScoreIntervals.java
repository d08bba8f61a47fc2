package org.primum.fairness.statistics;

import java.util.function.DoublePredicate;
import org.primum.gate.Interval.Bounds;

/// Score intervals for the difference and the ratio of two independent proportions: all values that
/// the score test does not refuse.
///
/// Miettinen, Nurminen 1985, *Comparative analysis of two rates*, Statistics in Medicine 4:213-226,
/// [doi:10.1002/sim.4780040211](https://doi.org/10.1002/sim.4780040211), with their factor N / (N -
/// 1) on the variance. The rates under the hypothesis are found by bisection on the derivative of
///    the likelihood, and the ends by bisection on the statistic, so that cells of zero are as good
///    as others; statsmodels 0.15.0 fails on those, and its difference interval is wrong elsewhere
///    too (a coefficient of the cubic).
///
/// Weighted proportions count with Kish's effective number of rows, an approximation.
public final class ScoreIntervals {

  /// Halvings that leave no double between the two ends.
  private static final int STEPS = 200;

  private static final double NEARLY_ONE = 1 - 1e-15;
  private static final double LOG_RATIO_LIMIT = 60;

  private ScoreIntervals() {}

  /// Interval of `p1 - p2` within [-1, 1].
  ///
  /// @param p1 defined
  /// @param p2 defined
  /// @param z normal quantile, above 0
  public static Bounds difference(Proportion p1, Proportion p2, double z) {
    double observed = p1.value() - p2.value();
    double low =
        differenceStatistic(p1, p2, -NEARLY_ONE) < z
            ? -1
            : boundary(-NEARLY_ONE, observed, d -> differenceStatistic(p1, p2, d) > z);
    double high =
        differenceStatistic(p1, p2, NEARLY_ONE) > -z
            ? 1
            : boundary(NEARLY_ONE, observed, d -> differenceStatistic(p1, p2, d) < -z);
    return new Bounds(Math.min(low, observed), Math.max(high, observed));
  }

  /// The score statistic of the hypothesis `p1 - p2 = difference`: standard normal in large
  /// samples, falling in `difference`; 0 where it is what was observed, infinite where the
  /// hypothesis leaves no room for what was observed.
  ///
  /// @param difference in (-1, 1)
  public static double differenceStatistic(Proportion p1, Proportion p2, double difference) {
    double off = p1.value() - p2.value() - difference;
    double second = constrainedSecond(p1, p2, difference);
    double first = Math.clamp(second + difference, 0, 1);
    double n1 = p1.effectiveRows();
    double n2 = p2.effectiveRows();
    double variance = first * (1 - first) / n1 + second * (1 - second) / n2;
    return standardized(off, variance * correction(n1, n2));
  }

  /// Interval of `p1 / p2` within [0, infinity]: 0 below where `p1` is 0, infinite above where `p2`
  /// is 0, and [0, infinity] where both are.
  ///
  /// @param p1 defined
  /// @param p2 defined
  /// @param z normal quantile, above 0
  public static Bounds ratio(Proportion p1, Proportion p2, double z) {
    boolean noneInFirst = p1.events() == 0;
    boolean noneInSecond = p2.events() == 0;
    if (noneInFirst && noneInSecond) {
      return new Bounds(0, Double.POSITIVE_INFINITY);
    }
    double low = noneInFirst ? 0 : ratioEnd(p1, p2, z);
    double high = noneInSecond ? Double.POSITIVE_INFINITY : ratioEnd(p1, p2, -z);
    double observed = p1.value() / p2.value();
    return new Bounds(Math.min(low, observed), Math.max(high, observed));
  }

  /// The score statistic of the hypothesis `p1 = ratio * p2`, falling in `ratio`.
  ///
  /// @param ratio above 0, finite
  public static double ratioStatistic(Proportion p1, Proportion p2, double ratio) {
    double n1 = p1.effectiveRows();
    double n2 = p2.effectiveRows();
    double x1 = p1.value() * n1;
    double x2 = p2.value() * n2;
    double b = n1 * ratio + x1 + n2 + x2 * ratio;
    double root = Math.sqrt(Math.max(0, b * b - 4 * (n1 + n2) * ratio * (x1 + x2)));
    double second = 2 * (x1 + x2) / (b + root);
    double first = Math.min(1, ratio * second);
    double variance = first * (1 - first) / n1 + ratio * ratio * second * (1 - second) / n2;
    return standardized(p1.value() - ratio * p2.value(), variance * correction(n1, n2));
  }

  private static double ratioEnd(Proportion p1, Proportion p2, double z) {
    return Math.exp(
        boundary(
            -LOG_RATIO_LIMIT, LOG_RATIO_LIMIT, log -> ratioStatistic(p1, p2, Math.exp(log)) > z));
  }

  /// N / (N - 1); 1 where less than two rows count in all.
  private static double correction(double n1, double n2) {
    double all = n1 + n2;
    return all > 1 ? all / (all - 1) : 1;
  }

  private static double standardized(double off, double variance) {
    if (off == 0) {
      return 0;
    }
    return variance > 0 ? off / Math.sqrt(variance) : Math.copySign(Double.POSITIVE_INFINITY, off);
  }

  /// The likeliest second proportion where the first is `difference` more.
  private static double constrainedSecond(Proportion p1, Proportion p2, double difference) {
    double low = Math.max(0, -difference);
    double high = Math.min(1, 1 - difference);
    for (int step = 0; step < STEPS; step++) {
      double middle = (low + high) / 2;
      if (middle == low || middle == high) {
        break;
      }
      if (slope(p1, middle + difference) + slope(p2, middle) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /// Derivative of the log likelihood of one proportion, falling in `p`.
  private static double slope(Proportion of, double p) {
    double n = of.effectiveRows();
    double events = of.value() * n;
    double others = n - events;
    double up = events == 0 ? 0 : p > 0 ? events / p : Double.POSITIVE_INFINITY;
    double down = others == 0 ? 0 : p < 1 ? others / (1 - p) : Double.POSITIVE_INFINITY;
    return up - down;
  }

  /// Where `holds`, true at `yes` and false at `no`, changes.
  private static double boundary(double yes, double no, DoublePredicate holds) {
    double in = yes;
    double out = no;
    for (int step = 0; step < STEPS; step++) {
      double middle = (in + out) / 2;
      if (middle == in || middle == out) {
        break;
      }
      if (holds.test(middle)) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return (in + out) / 2;
  }
}

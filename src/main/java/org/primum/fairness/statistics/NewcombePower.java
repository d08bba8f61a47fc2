package org.primum.fairness.statistics;

import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.function.LongToDoubleFunction;
import org.primum.gate.Interval.Bounds;

/// How often Newcombe's interval of a difference will prove harm or show safety, were the two rates
/// what one assumes: the sum over all outcomes of two binomials, without approximation but for
/// outcomes with a probability below 1e-16 in all.
///
/// `bounds` are the differences that are acceptable; an end may be infinite. Harm is proven where
/// the interval lies wholly outside of them, safety is shown where it lies wholly inside; else the
/// audit cannot say.
///
/// @param rate assumed rate of the group, in [0, 1]
/// @param reference assumed rate of the reference, in [0, 1]
/// @param ratio rows of the reference for each row of the group, above 0
/// @param bounds acceptable values of rate minus reference
/// @param alpha two-sided level of the interval in (0, 1), after adjustment for the family
public record NewcombePower(
    double rate, double reference, double ratio, Bounds bounds, double alpha) {

  private static final long MOST = 1L << 33;

  public NewcombePower {
    boolean rates = rate >= 0 && rate <= 1 && reference >= 0 && reference <= 1;
    if (!(rates && ratio > 0 && alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException(
          "rates %s and %s, ratio %s, alpha %s".formatted(rate, reference, ratio, alpha));
    }
  }

  /// The chance that the interval lies wholly below or wholly above the acceptable differences.
  ///
  /// @param n rows of the group, above 0
  public double provesHarm(long n) {
    return new Outcomes(n).outside();
  }

  /// The chance that the interval lies wholly within the acceptable differences.
  ///
  /// @param n rows of the group, above 0
  public double showsSafety(long n) {
    return new Outcomes(n).inside();
  }

  /// The rows of the group at which harm is proven with at least this power; empty where the
  /// assumed difference is acceptable, and where 2^33 are too few. Power climbs in small steps that
  /// fall back a little, so a few rows more can have a bit less.
  ///
  /// @param power in (0, 1)
  public OptionalLong rowsToProveHarm(double power) {
    return harmful() ? rows(this::provesHarm, power) : OptionalLong.empty();
  }

  /// The rows of the group at which safety is shown with at least this power; empty where the
  /// assumed difference is not acceptable, or lies on its edge, and where 2^33 are too few.
  ///
  /// @param power in (0, 1)
  public OptionalLong rowsToShowSafety(double power) {
    return harmless() ? rows(this::showsSafety, power) : OptionalLong.empty();
  }

  private boolean harmful() {
    return rate - reference < bounds.low() || rate - reference > bounds.high();
  }

  private boolean harmless() {
    return rate - reference > bounds.low() && rate - reference < bounds.high();
  }

  private static OptionalLong rows(LongToDoubleFunction chance, double power) {
    long enough = 1;
    while (enough < MOST && chance.applyAsDouble(enough) < power) {
      enough *= 2;
    }
    if (enough >= MOST) {
      return OptionalLong.empty();
    }
    long few = enough / 2;
    while (enough - few > 1) {
      long middle = few + (enough - few) / 2;
      if (chance.applyAsDouble(middle) < power) {
        few = middle;
      } else {
        enough = middle;
      }
    }
    return OptionalLong.of(enough);
  }

  /// All pairs of event counts for one number of rows.
  private final class Outcomes {
    private final Binomial group;
    private final Binomial other;
    private final double z = Normal.twoSidedQuantile(alpha);

    Outcomes(long n) {
      group = new Binomial(n, rate);
      other = new Binomial(Math.max(1, Math.round((double) n * ratio)), reference);
    }

    /// More events in the reference move the interval down: one search a row of the table.
    double outside() {
      double sum = 0;
      for (long k = group.min(); k <= group.max(); k++) {
        long at = k;
        long below = first(x -> interval(at, x).high() < bounds.low());
        long notAbove = first(x -> interval(at, x).low() <= bounds.high());
        sum += group.probability(k) * (other.atLeast(below) + 1 - other.atLeast(notAbove));
      }
      return Math.clamp(sum, 0, 1);
    }

    double inside() {
      double sum = 0;
      for (long k = group.min(); k <= group.max(); k++) {
        long at = k;
        long from = first(x -> interval(at, x).high() <= bounds.high());
        long to = first(x -> interval(at, x).low() < bounds.low());
        sum += group.probability(k) * Math.max(0, other.atLeast(from) - other.atLeast(to));
      }
      return Math.clamp(sum, 0, 1);
    }

    private Bounds interval(long events, long otherEvents) {
      return ProportionIntervals.newcombe(
          Proportion.of(events, group.rows()), Proportion.of(otherEvents, other.rows()), z);
    }

    /// The fewest events of the reference from which on the condition holds.
    private long first(LongPredicate condition) {
      long no = -1;
      long yes = other.rows() + 1;
      while (yes - no > 1) {
        long middle = no + (yes - no) / 2;
        if (condition.test(middle)) {
          yes = middle;
        } else {
          no = middle;
        }
      }
      return yes;
    }
  }
}

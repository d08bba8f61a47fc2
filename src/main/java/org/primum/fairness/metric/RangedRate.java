package org.primum.fairness.metric;

import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.ProportionIntervals;
import org.primum.fairness.suppression.Range;
import org.primum.gate.Interval.Bounds;

/// A rate of which only ranges of rows are told: its value is that of the middles, its interval
/// holds Wilson's interval of every pair of numbers in the ranges, and its denominator is the least
/// there can be. So it says no more than the ranges do, and whoever decides by it errs on the side
/// of not knowing.
final class RangedRate {

  private RangedRate() {}

  /// @param events rows in which it happened
  /// @param others rows in which it did not
  static Estimate of(Range events, Range others, Support.Kind kind, Shown shown) {
    Range all = events.plus(others);
    if (all.low() < shown.below() || !all.bounded() || shown.weighted()) {
      return untold(kind);
    }
    double value = events.middle() / (events.middle() + others.middle());
    return new Estimate.Value(
        value,
        0,
        1,
        alpha -> bounds(events, others, ProportionIntervals.quantile(alpha)),
        Support.of(kind, Proportion.of(0, all.low())));
  }

  private static Bounds bounds(Range events, Range others, double z) {
    Proportion least = Proportion.of(events.low(), events.low() + others.high());
    Proportion most = Proportion.of(events.high(), events.high() + others.low());
    return new Bounds(
        ProportionIntervals.wilson(least, z).low(), ProportionIntervals.wilson(most, z).high());
  }

  /// A number of too few rows to be told.
  static Estimate untold(Support.Kind kind) {
    return new Estimate.Value(0.5, 0, 1, _ -> new Bounds(0, 1), Support.untold(kind));
  }
}

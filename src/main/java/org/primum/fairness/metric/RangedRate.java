package org.primum.fairness.metric;

import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.ProportionIntervals;
import org.primum.fairness.suppression.Range;
import org.primum.gate.Interval.Bounds;

/// A rate of which only ranges of rows are told: its value is that of the middles, its interval
/// holds the interval of every pair of numbers in the ranges, and its denominator is the least
/// there can be. So it says no more than the ranges do, and whoever decides by it errs on the side
/// of not knowing.
public final class RangedRate {

  private RangedRate() {}

  /// A hundredth tells how much less repeated rows know, and no number of rows.
  private static final double STEPS = 100;

  /// @param events rows in which it happened
  /// @param others rows in which it did not
  /// @param exact what the number itself stands on
  static Estimate of(Range events, Range others, Support exact, Shown shown) {
    Range all = events.plus(others);
    if (all.low() < shown.below() || !all.bounded() || shown.weighted()) {
      return untold(exact);
    }
    double value = events.middle() / (events.middle() + others.middle());
    double each = each(exact);
    return new Estimate.Value(
        value,
        0,
        1,
        new Within(events, others, each),
        Support.of(kind(exact), proportion(0, all.low(), each)));
  }

  /// How much of a row of its own a row is: less than 1 where rows are of the same people.
  private static double each(Support exact) {
    boolean alike =
        exact.parts().isEmpty()
            || exact.rows() == 0
            || exact.parts().getFirst().effective() >= (double) exact.rows();
    return alike
        ? 1
        : Math.floor(STEPS * exact.parts().getFirst().effective() / (double) exact.rows()) / STEPS;
  }

  /// From the lower end for the fewest events to the upper end for the most.
  private record Within(Range events, Range others, double each) implements Estimate.IntervalAt {

    @Override
    public Bounds at(double alpha) {
      double z = ProportionIntervals.quantile(alpha);
      return new Bounds(
          ProportionIntervals.wilson(least(), z).low(),
          ProportionIntervals.wilson(most(), z).high());
    }

    @Override
    public Bounds decisive(double alpha) {
      double z = ProportionIntervals.quantile(alpha);
      return new Bounds(
          ProportionIntervals.skewnessCorrected(least(), z).low(),
          ProportionIntervals.skewnessCorrected(most(), z).high());
    }

    private Proportion least() {
      return proportion(events.low(), events.low() + others.high(), each);
    }

    private Proportion most() {
      return proportion(events.high(), events.high() + others.low(), each);
    }
  }

  private static Proportion proportion(long events, long rows, double each) {
    return new Proportion(
        (double) events, (double) rows, events, rows, Math.max(1 / STEPS, each) * (double) rows);
  }

  /// A number of too few rows to be told.
  public static Estimate untold(Support exact) {
    return new Estimate.Value(0.5, 0, 1, _ -> new Bounds(0, 1), Support.untold(kind(exact)));
  }

  private static Support.Kind kind(Support support) {
    return support.parts().isEmpty() ? Support.Kind.PATIENTS : support.parts().getFirst().kind();
  }
}

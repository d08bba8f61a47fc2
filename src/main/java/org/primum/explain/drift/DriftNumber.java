package org.primum.explain.drift;

import org.primum.explain.summary.ShapleySpread;
import org.primum.gate.Interval;
import org.primum.gate.Measure;

/// One number that says how explanations have changed, and what chance may have to do with it: the
/// rows of both runs are taken as samples of many like them.
public final class DriftNumber {

  /// What a number may be in the many.
  interface Bounds {
    /// @param alpha in (0, 1): the bounds miss it in at most that share of samples
    Interval at(double alpha);
  }

  private final Measure value;
  private final Bounds bounds;
  private final Measure chance;

  private DriftNumber(Measure value, Bounds bounds, Measure chance) {
    this.value = value;
    this.bounds = bounds;
    this.chance = chance;
  }

  /// A number whose chance level nobody has simulated.
  static DriftNumber of(Measure value, Bounds bounds) {
    return new DriftNumber(value, bounds, new Measure.Unknown("it is not simulated"));
  }

  /// @param chance what the number does not exceed (or fall below, where 1 is no change) in all but
  ///   [ShapleySpread#LEVEL] of samples in which nothing has changed
  static DriftNumber of(Measure value, Bounds bounds, double chance) {
    return new DriftNumber(value, bounds, new Measure.Known(chance));
  }

  /// What it comes to in these rows.
  public Measure value() {
    return value;
  }

  /// What it may come to in many rows like these; none where there is no value.
  ///
  /// @param alpha in (0, 1): the interval misses it in at most that share of samples
  public Interval interval(double alpha) {
    return value instanceof Measure.Unknown ? new Interval.None() : bounds.at(alpha);
  }

  /// The interval of [ShapleySpread#LEVEL].
  public Interval usualInterval() {
    return interval(ShapleySpread.LEVEL);
  }

  /// What the number does not exceed (or fall below, where 1 is no change) in 95 % of samples in
  /// which nothing has changed.
  public Measure chance() {
    return chance;
  }
}

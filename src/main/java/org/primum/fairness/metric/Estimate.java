package org.primum.fairness.metric;

import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.ProportionIntervals;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Measure;

/// A metric of one group: its value with the interval at any level, or why there is none.
public sealed interface Estimate {

  /// The two-sided interval that misses the truth with probability at most about `alpha`.
  @FunctionalInterface
  interface IntervalAt {

    /// @param alpha in (0, 1)
    Bounds at(double alpha);

    /// The interval that decisions are made by, see [Estimate#decisive]; the same where no other is
    /// known.
    default Bounds decisive(double alpha) {
      return at(alpha);
    }
  }

  /// The rows it stands on.
  Support support();

  /// There is no denominator.
  ///
  /// @param reason in words a clinician can read
  record Undefined(String reason, Support support) implements Estimate {}

  /// A proportion, with Wilson's interval where it stands by itself.
  ///
  /// @param p defined
  record Rate(Proportion p, Support support) implements Estimate {}

  /// Any other number.
  ///
  /// @param value finite
  /// @param low the smallest value the metric can take; may be infinite
  /// @param high the largest
  record Value(double value, double low, double high, IntervalAt interval, Support support)
      implements Estimate {}

  default boolean defined() {
    return !(this instanceof Undefined);
  }

  default Measure measure() {
    return switch (this) {
      case Undefined(String reason, Support _) -> new Measure.Unknown(reason);
      case Rate(Proportion p, Support _) -> new Measure.Known(p.value());
      case Value number -> new Measure.Known(number.value());
    };
  }

  /// The value; only where [#defined].
  default double value() {
    return switch (this) {
      case Undefined(String reason, Support _) -> throw new IllegalStateException(reason);
      case Rate(Proportion p, Support _) -> p.value();
      case Value number -> number.value();
    };
  }

  /// The interval of the value itself; only where [#defined].
  default Bounds at(double alpha) {
    return switch (this) {
      case Undefined(String reason, Support _) -> throw new IllegalStateException(reason);
      case Rate(Proportion p, Support _) ->
          ProportionIntervals.wilson(p, ProportionIntervals.quantile(alpha));
      case Value number -> number.interval().at(alpha);
    };
  }

  /// The interval that decisions are made by, and that comparisons are made of; only where
  /// [#defined]. Each of its ends by itself errs with half of alpha, near 0 and 1 too, as a claim
  /// of harm has to: Wilson's keeps that only for both ends together.
  default Bounds decisive(double alpha) {
    return switch (this) {
      case Undefined(String reason, Support _) -> throw new IllegalStateException(reason);
      case Rate(Proportion p, Support _) ->
          ProportionIntervals.skewnessCorrected(p, ProportionIntervals.quantile(alpha));
      case Value number -> number.interval().decisive(alpha);
    };
  }

  /// A proportion as an estimate.
  ///
  /// @param undefined why there is none where the denominator is zero
  static Estimate of(Proportion p, Support.Kind kind, String undefined) {
    Support support = Support.of(kind, p);
    return p.defined()
        ? new Rate(p, support)
        : new Undefined(p.rows() > 0 ? "all weights are zero" : undefined, support);
  }
}

package org.primum.fairness.metric;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.Mean;
import org.primum.fairness.statistics.Normal;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.ProportionIntervals;
import org.primum.gate.Interval;
import org.primum.gate.Interval.Bounds;

/// Numbers that are no proportions, as estimates: within what the metric can take, around the
/// value, each level computed once.
final class Values {

  private Values() {}

  static Estimate undefined(Metric metric, Support support) {
    return new Estimate.Undefined(metric.undefined(), support);
  }

  /// What sums of doubles leave of a difference that is 0.
  private static final double ROUNDING = 1e-15;

  /// @param exact but for rounding, which may take it past what the metric can be
  static Estimate of(Metric metric, double exact, Support support, Estimate.IntervalAt interval) {
    double value = Math.abs(exact) < ROUNDING ? 0 : Math.clamp(exact, metric.low(), metric.high());
    Map<Double, Bounds> known = new ConcurrentHashMap<>();
    return new Estimate.Value(
        value,
        metric.low(),
        metric.high(),
        alpha -> known.computeIfAbsent(alpha, a -> within(metric, value, interval.at(a))),
        support);
  }

  private static Bounds within(Metric metric, double value, Bounds bounds) {
    return new Bounds(
        Math.max(metric.low(), Math.min(value, bounds.low())),
        Math.min(metric.high(), Math.max(value, bounds.high())));
  }

  /// A mean with Student's interval; anything is possible where one row counts.
  ///
  /// @param spread of the rows, around whatever mean
  static Estimate mean(Metric metric, double value, Mean spread, Support support) {
    return of(
        metric,
        value,
        support,
        alpha ->
            switch (spread.interval(alpha)) {
              case Bounds(double low, double high) ->
                  new Bounds(low + (value - spread.value()), high + (value - spread.value()));
              case Interval.None() -> new Bounds(metric.low(), metric.high());
            });
  }

  /// A function of a proportion, with the function's values over Wilson's interval.
  ///
  /// @param p defined
  /// @param image monotone
  static Estimate image(Metric metric, Proportion p, Support support, DoubleUnaryOperator image) {
    return of(
        metric,
        image.applyAsDouble(p.value()),
        support,
        alpha -> {
          Bounds wilson = wilson(p, alpha);
          double one = image.applyAsDouble(wilson.low());
          double other = image.applyAsDouble(wilson.high());
          return new Bounds(Math.min(one, other), Math.max(one, other));
        });
  }

  static Bounds wilson(Proportion p, double alpha) {
    return ProportionIntervals.wilson(p, Normal.twoSidedQuantile(alpha));
  }
}

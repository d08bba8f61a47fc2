package org.primum.fairness.statistics.calibration;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.primum.fairness.statistics.Normal;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.ProportionIntervals;
import org.primum.gate.Interval.Bounds;

/// Events that happened over events that were predicted: 1 is right on average, above 1 the risk is
/// underestimated. In [0, infinity).
///
/// The predicted events count as known, so what varies is the observed ones alone. Weighted rows
/// count by Kish's effective number: an approximation.
///
/// @param observed events among rows; defined
/// @param expected sum of the predicted risks over the same rows, weighted likewise; above 0
public record ObservedOverExpected(Proportion observed, double expected) {

  public ObservedOverExpected {
    if (!(observed.defined() && expected > 0 && Double.isFinite(expected))) {
      throw new IllegalArgumentException(
          "%s events of %s rows, %s expected"
              .formatted(observed.events(), observed.total(), expected));
    }
  }

  /// Of all rows of a table whose scores are not all 0.
  public static ObservedOverExpected of(CalibrationTable table) {
    double events = Math.min(table.observed(), table.total());
    Proportion observed = new Proportion(events, table.total(), 0, 0, table.effectiveRows());
    return new ObservedOverExpected(observed, table.expected());
  }

  /// The ratio.
  public double value() {
    return observed.events() / expected;
  }

  /// The interval to show: Wilson's of the share of events, over the expected share. Right for rare
  /// and for common events, 0 below where there are none, never a point.
  ///
  /// @param alpha in (0, 1)
  public Bounds interval(double alpha) {
    Bounds share = ProportionIntervals.wilson(observed, Normal.twoSidedQuantile(alpha));
    double unit = observed.total() / expected;
    return new Bounds(share.low() * unit, share.high() * unit);
  }

  /// The interval most papers print, `value exp(+-z / sqrt(events))`; without any event the exact
  /// one. It takes events to be rare: where they are common it is too wide, by 1 / sqrt(1 - share).
  ///
  /// Breslow, Day 1987, *Statistical Methods in Cancer Research II*, IARC, section 2.3.
  ///
  /// @param alpha in (0, 1)
  public Bounds logPoissonInterval(double alpha) {
    if (observed.events() == 0) {
      return exactPoissonInterval(alpha);
    }
    double factor = Math.exp(Normal.twoSidedQuantile(alpha) / Math.sqrt(effectiveEvents()));
    return new Bounds(value() / factor, value() * factor);
  }

  /// The exact Poisson interval: covers at least as often as it says. Without an event its upper
  /// end is that of `-ln(alpha / 2)` events.
  ///
  /// Garwood 1936, *Fiducial limits for the Poisson distribution*, Biometrika 28:437-442,
  /// [doi](https://doi.org/10.1093/biomet/28.3-4.437).
  ///
  /// @param alpha in (0, 1)
  public Bounds exactPoissonInterval(double alpha) {
    double events = effectiveEvents();
    double unit = observed.total() / observed.effectiveRows() / expected;
    double low = events == 0 ? 0 : halfChiSquare(alpha / 2, events);
    return new Bounds(low * unit, halfChiSquare(1 - alpha / 2, events + 1) * unit);
  }

  private double effectiveEvents() {
    return observed.value() * observed.effectiveRows();
  }

  private static double halfChiSquare(double p, double events) {
    return new ChiSquaredDistribution(null, 2 * events, 1e-13).inverseCumulativeProbability(p) / 2;
  }
}

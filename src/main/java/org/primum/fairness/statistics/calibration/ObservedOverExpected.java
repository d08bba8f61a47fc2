package org.primum.fairness.statistics.calibration;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.primum.fairness.statistics.Normal;
import org.primum.gate.Interval.Bounds;

/// Events that happened over events that were predicted: 1 is right on average, above 1 the risk is
/// underestimated. In [0, infinity).
///
/// Its interval takes the observed events to be Poisson and the predicted ones to be known. That is
/// a little wide, by 1 / sqrt(1 - rate), where events are common.
///
/// @param observed events, or their weight; at least 0
/// @param expected sum of the predicted risks, or its weighted form; above 0
/// @param effectiveEvents how many independent events `observed` stands for: itself without
///   weights, else times Kish's effective rows over the weight; 0 where nothing was observed
public record ObservedOverExpected(double observed, double expected, double effectiveEvents) {

  public ObservedOverExpected {
    boolean both = observed > 0 == effectiveEvents > 0;
    if (!(observed >= 0 && effectiveEvents >= 0 && both && expected > 0)) {
      throw new IllegalArgumentException(
          "%s observed (%s effective), %s expected".formatted(observed, effectiveEvents, expected));
    }
  }

  /// Of all rows of a table whose scores are not all 0.
  public static ObservedOverExpected of(CalibrationTable table) {
    double observed = table.observed();
    double effective = observed * (table.effectiveRows() / table.total());
    return new ObservedOverExpected(observed, table.expected(), effective);
  }

  /// The ratio.
  public double value() {
    return observed / expected;
  }

  /// The interval on the log scale, `value exp(+-z / sqrt(events))`; without any event the exact
  /// one, whose lower end is 0.
  ///
  /// Breslow, Day 1987, *Statistical Methods in Cancer Research II*, IARC, section 2.3.
  ///
  /// @param alpha in (0, 1)
  public Bounds interval(double alpha) {
    if (observed == 0) {
      return exactInterval(alpha);
    }
    double factor = Math.exp(Normal.twoSidedQuantile(alpha) / Math.sqrt(effectiveEvents));
    return new Bounds(value() / factor, value() * factor);
  }

  /// The exact Poisson interval: at least as wide as it says. Without an event its upper end is
  /// that of `-ln(alpha / 2)` events; then with weights one row of average weight is taken to be
  /// one event.
  ///
  /// Garwood 1936, *Fiducial limits for the Poisson distribution*, Biometrika 28:437-442,
  /// [doi](https://doi.org/10.1093/biomet/28.3-4.437).
  ///
  /// @param alpha in (0, 1)
  public Bounds exactInterval(double alpha) {
    double unit = observed == 0 ? 1 : observed / effectiveEvents;
    double low = observed == 0 ? 0 : halfChiSquare(alpha / 2, effectiveEvents);
    double high = halfChiSquare(1 - alpha / 2, effectiveEvents + 1);
    return new Bounds(low * unit / expected, high * unit / expected);
  }

  private static double halfChiSquare(double p, double events) {
    return new ChiSquaredDistribution(null, 2 * events, 1e-13).inverseCumulativeProbability(p) / 2;
  }
}

package org.primum.fairness.statistics.calibration;

import org.primum.fairness.statistics.Normal;
import org.primum.gate.Interval.Bounds;

/// The spread of the expected calibration error in closed form.
///
/// The error is a sum of absolute gaps of independent bins. Each gap is taken to be normal around
/// what was observed, its absolute value then has a known mean and variance (the folded normal),
/// and the sum of several of them is nearly normal. It is what [CalibrationError#interval] draws,
/// without drawing.
///
/// Leone, Nelson, Nottingham 1961, *The folded normal distribution*, Technometrics 3:543-550,
/// [doi:10.1080/00401706.1961.10489974](https://doi.org/10.1080/00401706.1961.10489974).
public final class FoldedGaps {

  private final CalibrationError errors;
  private final double total;
  private final double unit;

  /// @param errors of the table
  public FoldedGaps(CalibrationError errors, CalibrationTable table) {
    this.errors = errors;
    this.total = table.total();
    this.unit = table.total() / table.effectiveRows();
  }

  /// The squared standard error of the expected calibration error, above 0.
  public double variance() {
    double sum = 0;
    for (CalibrationBin bin : errors.bins()) {
      double share = bin.total() / total;
      sum += share * share * folded(bin);
    }
    return sum;
  }

  /// The variance of the absolute gap. Half an event and half a non-event are added to the rate, so
  /// that a bin without events has one.
  private double folded(CalibrationBin bin) {
    double rows = bin.total() / unit;
    double rate = (bin.rate() * rows + 0.5) / (rows + 1);
    double error = Math.sqrt(rate * (1 - rate) / rows);
    double at = bin.gap() / error;
    double mean = 2 * error * Normal.density(at) + bin.gap() * (1 - 2 * Normal.above(at));
    return Math.max(0, bin.gap() * bin.gap() + error * error - mean * mean);
  }

  /// The interval within [0, 1]: the lower end takes off all that chance can add, so that right
  /// predictions are not called wrong, and the upper end takes nothing off.
  ///
  /// @param alpha in (0, 1)
  public Bounds interval(double alpha) {
    double half = Normal.twoSidedQuantile(alpha) * Math.sqrt(variance());
    double debiased = errors.debiased();
    return new Bounds(
        Math.clamp(errors.expected() - errors.byChance() - half, 0, debiased),
        Math.clamp(errors.expected() + half, debiased, 1));
  }
}

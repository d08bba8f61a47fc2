package org.primum.fairness.statistics.score;

import java.util.function.DoublePredicate;
import org.primum.fairness.statistics.Normal;
import org.primum.gate.Interval.Bounds;

/// An area under a ROC curve and how well it is known.
///
/// @param area in [0, 1]
/// @param variance its squared standard error; NaN where a class is too small to have one
/// @param positives effective rows, above 0
/// @param negatives the same of the other class
public record AreaEstimate(double area, double variance, double positives, double negatives) {

  private static final int HALVINGS = 200;
  private static final double MANY = 100;

  /// The interval to show, as [RocCurve#interval] describes it.
  ///
  /// @param alpha in (0, 1)
  public Bounds interval(double alpha) {
    boolean few = !(Math.min(positives, negatives) >= MANY);
    if (few || area == 0 || area == 1 || !(variance > 0)) {
      return testInterval(alpha);
    }
    double logit = Math.log(area / (1 - area));
    double half = Normal.twoSidedQuantile(alpha) * Math.sqrt(variance) / (area * (1 - area));
    return new Bounds(expit(logit - half), expit(logit + half));
  }

  /// The areas that a test would not refuse, as [RocCurve#testInterval] describes them.
  ///
  /// @param alpha in (0, 1)
  public Bounds testInterval(double alpha) {
    double reach = Normal.twoSidedQuantile(alpha) * Math.sqrt(excess());
    double low = boundary(area, 0, truth -> area - truth <= reach * Math.sqrt(implied(truth)));
    double high = boundary(area, 1, truth -> truth - area <= reach * Math.sqrt(implied(truth)));
    return new Bounds(low, high);
  }

  /// The variance over the implied one, at least 1.
  private double excess() {
    double implied = implied(area);
    return implied > 0 && variance > 0 ? Math.max(1, variance / implied) : 1;
  }

  /// The variance of the area of two exponential distributions whose true area is `truth`, the
  /// sizes of the classes replaced by their mean in what exceeds pairs.
  private double implied(double truth) {
    double more = (positives + negatives) / 2 - 1;
    double spread = 1 + more * ((1 - truth) / (2 - truth) + truth / (1 + truth));
    return truth * (1 - truth) * spread / (positives * negatives);
  }

  /// The value farthest from `from`, towards `to`, up to which `holds`.
  private static double boundary(double from, double to, DoublePredicate holds) {
    double in = from;
    double out = to;
    for (int step = 0; step < HALVINGS && in != out; step++) {
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
    return in;
  }

  private static double expit(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}

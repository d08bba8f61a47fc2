package org.primum.fairness.metric;

import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.Normal;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.gate.Interval.Bounds;

/// How far label and prediction agree: Cohen's kappa and the correlation of the two (Matthews).
///
/// Intervals are on Fisher's z scale with the variance of large samples: of kappa, Fleiss, Cohen,
/// Everitt 1969, Psychological Bulletin 72:323-327, equation 11,
/// [doi:10.1037/h0028106](https://doi.org/10.1037/h0028106); of the correlation, Bishop, Fienberg,
/// Holland 1975, *Discrete Multivariate Analysis*, equation 11.3-20. Where that variance is 0, as
/// in a table without an error, the interval is the image of Wilson's of the accuracy with the
/// agreement of chance held. With weights the rows are Kish's effective ones: an approximation.
///
/// @param a share of true positives
/// @param b of false positives
/// @param c of false negatives
/// @param d of true negatives
/// @param rows effective
record Agreement(double a, double b, double c, double d, double rows) {

  private static final double ROUNDING = 1e-9;

  private static final int DECIDED = Counts.TP | Counts.FP | Counts.FN | Counts.TN;

  static Estimate of(Metric metric, GroupTally group) {
    if (!(GroupRate.ACCURACY.estimate(group)
        instanceof Estimate.Rate(Proportion accuracy, Support support))) {
      return GroupRate.ACCURACY.estimate(group);
    }
    Counts counts = group.counts();
    Agreement table =
        new Agreement(
            counts.proportion(Counts.TP, DECIDED).value(),
            counts.proportion(Counts.FP, DECIDED).value(),
            counts.proportion(Counts.FN, DECIDED).value(),
            counts.proportion(Counts.TN, DECIDED).value(),
            accuracy.effectiveRows());
    boolean kappa = metric == Metric.COHEN_KAPPA;
    if (kappa ? table.chance() == 1 : table.margins() == 0) {
      return Values.undefined(metric, support);
    }
    double value = kappa ? table.kappa() : table.correlation();
    double variance = kappa ? table.kappaVariance() : table.correlationVariance();
    return Values.of(
        metric, value, support, alpha -> table.interval(value, variance, accuracy, alpha));
  }

  private double positive() {
    return a + c;
  }

  private double selected() {
    return a + b;
  }

  /// The accuracy of a prediction with these margins that knows nothing of the label.
  private double chance() {
    return positive() * selected() + (b + d) * (c + d);
  }

  /// Product of the four margins.
  private double margins() {
    return positive() * selected() * (b + d) * (c + d);
  }

  /// `a d - b c`, 0 where it is but for rounding.
  private double covariance() {
    double right = a * d;
    double wrong = b * c;
    boolean none = Math.abs(right - wrong) <= 16 * Math.ulp(Math.max(right, wrong));
    return none ? 0 : right - wrong;
  }

  /// The accuracy less that of chance, over what is left to chance.
  private double kappa() {
    return 2 * covariance() / (selected() * (b + d) + (c + d) * positive());
  }

  private double correlation() {
    return Math.clamp(covariance() / Math.sqrt(margins()), -1, 1);
  }

  private double kappaVariance() {
    double apart = 1 - kappa();
    double right =
        a * square(1 - (selected() + positive()) * apart)
            + d * square(1 - (2 - selected() - positive()) * apart);
    double wrong =
        square(apart) * (b * square(positive() + (c + d)) + c * square(selected() + (b + d)));
    double mean = square(kappa() - chance() * apart);
    return Math.max(0, right + wrong - mean) / square(1 - chance()) / rows;
  }

  private double correlationVariance() {
    double phi = correlation();
    double label = positive() - (b + d);
    double prediction = selected() - (c + d);
    double labels = positive() * (b + d);
    double predictions = selected() * (c + d);
    double skew = (phi + phi * phi * phi / 2) * label * prediction / Math.sqrt(margins());
    double lean = 0.75 * phi * phi * (square(label) / labels + square(prediction) / predictions);
    return Math.max(0, 1 - phi * phi + skew - lean) / rows;
  }

  private static double square(double x) {
    return x * x;
  }

  private Bounds interval(double value, double variance, Proportion accuracy, double alpha) {
    if (margins() == 0 || b + c == 0 || a + d == 0) {
      return atTheEnds(value, accuracy, alpha);
    }
    double half = Normal.twoSidedQuantile(alpha) * Math.sqrt(variance) / (1 - value * value);
    double z = 0.5 * Math.log((1 + value) / (1 - value));
    return new Bounds(Math.tanh(z - half), Math.tanh(z + half));
  }

  /// A table that is wrong in every row is one that is right in every row, turned over.
  private Bounds atTheEnds(double value, Proportion accuracy, double alpha) {
    Bounds wilson = Values.wilson(accuracy, alpha);
    if (a + d == 0 && chance() > 0 && value < -1 + ROUNDING) {
      return new Bounds(-1, Math.max(-1, (wilson.high() - chance()) / chance()));
    }
    return new Bounds(
        (wilson.low() - chance()) / (1 - chance()), (wilson.high() - chance()) / (1 - chance()));
  }
}

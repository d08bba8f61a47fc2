package org.primum.fairness.statistics.score;

import java.util.Arrays;
import org.primum.fairness.statistics.Normal;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.ProportionIntervals;
import org.primum.gate.Interval.Bounds;

/// The precision-recall curve of scores given as a histogram in ascending order, and the area under
/// it: average precision, the mean over positives of the precision at their score.
///
/// In (0, 1], best 1; a score that tells nothing has about the share of positives, so groups with
/// different shares are not comparable by it. The curve is a step function, as in scikit-learn: a
/// line between its points would promise too much (Davis, Goadrich 2006, ICML,
/// [doi](https://doi.org/10.1145/1143844.1143874)).
public final class PrecisionRecall {

  private static final double MANY = 100;

  private final double[] positives;
  private final double[] negatives;
  private final double positiveWeight;
  private final double positiveFactor;
  private final double negativeFactor;

  private PrecisionRecall(
      double[] positives, double[] negatives, double positiveFactor, double negativeFactor) {
    this.positives = positives;
    this.negatives = negatives;
    this.positiveFactor = positiveFactor;
    this.negativeFactor = negativeFactor;
    positiveWeight = Arrays.stream(positives).sum();
  }

  /// Unweighted rows.
  ///
  /// @param positives count of positives at each score, ascending by score; at least one in all
  /// @param negatives count of negatives at the same scores
  public static PrecisionRecall of(double[] positives, double[] negatives) {
    return weighted(
        positives, negatives, Arrays.stream(positives).sum(), Arrays.stream(negatives).sum());
  }

  /// Weighted rows; the variance is multiplied, class by class, by the mean weight of a unit of
  /// Kish's effective number of rows: an approximation.
  ///
  /// @param effectivePositives (sum w)^2 / sum w^2 of the positives, above 0
  /// @param effectiveNegatives the same of the negatives; 0 where there are none
  public static PrecisionRecall weighted(
      double[] positives,
      double[] negatives,
      double effectivePositives,
      double effectiveNegatives) {
    double positiveSum = sum(positives);
    double negativeSum = sum(negatives);
    if (positives.length != negatives.length || !(positiveSum > 0 && effectivePositives > 0)) {
      throw new IllegalArgumentException("no positives: precision and recall need some");
    }
    return new PrecisionRecall(
        positives.clone(),
        negatives.clone(),
        positiveSum / effectivePositives,
        negativeSum == 0 ? 0 : negativeSum / effectiveNegatives);
  }

  private static double sum(double[] counts) {
    double sum = 0;
    for (double count : counts) {
      if (!(count >= 0)) {
        throw new IllegalArgumentException("count at one score: " + count);
      }
      sum += count;
    }
    return sum;
  }

  /// Average precision: the sum over thresholds of the step in recall times the precision.
  public double averagePrecision() {
    double trues = 0;
    double falses = 0;
    double sum = 0;
    for (int i = positives.length - 1; i >= 0; i--) {
      trues += positives[i];
      falses += negatives[i];
      if (positives[i] > 0) {
        sum += positives[i] * (trues / (trues + falses));
      }
    }
    return Math.min(1, sum / positiveWeight);
  }

  /// The squared standard error of average precision, with the number of positives itself random,
  /// by the delta method on the counts: each count is Poisson, and average precision does not
  /// change where all are multiplied. One pass. 0 where every positive is above every negative.
  public double variance() {
    double precision = averagePrecision();
    int n = positives.length;
    double[] trues = new double[n + 1];
    double[] falses = new double[n + 1];
    for (int i = n - 1; i >= 0; i--) {
      trues[i] = trues[i + 1] + positives[i];
      falses[i] = falses[i + 1] + negatives[i];
    }
    double gained = 0;
    double lost = 0;
    double variance = 0;
    for (int i = 0; i < n; i++) {
      double selected = trues[i] + falses[i];
      if (selected == 0) {
        break;
      }
      gained += positives[i] * falses[i] / (selected * selected);
      lost += positives[i] * trues[i] / (selected * selected);
      double ofPositive = (trues[i] / selected + gained - precision) / positiveWeight;
      double ofNegative = lost / positiveWeight;
      variance += positiveFactor * positives[i] * ofPositive * ofPositive;
      variance += negativeFactor * negatives[i] * ofNegative * ofNegative;
    }
    return variance;
  }

  /// The interval of average precision on the logit scale, within [0, 1]. Where there is no spread
  /// (all positives on top, or no negatives) it is Wilson's for as many successes as there are
  /// positives, which is never a point.
  ///
  /// The logit scale is that of Boyd, Eng, Page 2013, *Area under the precision-recall curve: point
  /// estimates and confidence intervals*, ECML PKDD, section 4.2,
  /// [doi:10.1007/978-3-642-40994-3_29](https://doi.org/10.1007/978-3-642-40994-3_29). Their
  /// variance, that of a proportion of the positives, is used below 100 positives where it is the
  /// larger one; else [#variance], which knows the negatives too. docs/statistics.md has the
  /// coverage.
  ///
  /// @param alpha in (0, 1)
  public Bounds interval(double alpha) {
    double precision = averagePrecision();
    double z = Normal.twoSidedQuantile(alpha);
    double effective = positiveWeight / positiveFactor;
    double variance = variance();
    if (precision == 1 || variance == 0) {
      double events = Math.min(positiveWeight, positiveWeight * precision);
      Proportion asProportion = new Proportion(events, positiveWeight, 0, 0, effective);
      return ProportionIntervals.wilson(asProportion, z);
    }
    double spread = precision * (1 - precision);
    double cautious = effective < MANY ? Math.max(variance, spread / effective) : variance;
    double logit = Math.log(precision / (1 - precision));
    double half = z * Math.sqrt(cautious) / spread;
    return new Bounds(expit(logit - half), expit(logit + half));
  }

  private static double expit(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}

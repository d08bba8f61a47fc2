package org.primum.fairness.statistics.score;

import java.util.Arrays;
import org.primum.fairness.statistics.Normal;
import org.primum.gate.Interval;
import org.primum.gate.Interval.Bounds;

/// Scores of positives against scores of negatives, as a histogram over the scores in ascending
/// order: the area under the ROC curve, exactly where each distinct score has its own position.
///
/// The area is the chance that a random positive scores above a random negative, ties counting
/// half; in [0, 1], 1/2 for a score that tells nothing, best 1. Hanley, McNeil 1982, Radiology
/// 143:29-36, [doi](https://doi.org/10.1148/radiology.143.1.7063747).
///
/// Where scores share a bin they count as tied. What that can cost is at most half the chance that
/// a positive and a negative share one, [#tiedPairs].
public final class RocCurve {

  private final double[] positives;
  private final double[] negatives;
  private final double positiveWeight;
  private final double negativeWeight;
  private final double effectivePositives;
  private final double effectiveNegatives;

  private RocCurve(
      double[] positives,
      double[] negatives,
      double effectivePositives,
      double effectiveNegatives) {
    this.positives = positives;
    this.negatives = negatives;
    this.effectivePositives = effectivePositives;
    this.effectiveNegatives = effectiveNegatives;
    positiveWeight = Arrays.stream(positives).sum();
    negativeWeight = Arrays.stream(negatives).sum();
  }

  /// Unweighted rows.
  ///
  /// @param positives count of positives at each score, ascending by score; at least one in all
  /// @param negatives count of negatives at the same scores; at least one in all
  public static RocCurve of(double[] positives, double[] negatives) {
    return weighted(
        positives, negatives, Arrays.stream(positives).sum(), Arrays.stream(negatives).sum());
  }

  /// Weighted rows. The area is that of the weighted distributions; its variance takes Kish's
  /// effective number of rows of each class for the number of rows, an approximation that holds
  /// where weights say little about scores.
  ///
  /// @param positives weight of positives at each score, ascending by score; above 0 in all
  /// @param negatives weight of negatives at the same scores; above 0 in all
  /// @param effectivePositives (sum w)^2 / sum w^2 of the positives, above 0
  /// @param effectiveNegatives the same of the negatives
  public static RocCurve weighted(
      double[] positives,
      double[] negatives,
      double effectivePositives,
      double effectiveNegatives) {
    if (positives.length != negatives.length) {
      throw new IllegalArgumentException(
          positives.length + " positions of positives, " + negatives.length + " of negatives");
    }
    counts("positives", positives, effectivePositives);
    counts("negatives", negatives, effectiveNegatives);
    return new RocCurve(
        positives.clone(), negatives.clone(), effectivePositives, effectiveNegatives);
  }

  private static void counts(String name, double[] counts, double effective) {
    double sum = 0;
    for (double count : counts) {
      if (!(count >= 0)) {
        throw new IllegalArgumentException(name + " at one score: " + count);
      }
      sum += count;
    }
    if (!(sum > 0 && Double.isFinite(sum) && effective > 0)) {
      throw new IllegalArgumentException("no " + name + ": a ROC curve needs both classes");
    }
  }

  /// The area under the curve.
  public double area() {
    double below = 0;
    double area = 0;
    for (int i = 0; i < positives.length; i++) {
      area += positives[i] * (below + negatives[i] / 2);
      below += negatives[i];
    }
    return Math.clamp(area / positiveWeight / negativeWeight, 0, 1);
  }

  /// The Gini coefficient (accuracy ratio, Somers' D): `2 area - 1`, in [-1, 1].
  public double gini() {
    return 2 * area() - 1;
  }

  /// The share of pairs of a positive and a negative that have the same position, in [0, 1].
  public double tiedPairs() {
    double tied = 0;
    for (int i = 0; i < positives.length; i++) {
      tied += positives[i] / positiveWeight * (negatives[i] / negativeWeight);
    }
    return tied;
  }

  /// Whether [#variance] exists: more than one row in each class.
  public boolean hasVariance() {
    return effectivePositives > 1 && effectiveNegatives > 1;
  }

  /// The squared standard error of the area, in one pass over the positions. 0 where the classes
  /// are separated, which says little about how well they would be with more rows.
  ///
  /// DeLong, DeLong, Clarke-Pearson 1988, *Comparing the areas under two or more correlated
  /// receiver operating characteristic curves*, Biometrics 44:837-845, equation 5,
  /// [doi:10.2307/2531595](https://doi.org/10.2307/2531595).
  ///
  /// @throws IllegalStateException where not [#hasVariance]
  public double variance() {
    if (!hasVariance()) {
      throw new IllegalStateException("one row of a class has no spread");
    }
    double area = area();
    double negativesBelow = 0;
    double positivesBelow = 0;
    double ofPositives = 0;
    double ofNegatives = 0;
    for (int i = 0; i < positives.length; i++) {
      double placedPositive = (negativesBelow + negatives[i] / 2) / negativeWeight - area;
      double placedNegative = 1 - (positivesBelow + positives[i] / 2) / positiveWeight - area;
      ofPositives += positives[i] * placedPositive * placedPositive;
      ofNegatives += negatives[i] * placedNegative * placedNegative;
      negativesBelow += negatives[i];
      positivesBelow += positives[i];
    }
    return ofPositives / positiveWeight / (effectivePositives - 1)
        + ofNegatives / negativeWeight / (effectiveNegatives - 1);
  }

  /// DeLong's interval of the area, cut to [0, 1]: what pROC and most others print. None where not
  /// [#hasVariance]. Too narrow in small classes and near 1, a point where the classes are
  /// separated: see [#interval].
  ///
  /// @param alpha in (0, 1)
  public Interval deLongInterval(double alpha) {
    if (!hasVariance()) {
      return new Interval.None();
    }
    double half = Normal.twoSidedQuantile(alpha) * Math.sqrt(variance());
    return new Bounds(Math.max(0, area() - half), Math.min(1, area() + half));
  }

  /// The interval to show, within [0, 1], never a point: DeLong's on the logit scale where both
  /// classes have 100 rows and are not separated, else [#testInterval]. docs/statistics.md has its
  /// coverage.
  ///
  /// @param alpha in (0, 1)
  public Bounds interval(double alpha) {
    return estimate().interval(alpha);
  }

  /// The areas that a test would not refuse, with the variance the area itself implies, so that it
  /// holds for separated classes and single rows. The implied variance takes the scores of both
  /// classes to be equally spread; where DeLong's is larger they are not, and it is multiplied to
  /// match.
  ///
  /// Newcombe 2006, *Confidence intervals for an effect size measure based on the Mann-Whitney
  /// statistic. Part 2*, Statistics in Medicine 25:559-573, method 5,
  /// [doi:10.1002/sim.2324](https://doi.org/10.1002/sim.2324), without that factor. For one
  /// positive and one negative it is Wilson's interval of one.
  ///
  /// @param alpha in (0, 1)
  public Bounds testInterval(double alpha) {
    return estimate().testInterval(alpha);
  }

  private AreaEstimate estimate() {
    double variance = hasVariance() ? variance() : Double.NaN;
    return new AreaEstimate(area(), variance, effectivePositives, effectiveNegatives);
  }

  /// Tests that two curves of independent rows, two groups, have the same area.
  ///
  /// The statistic is a t with Satterthwaite's degrees of freedom from the number of rows of each
  /// curve, as in pROC 1.18 (`roc.test`, `paired = FALSE`, `method = "delong"`).
  ///
  /// @throws IllegalStateException where one has no variance
  public DeLongTest compared(RocCurve other) {
    return DeLongTest.of(area() - other.area(), variance(), rows(), other.variance(), other.rows());
  }

  private double rows() {
    return effectivePositives + effectiveNegatives;
  }
}

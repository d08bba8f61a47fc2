package org.primum.fairness.statistics.score;

import java.util.Arrays;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.primum.fairness.statistics.Normal;
import org.primum.gate.Interval.Bounds;

/// How far apart the scores of two groups are, whatever the outcome: their histograms over the same
/// scores, in [0, 1].
///
/// Both distances are at least 0, and above it by chance alone: of two samples of one distribution
/// the Kolmogorov-Smirnov distance is about `0.87 sqrt(1/n + 1/m)`. So an interval here is the
/// value and, on both sides of it, what chance can add or take at most. It reaches 0 where chance
/// alone explains the value, and misses the truth with a probability of at most about `alpha`, half
/// of which is not on either side.
public final class ScoreShift {

  /// Positions are taken together until so many are left, where two of them are held against each
  /// other.
  private static final int BLOCKS = 200;

  /// So much more than the gamma distribution says: it falls short of the simulated limit by up to
  /// 3.5 % where alpha is .05.
  private static final double MARGIN = 1.04;

  private static final int HALVINGS = 60;

  private final double[] scores;
  private final double[] first;
  private final double[] second;
  private final double firstRows;
  private final double secondRows;

  /// @param scores ascending, each once
  /// @param first counts or weights of the first group at each score; above 0 in all
  /// @param second those of the second group
  /// @param firstRows as many equal rows know the first distribution as well; above 0
  /// @param secondRows the same of the second
  public ScoreShift(
      double[] scores, double[] first, double[] second, double firstRows, double secondRows) {
    if (scores.length != first.length || scores.length != second.length) {
      throw new IllegalArgumentException("two counts belong to each score");
    }
    for (int i = 1; i < scores.length; i++) {
      if (!(scores[i] > scores[i - 1])) {
        throw new IllegalArgumentException("scores ascend: " + scores[i - 1] + ", " + scores[i]);
      }
    }
    double firstTotal = Arrays.stream(first).sum();
    double secondTotal = Arrays.stream(second).sum();
    if (!(firstTotal > 0 && secondTotal > 0 && firstRows > 0 && secondRows > 0)) {
      throw new IllegalArgumentException("both groups need scores");
    }
    this.scores = scores.clone();
    this.first = cumulated(first, firstTotal);
    this.second = cumulated(second, secondTotal);
    this.firstRows = firstRows;
    this.secondRows = secondRows;
  }

  /// The share of a group at or below each score.
  private static double[] cumulated(double[] counts, double total) {
    double[] shares = new double[counts.length];
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      shares[i] = Math.min(1, sum / total);
    }
    return shares;
  }

  /// The Kolmogorov-Smirnov distance: the largest gap between the two cumulative distributions, in
  /// [0, 1]; 0 where they are the same.
  ///
  /// Smirnov 1939, *Estimate of deviation between empirical distribution functions in two
  /// independent samples*, Bulletin of Moscow University 2:3-16.
  public double kolmogorovSmirnov() {
    double largest = 0;
    for (int i = 0; i < scores.length; i++) {
      largest = Math.max(largest, Math.abs(first[i] - second[i]));
    }
    return largest;
  }

  /// The distance and, on both sides, `c sqrt(1/n + 1/m)` with Kolmogorov's quantile c. It reaches
  /// 0 exactly where the test of Kolmogorov and Smirnov, by its limit, does not reject that both
  /// distributions are the same.
  ///
  /// It is wide enough for distributions that differ, too. The gap of the two samples strays from
  /// the true one by a Gaussian process whose covariance is that of a Brownian bridge on the
  /// mixture of both, less the non-negative `a b (F - G)(x) (F - G)(y)`; by Anderson's inequality
  /// its largest value is then stochastically no larger than the bridge's. Kolmogorov 1933,
  /// Giornale dell'Istituto Italiano degli Attuari 4:83-91; Anderson 1955, Proceedings of the AMS
  /// 6:170-176,
  /// [doi:10.1090/S0002-9939-1955-0069229-1](https://doi.org/10.1090/S0002-9939-1955-0069229-1).
  ///
  /// @param alpha in (0, 1)
  public Bounds kolmogorovSmirnovInterval(double alpha) {
    return around(
        kolmogorovSmirnov(), kolmogorovQuantile(alpha) * Math.sqrt(1 / firstRows + 1 / secondRows));
  }

  /// The number that the largest absolute value of a Brownian bridge exceeds with probability
  /// `alpha`.
  static double kolmogorovQuantile(double alpha) {
    double low = 0;
    double high = Math.sqrt(Math.log(2 / alpha) / 2); // by the first term of the series alone
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (kolmogorovTail(middle) > alpha) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double kolmogorovTail(double value) {
    if (value < 0.2) {
      return 1;
    }
    double sum = 0;
    for (int k = 1; k <= 100; k++) {
      double term = Math.exp(-2.0 * k * k * value * value);
      sum += k % 2 == 1 ? term : -term;
    }
    return Math.clamp(2 * sum, 0, 1);
  }

  /// The Wasserstein-1 (earth mover's) distance, in the unit of the scores, at least 0: how far the
  /// average patient's score has to move to turn one distribution into the other. Bins stand for
  /// their position, so binning changes it by at most one width.
  public double wasserstein() {
    double sum = 0;
    for (int i = 0; i + 1 < scores.length; i++) {
      sum += Math.abs(first[i] - second[i]) * (scores[i + 1] - scores[i]);
    }
    return sum;
  }

  /// The distance and, on both sides, the quantile of the area between the two samples' gap and the
  /// true one: of the integral of an absolute Gaussian process, by a gamma distribution of the same
  /// mean and variance, and never less than the normal quantile of a gap of means.
  ///
  /// By the triangle inequality no truth is farther from the value than that area. In the variances
  /// each group has one row of score 0 and one of score 1 more (as Agresti and Caffo 2000 add
  /// events to proportions), so that a group whose scores are all the same is not taken for
  /// certain. One row says nothing of a distribution.
  ///
  /// del Barrio, Giné, Matrán 1999, *Central limit theorems for the Wasserstein distance between
  /// the empirical and the true distributions*, Annals of Probability 27:1009-1071,
  /// [doi:10.1214/aop/1022677394](https://doi.org/10.1214/aop/1022677394); moments of absolute
  /// normal pairs: Nabeya 1951, Annals of the Institute of Statistical Mathematics 3:2-6.
  ///
  /// @param alpha in (0, 1)
  public Bounds wassersteinInterval(double alpha) {
    if (Math.min(firstRows, secondRows) < 2) {
      return new Bounds(0, 1); // one row says nothing of a distribution
    }
    return around(wasserstein(), new Area().reach(alpha));
  }

  private static Bounds around(double value, double reach) {
    return new Bounds(Math.max(0, value - reach), Math.min(1, value + reach));
  }

  /// The area between the gap of two samples and the true gap.
  private final class Area {

    private final double[] lengths;

    /// Of each group at the positions that are left, with the rows that are added.
    private final double[] one;

    private final double[] other;
    private final double[] deviations;

    Area() {
      int step = scores.length / BLOCKS + 1;
      int count = scores.length / step + 1;
      lengths = new double[count];
      one = new double[count];
      other = new double[count];
      deviations = new double[count];
      for (int i = 0; i < count; i++) {
        int from = i * step;
        int to = Math.min(scores.length + 1, from + step);
        int middle = (from + to - 1) / 2;
        lengths[i] = end(to) - end(from);
        one[i] = added(share(first, middle), firstRows);
        other[i] = added(share(second, middle), secondRows);
        deviations[i] = Math.sqrt(covariance(i, i));
      }
    }

    /// The ends of the steps: 0, the scores, 1.
    private double end(int index) {
      return index == 0 ? 0 : index > scores.length ? 1 : scores[index - 1];
    }

    /// The share of a group on a step.
    private static double share(double[] shares, int index) {
      return index == 0 ? 0 : shares[index - 1];
    }

    private static double added(double share, double rows) {
      return (rows * share + 1) / (rows + 2);
    }

    /// Of the gaps at two positions, the lower first.
    private double covariance(int i, int j) {
      return one[i] * (1 - one[j]) / (firstRows + 2) + other[i] * (1 - other[j]) / (secondRows + 2);
    }

    double reach(double alpha) {
      double mean = 0;
      double variance = 0;
      double ofMeans = 0;
      for (int i = 0; i < lengths.length; i++) {
        mean += Math.sqrt(2 / Math.PI) * deviations[i] * lengths[i];
        for (int j = i; j < lengths.length; j++) {
          double times = (i == j ? 1 : 2) * lengths[i] * lengths[j];
          double covariance = covariance(i, j);
          variance += times * ofAbsolutes(covariance, deviations[i] * deviations[j]);
          ofMeans += times * covariance;
        }
      }
      double least = Normal.twoSidedQuantile(alpha) * Math.sqrt(ofMeans);
      GammaDistribution gamma =
          new GammaDistribution(null, mean * mean / variance, variance / mean, 1e-12);
      return Math.max(least, MARGIN * gamma.inverseCumulativeProbability(1 - alpha));
    }

    /// The covariance of the absolute values of two normal numbers around 0.
    ///
    /// @param scale product of their deviations
    private static double ofAbsolutes(double covariance, double scale) {
      double rho = scale > 0 ? Math.clamp(covariance / scale, -1, 1) : 0;
      double shape = Math.sqrt(1 - rho * rho) + rho * Math.asin(rho) - 1;
      return 2 / Math.PI * scale * shape;
    }
  }
}

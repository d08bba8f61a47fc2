package org.primum.fairness.statistics.score;

import java.util.Arrays;
import org.primum.fairness.statistics.Normal;

/// How the scores of two groups differ, whatever the outcome: their histograms over the same
/// scores.
///
/// Weights may stand for counts in the distances; the p-values are of counts.
public final class ScoreShift {

  private static final double EXACT_PATHS = 2e7;
  private static final double SAME = 1e-7;

  private final double[] scores;
  private final double[] first;
  private final double[] second;
  private final double firstTotal;
  private final double secondTotal;

  /// @param scores ascending, each once
  /// @param first counts of the first group at each score; above 0 in all
  /// @param second counts of the second group at each score; above 0 in all
  public ScoreShift(double[] scores, double[] first, double[] second) {
    if (scores.length != first.length || scores.length != second.length) {
      throw new IllegalArgumentException("two counts belong to each score");
    }
    for (int i = 1; i < scores.length; i++) {
      if (!(scores[i] > scores[i - 1])) {
        throw new IllegalArgumentException("scores ascend: " + scores[i - 1] + ", " + scores[i]);
      }
    }
    this.scores = scores.clone();
    this.first = first.clone();
    this.second = second.clone();
    firstTotal = Arrays.stream(first).sum();
    secondTotal = Arrays.stream(second).sum();
    if (!(firstTotal > 0 && secondTotal > 0)) {
      throw new IllegalArgumentException("both groups need scores");
    }
  }

  /// The Kolmogorov-Smirnov statistic: the largest gap between the two cumulative distributions, in
  /// [0, 1]; 0 where they are the same.
  public double kolmogorovSmirnov() {
    double largest = 0;
    for (double gap : gaps()) {
      largest = Math.max(largest, Math.abs(gap));
    }
    return largest;
  }

  /// Two-sided p-value of [#kolmogorovSmirnov]: exact by counting paths up to 20 million of them,
  /// by its limit beyond. Ties make it conservative: it is then at most as small as it should be.
  ///
  /// Hodges 1958, *The significance probability of the Smirnov two-sample test*, Arkiv för
  /// Matematik 3:469-486, [doi:10.1007/BF02589501](https://doi.org/10.1007/BF02589501).
  public double kolmogorovSmirnovP() {
    double statistic = kolmogorovSmirnov();
    return firstTotal * secondTotal <= EXACT_PATHS
        ? exactP(statistic, (int) Math.rint(firstTotal), (int) Math.rint(secondTotal))
        : limitP(statistic * Math.sqrt(firstTotal / (firstTotal + secondTotal) * secondTotal));
  }

  /// P(a random path from (0, 0) to (n, m) reaches a gap of the statistic): a step at a time,
  /// without taking a difference from 1.
  private static double exactP(double statistic, int n, int m) {
    double reached = statistic * (1 - SAME);
    double[] before = new double[m + 1];
    for (int i = 0; i <= n; i++) {
      for (int j = 0; j <= m; j++) {
        double gap = Math.abs((double) i / n - (double) j / m);
        double fromLeft = i == 0 ? 0 : before[j] * i / (i + j);
        double fromBelow = j == 0 ? 0 : before[j - 1] * j / (i + j);
        before[j] = gap >= reached ? 1 : fromLeft + fromBelow;
      }
    }
    return Math.min(1, before[m]);
  }

  private static double limitP(double lambda) {
    if (lambda < 0.2) {
      return 1;
    }
    double sum = 0;
    for (int k = 1; k <= 100; k++) {
      double term = Math.exp(-2.0 * k * k * lambda * lambda);
      sum += k % 2 == 1 ? term : -term;
    }
    return Math.clamp(2 * sum, 0, 1);
  }

  /// The Wasserstein-1 (earth mover's) distance, in the unit of the scores, at least 0: how far the
  /// average patient's score has to move to turn one distribution into the other. Bins stand for
  /// their position, so binning changes it by at most one width.
  public double wasserstein() {
    double[] gaps = gaps();
    double sum = 0;
    for (int i = 0; i + 1 < scores.length; i++) {
      sum += Math.abs(gaps[i]) * (scores[i + 1] - scores[i]);
    }
    return sum;
  }

  /// Mean score of the first group minus that of the second, in the unit of the scores.
  public double meanGap() {
    double gap = 0;
    for (int i = 0; i < scores.length; i++) {
      gap += scores[i] * (first[i] / firstTotal - second[i] / secondTotal);
    }
    return gap;
  }

  /// Two-sided p-value that neither group tends to score higher, by the Wilcoxon-Mann-Whitney test
  /// in its normal approximation with correction for ties and continuity; 1 where all scores are
  /// the same.
  ///
  /// Mann, Whitney 1947, Annals of Mathematical Statistics 18:50-60,
  /// [doi](https://doi.org/10.1214/aoms/1177730491); ties: Lehmann 1975, *Nonparametrics*, section
  /// 1.4.
  public double mannWhitneyP() {
    double below = 0;
    double u = 0;
    double ties = 0;
    for (int i = 0; i < scores.length; i++) {
      u += first[i] * (below + second[i] / 2);
      below += second[i];
      double together = first[i] + second[i];
      ties += together * together * together - together;
    }
    double all = firstTotal + secondTotal;
    double product = firstTotal * secondTotal;
    double variance = product / 12 * (all + 1 - ties / (all * (all - 1)));
    double off = Math.abs(u - product / 2) - 0.5;
    return variance > 0 ? Normal.twoSided(Math.max(0, off) / Math.sqrt(variance)) : 1;
  }

  /// First minus second cumulative distribution after each score.
  private double[] gaps() {
    double[] gaps = new double[scores.length];
    double ofFirst = 0;
    double ofSecond = 0;
    for (int i = 0; i < scores.length; i++) {
      ofFirst += first[i];
      ofSecond += second[i];
      gaps[i] = ofFirst / firstTotal - ofSecond / secondTotal;
    }
    return gaps;
  }
}

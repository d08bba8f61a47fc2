package org.primum.fairness.statistics;

/// Large-sample tests of two independent proportions, weighted with Kish's effective rows.
public final class TwoProportions {

  private TwoProportions() {}

  /// The pooled statistic of `p1 = p2`: standard normal where they are equal, positive where the
  /// first is the larger. 0 where all rows of both are events or none is: nothing speaks against
  /// equality then. Its square is Pearson's chi-square of the table.
  ///
  /// @param p1 defined
  /// @param p2 defined
  public static double pooledZ(Proportion p1, Proportion p2) {
    double n1 = p1.effectiveRows();
    double n2 = p2.effectiveRows();
    double pooled = (p1.value() * n1 + p2.value() * n2) / (n1 + n2);
    double variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2);
    double difference = p1.value() - p2.value();
    return variance > 0 ? difference / Math.sqrt(variance) : 0;
  }

  /// p-value of the claim that `p1 - p2` lies above `margin`, by the score test: the probability of
  /// data speaking for it this clearly were the difference exactly `margin`. With `margin = -0.05`
  /// this is the test of non-inferiority within 0.05.
  ///
  /// Miettinen, Nurminen 1985 (see [ScoreIntervals]); below `alpha / 2` exactly where the score
  /// interval of level `alpha` lies above `margin`.
  ///
  /// @param margin in (-1, 1)
  public static double above(Proportion p1, Proportion p2, double margin) {
    return Normal.above(ScoreIntervals.differenceStatistic(p1, p2, margin));
  }

  /// p-value of the claim that `p1 - p2` lies below `margin`.
  ///
  /// @param margin in (-1, 1)
  public static double below(Proportion p1, Proportion p2, double margin) {
    return Normal.below(ScoreIntervals.differenceStatistic(p1, p2, margin));
  }

  /// p-value of the claim that the two are equivalent, `low < p1 - p2 < high`: the larger of the
  /// two one-sided ones (TOST). Below `alpha` exactly where the score interval of level `2 alpha`
  /// lies within the margins.
  ///
  /// Schuirmann 1987, *A comparison of the two one-sided tests procedure and the power approach*,
  /// Journal of Pharmacokinetics and Biopharmaceutics 15:657-680,
  /// [doi:10.1007/BF01068419](https://doi.org/10.1007/BF01068419).
  ///
  /// @param low in (-1, high)
  /// @param high in (low, 1)
  public static double equivalent(Proportion p1, Proportion p2, double low, double high) {
    if (!(low < high)) {
      throw new IllegalArgumentException("margins run from low to high: " + low + ", " + high);
    }
    return Math.max(above(p1, p2, low), below(p1, p2, high));
  }
}

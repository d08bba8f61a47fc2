package org.primum.fairness.statistics.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.primum.fairness.statistics.Recorded;
import org.primum.fairness.statistics.Recorded.ByScore;

/// SciPy 1.17.1 on the scores of Black and White patients of cohort.csv.
final class ScoreShiftTest {

  private static final JsonNode RECORDED = Recorded.SCIPY.get("score_distribution_White_Black");

  /// `ks_2samp`, `wasserstein_distance`, `mannwhitneyu` and the gap of the means.
  @Test
  void everyDistanceEqualsScipys() {
    ScoreShift shift = shift();
    assertThat(shift.kolmogorovSmirnov())
        .isCloseTo(RECORDED.get("ks").doubleValue(), within(1e-12));
    assertThat(shift.kolmogorovSmirnovP() / RECORDED.get("ks_p").doubleValue())
        .isCloseTo(1, within(1e-6));
    assertThat(shift.wasserstein())
        .isCloseTo(RECORDED.get("wasserstein1").doubleValue(), within(1e-12));
    assertThat(shift.meanGap())
        .isCloseTo(RECORDED.get("mean_gap_Black_minus_White").doubleValue(), within(1e-12));
    assertThat(shift.mannWhitneyP() / RECORDED.get("mannwhitney_p").doubleValue())
        .isCloseTo(1, within(1e-9));
  }

  /// Black first, White second, over the scores of both.
  private static ScoreShift shift() {
    ByScore both = Recorded.byScore(r -> r.race().equals("Black") || r.race().equals("White"));
    double[] black = new double[both.scores.length];
    double[] white = new double[both.scores.length];
    Recorded.ROWS.forEach(row -> {
      int at = java.util.Arrays.binarySearch(both.scores, row.score());
      if (row.race().equals("Black")) {
        black[at]++;
      } else if (row.race().equals("White")) {
        white[at]++;
      }
    });
    return new ScoreShift(both.scores, black, white);
  }

  /// By hand, one against one: the gap is 1 whichever comes first, so p is 1. Two against two,
  /// separated: 2 of the 6 orders.
  @Test
  void smallSamplesByHand() {
    double[] scores = {0.1, 0.4};
    ScoreShift one = new ScoreShift(scores, new double[] {1, 0}, new double[] {0, 1});
    assertThat(one.kolmogorovSmirnov()).isEqualTo(1);
    assertThat(one.kolmogorovSmirnovP()).isEqualTo(1);
    assertThat(one.wasserstein()).isCloseTo(0.3, within(1e-15));
    ScoreShift two = new ScoreShift(scores, new double[] {2, 0}, new double[] {0, 2});
    assertThat(two.kolmogorovSmirnovP()).isCloseTo(2.0 / 6, within(1e-15));
  }

  @Test
  void theSameScoresAreNoShift() {
    double[] scores = {0.1, 0.4};
    ScoreShift same = new ScoreShift(scores, new double[] {3, 4}, new double[] {6, 8});
    assertThat(same.kolmogorovSmirnov()).isZero();
    assertThat(same.kolmogorovSmirnovP()).isEqualTo(1);
    assertThat(same.wasserstein()).isZero();
    assertThat(same.mannWhitneyP()).isEqualTo(1);
  }

  /// 1.3581 is the 5 % point of Kolmogorov's limit (Smirnov 1948, table); beyond 20 million paths.
  @Test
  void manyRowsUseTheLimit() {
    double n = 1_000_000;
    double gap = 1.3581 * Math.sqrt(2 / n);
    ScoreShift shift =
        new ScoreShift(
            new double[] {0.1, 0.4},
            new double[] {n / 2, n / 2},
            new double[] {n / 2 - gap * n, n / 2 + gap * n});
    assertThat(shift.kolmogorovSmirnovP()).isCloseTo(0.05, within(1e-4));
  }

  @Test
  void whatIsNoHistogramIsRefused() {
    assertThatThrownBy(
            () -> new ScoreShift(new double[] {0.4, 0.1}, new double[] {1, 1}, new double[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ScoreShift(new double[] {0.4}, new double[] {0}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package org.primum.fairness.statistics.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.fairness.statistics.Recorded;
import org.primum.fairness.statistics.Recorded.ByScore;
import org.primum.gate.Interval.Bounds;

/// SciPy 1.17.1 on the scores of Black and White patients of cohort.csv.
final class ScoreShiftTest {

  private static final JsonNode RECORDED = Recorded.SCIPY.get("score_distribution_White_Black");

  /// `ks_2samp` and `wasserstein_distance`. White patients score higher all the way, so the second
  /// is the gap of the means, too.
  @Test
  void bothDistancesEqualScipys() {
    ScoreShift shift = shift();
    assertThat(shift.kolmogorovSmirnov())
        .isCloseTo(RECORDED.get("ks").doubleValue(), within(1e-12));
    assertThat(shift.wasserstein())
        .isCloseTo(RECORDED.get("wasserstein1").doubleValue(), within(1e-12))
        .isCloseTo(-RECORDED.get("mean_gap_Black_minus_White").doubleValue(), within(1e-12));
  }

  /// SciPy's test says p = 3e-9, so chance does not explain the distances at one in a million.
  @Test
  void whatScipysTestRejectsIsAboveZeroAndNoLessRareThanItSays() {
    ScoreShift shift = shift();
    double p = RECORDED.get("ks_p").doubleValue();
    assertThat(p).isLessThan(1e-8);
    assertThat(shift.kolmogorovSmirnovInterval(1e-6).low()).isPositive();
    assertThat(shift.wassersteinInterval(1e-6).low()).isPositive();
    assertThat(shift.kolmogorovSmirnovInterval(p / 10).low()).isZero();
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
    return counted(both.scores, black, white);
  }

  private static ScoreShift counted(double[] scores, double[] first, double[] second) {
    return new ScoreShift(
        scores,
        first,
        second,
        java.util.Arrays.stream(first).sum(),
        java.util.Arrays.stream(second).sum());
  }

  /// By hand: one against one, 0.3 apart.
  @Test
  void oneAgainstOneByHand() {
    ScoreShift one = counted(new double[] {0.1, 0.4}, new double[] {1, 0}, new double[] {0, 1});
    assertThat(one.kolmogorovSmirnov()).isEqualTo(1);
    assertThat(one.wasserstein()).isCloseTo(0.3, within(1e-15));
    assertThat(one.kolmogorovSmirnovInterval(0.05)).isEqualTo(new Bounds(0, 1));
    assertThat(one.wassersteinInterval(0.05)).isEqualTo(new Bounds(0, 1));
  }

  @Test
  void theSameScoresAreNoDistance() {
    ScoreShift same = counted(new double[] {0.1, 0.4}, new double[] {3, 4}, new double[] {6, 8});
    assertThat(same.kolmogorovSmirnov()).isZero();
    assertThat(same.wasserstein()).isZero();
    assertThat(same.kolmogorovSmirnovInterval(0.05).low()).isZero();
    assertThat(same.wassersteinInterval(0.05).low()).isZero();
    assertThat(same.wassersteinInterval(0.05).high()).isPositive();
  }

  /// Smirnov 1948, table of the limit: the 10, 5, 1 and 0.1 % points.
  @ParameterizedTest
  @CsvSource({"0.1, 1.2238", "0.05, 1.3581", "0.01, 1.6276", "0.001, 1.9495"})
  void theBandIsAsWideAsKolmogorovsLimit(double alpha, double point) {
    assertThat(ScoreShift.kolmogorovQuantile(alpha)).isCloseTo(point, within(1e-4));
    ScoreShift shift =
        new ScoreShift(
            new double[] {0.1, 0.4}, new double[] {0.2, 0.8}, new double[] {0.6, 0.4}, 1e6, 1e6);
    Bounds bounds = shift.kolmogorovSmirnovInterval(alpha);
    assertThat(bounds.low()).isCloseTo(0.4 - point * Math.sqrt(2e-6), within(1e-6));
    assertThat(bounds.high()).isCloseTo(0.4 + point * Math.sqrt(2e-6), within(1e-6));
  }

  /// With two scores the area is one normal gap times their distance: 0.6 apart, shares 0.2 and 0.6
  /// of a million each.
  @Test
  void ofTwoScoresTheAreaIsAGapOfShares() {
    ScoreShift shift =
        new ScoreShift(
            new double[] {0.2, 0.8}, new double[] {0.2, 0.8}, new double[] {0.6, 0.4}, 1e6, 1e6);
    double half = 0.6 * 1.959964 * Math.sqrt((0.16 + 0.24) / 1e6);
    assertThat(shift.wassersteinInterval(0.05).low()).isCloseTo(0.24 - half, within(0.06 * half));
    assertThat(shift.wassersteinInterval(0.05).high()).isCloseTo(0.24 + half, within(0.06 * half));
  }

  /// None of 100 lies elsewhere: by the rule of three up to 3 % may, and each as far as 0.7.
  @Test
  void ofOneScoreNothingIsCertainThatWasNotSeen() {
    ScoreShift shift = counted(new double[] {0.3}, new double[] {100}, new double[] {5000});
    assertThat(shift.wasserstein()).isZero();
    assertThat(shift.wassersteinInterval(0.05).high()).isBetween(0.7 * 0.02, 0.03);
  }

  /// More scores than are held against each other give the same interval as fewer of them.
  @ParameterizedTest
  @ValueSource(ints = {300, 5_000})
  void manyScoresAreTakenTogether(int size) {
    assertThat(uniform(size).wassersteinInterval(0.05).high())
        .isCloseTo(uniform(190).wassersteinInterval(0.05).high(), within(2e-4));
  }

  /// A million rows each, spread evenly over [0, 1].
  private static ScoreShift uniform(int size) {
    double[] scores = new double[size];
    double[] counts = new double[size];
    java.util.Arrays.setAll(scores, i -> (i + 0.5) / size);
    java.util.Arrays.fill(counts, 1);
    return new ScoreShift(scores, counts, counts, 10_000, 10_000);
  }

  @Test
  void whatIsNoHistogramIsRefused() {
    assertThatThrownBy(
            () -> counted(new double[] {0.4, 0.1}, new double[] {1, 1}, new double[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> counted(new double[] {0.4}, new double[] {0}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

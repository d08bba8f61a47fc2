package org.primum.fairness.statistics.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.primum.fairness.statistics.Recorded;
import org.primum.fairness.statistics.Recorded.ByScore;
import org.primum.fairness.statistics.bootstrap.Cells;
import org.primum.fairness.statistics.bootstrap.CountBootstrap;
import org.primum.fairness.statistics.bootstrap.Replicates;
import org.primum.gate.Interval.Bounds;

/// scikit-learn 1.9.1 `average_precision_score` on every group of cohort.csv.
final class PrecisionRecallTest {

  @Test
  void averagePrecisionEqualsScikitLearnsAndIsRefusedWithoutPositives() {
    int compared = 0;
    int refused = 0;
    for (JsonNode set : Recorded.SKLEARN.get("groups")) {
      for (Map.Entry<String, JsonNode> group : set.properties()) {
        ByScore by = Recorded.byScore(Recorded.group(group.getKey()));
        JsonNode recorded = group.getValue();
        if (recorded.get("average_precision").isNumber()) {
          assertThat(PrecisionRecall.of(by.positives, by.negatives).averagePrecision())
              .isCloseTo(recorded.get("average_precision").doubleValue(), within(1e-12));
          assertThat(weighted(by).averagePrecision())
              .isCloseTo(recorded.get("average_precision_weighted").doubleValue(), within(1e-12));
          compared++;
        } else {
          assertThatThrownBy(() -> PrecisionRecall.of(by.positives, by.negatives))
              .as("%s, where scikit-learn says 0.0", group.getKey())
              .hasMessageContaining("no positives");
          refused++;
        }
      }
    }
    assertThat(compared).isGreaterThan(12);
    assertThat(refused).isPositive();
  }

  private static PrecisionRecall weighted(ByScore by) {
    return PrecisionRecall.weighted(
        by.positiveWeights, by.negativeWeights, by.effectivePositives, by.effectiveNegatives);
  }

  /// The delta method against the count bootstrap of all 600 rows by score and label: two ways to
  /// one standard error, to 5 %.
  @Test
  void theVarianceIsThatOfRedrawnRows() {
    ByScore by = Recorded.byScore(_ -> true);
    int size = by.scores.length;
    long[] cells = new long[2 * size];
    for (int i = 0; i < size; i++) {
      cells[i] = Math.round(by.positives[i]);
      cells[size + i] = Math.round(by.negatives[i]);
    }
    Replicates replicates =
        new CountBootstrap(11, 2_000)
            .of(
                "all",
                Cells.counted(cells),
                drawn -> {
                  double[] positives = java.util.Arrays.copyOfRange(drawn, 0, size);
                  double[] negatives = java.util.Arrays.copyOfRange(drawn, size, 2 * size);
                  return PrecisionRecall.of(positives, negatives).averagePrecision();
                });
    double spread = (replicates.quantile(0.841345) - replicates.quantile(0.158655)) / 2;
    double error = Math.sqrt(PrecisionRecall.of(by.positives, by.negatives).variance());
    assertThat(error).isCloseTo(spread, within(0.05 * spread));
  }

  /// By hand: from the top P, N, P: (1/1 + 2/3) / 2.
  @Test
  void byHand() {
    PrecisionRecall curve = PrecisionRecall.of(new double[] {1, 0, 1}, new double[] {0, 1, 0});
    assertThat(curve.averagePrecision()).isCloseTo(5.0 / 6, within(1e-15));
    Bounds bounds = curve.interval(0.05);
    assertThat(bounds.low()).isBetween(0.0, 5.0 / 6);
    assertThat(bounds.high()).isBetween(5.0 / 6, 1.0);
  }

  /// Twenty positives on top: Wilson's lower end of 20 of 20, 20 / (20 + z^2).
  @Test
  void aPerfectOrderIsNoPoint() {
    PrecisionRecall perfect = PrecisionRecall.of(new double[] {0, 20}, new double[] {30, 0});
    assertThat(perfect.averagePrecision()).isEqualTo(1);
    assertThat(perfect.variance()).isZero();
    Bounds bounds = perfect.interval(0.05);
    assertThat(bounds.low()).isCloseTo(20 / (20 + 3.841458820694124), within(1e-12));
    assertThat(bounds.high()).isEqualTo(1);
    assertThat(PrecisionRecall.of(new double[] {3}, new double[] {0}).averagePrecision())
        .isEqualTo(1);
  }
}

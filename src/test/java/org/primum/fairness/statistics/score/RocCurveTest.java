package org.primum.fairness.statistics.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.primum.fairness.statistics.Mover;
import org.primum.fairness.statistics.Recorded;
import org.primum.fairness.statistics.Recorded.ByScore;
import org.primum.gate.Interval;
import org.primum.gate.Interval.Bounds;

/// scikit-learn 1.9.1 `roc_auc_score` and DeLong by midranks (equal to pROC 1.18.0), on every group
/// of cohort.csv (testdata/fairness/sklearn.json).
final class RocCurveTest {

  @Test
  void areasEqualScikitLearnsWithAndWithoutWeights() {
    int[] compared = new int[2];
    groups((name, group) -> {
      ByScore by = Recorded.byScore(Recorded.group(name));
      if (group.get("auroc").isNumber()) {
        assertThat(curve(by).area())
            .as(name)
            .isCloseTo(group.get("auroc").doubleValue(), within(1e-12));
        assertThat(weightedCurve(by).area())
            .as(name)
            .isCloseTo(group.get("auroc_weighted").doubleValue(), within(1e-12));
        compared[0]++;
      } else {
        assertThatThrownBy(() -> curve(by))
            .as("%s, where scikit-learn says NaN", name)
            .hasMessageContaining("both classes");
        compared[1]++;
      }
    });
    assertThat(compared[0]).isGreaterThan(12);
    assertThat(compared[1]).isPositive();
  }

  @Test
  void varianceAndIntervalEqualPRocs() {
    int[] compared = new int[2];
    groups((name, group) -> {
      JsonNode recorded = group.path("delong");
      if (group.get("auroc").isNumber()) {
        RocCurve curve = curve(Recorded.byScore(Recorded.group(name)));
        if (recorded.isObject()) {
          assertThat(curve.variance()).isCloseTo(recorded.get("var").doubleValue(), within(1e-12));
          Bounds bounds = (Bounds) curve.deLongInterval(0.05);
          Recorded.assertBounds(bounds, recorded.get("ci95"), 1e-12, name);
          compared[0]++;
        } else {
          assertThat(curve.hasVariance()).isFalse();
          assertThat(curve.deLongInterval(0.05)).isEqualTo(new Interval.None());
          compared[1]++;
        }
      }
    });
    assertThat(compared[0]).isGreaterThan(12);
  }

  @Test
  void unpairedTestsEqualPRocs() {
    RocCurve white = curve(Recorded.byScore(Recorded.group("White")));
    Recorded.SKLEARN
        .get("delong_unpaired_vs_White")
        .properties()
        .forEach(one ->
            assertTest(
                curve(Recorded.byScore(Recorded.group(one.getKey()))).compared(white),
                one.getValue()));
    assertTest(
        curve(Recorded.byScore(Recorded.group("F")))
            .compared(curve(Recorded.byScore(Recorded.group("M")))),
        Recorded.SKLEARN.get("delong_unpaired_F_vs_M"));
  }

  private static void assertTest(DeLongTest ours, JsonNode recorded) {
    assertThat(ours.difference())
        .isCloseTo(recorded.get("difference").doubleValue(), within(1e-12));
    assertThat(ours.statistic()).isCloseTo(recorded.get("D").doubleValue(), within(1e-11));
    assertThat(ours.degreesOfFreedom()).isCloseTo(recorded.get("df").doubleValue(), within(1e-8));
    assertThat(ours.p()).isCloseTo(recorded.get("p_t").doubleValue(), within(1e-10));
    assertThat(ours.normalP()).isCloseTo(recorded.get("p_normal").doubleValue(), within(1e-11));
    Recorded.assertBounds(ours.interval(0.05), recorded.get("diff_ci95_normal"), 1e-11, recorded);
  }

  /// MOVER of two plain DeLong intervals is the plain interval of the difference, where none is
  /// cut.
  @Test
  void moverOfDeLongsIntervalsIsDeLongsOfTheDifference() {
    RocCurve female = curve(Recorded.byScore(Recorded.group("F")));
    RocCurve male = curve(Recorded.byScore(Recorded.group("M")));
    Bounds mover =
        Mover.difference(
            female.area(),
            (Bounds) female.deLongInterval(0.05),
            male.area(),
            (Bounds) male.deLongInterval(0.05));
    JsonNode recorded = Recorded.SKLEARN.get("delong_unpaired_F_vs_M");
    Recorded.assertBounds(mover, recorded.get("diff_ci95_normal"), 1e-11, "F - M");
  }

  /// By hand: positives at 1, 3, 3; negatives at 2, 3. Pairs won 0 + 2 * 1.5 of 6.
  @Test
  void tiesCountHalf() {
    RocCurve curve = RocCurve.of(new double[] {1, 0, 2}, new double[] {0, 1, 1});
    assertThat(curve.area()).isCloseTo(0.5, within(1e-15));
    assertThat(curve.gini()).isCloseTo(0, within(1e-15));
    assertThat(curve.tiedPairs()).isCloseTo(2.0 / 6, within(1e-15));
  }

  /// One pair is a proportion of one, and its interval Wilson's.
  @Test
  void separatedClassesAndSingleRowsStillHaveAnInterval() {
    RocCurve separated = RocCurve.of(new double[] {0, 5}, new double[] {7, 0});
    assertThat(separated.area()).isEqualTo(1);
    assertThat(separated.deLongInterval(0.05)).isEqualTo(new Bounds(1, 1));
    assertThat(separated.interval(0.05).low()).isBetween(0.4, 0.9);
    assertThat(separated.interval(0.05).high()).isEqualTo(1);
    RocCurve single = RocCurve.of(new double[] {1, 0}, new double[] {0, 1});
    assertThat(single.interval(0.05).low()).isZero();
    double wilsonOfNoneInOne = Recorded.SCIPY.at("/one_proportion/grid/0/wilson/1").doubleValue();
    assertThat(single.interval(0.05).high()).isCloseTo(wilsonOfNoneInOne, within(1e-9));
  }

  @Property(tries = 200)
  void everyIntervalHoldsTheAreaAndTurnsAround(
      @ForAll @Size(6) List<@IntRange(max = 40) Integer> positives,
      @ForAll @Size(6) List<@IntRange(max = 40) Integer> negatives) {
    double[] p = counts(positives);
    double[] n = counts(negatives);
    RocCurve curve = RocCurve.of(p, n);
    RocCurve turned = RocCurve.of(n, p);
    assertThat(turned.area()).isCloseTo(1 - curve.area(), within(1e-12));
    Bounds bounds = curve.interval(0.05);
    Bounds other = turned.interval(0.05);
    assertThat(bounds.low()).isCloseTo(1 - other.high(), within(1e-9));
    assertThat(bounds.low()).isLessThanOrEqualTo(curve.area());
    assertThat(bounds.high()).isGreaterThanOrEqualTo(curve.area());
    Bounds narrower = curve.interval(0.2);
    assertThat(narrower.low()).isGreaterThanOrEqualTo(bounds.low() - 1e-12);
    assertThat(narrower.high()).isLessThanOrEqualTo(bounds.high() + 1e-12);
    assertThat(bounds.low()).isLessThan(bounds.high());
  }

  private static double[] counts(List<Integer> counts) {
    double[] filled = counts.stream().mapToDouble(count -> count).toArray();
    filled[2]++;
    filled[3]++;
    return filled;
  }

  private static RocCurve curve(ByScore by) {
    return RocCurve.of(by.positives, by.negatives);
  }

  private static RocCurve weightedCurve(ByScore by) {
    return RocCurve.weighted(
        by.positiveWeights, by.negativeWeights, by.effectivePositives, by.effectiveNegatives);
  }

  private static void groups(java.util.function.BiConsumer<String, JsonNode> check) {
    for (JsonNode set : Recorded.SKLEARN.get("groups")) {
      for (Map.Entry<String, JsonNode> group : set.properties()) {
        check.accept(group.getKey(), group.getValue());
      }
    }
  }
}

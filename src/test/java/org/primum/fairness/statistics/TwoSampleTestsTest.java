package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.primum.fairness.statistics.Recorded.first;
import static org.primum.fairness.statistics.Recorded.second;

import com.fasterxml.jackson.databind.JsonNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.primum.fairness.statistics.distribution.ContingencyTable;
import org.primum.gate.Interval.Bounds;

/// Tests of two proportions: SciPy 1.17.1 and statsmodels 0.15.0 on the tables of scipy.json.
final class TwoSampleTestsTest {

  @Test
  void pooledZEqualsStatsmodels() {
    Recorded.twoByTwo()
        .forEach((name, table) -> {
          double z = pooledZ(first(table), second(table));
          double theirs = Recorded.number(table.at("/z_pooled/z"));
          if (Double.isNaN(theirs)) {
            assertThat(z).as("%s: all alike, where statsmodels says NaN", name).isZero();
          } else {
            assertThat(z).as(name).isCloseTo(theirs, within(1e-12 * Math.max(1, Math.abs(theirs))));
            assertThat(Normal.twoSided(z))
                .as(name)
                .isCloseTo(table.at("/z_pooled/p").doubleValue(), within(1e-12));
          }
        });
  }

  @Test
  void exactPValuesEqualScipys() {
    Recorded.twoByTwo()
        .forEach((name, table) -> {
          ExactTest ours = ExactTest.of(first(table), second(table));
          JsonNode exact = table.get("exact");
          assertP(name, ours.twoSided(), exact.get("fisher_two_sided_minlike"));
          assertP(name, ours.less(), exact.get("fisher_less"));
          assertP(name, ours.greater(), exact.get("fisher_greater"));
        });
  }

  private static void assertP(String name, double ours, JsonNode theirs) {
    assertThat(ours).as(name).isCloseTo(theirs.doubleValue(), within(1e-12));
  }

  /// Boschloo 1970, Statistica Neerlandica 24:1-9: his unconditional test is at least as powerful
  /// as Fisher's, so its p-value is no larger; SciPy's two-sided one is twice the smaller one-sided
  /// one.
  @Test
  void fishersOneSidedPIsNeverBelowBoschloos() {
    int compared = 0;
    for (JsonNode table : Recorded.twoByTwo().values()) {
      JsonNode boschloo = table.at("/exact/boschloo");
      if (boschloo.isNumber()) {
        ExactTest fisher = ExactTest.of(first(table), second(table));
        double doubled = Math.min(1, 2 * Math.min(fisher.less(), fisher.greater()));
        assertThat(doubled).isGreaterThanOrEqualTo(boschloo.doubleValue() - 1e-9);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(20);
  }

  /// Barnard 1947, Biometrika 34:123-138: the largest probability, over the common rate, of a table
  /// whose pooled statistic is as far out. Found here on a grid with our statistic; SciPy's search
  /// is right to about 1e-3.
  @Test
  void thePooledStatisticOrdersTablesAsScipysBarnardDoes() {
    int compared = 0;
    for (JsonNode table : Recorded.twoByTwo().values()) {
      JsonNode barnard = table.at("/exact/barnard");
      if (barnard.isNumber()
          && table.get("n1").asLong() * table.get("n2").asLong() <= 3_500
          && pooledZ(first(table), second(table)) != 0) {
        assertThat(barnard(first(table), second(table)))
            .as(table.toString())
            .isCloseTo(barnard.doubleValue(), within(2e-3));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(12);
  }

  private static double barnard(Proportion p1, Proportion p2) {
    double observed = Math.abs(pooledZ(p1, p2)) * (1 - 1e-9);
    boolean[][] out = new boolean[(int) p1.rows() + 1][(int) p2.rows() + 1];
    for (int i = 0; i < out.length; i++) {
      for (int j = 0; j < out[i].length; j++) {
        double z = pooledZ(Proportion.of(i, p1.rows()), Proportion.of(j, p2.rows()));
        out[i][j] = Math.abs(z) >= observed;
      }
    }
    double largest = 0;
    for (int grid = 1; grid < 500; grid++) {
      Binomial first = new Binomial(p1.rows(), grid / 500.0);
      Binomial second = new Binomial(p2.rows(), grid / 500.0);
      double sum = 0;
      for (int i = 0; i < out.length; i++) {
        for (int j = 0; j < out[i].length; j++) {
          sum += out[i][j] ? first.probability(i) * second.probability(j) : 0;
        }
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  @Property(tries = 300)
  void exactProbabilitiesAddUpAndTurnAround(
      @ForAll @IntRange(min = 0, max = 80) int n1,
      @ForAll @IntRange(min = 0, max = 80) int n2,
      @ForAll @IntRange(min = 0, max = 80) int e1,
      @ForAll @IntRange(min = 0, max = 80) int e2) {
    Proportion p1 = Proportion.of(Math.min(e1, n1), n1);
    Proportion p2 = Proportion.of(Math.min(e2, n2), n2);
    ExactTest test = ExactTest.of(p1, p2);
    assertThat(test.less() + test.greater() - test.observed()).isCloseTo(1, within(1e-12));
    ExactTest turned = ExactTest.of(p2, p1);
    assertThat(turned.twoSided()).isCloseTo(test.twoSided(), within(1e-12));
    assertThat(turned.less()).isCloseTo(test.greater(), within(1e-12));
  }

  /// A table of a billion rows each: the normal test with continuity correction agrees.
  @Test
  void theExactTestReachesBillionsOfRows() {
    Proportion p1 = Proportion.of(500_030_000L, 1_000_000_000L);
    Proportion p2 = Proportion.of(500_000_000L, 1_000_000_000L);
    double p = ExactTest.of(p1, p2).twoSided();
    assertThat(p).isCloseTo(Normal.twoSided(pooledZ(p1, p2)), within(1e-4));
  }

  @Test
  void scoreTestsOfMarginsEqualTheRecordedOnes() {
    equivalenceCases((name, c) -> {
      double margin = c.get("margin").doubleValue();
      Proportion p1 = first(c);
      Proportion p2 = second(c);
      JsonNode above = c.get("noninferiority_score_p (H0: diff <= -margin)");
      JsonNode below = c.get("nonsuperiority_score_p (H0: diff >= margin)");
      assertThat(above(p1, p2, -margin)).as(name).isCloseTo(above.doubleValue(), within(1e-9));
      assertThat(below(p1, p2, margin)).as(name).isCloseTo(below.doubleValue(), within(1e-9));
      assertThat(equivalent(p1, p2, -margin, margin))
          .as(name)
          .isCloseTo(c.get("tost_score_p").doubleValue(), within(1e-9));
    });
  }

  /// Equivalence at .05 is the 90 % interval within the margins, by each interval's own count.
  @Test
  void equivalenceIsTheNinetyPercentIntervalWithinTheMargins() {
    equivalenceCases((name, c) -> {
      double margin = c.get("margin").doubleValue();
      double z = Normal.twoSidedQuantile(0.1);
      Bounds score = ScoreIntervals.difference(first(c), second(c), z);
      Bounds newcombe = ProportionIntervals.newcombe(first(c), second(c), z);
      Recorded.assertBounds(score, c.get("mn90"), 1e-9, name);
      Recorded.assertBounds(newcombe, c.get("newcombe90"), 1e-12, name);
      JsonNode verdict = c.get("equivalent_at_0.05");
      double p = equivalent(first(c), second(c), -margin, margin);
      assertThat(p < 0.05).as(name).isEqualTo(verdict.get("score").booleanValue());
      assertThat(inside(score, margin)).isEqualTo(verdict.get("mn90_inside").booleanValue());
      assertThat(inside(newcombe, margin))
          .isEqualTo(verdict.get("newcombe90_inside").booleanValue());
    });
  }

  /// Wald's and Agresti and Caffo's tests are other approximations of the same: near ours where
  /// there are hundreds of rows. statsmodels' own score test is wrong wherever the margin is not 0.
  @Test
  void otherEquivalenceTestsAreNearAndTheDefectiveOneIsNotOurs() {
    equivalenceCases((name, c) -> {
      double margin = c.get("margin").doubleValue();
      double p = equivalent(first(c), second(c), -margin, margin);
      if (Math.min(c.get("n1").longValue(), c.get("n2").longValue()) >= 150) {
        assertThat(p).as(name).isCloseTo(c.get("tost_wald_p").doubleValue(), within(2e-3));
        assertThat(p).isCloseTo(c.get("tost_agresti_caffo_p").doubleValue(), within(6e-3));
      }
      double defective = Recorded.number(c.get("statsmodels_tost_score_DO_NOT_USE"));
      assertThat(Math.abs(p - defective)).as(name).isGreaterThan(1e-10);
    });
  }

  /// The signed root of the chi-square of the table; 0 where nothing varies.
  private static double pooledZ(Proportion p1, Proportion p2) {
    double[][] counts = {
      {p1.events(), p1.total() - p1.events()}, {p2.events(), p2.total() - p2.events()}
    };
    ContingencyTable table = new ContingencyTable(counts);
    return table.degreesOfFreedom() == 0
        ? 0
        : Math.signum(p1.value() - p2.value()) * Math.sqrt(table.chiSquare());
  }

  private static double above(Proportion p1, Proportion p2, double margin) {
    return Normal.above(ScoreIntervals.differenceStatistic(p1, p2, margin));
  }

  private static double below(Proportion p1, Proportion p2, double margin) {
    return Normal.below(ScoreIntervals.differenceStatistic(p1, p2, margin));
  }

  private static double equivalent(Proportion p1, Proportion p2, double low, double high) {
    return Math.max(above(p1, p2, low), below(p1, p2, high));
  }

  private static boolean inside(Bounds bounds, double margin) {
    return bounds.low() > -margin && bounds.high() < margin;
  }

  private static void equivalenceCases(java.util.function.BiConsumer<String, JsonNode> check) {
    JsonNode cases = Recorded.SCIPY.at("/equivalence/cases");
    assertThat(cases.size()).isEqualTo(18);
    cases.properties().forEach(one -> check.accept(one.getKey(), one.getValue()));
  }
}

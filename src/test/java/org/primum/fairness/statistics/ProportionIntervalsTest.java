package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.fairness.Fixtures;
import org.primum.fairness.metric.GroupRate;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Sums;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Interval.Bounds;

/// SciPy 1.17.1 and statsmodels 0.15.0 on the counts of cohort.csv, on a grid, on Newcombe's 1998
/// table II and on degenerate tables (testdata/fairness/scipy.json).
final class ProportionIntervalsTest {

  private static final JsonNode SCIPY = Fixtures.json("scipy");

  @Test
  void wilsonEqualsStatsmodels() {
    List<JsonNode> cases = new ArrayList<>();
    SCIPY.at("/one_proportion/grid").forEach(cases::add);
    SCIPY.at("/one_proportion/cohort").forEach(group -> group.forEach(cases::add));
    int compared = 0;
    for (JsonNode one : cases) {
      if (one.path("n").asLong() > 0) {
        Proportion p = Proportion.of(one.get("k").longValue(), one.get("n").longValue());
        assertBounds(ProportionIntervals.wilson(p, z(0.95)), one.get("wilson"), one);
        assertBounds(ProportionIntervals.wilson(p, z(0.9)), one.get("wilson_0.9"), one);
        assertBounds(ProportionIntervals.wilson(p, z(0.99)), one.get("wilson_0.99"), one);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(40);
  }

  /// The ends are where Gart and Nam's corrected score is plus and minus z: its roots by SciPy
  /// 1.17.1's `brentq`, of events, rows and level. The last but one has weighted rows.
  @ParameterizedTest
  @CsvSource({
    "5, 56, .05, 0.033962642149, 0.185852638549",
    "48, 80, .05, 0.490340769780, 0.702568997137",
    "56, 70, .05, 0.694755694579, 0.881004815344",
    "97, 100, .0035714285714285718, 0.887672016654, 0.997362187913",
    "30, 30, .05, 0.911185194978, 1",
    "0, 41, .01, 0, 0.105511908515",
    "1, 30, .0027, 0, 0.247097548767",
    "2, 30, .0027, 0.001457490473, 0.299829270359",
    "29, 30, .0027, 0.752902451233, 1",
    "1200, 4800, .05, 0.237902575130, 0.262398812263",
    "61.5, 82.5, .05, 0.643769023094, 0.830253819942",
    "950000, 1000000, .001, 0.949279443062, 0.950713760418"
  })
  void skewnessCorrectedEndsAreRootsOfTheScore(
      double events, double rows, double alpha, double low, double high) {
    Proportion p = new Proportion(events, rows, (long) events, (long) Math.ceil(rows), rows);
    Bounds bounds = ProportionIntervals.skewnessCorrected(p, ProportionIntervals.quantile(alpha));
    assertThat(bounds.low()).isCloseTo(low, within(1e-11));
    assertThat(bounds.high()).isCloseTo(high, within(1e-11));
  }

  /// The rows of a rate's denominator, by the formula of the fixture.
  private static double kish(GroupRate rate, Counts counts) {
    int total =
        switch (rate) {
          case TPR -> Counts.TP | Counts.FN;
          case FPR -> Counts.FP | Counts.TN;
          case SELECTION_RATE -> Counts.SELECTED | Counts.NOT_SELECTED;
          default -> throw new IllegalArgumentException(rate.id());
        };
    Sums sums = counts.over(total);
    return EffectiveRows.kish(sums.weight().toDouble(), sums.squaredWeight().toDouble());
  }

  /// The fixture takes Kish's number. Ours is another where weights go with the outcome, see
  /// [EffectiveRows]; on the same number of rows the intervals are the same.
  @Test
  void weightedWilsonOnKishsRowsIsThatOfTheFixture() {
    Tally tally = Fixtures.tally(Fixtures.cohort(), Fixtures.cohortPolicy(true));
    JsonNode groups = SCIPY.at("/weighted_kish/groups");
    int compared = 0;
    for (String group : Fixtures.names(groups)) {
      Counts counts =
          tally.groups(List.of(0)).getOrDefault(List.of(group), GroupTally.NONE).counts();
      for (String metric : Fixtures.names(groups.get(group))) {
        JsonNode expected = groups.get(group).get(metric);
        if (!expected.isNull()) {
          Proportion p = Fixtures.rate(metric).orElseThrow().proportion(counts);
          assertThat(p.value())
              .isCloseTo(expected.get("weighted_rate").doubleValue(), within(1e-12));
          double kish = kish(Fixtures.rate(metric).orElseThrow(), counts);
          assertThat(kish).isCloseTo(expected.get("kish_n_eff").doubleValue(), within(1e-12));
          Proportion known = p.knownAs(kish);
          assertBounds(
              ProportionIntervals.wilson(known, z(0.95)), expected.get("wilson95"), expected);
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(15);
  }

  @Test
  void newcombeEqualsStatsmodels() {
    List<JsonNode> tables = tables();
    for (JsonNode table : tables) {
      Proportion p1 = Proportion.of(table.get("x1").longValue(), table.get("n1").longValue());
      Proportion p2 = Proportion.of(table.get("x2").longValue(), table.get("n2").longValue());
      JsonNode expected = table.get("diff_ci95");
      assertBounds(ProportionIntervals.newcombe(p1, p2, z(0.95)), expected.get("newcombe"), table);
      assertBounds(
          ProportionIntervals.newcombe(p1, p2, z(0.9)), expected.get("newcombe_0.9"), table);
      assertBounds(
          ProportionIntervals.newcombe(p1, p2, z(0.99)), expected.get("newcombe_0.99"), table);
    }
    assertThat(tables.size()).isGreaterThan(20);
  }

  /// Newcombe 1998, table II, row (a), method 10, as printed: 56/70 against 48/80.
  @Test
  void newcombeEqualsTheTableOfItsPaper() {
    Bounds bounds =
        ProportionIntervals.newcombe(Proportion.of(56, 70), Proportion.of(48, 80), z(0.95));
    assertThat(bounds.low()).isCloseTo(0.0524, within(5e-5));
    assertThat(bounds.high()).isCloseTo(0.3339, within(5e-5));
  }

  @Test
  void katzEqualsStatsmodelsAndIsAdjustedWhereARateIsZero() {
    int plain = 0;
    int adjusted = 0;
    for (JsonNode table : tables()) {
      Proportion p1 = Proportion.of(table.get("x1").longValue(), table.get("n1").longValue());
      Proportion p2 = Proportion.of(table.get("x2").longValue(), table.get("n2").longValue());
      Bounds ours = ProportionIntervals.katz(p1, p2, z(0.95));
      JsonNode ratio = table.get("ratio_ci95");
      if (p1.events() > 0 && p2.events() > 0) {
        assertBounds(ours, ratio.get("katz_log"), table);
        plain++;
      } else {
        JsonNode log = ratio.get("log_adjusted");
        assertThat(ours.low())
            .isCloseTo(p1.events() == 0 ? 0 : log.get(0).doubleValue(), within(1e-12));
        if (p2.events() == 0) {
          assertThat(ours.high()).isInfinite();
        } else {
          assertThat(ours.high()).isCloseTo(log.get(1).doubleValue(), within(1e-11));
        }
        adjusted++;
      }
    }
    assertThat(plain).isGreaterThan(15);
    assertThat(adjusted).isGreaterThan(4);
  }

  @Test
  void exactTestEqualsScipysFisherWhereTheReferenceHasNoEvent() {
    int compared = 0;
    for (JsonNode table : tables()) {
      if (table.get("x2").longValue() == 0) {
        double p =
            ProportionIntervals.fisherNoneInSecond(
                Proportion.of(table.get("x1").longValue(), table.get("n1").longValue()),
                Proportion.of(0, table.get("n2").longValue()));
        assertThat(p).isCloseTo(table.at("/exact/fisher_greater").doubleValue(), within(1e-12));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(3);
  }

  @Test
  void trapT11EndsAreExactWhereCommonsMathMissesThem() {
    for (long n : new long[] {1, 2, 10, 1_000, 3_000_000_000L}) {
      assertThat(ProportionIntervals.wilson(Proportion.of(0, n), z(0.95)).low()).isZero();
      assertThat(ProportionIntervals.wilson(Proportion.of(n, n), z(0.95)).high()).isEqualTo(1);
    }
  }

  /// 3 billion rows overflow an int: half-width at 1/2 is z / (2 sqrt n) = 1.96 / 109544.5.
  @Test
  void trapT11CountsBeyondAnIntAreCounts() {
    Bounds bounds =
        ProportionIntervals.wilson(Proportion.of(1_500_000_000L, 3_000_000_000L), z(0.95));
    assertThat(bounds.high() - 0.5).isCloseTo(1.7892e-5, within(1e-9));
  }

  @Test
  void trapT11NoRowsHaveNoProportion() {
    assertThat(Proportion.of(0, 0).defined()).isFalse();
    assertThatThrownBy(() -> Proportion.of(2, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void newcombeNeverLeavesItsRange() {
    Bounds bounds =
        ProportionIntervals.newcombe(Proportion.of(10, 10), Proportion.of(0, 20), z(0.95));
    assertThat(bounds.high()).isEqualTo(1);
  }

  private static List<JsonNode> tables() {
    List<JsonNode> tables = new ArrayList<>();
    SCIPY.at("/two_proportions/race_vs_White").forEach(group -> group.forEach(tables::add));
    SCIPY.at("/two_proportions/sex_F_vs_M").forEach(tables::add);
    SCIPY.at("/two_proportions/newcombe_1998_table_II").forEach(tables::add);
    SCIPY.at("/two_proportions/degenerate").forEach(tables::add);
    return tables.stream()
        .filter(t -> t.path("n1").asLong() > 0 && t.path("n2").asLong() > 0)
        .toList();
  }

  private static double z(double confidence) {
    return ProportionIntervals.quantile(1 - confidence);
  }

  private static void assertBounds(Bounds ours, JsonNode expected, JsonNode of) {
    assertThat(ours.low())
        .as(of.toString())
        .isCloseTo(expected.get(0).doubleValue(), within(1e-12));
    double high = expected.get(1).doubleValue();
    assertThat(ours.high()).as(of.toString()).isCloseTo(high, within(1e-12 * Math.max(1, high)));
  }
}

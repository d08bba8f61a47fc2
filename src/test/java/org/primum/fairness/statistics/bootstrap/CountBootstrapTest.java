package org.primum.fairness.statistics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.primum.fairness.statistics.Normal;
import org.primum.fairness.statistics.Recorded;
import org.primum.gate.Interval;
import org.primum.gate.Interval.Bounds;

final class CountBootstrapTest {

  private static final CountBootstrap MANY = new CountBootstrap(20260901, 200_000);

  private static double tpr(double[] c) {
    return c[0] / (c[0] + c[2]);
  }

  private static double fpr(double[] c) {
    return c[1] / (c[1] + c[3]);
  }

  private static double selected(double[] c) {
    return (c[0] + c[1]) / (c[0] + c[1] + c[2] + c[3]);
  }

  /// NumPy 2.4.6, 100,000 replicates of all 515 rows (testdata/fairness/scipy.json). Ours hold each
  /// group's size; the recorded tolerance is .004, four of the fixture's own standard errors.
  @Test
  void rangesBetweenGroupsEqualNumpys() {
    List<Replicates> tpr = perGroup(CountBootstrapTest::tpr);
    List<Replicates> fpr = perGroup(CountBootstrapTest::fpr);
    Replicates rangeOfTpr = Replicates.across(tpr, CountBootstrapTest::range);
    Replicates rangeOfFpr = Replicates.across(fpr, CountBootstrapTest::range);
    assertRecorded("tpr", rangeOfTpr);
    assertRecorded("fpr", rangeOfFpr);
    assertRecorded(
        "selection_rate",
        Replicates.across(perGroup(CountBootstrapTest::selected), CountBootstrapTest::range));
    assertRecorded(
        "equalized_odds",
        Replicates.across(List.of(rangeOfTpr, rangeOfFpr), both -> Math.max(both[0], both[1])));
    List<Replicates> all = new ArrayList<>(tpr);
    all.addAll(fpr);
    assertRecorded(
        "average_abs_odds_vs_first", Replicates.across(all, CountBootstrapTest::averageOdds));
  }

  private static double range(double[] values) {
    return Arrays.stream(values).max().orElseThrow() - Arrays.stream(values).min().orElseThrow();
  }

  private static double averageOdds(double[] rates) {
    int groups = rates.length / 2;
    double worst = 0;
    for (int g = 1; g < groups; g++) {
      double tpr = Math.abs(rates[g] - rates[0]);
      double fpr = Math.abs(rates[groups + g] - rates[groups]);
      worst = Math.max(worst, (tpr + fpr) / 2);
    }
    return worst;
  }

  private static List<Replicates> perGroup(ToDoubleFunction<double[]> statistic) {
    List<Replicates> groups = new ArrayList<>();
    for (String group : List.of("White", "Black", "Hispanic", "Asian")) {
      groups.add(MANY.of(group, Cells.counted(Recorded.confusion(group)), statistic));
    }
    return groups;
  }

  private static void assertRecorded(String name, Replicates ours) {
    JsonNode recorded = Recorded.SCIPY.at("/count_bootstrap_range_between_groups/" + name);
    double[] quantiles = Recorded.numbers(recorded.get("quantiles_.025_.5_.975"));
    double tolerance = recorded.get("tolerance").doubleValue();
    assertThat(ours.undefined()).isEqualTo(recorded.get("undefined_replicates").intValue());
    assertThat(ours.quantile(0.025)).as(name).isCloseTo(quantiles[0], within(tolerance));
    assertThat(ours.quantile(0.5)).as(name).isCloseTo(quantiles[1], within(tolerance));
    assertThat(ours.quantile(0.975)).as(name).isCloseTo(quantiles[2], within(tolerance));
  }

  @Test
  void anotherGroupOrOrderChangesNoDraw() {
    CountBootstrap bootstrap = new CountBootstrap(7, 50);
    Cells cells = Cells.counted(20, 30, 40, 50);
    List<double[]> alone = draws(bootstrap, "B", cells);
    draws(bootstrap, "A", cells);
    assertThat(draws(bootstrap, "B", cells)).usingRecursiveComparison().isEqualTo(alone);
    assertThat(draws(bootstrap, "A", cells)).usingRecursiveComparison().isNotEqualTo(alone);
    CountBootstrap longer = new CountBootstrap(7, 80);
    assertThat(draws(longer, "B", cells).subList(0, 50))
        .usingRecursiveComparison()
        .isEqualTo(alone);
    assertThat(draws(new CountBootstrap(8, 50), "B", cells))
        .usingRecursiveComparison()
        .isNotEqualTo(alone);
  }

  private static List<double[]> draws(CountBootstrap bootstrap, String key, Cells cells) {
    List<double[]> drawn = new ArrayList<>();
    bootstrap.each(key, cells, (_, one) -> drawn.add(one.clone()));
    return drawn;
  }

  @Test
  void countedCellsKeepTheSizeOfTheirGroupAndEmptyOnesStayEmpty() {
    new CountBootstrap(3, 500)
        .each(
            "g",
            Cells.counted(5, 0, 900, 12),
            (_, drawn) -> {
              assertThat(Arrays.stream(drawn).sum()).isEqualTo(917);
              assertThat(drawn[1]).isZero();
            });
    new CountBootstrap(3, 5)
        .each("none", Cells.counted(0, 0), (_, drawn) -> assertThat(drawn).containsExactly(0, 0));
  }

  /// Ten rows of weight 1 and ten of weight 3: W = 40, sum of squares 100. Mean 40, variance 100;
  /// each to five standard errors.
  @Test
  void weightedCellsHaveTheMeanAndVarianceOfTheirRows() {
    double[] moments = new double[2];
    int draws = 200_000;
    Cells cells = Cells.weighted(new double[] {40, 0}, new double[] {100, 0});
    new CountBootstrap(5, draws)
        .each(
            "w",
            cells,
            (_, drawn) -> {
              moments[0] += drawn[0];
              moments[1] += Math.pow(drawn[0] - 40, 2);
              assertThat(drawn[1]).isZero();
            });
    assertThat(moments[0] / draws).isCloseTo(40, within(5 * 10 / Math.sqrt(draws)));
    assertThat(moments[1] / draws).isCloseTo(100, within(5 * 100 * Math.sqrt(2.0 / draws) * 1.2));
  }

  /// Normal quantiles as replicates: where they resolve no tail, the continuation is the quantile.
  @Test
  void tailsBeyondTheReplicatesContinueAsNormalOnes() {
    double[] values = new double[9_999];
    Arrays.setAll(
        values, i -> 3 + 2 * -Normal.upperQuantile(Math.clamp(i / 9_998.0, 1e-9, 1 - 1e-9)));
    Replicates replicates = new Replicates(values);
    for (double alpha : new double[] {0.05, 0.001, 1e-6}) {
      Bounds bounds = (Bounds) replicates.interval(alpha);
      double half = 2 * Normal.twoSidedQuantile(alpha);
      assertThat(bounds.high() - 3).isCloseTo(half, within(1e-4 * half));
      assertThat(3 - bounds.low()).isCloseTo(half, within(1e-4 * half));
    }
  }

  @Test
  void undefinedReplicatesAreCountedAndTooManyLeaveNoInterval() {
    Replicates some = new Replicates(new double[] {1, Double.NaN, 2, 3});
    assertThat(some.undefined()).isEqualTo(1);
    assertThat(some.quantile(0.5)).isEqualTo(2);
    Replicates most = new Replicates(new double[] {1, Double.NaN, Double.NaN});
    assertThat(most.interval(0.05)).isEqualTo(new Interval.None());
    assertThat(Replicates.across(List.of(some, some), v -> v[0] + v[1]).undefined()).isEqualTo(1);
    assertThatThrownBy(() -> new Replicates(new double[0]).quantile(0.5))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatIsNoCountIsRefused() {
    assertThatThrownBy(() -> Cells.counted(1, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Cells.weighted(new double[] {1}, new double[] {0}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CountBootstrap(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}

package org.primum.fairness.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.fairness.Fixtures;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.statistics.Normal;
import org.primum.fairness.statistics.calibration.Binning;
import org.primum.fairness.statistics.calibration.CalibrationBin;
import org.primum.fairness.statistics.calibration.CalibrationError;
import org.primum.fairness.statistics.calibration.CalibrationFit;
import org.primum.fairness.statistics.calibration.CalibrationLine;
import org.primum.fairness.statistics.calibration.CalibrationTable;
import org.primum.fairness.statistics.score.DeLongTest;
import org.primum.fairness.statistics.score.RocCurve;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Sums;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Interval.Bounds;

/// Every value of testdata/fairness/sklearn.json: scikit-learn 1.9.1, statsmodels 0.15.0 and
/// DeLong's variance as in pROC 1.18 on the 600 rows of cohort.csv, for everyone, race, sex and
/// both, weighted and not (testdata/fairness/README.md).
///
/// Where scikit-learn prints a number that no data stands behind (an average precision of 0 and an
/// area of NaN without positives, a correlation of 0 where all predictions are the same) there is
/// none here. Our bins are [low, high); the file's uniform bins are (low, high], so both are
/// compared: `ece` and `mce` of the result files with `ece_10_half_open_lower_closed`, the others
/// under scikit-learn's binning.
final class SklearnFixtureTest {

  /// Rates, areas and sums; what is fitted agrees within 1e-9.
  private static final Offset<Double> EXACT = within(1e-12);

  private static final Offset<Double> FITTED = within(1e-9);

  /// statsmodels takes standard errors from the step before its last; ours are those of the fit.
  private static final Offset<Double> ERROR = within(1e-7);

  private static final JsonNode FILE = Fixtures.json("sklearn");

  private static final Sample PLAIN = new Sample(false);
  private static final Sample WEIGHTED = new Sample(true);

  /// The cohort by group.
  private static final class Sample {

    final Tally tally;
    final GroupMetrics metrics;

    Sample(boolean weighted) {
      FairnessPolicy policy = Fixtures.cohortPolicy(weighted);
      tally = Fixtures.tally(Fixtures.cohort(), policy);
      metrics = new GroupMetrics(policy.data().target(), tally.overall(), tally.scale());
    }

    Map<String, GroupTally> groups(String grouping) {
      List<Integer> of =
          switch (grouping) {
            case "overall" -> List.of();
            case "race" -> List.of(0);
            case "sex" -> List.of(1);
            default -> List.of(0, 1);
          };
      Map<String, GroupTally> groups = new LinkedHashMap<>();
      tally
          .groups(of)
          .forEach(
              (key, group) -> groups.put(key.isEmpty() ? "all" : String.join("|", key), group));
      return groups;
    }

    ScoredRows rows(GroupTally group) {
      return ScoredRows.of(group, tally.scale());
    }
  }

  @ParameterizedTest
  @CsvSource({"overall,1", "race,7", "sex,2", "race_x_sex,13"})
  void everyValueOfEveryGroupAgrees(String grouping, int size) {
    JsonNode groups = FILE.at("/groups/" + grouping);
    assertThat(Fixtures.names(groups)).hasSize(size);
    Map<String, GroupTally> plain = PLAIN.groups(grouping);
    Map<String, GroupTally> weighted = WEIGHTED.groups(grouping);
    assertThat(plain.keySet()).containsExactlyInAnyOrderElementsOf(Fixtures.names(groups));
    for (String name : Fixtures.names(groups)) {
      GroupTally group = plain.getOrDefault(name, GroupTally.NONE);
      GroupTally heavy = weighted.getOrDefault(name, GroupTally.NONE);
      for (String value : Fixtures.names(groups.get(name))) {
        compare(name + " " + value, groups.get(name).get(value), value, group, heavy);
      }
    }
  }

  private static void compare(
      String where, JsonNode expected, String value, GroupTally plain, GroupTally weighted) {
    switch (value) {
      case "n", "tp", "fp", "fn", "tn" ->
          assertThat(cell(value, plain).n()).as(where).isEqualTo(expected.longValue());
      case "w", "w_tp", "w_fp", "w_fn", "w_tn" ->
          assertThat(cell(value.replace("w_", ""), weighted).weight().toDouble())
              .as(where)
              .isEqualTo(expected.doubleValue());
      case "sum_w2" ->
          assertThat(cell("n", weighted).squaredWeight().toDouble())
              .as(where)
              .isEqualTo(expected.doubleValue());
      case "kish_n_eff" ->
          assertThat(Counts.effective(cell("n", weighted)))
              .as(where)
              .isCloseTo(expected.doubleValue(), EXACT);
      case "delong" -> compareDeLong(where, expected, PLAIN.rows(plain));
      case "calibration" ->
          compareBins(where, expected, PLAIN.rows(plain), WEIGHTED.rows(weighted));
      case "calibration_intercept_slope",
          "calibration_intercept_slope_se",
          "calibration_in_the_large",
          "calibration_in_the_large_se" ->
          compareLine(where, expected, value, PLAIN.rows(plain));
      default -> compareMetric(where, expected, value, plain, weighted);
    }
  }

  private static Sums cell(String name, GroupTally group) {
    return group
        .counts()
        .over(
            switch (name) {
              case "tp" -> Counts.TP;
              case "fp" -> Counts.FP;
              case "fn" -> Counts.FN;
              case "tn" -> Counts.TN;
              default -> Counts.ALL;
            });
  }

  private static void compareMetric(
      String where, JsonNode expected, String value, GroupTally plain, GroupTally weighted) {
    boolean heavy = value.endsWith("_weighted");
    Sample sample = heavy ? WEIGHTED : PLAIN;
    MetricRef ref = metric(value.replace("_weighted", ""));
    Estimate ours = sample.metrics.estimate(ref, heavy ? weighted : plain);
    if (ours.defined()) {
      assertThat(ours.value()).as(where).isCloseTo(expected.doubleValue(), EXACT);
      Bounds bounds = ours.at(0.05);
      assertThat(ours.value()).as(where).isBetween(bounds.low(), bounds.high());
    } else {
      assertThat(expected.isObject() || expected.doubleValue() == 0)
          .as(where + " is a number without data: " + expected)
          .isTrue();
    }
  }

  /// Our metric of scikit-learn's name.
  private static MetricRef metric(String name) {
    return switch (name) {
      case "o_over_e" -> MetricRef.of(Metric.O_E);
      default ->
          MetricRef.parse(name).orElseThrow(() -> new AssertionError(name + " is not compared"));
    };
  }

  private static void compareDeLong(String where, JsonNode expected, ScoredRows rows) {
    RocCurve curve = ScoreMetrics.curve(rows);
    if (expected.isNull()) {
      assertThat(curve.hasVariance()).as(where).isFalse();
      return;
    }
    assertThat(curve.area()).as(where).isCloseTo(expected.get("auc").doubleValue(), EXACT);
    assertThat(curve.variance()).as(where).isCloseTo(expected.get("var").doubleValue(), EXACT);
    assertThat(rows.positivePart().rows()).as(where).isEqualTo(expected.get("n_pos").longValue());
    assertThat(rows.negativePart().rows()).as(where).isEqualTo(expected.get("n_neg").longValue());
    Bounds cut = (Bounds) curve.deLongInterval(0.05);
    assertEnds(where, expected.get("ci95"), cut);
    double half = Normal.twoSidedQuantile(0.05) * Math.sqrt(curve.variance());
    Bounds uncut = new Bounds(curve.area() - half, curve.area() + half);
    assertEnds(where, expected.get("ci95_unclipped"), uncut);
    assertThat(Fixtures.names(expected)).hasSize(6);
  }

  private static void assertEnds(String where, JsonNode expected, Bounds ours) {
    assertThat(ours.low()).as(where).isCloseTo(expected.get(0).doubleValue(), EXACT);
    assertThat(ours.high()).as(where).isCloseTo(expected.get(1).doubleValue(), EXACT);
  }

  private static void compareLine(String where, JsonNode expected, String value, ScoredRows rows) {
    CalibrationTable table = CalibrationMetrics.table(rows);
    boolean alone = value.contains("in_the_large");
    CalibrationLine fit = alone ? CalibrationFit.inTheLarge(table) : CalibrationFit.line(table);
    var line = (CalibrationLine.Fitted) fit;
    boolean error = value.endsWith("_se");
    double intercept = error ? Math.sqrt(line.interceptVariance()) : line.intercept();
    double slope = error ? Math.sqrt(line.slopeVariance()) : line.slope();
    JsonNode first = alone ? expected : expected.get(0);
    Offset<Double> tolerance = error ? ERROR : FITTED;
    assertThat(intercept).as(where).isCloseTo(first.doubleValue(), tolerance);
    if (!alone) {
      assertThat(slope).as(where).isCloseTo(expected.get(1).doubleValue(), tolerance);
    }
  }

  private static void compareBins(
      String where, JsonNode expected, ScoredRows plain, ScoredRows weighted) {
    CalibrationTable table = CalibrationMetrics.table(plain);
    CalibrationTable heavy = CalibrationMetrics.table(weighted);
    Binning uniform = Binning.uniform(10, Binning.OnEdge.LOWER);
    Binning quantile = Binning.quantiles(table, 10, Binning.OnEdge.LOWER);
    compareBins(where + " uniform", expected.get("uniform"), uniform, table, heavy);
    compareBins(where + " quantile", expected.get("quantile"), quantile, table, heavy);
    Estimate ece = CalibrationMetrics.estimate(Metric.ECE, plain);
    assertThat(ece.value())
        .as(where)
        .isCloseTo(expected.get("ece_10_half_open_lower_closed").doubleValue(), EXACT);
    assertThat(Fixtures.names(expected)).hasSize(3);
  }

  private static void compareBins(
      String where,
      JsonNode expected,
      Binning binning,
      CalibrationTable plain,
      CalibrationTable weighted) {
    double[] edges = binning.edges();
    assertThat(edges).as(where).hasSize(expected.get("edges").size());
    for (int i = 0; i < edges.length; i++) {
      assertThat(edges[i]).as(where).isCloseTo(expected.at("/edges/" + i).doubleValue(), EXACT);
    }
    List<CalibrationBin> bins = binning.of(plain);
    List<CalibrationBin> heavy = binning.of(weighted);
    assertThat(bins).as(where).hasSize(expected.get("bins").size());
    for (int i = 0; i < bins.size(); i++) {
      compareBin(where + " " + i, expected.at("/bins/" + i), edges, bins.get(i), heavy.get(i));
    }
    CalibrationError errors = CalibrationError.of(plain, binning);
    double ofWeights = CalibrationError.of(weighted, binning).expected();
    assertThat(errors.expected()).as(where).isCloseTo(expected.get("ece").doubleValue(), EXACT);
    assertThat(errors.maximum()).as(where).isCloseTo(expected.get("mce").doubleValue(), EXACT);
    assertThat(ofWeights).as(where).isCloseTo(expected.get("ece_weighted").doubleValue(), EXACT);
    assertThat(Fixtures.names(expected)).hasSize(5);
  }

  private static void compareBin(
      String where, JsonNode expected, double[] edges, CalibrationBin bin, CalibrationBin heavy) {
    assertThat(bin.low()).as(where).isEqualTo(edges[expected.get("bin").intValue()]);
    assertThat(bin.total()).as(where).isEqualTo(expected.get("n").doubleValue());
    assertThat(bin.events()).as(where).isEqualTo(expected.get("sum_label").doubleValue());
    assertThat(bin.meanScore()).as(where).isCloseTo(expected.get("mean_score").asDouble(), EXACT);
    assertThat(bin.rate()).as(where).isCloseTo(expected.get("frac_pos").asDouble(), EXACT);
    assertThat(heavy.total()).as(where).isCloseTo(expected.get("w").asDouble(), EXACT);
    assertThat(heavy.meanScore())
        .as(where)
        .isCloseTo(expected.get("w_mean_score").asDouble(), EXACT);
    assertThat(heavy.rate()).as(where).isCloseTo(expected.get("w_frac_pos").asDouble(), EXACT);
    assertThat(Fixtures.names(expected)).hasSize(8);
  }

  @Test
  void everyUnpairedComparisonOfAreasAgrees() {
    Map<String, GroupTally> races = PLAIN.groups("race");
    JsonNode byRace = FILE.get("delong_unpaired_vs_White");
    assertThat(Fixtures.names(byRace)).hasSize(5);
    for (String race : Fixtures.names(byRace)) {
      compareAreas(byRace.get(race), of(races, race), of(races, "White"));
    }
    Map<String, GroupTally> sexes = PLAIN.groups("sex");
    compareAreas(FILE.get("delong_unpaired_F_vs_M"), of(sexes, "F"), of(sexes, "M"));
  }

  private static GroupTally of(Map<String, GroupTally> groups, String name) {
    return groups.getOrDefault(name, GroupTally.NONE);
  }

  private static void compareAreas(JsonNode expected, GroupTally one, GroupTally other) {
    DeLongTest test =
        ScoreMetrics.curve(PLAIN.rows(one)).compared(ScoreMetrics.curve(PLAIN.rows(other)));
    assertThat(test.difference()).isCloseTo(expected.get("difference").doubleValue(), EXACT);
    assertThat(test.statistic()).isCloseTo(expected.get("D").doubleValue(), EXACT);
    assertThat(test.degreesOfFreedom()).isCloseTo(expected.get("df").doubleValue(), FITTED);
    assertThat(test.p()).isCloseTo(expected.get("p_t").doubleValue(), FITTED);
    assertThat(test.normalP()).isCloseTo(expected.get("p_normal").doubleValue(), EXACT);
    assertEnds("difference", expected.get("diff_ci95_normal"), test.interval(0.05));
    assertThat(Fixtures.names(expected)).hasSize(6);
  }
}

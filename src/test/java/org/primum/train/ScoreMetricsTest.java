package org.primum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;

/// The fixture cohort's scores, as a whole and by race and sex, against scikit-learn 1.9.1, DeLong
/// by midranks (equal to pROC 1.18.0) and statsmodels 0.15.0: testdata/fairness/sklearn.json.
final class ScoreMetricsTest {

  private static final JsonNode PEER = Fixture.json("sklearn.json").get("groups");

  @TestFactory
  Stream<DynamicTest> equalsThePeersInEveryGroup() {
    List<DynamicTest> tests = new ArrayList<>();
    PEER.properties()
        .forEach(attribute ->
            attribute
                .getValue()
                .properties()
                .forEach(group ->
                    tests.add(
                        DynamicTest.dynamicTest(
                            attribute.getKey() + " " + group.getKey(),
                            () -> compare(attribute.getKey(), group)))));
    assertThat(tests).hasSizeGreaterThan(15);
    return tests.stream();
  }

  private static void compare(String attribute, java.util.Map.Entry<String, JsonNode> group) {
    List<Fixture.Row> rows =
        Fixture.rows().stream().filter(r -> isIn(r, attribute, group.getKey())).toList();
    JsonNode peer = group.getValue();
    List<Measurement> ours = ScoreMetrics.of(Fixture.scores(rows), Fixture.positives(rows));
    assertThat(rows).hasSize(peer.get("n").asInt());
    equal(ours, "brier", peer.get("brier"));
    equal(ours, "log_loss", peer.get("log_loss"));
    equal(ours, "mean_score", peer.get("mean_score"));
    equal(ours, "base_rate", peer.get("base_rate"));
    equal(ours, "o_e", peer.get("o_over_e"));
    if (peer.get("auroc").isNumber()) {
      equal(ours, "auroc", peer.get("auroc"));
    } else {
      assertThat(find(ours, "auroc").value()).isEqualTo(new Measure.Unknown("no positives"));
    }
    delong(ours, peer.path("delong"));
    calibration(ours, peer);
  }

  private static void delong(List<Measurement> ours, JsonNode peer) {
    if (peer.isObject()) {
      var bounds = (Interval.Bounds) find(ours, "auroc").interval();
      assertThat(bounds.low()).isCloseTo(peer.get("ci95").get(0).asDouble(), within(1e-12));
      assertThat(bounds.high()).isCloseTo(peer.get("ci95").get(1).asDouble(), within(1e-12));
    }
  }

  private static void calibration(List<Measurement> ours, JsonNode peer) {
    JsonNode estimates = peer.path("calibration_intercept_slope");
    JsonNode errors = peer.path("calibration_intercept_slope_se");
    String[] names = {"calibration_intercept", "calibration_slope"};
    for (int i = 0; i < names.length && estimates.isArray(); i++) {
      equal(ours, names[i], estimates.get(i));
      var bounds = (Interval.Bounds) find(ours, names[i]).interval();
      double error = (bounds.high() - bounds.low()) / 2 / 1.959963984540054;
      // statsmodels takes the weights before its last step, so its errors have fewer digits.
      assertThat(error).isCloseTo(errors.get(i).asDouble(), within(1e-7));
    }
  }

  private static boolean isIn(Fixture.Row row, String attribute, String group) {
    String race = row.race().isEmpty() ? "<missing>" : row.race();
    return switch (attribute) {
      case "overall" -> true;
      case "race" -> race.equals(group);
      case "sex" -> row.sex().equals(group);
      case "race_x_sex" -> (race + "|" + row.sex()).equals(group);
      default -> throw new AssertionError(attribute);
    };
  }

  private static void equal(List<Measurement> ours, String metric, JsonNode expected) {
    assertThat(find(ours, metric).value())
        .as(metric)
        .isInstanceOfSatisfying(
            Measure.Known.class,
            known -> assertThat(known.value()).isCloseTo(expected.asDouble(), within(1e-9)));
  }

  private static Measurement find(List<Measurement> measurements, String metric) {
    return measurements.stream().filter(m -> m.metric().equals(metric)).findFirst().orElseThrow();
  }

  @Test
  void aPerfectScoreHasAnAreaOfOneAndNoCalibration() {
    List<Measurement> ours =
        ScoreMetrics.of(
            new double[] {0.1, 0.2, 0.8, 0.9}, new boolean[] {false, false, true, true});
    assertThat(find(ours, "auroc").value()).isEqualTo(new Measure.Known(1));
    assertThat(find(ours, "calibration_slope").value()).isInstanceOf(Measure.Unknown.class);
  }

  @Test
  void isUnknownWithoutPositivesOrWithoutRows() {
    assertThat(find(ScoreMetrics.of(new double[] {0.5}, new boolean[] {false}), "auroc").value())
        .isEqualTo(new Measure.Unknown("no positives"));
    assertThat(find(ScoreMetrics.of(new double[0], new boolean[0]), "brier").value())
        .isEqualTo(new Measure.Unknown("no rows"));
  }

  @Test
  void aCertainScoreThatWasWrongHasNoLogLoss() {
    List<Measurement> ours =
        ScoreMetrics.of(new double[] {0, 1, 0.5}, new boolean[] {true, true, false});
    assertThat(find(ours, "log_loss").value())
        .isEqualTo(new Measure.Unknown("a score of exactly 0 or 1 was wrong"));
    assertThat(find(ours, "calibration_slope").value())
        .isEqualTo(new Measure.Unknown("a score is exactly 0 or 1"));
  }
}

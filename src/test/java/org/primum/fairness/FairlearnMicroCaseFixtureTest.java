package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.primum.fairness.Audits.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.primum.fairness.metric.GroupRate;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Measure;
import org.primum.gate.Status;

/// The eleven hand-size tables of testdata/fairness/fairlearn.json, each with one thing that has no
/// value, and what Fairlearn 0.15.0 does where a group or a prediction is missing.
final class FairlearnMicroCaseFixtureTest {

  private static final Offset<Double> EXACT = within(1e-12);
  private static final JsonNode CASES = Fixtures.json("fairlearn").get("micro_cases");
  private static final JsonNode MISSING = Fixtures.json("fairlearn").get("missing_values");

  static List<String> cases() {
    return Fixtures.names(CASES);
  }

  private static Rows rows(JsonNode input) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < input.get("label").size(); i++) {
      rows.add(
          String.join(
              ",",
              input.get("group").get(i).asText(),
              input.get("label").get(i).asText(),
              input.get("prediction").get(i).asText()));
    }
    return Rows.of("g,label,prediction", rows.toArray(String[]::new));
  }

  private static FairlearnFrame frame(Rows rows) {
    FairnessPolicy policy =
        Audits.policy(
            "attributes: [{name: g, column: g}]\nrules: [{id: r, metric: tpr, over: g, min: 0}]\n");
    return FairlearnFrame.of(Fixtures.tally(rows, policy), List.of(0), false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void explainsEveryNumberAndRefusesWhatIsNone(String name) {
    JsonNode expected = CASES.get(name);
    FairlearnFrame frame = frame(rows(expected.get("input")));
    JsonNode byGroup = expected.get("fairlearn_by_group");
    for (String group : Fixtures.names(byGroup)) {
      GroupTally tally = frame.groups().getOrDefault(group, GroupTally.NONE);
      for (String metric : Fixtures.names(byGroup.get(group))) {
        assertThat(frame.theirs(metric, tally))
            .as(group + " " + metric)
            .isCloseTo(Fixtures.number(byGroup.get(group).get(metric)), EXACT);
      }
    }
    for (String function : Fixtures.names(expected.get("fairlearn"))) {
      assertThat(frame.function(function))
          .as(function)
          .isCloseTo(Fixtures.number(expected.get("fairlearn").get(function).get("result")), EXACT);
    }
    for (JsonNode cell : expected.get("undefined_cells")) {
      String metric = cell.get("metric").asText();
      GroupTally tally = frame.groups().getOrDefault(cell.get("group").asText(), GroupTally.NONE);
      assertThat(frame.ours(metric, tally).measure()).isInstanceOf(Measure.Unknown.class);
      assertThat(cell.get("denominator").longValue()).isZero();
      assertThat(frame.theirs(metric, tally))
          .isCloseTo(Fixtures.number(cell.get("fairlearn_value")), EXACT);
      assertThat(cell.get("expected_honest").isNull()).isTrue();
    }
  }

  /// A rule on a rate that a group does not have is never met, by whichever of the four decisions
  /// and whatever number Fairlearn gives.
  @ParameterizedTest
  @MethodSource("cases")
  void neverPassesARuleOnAnUndefinedCell(String name) {
    Rows rows = rows(CASES.get(name).get("input"));
    FairlearnFrame frame = frame(rows);
    for (String metric : List.of("tpr", "fpr", "precision")) {
      if (!frame.defined(metric)) {
        for (String decide : List.of("point", "exclude-harm", "show-safe", "both")) {
          AuditResult result =
              audit(
                  """
                  attributes: [{name: g, column: g, reference: a}]
                  minimum: {n: 0, positives: 0, negatives: 0}
                  suppress: {below: 0}
                  rules: [{id: r, metric: %s, compare: difference, over: g, min: -1, decide: %s}]
                  """
                      .formatted(metric.equals("precision") ? "ppv" : metric, decide),
                  rows);
          assertThat(result.status()).as(metric + " " + decide).isEqualTo(Status.INCONCLUSIVE);
        }
      }
    }
  }

  /// Fairlearn 0.15 raises on NaN in a sensitive feature and takes an empty text as a group; here
  /// both are the group of those without a value.
  @Test
  void rowsWithoutAGroupAreAGroup() {
    for (String call :
        List.of("MetricFrame_NaN_in_race", "demographic_parity_difference_NaN_in_race")) {
      assertThat(MISSING.get(call).get("raises").asText()).isEqualTo("ValueError");
      assertThat(MISSING.get(call).get("message").asText()).contains("missing values");
    }
    FairnessPolicy policy = Fixtures.cohortPolicy(false);
    FairlearnFrame frame =
        FairlearnFrame.of(Fixtures.tally(Fixtures.cohort(), policy), List.of(0), false);
    JsonNode sizes = MISSING.get("empty_string_in_race").get("result");
    for (String race : Fixtures.names(sizes)) {
      String group = race.isEmpty() ? "<missing>" : race;
      assertThat(frame.groups().getOrDefault(group, GroupTally.NONE).n())
          .as(group)
          .isEqualTo(sizes.get(race).longValue());
    }
    assertThat(frame.groups()).hasSize(sizes.size());
  }

  /// Row 4 is predicted positive. Without its prediction Fairlearn counts it as not selected
  /// (226/600); here it leaves the denominator too (226/599), and is counted as without prediction.
  @Test
  void p2ARowWithoutAPredictionIsNotOneThatWasNotSelected() {
    double fairlearn = MISSING.get("NaN_in_y_pred").get("result").doubleValue();
    assertThat(fairlearn).isCloseTo(226.0 / 600, EXACT);
    Tally tally = Fixtures.tally(Fixtures.cohortWithoutPrediction(3), Fixtures.cohortPolicy(false));
    assertThat(GroupRate.SELECTION_RATE.estimate(tally.overall().counts()).value())
        .isCloseTo(226.0 / 599, EXACT);
    assertThat(tally.overall().counts().withoutPrediction()).isEqualTo(1);
  }

  @Test
  void noRowsHaveNoRate() {
    assertThat(MISSING.get("empty_input").get("raises").asText()).isEqualTo("ValueError");
    assertThat(MISSING.get("empty_input").get("message").asText()).contains("Empty");
    assertThat(GroupRate.SELECTION_RATE.estimate(GroupTally.NONE.counts()).measure())
        .isEqualTo(new Measure.Unknown("no predictions"));
  }
}

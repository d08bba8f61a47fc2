package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.primum.data.Digest;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Sums;
import org.primum.gate.Measure;

/// Every number that Fairlearn 0.15.0 prints for the 600 rows of cohort.csv
/// (testdata/fairness/README.md): 13 metrics by race, sex and both, weighted and not, without the
/// rows that have no race and with those as a group. Its stand-ins for 0/0 are named, and refused.
final class FairlearnFixtureTest {

  private static final Offset<Double> EXACT = within(1e-12);
  private static final JsonNode FAIRLEARN = Fixtures.json("fairlearn");
  private static final List<String> GROUPINGS = List.of("race", "sex", "race_x_sex");

  /// One way to look at the cohort.
  record View(String treatment, String grouping, boolean weighted) {

    FairlearnFrame frame() {
      FairnessPolicy policy = Fixtures.cohortPolicy(weighted);
      List<Integer> of =
          switch (grouping) {
            case "race" -> List.of(0);
            case "sex" -> List.of(1);
            default -> List.of(0, 1);
          };
      return FairlearnFrame.of(
          Fixtures.tally(Fixtures.cohort(), policy), of, treatment.equals("complete_case"));
    }

    JsonNode expected(String part) {
      return FAIRLEARN.get(part).get(treatment).get(grouping);
    }

    JsonNode recorded() {
      return expected("groupings").get(weighted ? "weighted" : "unweighted");
    }
  }

  static List<View> views() {
    List<View> views = new ArrayList<>();
    for (String treatment : List.of("complete_case", "missing_as_group")) {
      for (String grouping : GROUPINGS) {
        views.add(new View(treatment, grouping, false));
        views.add(new View(treatment, grouping, true));
      }
    }
    return views;
  }

  @ParameterizedTest
  @MethodSource("views")
  void equalsFairlearnOnEveryGroup(View view) {
    FairlearnFrame frame = view.frame();
    JsonNode byGroup = view.recorded().get("by_group");
    for (String group : Fixtures.names(byGroup)) {
      JsonNode expected = byGroup.get(group);
      assertThat(Fixtures.names(expected)).containsAll(FairlearnFrame.METRICS).hasSize(13);
      if (frame.groups().containsKey(group)) {
        GroupTally tally = frame.groups().getOrDefault(group, GroupTally.NONE);
        compare(group, expected, metric -> frame.theirs(metric, tally));
      } else {
        assertThat(group).as("the combination nobody has").isEqualTo("NHPI|M");
        expected.forEach(value -> assertThat(value.asText()).isEqualTo("NaN"));
      }
    }
    assertThat(byGroup.size()).isGreaterThanOrEqualTo(frame.groups().size());
    compare("overall", view.recorded().get("overall"), m -> frame.theirs(m, frame.everyone()));
  }

  @ParameterizedTest
  @MethodSource("views")
  void equalsFairlearnOnEveryComparisonOfGroups(View view) {
    FairlearnFrame frame = view.frame();
    for (String aggregate :
        List.of(
            "group_min",
            "group_max",
            "difference_between_groups",
            "difference_to_overall",
            "ratio_between_groups",
            "ratio_to_overall")) {
      compare(aggregate, view.recorded().get(aggregate), m -> frame.value(aggregate, m));
    }
    compare("functions", view.recorded().get("fairness_functions"), frame::function);
  }

  private static void compare(String what, JsonNode expected, ToDoubleFunction<String> ours) {
    for (String name : Fixtures.names(expected)) {
      assertThat(ours.applyAsDouble(name))
          .as(what + " " + name)
          .isCloseTo(Fixtures.number(expected.get(name)), EXACT);
    }
  }

  /// The stand-ins above are where the fixture says, nowhere else, and none of them is our number.
  @ParameterizedTest
  @MethodSource("views")
  void trapT1RefusesEveryUndefinedCellInsteadOfFairlearnsZero(View view) {
    FairlearnFrame frame = view.frame();
    List<String> undefined = new ArrayList<>();
    for (JsonNode cell : view.expected("undefined_cells")) {
      String metric = cell.get("metric").asText();
      String group = cell.get("group").asText();
      GroupTally tally = frame.groups().getOrDefault(group, GroupTally.NONE);
      assertThat(frame.ours(metric, tally).measure())
          .as(cell.toString())
          .isInstanceOf(Measure.Unknown.class);
      assertThat(cell.get("denominator").longValue()).isZero();
      if (!view.weighted()) {
        assertThat(frame.theirs(metric, tally))
            .isCloseTo(cell.get("fairlearn_value").doubleValue(), EXACT);
      }
      assertThat(cell.get("expected_honest").isNull()).isTrue();
      undefined.add(group + " " + metric);
    }
    List<String> ours = new ArrayList<>();
    frame
        .groups()
        .forEach((group, tally) ->
            FairlearnFrame.METRICS.stream()
                .filter(metric -> !frame.ours(metric, tally).defined())
                .forEach(metric -> ours.add(group + " " + metric)));
    assertThat(ours).containsExactlyInAnyOrderElementsOf(undefined);
  }

  @ParameterizedTest
  @MethodSource("views")
  void rangesAreThoseOverTheEstimableGroups(View view) {
    FairlearnFrame frame = view.frame();
    String prefix = view.weighted() ? "weighted|" : "unweighted|";
    JsonNode honest = view.expected("honest_range");
    for (String key : Fixtures.names(honest)) {
      if (key.startsWith(prefix)) {
        range(frame, key.substring(prefix.length()), honest.get(key));
      }
    }
  }

  private static void range(FairlearnFrame frame, String metric, JsonNode expected) {
    List<Estimate> defined = new ArrayList<>();
    List<String> undefined = new ArrayList<>();
    frame
        .groups()
        .forEach((group, tally) -> {
          Estimate ours = frame.ours(metric, tally);
          if (ours.defined()) {
            defined.add(ours);
            assertThat(ours.value())
                .as(metric + " of " + group)
                .isCloseTo(expected.get("values").get(group).doubleValue(), EXACT);
          } else {
            undefined.add(group);
          }
        });
    assertThat(defined).hasSize(expected.get("values").size());
    List<String> expectedUndefined = new ArrayList<>();
    expected.get("undefined_groups").forEach(g -> expectedUndefined.add(g.asText()));
    assertThat(undefined).containsExactlyInAnyOrderElementsOf(expectedUndefined);
    assertThat(Contrast.range(defined, 1).point())
        .isCloseTo(expected.get("max_minus_min").doubleValue(), EXACT);
    assertThat(Contrast.ratioRange(defined, 1).point())
        .isCloseTo(expected.get("min_over_max").doubleValue(), EXACT);
    for (String extreme : List.of("argmin", "argmax")) {
      GroupTally group =
          frame.groups().getOrDefault(expected.get(extreme).asText(), GroupTally.NONE);
      double[] all = defined.stream().mapToDouble(Estimate::value).sorted().toArray();
      assertThat(frame.ours(metric, group).value())
          .as(extreme + " of " + metric)
          .isEqualTo(extreme.equals("argmin") ? all[0] : all[all.length - 1]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "complete_case,race", "complete_case,sex", "complete_case,race_x_sex",
    "missing_as_group,race", "missing_as_group,sex", "missing_as_group,race_x_sex"
  })
  void countsAreThoseOfTheRows(String treatment, String grouping) {
    Map<String, GroupTally> plain = new View(treatment, grouping, false).frame().groups();
    Map<String, GroupTally> weighted = new View(treatment, grouping, true).frame().groups();
    JsonNode counts = FAIRLEARN.get("counts").get(treatment).get(grouping);
    assertThat(plain.keySet()).isEqualTo(new TreeSet<>(Fixtures.names(counts)));
    for (String group : Fixtures.names(counts)) {
      JsonNode expected = counts.get(group);
      Counts ours = plain.getOrDefault(group, GroupTally.NONE).counts();
      Counts heavy = weighted.getOrDefault(group, GroupTally.NONE).counts();
      assertThat(ours.n()).isEqualTo(expected.get("n").longValue());
      cells()
          .forEach((name, cell) -> {
            assertThat(ours.over(cell).n()).isEqualTo(expected.get(name).longValue());
            assertThat(heavy.over(cell).weight().toDouble())
                .isEqualTo(expected.get("w_" + name).doubleValue());
          });
      Sums all = heavy.over(Counts.ALL);
      assertThat(all.weight().toDouble()).isEqualTo(expected.get("w").doubleValue());
      assertThat(all.squaredWeight().toDouble()).isEqualTo(expected.get("sum_w2").doubleValue());
      assertThat(Counts.proportion(all, all).effectiveRows())
          .isCloseTo(expected.get("kish_n_eff").doubleValue(), EXACT);
    }
  }

  private static Map<String, Integer> cells() {
    return Map.of("tp", Counts.TP, "fp", Counts.FP, "fn", Counts.FN, "tn", Counts.TN);
  }

  @Test
  void theCohortIsTheOneFairlearnSaw() throws IOException {
    byte[] bytes = java.nio.file.Files.readAllBytes(Fixtures.COHORT);
    assertThat(Digest.of(bytes).toString())
        .isEqualTo("sha256:" + FAIRLEARN.get("input_sha256").asText());
    assertThat(FAIRLEARN.get("input").asText()).isEqualTo("cohort.csv");
    assertThat(FAIRLEARN.at("/tool/fairlearn").asText()).isEqualTo("0.15.0");
  }
}

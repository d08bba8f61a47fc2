package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupRate;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.statistics.EffectiveRows;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.Sums;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Measure;

/// Every number Fairlearn 0.15.0 prints for the 600 rows of cohort.csv
/// (testdata/fairness/README.md), by race, sex and both, weighted and not, with and without the
/// rows that have no race.
final class FairlearnFixtureTest {

  private static final Offset<Double> EXACT = within(1e-12);
  private static final JsonNode FAIRLEARN = Fixtures.json("fairlearn");

  @ParameterizedTest
  @CsvSource({
    "race,race,false", "race,race,true",
    "sex,sex,false", "sex,sex,true",
    "race_x_sex,'race,sex',false", "race_x_sex,'race,sex',true"
  })
  void equalsFairlearnOnEveryDefinedCell(String grouping, String of, boolean weighted) {
    Map<String, Counts> groups = groups(of, weighted);
    JsonNode byGroup =
        FAIRLEARN.at("/groupings/missing_as_group/" + grouping + weight(weighted) + "/by_group");
    int compared = 0;
    for (String group : Fixtures.names(byGroup)) {
      for (String metric : Fixtures.names(byGroup.get(group))) {
        Optional<GroupRate> rate = Fixtures.rate(metric);
        Counts counts = groups.getOrDefault(group, Counts.NONE);
        if (rate.isPresent()
            && rate.get().estimate(counts).measure() instanceof Measure.Known(double ours)) {
          assertThat(ours)
              .as(group + " " + metric)
              .isCloseTo(byGroup.get(group).get(metric).doubleValue(), EXACT);
          compared++;
        }
      }
    }
    assertThat(compared).isEqualTo(definedCells(byGroup, grouping));
  }

  /// All cells of our rates but the undefined ones of the fixture and the absent combinations.
  private static int definedCells(JsonNode byGroup, String grouping) {
    int cells = 0;
    for (String group : Fixtures.names(byGroup)) {
      for (String metric : Fixtures.names(byGroup.get(group))) {
        boolean absent = byGroup.get(group).get(metric).isTextual();
        cells += Fixtures.rate(metric).isPresent() && !absent ? 1 : 0;
      }
    }
    for (JsonNode cell : undefined("missing_as_group", grouping)) {
      cells -= Fixtures.rate(cell.get("metric").asText()).isPresent() ? 1 : 0;
    }
    return cells;
  }

  @Test
  void trapT1RefusesEveryUndefinedCellInsteadOfFairlearnsZero() {
    int refused = 0;
    for (String treatment : List.of("complete_case", "missing_as_group")) {
      for (String grouping : List.of("race", "sex", "race_x_sex")) {
        Map<String, Counts> groups =
            groups(grouping.equals("race_x_sex") ? "race,sex" : grouping, false);
        for (JsonNode cell : undefined(treatment, grouping)) {
          Optional<GroupRate> rate = Fixtures.rate(cell.get("metric").asText());
          Counts counts = groups.getOrDefault(cell.get("group").asText(), Counts.NONE);
          if (rate.isPresent()) {
            assertThat(rate.get().estimate(counts).measure())
                .as(cell.toString())
                .isEqualTo(new Measure.Unknown(rate.get().metric().undefined()));
            refused++;
          }
        }
      }
    }
    assertThat(refused)
        .as("tpr, fnr, recall of AIAN and its halves, precision of <missing>|M")
        .isEqualTo(3 + 6 + 3 + 7);
  }

  @ParameterizedTest
  @CsvSource({"race,race", "sex,sex", "race_x_sex,'race,sex'"})
  void rangesAreThoseOverTheEstimableGroups(String grouping, String of) {
    JsonNode honest = FAIRLEARN.at("/honest_range/missing_as_group/" + grouping);
    for (String key : Fixtures.names(honest)) {
      boolean weighted = key.startsWith("weighted");
      GroupRate rate = Fixtures.rate(key.substring(key.indexOf('|') + 1)).orElseThrow();
      List<Estimate> rates = new ArrayList<>();
      groups(of, weighted).values().forEach(c -> rates.add(rate.estimate(c)));
      List<Estimate> defined = rates.stream().filter(Estimate::defined).toList();
      JsonNode expected = honest.get(key);
      assertThat(Contrast.range(defined, 1).point())
          .as(key)
          .isCloseTo(expected.get("max_minus_min").doubleValue(), EXACT);
      assertThat(Contrast.ratioRange(defined, 1).point())
          .as(key)
          .isCloseTo(expected.get("min_over_max").doubleValue(), EXACT);
    }
  }

  /// Where no group is undefined, Fairlearn's own range functions agree.
  @ParameterizedTest
  @CsvSource({
    "demographic_parity_difference,selection_rate,race,0",
    "demographic_parity_ratio,selection_rate,race,1",
    "demographic_parity_difference,selection_rate,sex,0",
    "equal_opportunity_difference,tpr,sex,0",
    "equal_opportunity_ratio,tpr,sex,1"
  })
  void equalsFairlearnsDisparities(String function, String metric, String of, int ratio) {
    GroupRate rate = Fixtures.rate(metric).orElseThrow();
    for (boolean weighted : new boolean[] {false, true}) {
      List<Estimate> rates = groups(of, weighted).values().stream().map(rate::estimate).toList();
      double ours =
          ratio == 1 ? Contrast.ratioRange(rates, 1).point() : Contrast.range(rates, 1).point();
      JsonNode functions =
          FAIRLEARN.at(
              "/groupings/missing_as_group/" + of + weight(weighted) + "/fairness_functions");
      assertThat(ours).isCloseTo(functions.get(function + "|between_groups").doubleValue(), EXACT);
    }
  }

  @Test
  void overallIsThatOfAllRows() {
    for (boolean weighted : new boolean[] {false, true}) {
      FairnessPolicy policy = Fixtures.cohortPolicy(weighted);
      Counts overall = Fixtures.tally(Fixtures.cohort(), policy).overall().counts();
      JsonNode expected =
          FAIRLEARN.at("/groupings/missing_as_group/race" + weight(weighted) + "/overall");
      for (String metric : Fixtures.names(expected)) {
        Optional<GroupRate> rate = Fixtures.rate(metric);
        if (rate.isPresent()) {
          assertThat(rate.get().proportion(overall).value())
              .as(metric)
              .isCloseTo(expected.get(metric).doubleValue(), EXACT);
        }
      }
      assertThat(overall.n()).isEqualTo(600);
    }
  }

  @Test
  void countsAreFairlearnsCounts() {
    Map<String, Counts> plain = groups("race", false);
    Map<String, Counts> weighted = groups("race", true);
    JsonNode counts = FAIRLEARN.at("/counts/complete_case/race");
    for (String group : Fixtures.names(counts)) {
      JsonNode expected = counts.get(group);
      Counts ours = plain.getOrDefault(group, Counts.NONE);
      Counts heavy = weighted.getOrDefault(group, Counts.NONE);
      assertThat(ours.over(Counts.TP).n()).isEqualTo(expected.get("tp").longValue());
      assertThat(ours.over(Counts.FN).n()).isEqualTo(expected.get("fn").longValue());
      assertThat(heavy.over(Counts.FP).weight().toDouble())
          .isEqualTo(expected.get("w_fp").doubleValue());
      assertThat(heavy.over(Counts.ALL).squaredWeight().toDouble())
          .isEqualTo(expected.get("sum_w2").doubleValue());
      Sums all = heavy.over(Counts.TP | Counts.FP | Counts.FN | Counts.TN);
      assertThat(EffectiveRows.kish(all.weight().toDouble(), all.squaredWeight().toDouble()))
          .isCloseTo(expected.get("kish_n_eff").doubleValue(), EXACT);
    }
  }

  private static String weight(boolean weighted) {
    return weighted ? "/weighted" : "/unweighted";
  }

  private static JsonNode undefined(String treatment, String grouping) {
    return FAIRLEARN.at("/undefined_cells/" + treatment + "/" + grouping);
  }

  /// Groups by Fairlearn's names: the values with a bar between them.
  private static Map<String, Counts> groups(String of, boolean weighted) {
    FairnessPolicy policy = Fixtures.cohortPolicy(weighted);
    Tally tally = Fixtures.tally(Fixtures.cohort(), policy);
    Map<String, Counts> groups = new LinkedHashMap<>();
    GroupTable.of(tally, policy, List.of(of.split(",", -1)))
        .groups()
        .forEach((group, counts) -> groups.put(String.join("|", group.values()), counts.counts()));
    return groups;
  }
}

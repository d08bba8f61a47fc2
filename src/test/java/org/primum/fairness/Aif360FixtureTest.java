package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupRate;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Measure;

/// AIF360 0.6.1 on cohort.csv: unprivileged minus privileged, complete cases
/// (testdata/fairness/README.md).
final class Aif360FixtureTest {

  private static final JsonNode PAIRS = Fixtures.json("aif360").get("pairs");

  private static final Map<String, GroupRate> DIFFERENCES =
      Map.of(
          "statistical_parity_difference", GroupRate.SELECTION_RATE,
          "equal_opportunity_difference", GroupRate.TPR,
          "false_positive_rate_difference", GroupRate.FPR,
          "false_negative_rate_difference", GroupRate.FNR,
          "true_positive_rate_difference", GroupRate.TPR);

  private static final Map<String, GroupRate> RATIOS =
      Map.of(
          "disparate_impact", GroupRate.SELECTION_RATE,
          "false_positive_rate_ratio", GroupRate.FPR,
          "false_negative_rate_ratio", GroupRate.FNR);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void equalsAif360OnThePairsOfTwoGroups(boolean weighted) {
    int compared = 0;
    for (String pair : Fixtures.names(PAIRS)) {
      Optional<Counts> group = side(pair, 0, weighted);
      Optional<Counts> reference = side(pair, 1, weighted);
      if (group.isPresent() && reference.isPresent()) {
        JsonNode expected = PAIRS.get(pair).get(weighted ? "weighted" : "unweighted");
        compared += compareRates(expected.get("unprivileged"), group.get());
        compared += compareRates(expected.get("privileged"), reference.get());
        compared += compare(expected, group.get(), reference.get());
      }
    }
    assertThat(compared).isGreaterThan(60);
  }

  private static int compareRates(JsonNode expected, Counts counts) {
    int compared = 0;
    for (String name : Fixtures.names(expected)) {
      Optional<GroupRate> rate = Fixtures.rate(name);
      if (rate.isPresent()
          && rate.get().estimate(counts).measure() instanceof Measure.Known(double ours)) {
        assertThat(ours).as(name).isCloseTo(expected.get(name).doubleValue(), within(1e-12));
        compared++;
      }
    }
    return compared;
  }

  private static int compare(JsonNode expected, Counts group, Counts reference) {
    int compared = 0;
    for (Map.Entry<String, GroupRate> difference : DIFFERENCES.entrySet()) {
      Estimate p = difference.getValue().estimate(group);
      Estimate q = difference.getValue().estimate(reference);
      if (p.defined() && q.defined()) {
        assertThat(Contrast.difference(p, q).point())
            .as(difference.getKey())
            .isCloseTo(expected.get(difference.getKey()).doubleValue(), within(1e-12));
        compared++;
      } else {
        assertThat(expected.get(difference.getKey()).asText()).isEqualTo("NaN");
      }
    }
    for (Map.Entry<String, GroupRate> ratio : RATIOS.entrySet()) {
      Estimate p = ratio.getValue().estimate(group);
      Estimate q = ratio.getValue().estimate(reference);
      if (p.defined() && q.defined()) {
        assertThat(Contrast.ratio(p, q).point())
            .as(ratio.getKey())
            .isCloseTo(expected.get(ratio.getKey()).doubleValue(), within(1e-12));
        compared++;
      }
    }
    return compared;
  }

  /// `race: Black vs White`; empty where a side is more than one group.
  private static Optional<Counts> side(String pair, int side, boolean weighted) {
    String attribute = pair.substring(0, pair.indexOf(':'));
    String value = List.of(pair.substring(pair.indexOf(':') + 2).split(" vs ", -1)).get(side);
    FairnessPolicy policy = Fixtures.cohortPolicy(weighted);
    Tally tally = Fixtures.tally(Fixtures.cohort(), policy);
    if (!List.of("race", "sex").contains(attribute)) {
      return Optional.empty();
    }
    Counts sum = Counts.NONE;
    boolean found = false;
    for (Map.Entry<List<String>, GroupTally> cell : tally.cells().entrySet()) {
      String race = cell.getKey().getFirst();
      String at = attribute.equals("race") ? race : cell.getKey().get(1);
      if (at.equals(value) && !race.equals(Attribute.MISSING)) {
        sum = sum.plus(cell.getValue().counts());
        found = true;
      }
    }
    return found ? Optional.of(sum) : Optional.empty();
  }
}

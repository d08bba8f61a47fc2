package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupRate;
import org.primum.fairness.metric.RateMixture;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Tally;

/// What AIF360 0.6.1 recorded beside the rates of two groups (testdata/fairness/aif360.json): the
/// weights of its reweighing from our counts, where it ignores weights, and where it answers for a
/// group without positives.
final class Aif360RestFixtureTest {

  private static final JsonNode AIF360 = Fixtures.json("aif360");

  /// The rows that have a race, of one side of a split.
  private static GroupTally side(boolean weighted, String attribute, String value, boolean is) {
    FairnessPolicy policy = Fixtures.cohortPolicy(weighted);
    Tally tally = Fixtures.tally(Fixtures.cohort(), policy);
    int at = List.of("race", "sex").indexOf(attribute);
    GroupTally sum = GroupTally.NONE;
    for (Map.Entry<List<String>, GroupTally> cell : tally.cells().entrySet()) {
      boolean known = !cell.getKey().getFirst().equals(Attribute.MISSING);
      if (known && cell.getKey().get(at).equals(value) == is) {
        sum = sum.plus(cell.getValue());
      }
    }
    return sum;
  }

  private static double weight(GroupTally group, int cells) {
    return group.counts().over(cells).weight().toDouble();
  }

  /// Kamiran, Calders 2012: P(group) P(label) / P(group, label), which leaves no difference of base
  /// rates and keeps the sum of the weights.
  @ParameterizedTest
  @CsvSource({
    "sex: F vs M,sex,M,false",
    "sex: F vs M,sex,M,true",
    "race: all non-White vs White,race,White,false",
    "race: all non-White vs White,race,White,true"
  })
  void reweighingIsThatOfOurCounts(
      String split, String attribute, String privileged, boolean weighted) {
    JsonNode expected =
        AIF360.get("reweighing").get(split).get(weighted ? "weighted" : "unweighted");
    GroupTally high = side(weighted, attribute, privileged, true);
    GroupTally low = side(weighted, attribute, privileged, false);
    double all = weight(high, Counts.ALL) + weight(low, Counts.ALL);
    double after = 0;
    double[] rates = new double[2];
    List<GroupTally> sides = List.of(low, high);
    for (int side = 0; side < 2; side++) {
      GroupTally group = sides.get(side);
      for (int label : new int[] {0, 1}) {
        int cells = label == 1 ? Counts.POSITIVES : Counts.NEGATIVES;
        double ofLabel = weight(high, cells) + weight(low, cells);
        double factor = weight(group, Counts.ALL) * ofLabel / (all * weight(group, cells));
        String key = (side == 1 ? "privileged" : "unprivileged") + "|y=" + label;
        assertThat(factor)
            .as(key)
            .isCloseTo(expected.get("factors").get(key).doubleValue(), within(1e-12));
        after += factor * weight(group, cells);
        rates[side] += label * factor * weight(group, cells) / ofLabel;
      }
    }
    assertThat(after).isCloseTo(expected.get("sum_of_weights_after").doubleValue(), within(1e-9));
    double before =
        GroupRate.BASE_RATE.estimate(low).value() - GroupRate.BASE_RATE.estimate(high).value();
    assertThat(before)
        .isCloseTo(expected.get("mean_difference_before").doubleValue(), within(1e-12));
    assertThat(expected.get("mean_difference_after").doubleValue()).isCloseTo(0, within(1e-12));
    assertThat(rates[0] / weight(low, Counts.ALL))
        .isCloseTo(rates[1] / weight(high, Counts.ALL), within(1e-12));
  }

  /// A trap: the individual indexes of AIF360 are the same whatever rows weigh, ours are not.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "coefficient_of_variation",
        "generalized_entropy_index_alpha0",
        "generalized_entropy_index_alpha0.5",
        "generalized_entropy_index_alpha1",
        "generalized_entropy_index_alpha2",
        "generalized_entropy_index_alpha3",
        "between_all_groups_generalized_entropy_index_alpha2",
        "between_all_groups_theil_index"
      })
  void itsIndexesIgnoreWeights(String index) {
    JsonNode individual = AIF360.get("individual");
    assertThat(individual.get("weighted").get(index).asText())
        .isEqualTo(individual.get("unweighted").get(index).asText());
  }

  /// A trap: equalized odds of 0.226 for a group that has no positives, by dropping the part that
  /// is NaN; where it says NaN, ours says why.
  @Test
  void aGroupWithoutPositivesHasNoAverageOdds() {
    for (String weights : List.of("unweighted", "weighted")) {
      JsonNode pair = AIF360.at("/pairs/race: AIAN vs White/" + weights);
      GroupTally group = side(weights.equals("weighted"), "race", "AIAN", true);
      assertThat(RateMixture.of(Metric.AVERAGE_ODDS, group))
          .isInstanceOfSatisfying(
              Estimate.Undefined.class,
              none -> assertThat(none.reason()).isEqualTo("no positives"));
      for (String name :
          List.of(
              "average_odds_difference",
              "average_abs_odds_difference",
              "false_negative_rate_ratio")) {
        assertThat(pair.get(name).asText()).as(name).isEqualTo("NaN");
      }
      assertThat(pair.get("equalized_odds_difference").doubleValue()).isBetween(0.1, 0.4);
      assertThat(GroupRate.TPR.estimate(group)).isInstanceOf(Estimate.Undefined.class);
    }
  }

  /// A trap: AIF360's part between two groups of several gives every other row a benefit of 0, so
  /// that two groups seem farther apart than all groups together, which cannot be.
  @Test
  void itsPartBetweenTwoOfSeveralGroupsIsNone() {
    double all =
        AIF360
            .at("/individual/unweighted/between_all_groups_generalized_entropy_index_alpha2")
            .doubleValue();
    for (String of :
        List.of(
            "race: Black vs White",
            "race: Hispanic vs White",
            "race: Asian vs White",
            "race: AIAN vs White",
            "race: NHPI vs White",
            "race x sex: Black F vs White M")) {
      for (String weights : List.of("unweighted", "weighted")) {
        JsonNode pair = AIF360.at("/pairs/" + of + "/" + weights);
        assertThat(pair.get("between_group_generalized_entropy_index_alpha2").doubleValue())
            .as(of)
            .isGreaterThan(all);
        assertThat(pair.get("between_group_theil_index").doubleValue()).as(of).isGreaterThan(all);
      }
    }
  }
}

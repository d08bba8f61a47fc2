package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.gate.Measure;

/// Every number that AIF360 0.6.1 prints for the complete cases of cohort.csv
/// (testdata/fairness/aif360.json), as metrics.json has it; where AIF360 has none, or one it should
/// not have, what stands there instead. Its reweighing is in ReweighingTest.
final class Aif360ValuesTest {

  private static final Offset<Double> EXACT = within(1e-12);
  private static final JsonNode AIF360 = Fixtures.json("aif360");

  /// AIF360's name of a comparison, and our metric and way of comparing.
  private static final Map<String, List<String>> COMPARED =
      Map.ofEntries(
          Map.entry("statistical_parity_difference", List.of("selection_rate", "difference")),
          Map.entry("disparate_impact", List.of("selection_rate", "ratio")),
          Map.entry("equal_opportunity_difference", List.of("tpr", "difference")),
          Map.entry("average_odds_difference", List.of("average_odds", "difference")),
          Map.entry("average_abs_odds_difference", List.of("average_abs_odds", "abs_difference")),
          Map.entry("equalized_odds_difference", List.of("equalized_odds", "abs_difference")),
          Map.entry(
              "average_predictive_value_difference",
              List.of("average_predictive_value", "difference")),
          Map.entry("false_positive_rate_difference", List.of("fpr", "difference")),
          Map.entry("false_negative_rate_difference", List.of("fnr", "difference")),
          Map.entry("false_omission_rate_difference", List.of("for", "difference")),
          Map.entry("false_discovery_rate_difference", List.of("fdr", "difference")),
          Map.entry("error_rate_difference", List.of("error_rate", "difference")),
          Map.entry("true_positive_rate_difference", List.of("tpr", "difference")),
          Map.entry("false_positive_rate_ratio", List.of("fpr", "ratio")),
          Map.entry("false_negative_rate_ratio", List.of("fnr", "ratio")),
          Map.entry("error_rate_ratio", List.of("error_rate", "ratio")));

  private static final Map<String, String> RATES =
      Map.ofEntries(
          Map.entry("selection_rate", "selection_rate"),
          Map.entry("true_positive_rate", "tpr"),
          Map.entry("false_positive_rate", "fpr"),
          Map.entry("false_negative_rate", "fnr"),
          Map.entry("true_negative_rate", "tnr"),
          Map.entry("positive_predictive_value", "ppv"),
          Map.entry("negative_predictive_value", "npv"),
          Map.entry("false_discovery_rate", "fdr"),
          Map.entry("false_omission_rate", "for"),
          Map.entry("accuracy", "accuracy"),
          Map.entry("base_rate", "base_rate"));

  /// AIAN has no positives: AIF360 says NaN for most of these, and for equalized odds the distance
  /// of the false positive rates alone.
  private static final Set<String> UNDEFINED_FOR_AIAN =
      Set.of(
          "equal_opportunity_difference",
          "true_positive_rate_difference",
          "false_negative_rate_difference",
          "false_negative_rate_ratio",
          "average_odds_difference",
          "average_abs_odds_difference",
          "equalized_odds_difference");

  @ParameterizedTest
  @CsvSource({
    "race: Black vs White,race=Black,race=White,false",
    "race: Hispanic vs White,race=Hispanic,race=White,false",
    "race: Asian vs White,race=Asian,race=White,false",
    "race: AIAN vs White,race=AIAN,race=White,false",
    "race: NHPI vs White,race=NHPI,race=White,false",
    "race: all non-White vs White,race=non-White,race=White,false",
    "sex: F vs M,sex=F,sex=M,false",
    "race x sex: Black F vs White M,'race=Black,sex=F','race=White,sex=M',false",
    "race: Black vs White,race=Black,race=White,true",
    "race: Hispanic vs White,race=Hispanic,race=White,true",
    "race: Asian vs White,race=Asian,race=White,true",
    "race: AIAN vs White,race=AIAN,race=White,true",
    "race: NHPI vs White,race=NHPI,race=White,true",
    "race: all non-White vs White,race=non-White,race=White,true",
    "sex: F vs M,sex=F,sex=M,true",
    "race x sex: Black F vs White M,'race=Black,sex=F','race=White,sex=M',true"
  })
  void equalsEveryComparisonOfAPair(String pair, String group, String reference, boolean weighted) {
    AuditResult result = audit(pair, weighted);
    JsonNode expected = AIF360.get("pairs").get(pair).get(weight(weighted));
    COMPARED.forEach((name, ours) -> {
      OptionalDouble value =
          CohortRuns.value(CohortRuns.metric(result, ours.getFirst(), group, ours.get(1)));
      if (group.equals("race=AIAN") && UNDEFINED_FOR_AIAN.contains(name)) {
        assertThat(value).as(name).isEmpty();
      } else {
        assertThat(value).as(name).hasValueCloseTo(expected.get(name).doubleValue(), EXACT);
      }
    });
    compareRates(result, group, expected.get("unprivileged"));
    compareRates(result, reference, expected.get("privileged"));
    JsonNode labels = expected.get("labels_only");
    assertThat(CohortRuns.value(CohortRuns.metric(result, "base_rate", group, "difference")))
        .hasValueCloseTo(labels.get("mean_difference").doubleValue(), EXACT);
    assertThat(CohortRuns.value(CohortRuns.metric(result, "base_rate", group, "ratio")))
        .hasValueCloseTo(labels.get("disparate_impact").doubleValue(), EXACT);
  }

  private static void compareRates(AuditResult result, String group, JsonNode expected) {
    RATES.forEach((name, ours) -> {
      OptionalDouble value = CohortRuns.value(CohortRuns.metric(result, ours, group, ""));
      if (expected.get(name).isTextual()) {
        assertThat(expected.get(name).textValue()).as(name).isEqualTo("NaN");
        assertThat(value).as(name).isEmpty();
      } else {
        assertThat(value).as(name).hasValueCloseTo(expected.get(name).doubleValue(), EXACT);
      }
    });
    double rows =
        result.tables().stream()
            .flatMap(t -> t.groups().entrySet().stream())
            .filter(g -> g.getKey().name().equals(group))
            .mapToDouble(g -> g.getValue().counts().over(0x1FF).weight().toDouble())
            .findFirst()
            .orElseThrow();
    assertThat(rows).isCloseTo(expected.get("num_instances").doubleValue(), EXACT);
  }

  /// Where the two sides are all rows. For a pair that leaves rows out AIF360 gives those a benefit
  /// of 0, so that Black and White differ by 0.203: ours is of the groups there are, and of no
  /// others.
  @Test
  void equalsThePartsBetweenTwoSidesThatCoverEverybody() {
    for (String pair : List.of("sex: F vs M", "race: all non-White vs White")) {
      AuditResult result = audit(pair, false);
      String table = pair.substring(0, pair.indexOf(':'));
      JsonNode expected = AIF360.get("pairs").get(pair).get("unweighted");
      assertThat(CohortRuns.value(CohortRuns.metric(result, "between_group_gei", table, "")))
          .hasValueCloseTo(
              expected.get("between_group_generalized_entropy_index_alpha2").doubleValue(), EXACT);
      assertThat(CohortRuns.value(CohortRuns.metric(result, "between_group_theil", table, "")))
          .hasValueCloseTo(expected.get("between_group_theil_index").doubleValue(), EXACT);
    }
    AuditResult five = audit("race: Black vs White", false);
    assertThat(
            CohortRuns.value(CohortRuns.metric(five, "between_group_gei", "race", ""))
                .orElseThrow())
        .as("as if Black and White were everybody AIF360 says 0.203")
        .isLessThan(0.01);
  }

  @Test
  void equalsTheInequalityOfEverybody() {
    AuditResult result =
        CohortRuns.audit(
            CohortRuns.completeCases(UnaryOperator.identity()),
            false,
            "{id: half, metric: gei@0.5, over: sex, max: 1}",
            "{id: one, metric: gei@1, over: sex, max: 1}",
            "{id: two, metric: gei@2, over: sex, max: 1}",
            "{id: three, metric: gei@3, over: sex, max: 1}",
            "{id: zero, metric: gei@0, over: sex, max: 1}",
            "{id: between, metric: between_group_gei, over: [race, sex], max: 1}",
            "{id: theil, metric: between_group_theil, over: [race, sex], max: 1}");
    JsonNode all = AIF360.get("individual").get("unweighted");
    Map<String, String> ours =
        Map.of(
            "theil_index", "theil",
            "coefficient_of_variation", "coefficient_of_variation",
            "generalized_entropy_index_alpha0.5", "gei@0.5",
            "generalized_entropy_index_alpha1", "gei@1",
            "generalized_entropy_index_alpha2", "gei@2",
            "generalized_entropy_index_alpha3", "gei@3");
    ours.forEach((name, metric) ->
        assertThat(CohortRuns.value(CohortRuns.metric(result, metric, "overall", "")))
            .as(name)
            .hasValueCloseTo(all.get(name).doubleValue(), EXACT));
    assertThat(CohortRuns.value(CohortRuns.metric(result, "gei", "overall", "")))
        .hasValueCloseTo(AIF360.at("/individual/own_check/gei_alpha2").doubleValue(), EXACT);
    assertThat(CohortRuns.value(CohortRuns.metric(result, "between_group_gei", "race,sex", "")))
        .hasValueCloseTo(
            all.get("between_all_groups_generalized_entropy_index_alpha2").doubleValue(), EXACT);
    assertThat(CohortRuns.value(CohortRuns.metric(result, "between_group_theil", "race,sex", "")))
        .hasValueCloseTo(all.get("between_all_groups_theil_index").doubleValue(), EXACT);
  }

  @Test
  void trapT12TheLogarithmOfNoBenefitIsUnknownNotInfinite() {
    AuditResult result =
        CohortRuns.audit(
            CohortRuns.completeCases(UnaryOperator.identity()),
            false,
            "{id: zero, metric: gei@0, over: sex, max: 1}");
    assertThat(AIF360.at("/individual/unweighted/generalized_entropy_index_alpha0").textValue())
        .isEqualTo("Infinity");
    assertThat(CohortRuns.metric(result, "gei@0", "overall", "").value())
        .isEqualTo(new Measure.Unknown("somebody has no benefit, and its logarithm is infinite"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void equalsTheBiasAmplificationOfAllGroups(boolean weighted) {
    AuditResult result =
        CohortRuns.audit(CohortRuns.completeCases(UnaryOperator.identity()), weighted);
    double expected =
        AIF360
            .at("/individual/" + weight(weighted) + "/differential_fairness_bias_amplification")
            .doubleValue();
    assertThat(CohortRuns.value(CohortRuns.metric(result, "edf_amplification", "race,sex", "")))
        .hasValueCloseTo(expected, EXACT);
  }

  /// AIF360 leaves the weights out: its weighted Theil index is the unweighted one. Ours is summed
  /// here row by row: sum w (b/m) ln(b/m) / sum w, with m the weighted mean of b = 1 + prediction -
  /// label.
  @Test
  void countsWeightsInTheInequalityWhereAif360LeavesThemOut() {
    JsonNode individual = AIF360.get("individual");
    double unweighted = individual.get("unweighted").get("theil_index").doubleValue();
    assertThat(individual.get("weighted").get("theil_index").doubleValue()).isEqualTo(unweighted);
    double weights = 0;
    double benefits = 0;
    for (List<String> line : CohortRuns.lines()) {
      if (counts(line)) {
        weights += weight(line);
        benefits += weight(line) * benefit(line);
      }
    }
    double theil = 0;
    for (List<String> line : CohortRuns.lines()) {
      if (counts(line) && benefit(line) > 0) {
        double r = benefit(line) / (benefits / weights);
        theil += weight(line) * r * Math.log(r) / weights;
      }
    }
    AuditResult result = CohortRuns.audit(CohortRuns.completeCases(UnaryOperator.identity()), true);
    assertThat(CohortRuns.value(CohortRuns.metric(result, "theil", "overall", "")).orElseThrow())
        .isCloseTo(theil, EXACT)
        .isNotCloseTo(unweighted, within(1e-4));
  }

  private static boolean counts(List<String> line) {
    return !line.getFirst().equals("patient_id") && !line.get(4).isEmpty();
  }

  private static double weight(List<String> line) {
    return Double.parseDouble(line.get(7));
  }

  private static double benefit(List<String> line) {
    return 1 + Double.parseDouble(line.get(3)) - Double.parseDouble(line.get(1));
  }

  private static AuditResult audit(String pair, boolean weighted) {
    UnaryOperator<String> race =
        pair.contains("non-White")
            ? r -> r.equals("White") ? r : "non-White"
            : UnaryOperator.identity();
    return CohortRuns.audit(CohortRuns.completeCases(race), weighted);
  }

  private static String weight(boolean weighted) {
    return weighted ? "weighted" : "unweighted";
  }
}

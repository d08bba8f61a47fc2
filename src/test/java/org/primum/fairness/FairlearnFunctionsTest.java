package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every number of Fairlearn 0.15.0's six fairness functions in testdata/fairness/fairlearn.json,
/// by method and aggregate, weighted and not: asked by Fairlearn's own names in a policy. Where a
/// group has no positives or no negatives Fairlearn takes its rate for 0; there ours is the range
/// of the groups that have one, which the file gives too (`honest_range`).
final class FairlearnFunctionsTest {

  private static final Offset<Double> EXACT = within(1e-12);
  private static final JsonNode FAIRLEARN = Fixtures.json("fairlearn");
  private static final List<String> ODDS = List.of("tpr", "fpr");

  @ParameterizedTest
  @CsvSource({
    "complete_case,race,race,false", "complete_case,race,race,true",
    "complete_case,sex,sex,false", "complete_case,sex,sex,true",
    "complete_case,race_x_sex,'race,sex',false", "complete_case,race_x_sex,'race,sex',true",
    "missing_as_group,race,race,false", "missing_as_group,race,race,true",
    "missing_as_group,sex,sex,false", "missing_as_group,sex,sex,true",
    "missing_as_group,race_x_sex,'race,sex',false", "missing_as_group,race_x_sex,'race,sex',true"
  })
  void equalsTheFunctionsBetweenGroups(
      String treatment, String grouping, String of, boolean weighted) {
    AuditResult result = audit(treatment, of, weighted);
    Expected expected = new Expected(treatment, grouping, weighted);
    expected.check("demographic_parity_difference|between_groups", one(result, "dpd"));
    expected.check("demographic_parity_ratio|between_groups", one(result, "dpr"));
    boolean honest = expected.undefined();
    double tpr = honest ? expected.honest("tpr", "max_minus_min") : Double.NaN;
    double fpr = honest ? expected.honest("fpr", "max_minus_min") : Double.NaN;
    expected.check("equal_opportunity_difference|between_groups", one(result, "eod"), tpr);
    expected.check(
        "equalized_odds_difference|between_groups|worst_case",
        table(result, "equalized_odds", of),
        Math.max(tpr, fpr));
    expected.check(
        "equalized_odds_difference|between_groups|mean",
        table(result, "equalized_odds_mean", of),
        (tpr + fpr) / 2);
    List<Double> parts = all(result, "eor");
    double tprRatio = honest ? expected.honest("tpr", "min_over_max") : Double.NaN;
    double fprRatio = honest ? expected.honest("fpr", "min_over_max") : Double.NaN;
    expected.check("equal_opportunity_ratio|between_groups", one(result, "eopr"), tprRatio);
    expected.check(
        "equalized_odds_ratio|between_groups|worst_case",
        Math.min(parts.get(0), parts.get(1)),
        Math.min(tprRatio, fprRatio));
    expected.check(
        "equalized_odds_ratio|between_groups|mean",
        (parts.get(0) + parts.get(1)) / 2,
        (tprRatio + fprRatio) / 2);
    assertThat(all(result, "eods")).as("the parts are asked one by one").hasSize(2);
  }

  /// Fairlearn's `to_overall` is the farthest of all groups, or the smallest of r and 1 / r.
  @ParameterizedTest
  @CsvSource({
    "complete_case,race,race,false", "complete_case,race,race,true",
    "complete_case,sex,sex,false", "complete_case,sex,sex,true",
    "complete_case,race_x_sex,'race,sex',false", "complete_case,race_x_sex,'race,sex',true",
    "missing_as_group,race,race,false", "missing_as_group,race,race,true",
    "missing_as_group,sex,sex,false", "missing_as_group,sex,sex,true",
    "missing_as_group,race_x_sex,'race,sex',false", "missing_as_group,race_x_sex,'race,sex',true"
  })
  void equalsTheFunctionsToOverall(String treatment, String grouping, String of, boolean weighted) {
    AuditResult result = audit(treatment, of, weighted);
    Expected expected = new Expected(treatment, grouping, weighted);
    double selection = farthest(all(result, "selection-overall"));
    expected.check("demographic_parity_difference|to_overall", selection);
    expected.check("demographic_parity_ratio|to_overall", ratio(result, of, "selection_rate"));
    boolean honest = expected.undefined();
    double tprHonest = honest ? farthest(expected.toOverall("tpr")) : Double.NaN;
    double fprHonest = honest ? farthest(expected.toOverall("fpr")) : Double.NaN;
    double tpr = farthest(all(result, "tpr-overall"));
    double fpr = farthest(all(result, "fpr-overall"));
    expected.check("equal_opportunity_difference|to_overall", tpr, tprHonest);
    expected.check(
        "equalized_odds_difference|to_overall|worst_case",
        Math.max(tpr, fpr),
        Math.max(tprHonest, fprHonest));
    expected.check(
        "equalized_odds_difference|to_overall|mean", (tpr + fpr) / 2, (tprHonest + fprHonest) / 2);
    double tprRatio = ratio(result, of, "tpr");
    double fprRatio = ratio(result, of, "fpr");
    double tprRatioHonest = honest ? expected.ratioToOverall("tpr") : Double.NaN;
    double fprRatioHonest = honest ? expected.ratioToOverall("fpr") : Double.NaN;
    expected.check("equal_opportunity_ratio|to_overall", tprRatio, tprRatioHonest);
    expected.check(
        "equalized_odds_ratio|to_overall|worst_case",
        Math.min(tprRatio, fprRatio),
        Math.min(tprRatioHonest, fprRatioHonest));
    expected.check(
        "equalized_odds_ratio|to_overall|mean",
        (tprRatio + fprRatio) / 2,
        (tprRatioHonest + fprRatioHonest) / 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b_no_positives",
        "b_no_negatives",
        "b_nobody_selected",
        "b_everybody_selected",
        "nobody_selected_anywhere",
        "no_positives_anywhere",
        "b_single_row_positive_missed",
        "b_single_row_negative",
        "phantom_pass",
        "phantom_fail",
        "one_group_only"
      })
  void equalsTheFunctionsOnTinyTablesOrSaysThatItCannot(String name) {
    JsonNode micro = FAIRLEARN.at("/micro_cases/" + name);
    AuditResult result = tiny(micro.get("input"));
    List<String> undefined = new ArrayList<>();
    micro.get("undefined_cells").forEach(c -> undefined.add(c.get("metric").asText()));
    boolean oneGroup = name.equals("one_group_only");
    Map<String, List<String>> standsOn =
        Map.of(
            "demographic_parity_difference", List.of(),
            "demographic_parity_ratio", List.of(),
            "equal_opportunity_difference", List.of("tpr"),
            "equal_opportunity_ratio", List.of("tpr"),
            "equalized_odds_difference", ODDS,
            "equalized_odds_ratio", ODDS);
    standsOn.forEach((function, rates) -> {
      JsonNode theirs = micro.get("fairlearn").get(function).get("result");
      boolean missing = rates.stream().anyMatch(undefined::contains);
      if (oneGroup || missing || theirs.isTextual()) {
        assertThat(CohortRuns.findings(result, function))
            .as(name + " " + function + ": one group, no denominator, or 0 over 0")
            .contains(Optional.empty());
        assertThat(result.status()).isNotEqualTo(org.primum.gate.Status.PASS);
      } else {
        List<Double> ours =
            CohortRuns.findings(result, function).stream().map(Optional::orElseThrow).toList();
        double value =
            function.endsWith("ratio")
                ? ours.stream().mapToDouble(v -> v).min().orElseThrow()
                : ours.stream().mapToDouble(v -> v).max().orElseThrow();
        assertThat(value).as(name + " " + function).isCloseTo(theirs.doubleValue(), EXACT);
      }
    });
  }

  private static AuditResult tiny(JsonNode input) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < input.get("group").size(); i++) {
      rows.add(
          input.get("group").get(i).asText()
              + ","
              + input.get("label").get(i).asInt()
              + ","
              + input.get("prediction").get(i).asInt());
    }
    return Audits.audit(
        """
        attributes: [{name: g, column: g, reference: a}]
        minimum: {n: 0, positives: 0, negatives: 0}
        suppress: {below: 0}
        rules:
          - {id: demographic_parity_difference, metric: demographic_parity_difference, over: g, max: 1}
          - {id: demographic_parity_ratio, metric: demographic_parity_ratio, over: g, min: 0}
          - {id: equal_opportunity_difference, metric: equal_opportunity_difference, over: g, max: 1}
          - {id: equal_opportunity_ratio, metric: equal_opportunity_ratio, over: g, min: 0}
          - {id: equalized_odds_difference, metric: equalized_odds_difference, over: g, max: 1}
          - {id: equalized_odds_ratio, metric: equalized_odds_ratio, over: g, min: 0}
        """,
        Rows.of("g,label,prediction", rows.toArray(String[]::new)));
  }

  private static AuditResult audit(String treatment, String of, boolean weighted) {
    Rows rows =
        treatment.equals("complete_case")
            ? CohortRuns.completeCases(UnaryOperator.identity())
            : CohortRuns.allRows();
    String over = ", over: [" + of + "], ";
    return CohortRuns.audit(
        rows,
        weighted,
        "{id: dpd, metric: demographic_parity_difference" + over + "max: 1}",
        "{id: dpr, metric: demographic_parity_ratio" + over + "min: 0}",
        "{id: eod, metric: equal_opportunity_difference" + over + "max: 1}",
        "{id: eopr, metric: equal_opportunity_ratio" + over + "min: 0}",
        "{id: eods, metric: equalized_odds_difference" + over + "max: 1}",
        "{id: eor, metric: equalized_odds_ratio" + over + "min: 0}",
        "{id: selection-overall, metric: selection_rate, compare: vs_overall" + over + "max: 1}",
        "{id: tpr-overall, metric: tpr, compare: vs_overall" + over + "max: 1}",
        "{id: fpr-overall, metric: fpr, compare: vs_overall" + over + "max: 1}");
  }

  private static double one(AuditResult result, String rule) {
    List<Double> all = all(result, rule);
    assertThat(all).as(rule).hasSize(1);
    return all.getFirst();
  }

  private static List<Double> all(AuditResult result, String rule) {
    return CohortRuns.findings(result, rule).stream().flatMap(Optional::stream).toList();
  }

  private static double table(AuditResult result, String metric, String of) {
    OptionalDouble value = CohortRuns.value(CohortRuns.metric(result, metric, of, "max_min"));
    return value.orElseThrow();
  }

  private static double farthest(List<Double> differences) {
    return differences.stream().mapToDouble(Math::abs).max().orElseThrow();
  }

  private static double ratio(AuditResult result, String of, String metric) {
    double overall =
        CohortRuns.value(CohortRuns.metric(result, metric, "overall", "")).orElseThrow();
    return result.tables().stream()
        .filter(t -> t.name().equals(of))
        .flatMap(t -> t.groups().keySet().stream())
        .map(g -> CohortRuns.value(CohortRuns.metric(result, metric, g.name(), "")))
        .flatMap(v -> v.stream().boxed())
        .mapToDouble(v -> v / overall)
        .map(r -> Math.min(r, 1 / r))
        .min()
        .orElseThrow();
  }

  /// What the file says of one grouping.
  private record Expected(String treatment, String grouping, boolean weighted) {

    private JsonNode cells() {
      return FAIRLEARN.at(
          "/groupings/" + treatment + "/" + grouping + (weighted ? "/weighted" : "/unweighted"));
    }

    /// Whether a group has no positives or no negatives.
    boolean undefined() {
      for (JsonNode cell : FAIRLEARN.at("/undefined_cells/" + treatment + "/" + grouping)) {
        if (ODDS.contains(cell.get("metric").asText())) {
          return true;
        }
      }
      return false;
    }

    void check(String function, double ours) {
      check(function, ours, Double.NaN);
    }

    /// @param honest what Fairlearn would say if it left out rates that do not exist; NaN where all
    ///   do
    void check(String function, double ours, double honest) {
      double expected =
          Double.isNaN(honest)
              ? cells().get("fairness_functions").get(function).doubleValue()
              : honest;
      assertThat(ours).as(treatment + " " + grouping + " " + function).isCloseTo(expected, EXACT);
    }

    double honest(String metric, String which) {
      return range(metric).get(which).doubleValue();
    }

    private JsonNode range(String metric) {
      return FAIRLEARN
          .at("/honest_range/" + treatment + "/" + grouping)
          .get((weighted ? "weighted|" : "unweighted|") + metric);
    }

    List<Double> toOverall(String metric) {
      double overall = cells().get("overall").get(metric).doubleValue();
      List<Double> all = new ArrayList<>();
      range(metric).get("values").forEach(v -> all.add(v.doubleValue() - overall));
      return all;
    }

    double ratioToOverall(String metric) {
      double overall = cells().get("overall").get(metric).doubleValue();
      double least = 1;
      for (JsonNode value : range(metric).get("values")) {
        double r = value.doubleValue() / overall;
        least = Math.min(least, Math.min(r, 1 / r));
      }
      return least;
    }
  }
}

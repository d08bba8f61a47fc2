package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.document.FairnessPolicyDocument;
import org.primum.document.Source;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Rule;

/// Settings as their tools document them: Aequitas' configs_example.yaml, a TFMA EvalConfig as
/// protocol buffers write JSON, Fairlearn's function names.
final class FairnessConvertCommandTest {

  @TempDir Path folder;

  private Cli convert(String from, String input) throws IOException {
    Path file = Files.writeString(folder.resolve("input"), input);
    return Cli.run("fairness-convert", "--from=" + from, "--input=" + file);
  }

  private FairnessPolicy policy(Cli cli) throws IOException {
    assertThat(cli.code()).as(cli.err()).isZero();
    Path file = Files.writeString(folder.resolve("policy.yaml"), cli.out());
    return FairnessPolicyDocument.read(Source.of(file, "policy.yaml"));
  }

  /// A rule as `tpr ratio over race [0.8, 1.25]`.
  private static String words(Rule rule) {
    String over = rule.over() instanceof Rule.Over.Of(var of) ? String.join("+", of) : "all";
    return "%s %s over %s %s"
        .formatted(rule.metric().id(), rule.compare().id(), over, rule.limits());
  }

  private static final String AEQUITAS =
      """
      score_thresholds:
          rank_abs: [150, 300]
          rank_pct: [1.0, 2.0, 5.0, 10.0 ]
      ref_groups_method: "predefined"
      ref_groups:
        "race": "White"
        "sex": "M"
      fairness_threshold: 0.8
      fairness_measures: ["FPR Parity", "Impact Parity", "Made Up Parity"]
      """;

  @Test
  void importsAequitasMeasuresAsRatiosWithinTauAndItsInverse() throws IOException {
    Cli cli = convert("aequitas", AEQUITAS);
    FairnessPolicy policy = policy(cli);
    assertThat(policy.rules().stream().map(FairnessConvertCommandTest::words))
        .containsExactly(
            "fpr ratio over race [AtLeast[limit=0.8], AtMost[limit=1.25]]",
            "fpr ratio over sex [AtLeast[limit=0.8], AtMost[limit=1.25]]",
            "selection_rate ratio over race [AtLeast[limit=0.8], AtMost[limit=1.25]]",
            "selection_rate ratio over sex [AtLeast[limit=0.8], AtMost[limit=1.25]]");
    assertThat(policy.rules()).allMatch(rule -> rule.decide() == Rule.Decide.POINT);
    assertThat(policy.attribute("race").reference().toString()).contains("White");
    for (String where : new String[] {cli.out(), cli.err()}) {
      assertThat(where).contains("score_thresholds").contains("Made Up Parity");
    }
  }

  private static final String TFMA =
      """
      {
        "modelSpecs": [{"labelKey": "readmitted", "predictionKey": "risk"}],
        "slicingSpecs": [{}, {"featureKeys": ["sex"]}, {"featureKeys": ["race", "sex"]}],
        "metricsSpecs": [{
          "metrics": [
            {"className": "ExampleCount"},
            {"className": "AUC", "threshold": {"valueThreshold": {"lowerBound": 0.7}}},
            {"className": "Recall", "config": "\\"thresholds\\": [0.3]",
             "perSliceThresholds": [{
               "slicingSpecs": [{"featureKeys": ["race"]}],
               "threshold": {"valueThreshold": {"lowerBound": 0.6, "upperBound": 0.95}}}],
             "crossSliceThresholds": [{
               "crossSlicingSpecs": [
                 {"baselineSpec": {"featureValues": {"race": "White"}}, "slicingSpecs": [{"featureKeys": ["race"]}]},
                 {"baselineSpec": {}, "slicingSpecs": [{"featureKeys": ["sex"]}]}],
               "threshold": {"valueThreshold": {"lowerBound": -0.02, "upperBound": 0.05}}}]},
            {"className": "BinaryAccuracy", "threshold": {"changeThreshold": {"absolute": -0.01, "direction": "HIGHER_IS_BETTER"}}},
            {"className": "ExactMatch", "threshold": {"valueThreshold": {"lowerBound": 0.1}}}
          ],
          "perSliceThresholds": {
            "fairness_indicators_metrics/false_positive_rate@0.5": {"thresholds": [{
              "slicingSpecs": [{"featureKeys": ["sex"]}, {"featureValues": {"race": "Black"}}],
              "threshold": {"valueThreshold": {"upperBound": 0.2}}}]},
            "calibration": {"thresholds": [{
              "slicingSpecs": [{"featureKeys": ["sex"]}],
              "threshold": {"valueThreshold": {"lowerBound": 0.8, "upperBound": 1.25}}}]}
          }
        }],
        "options": {"minSliceSize": 30}
      }
      """;

  /// TFMA takes baseline minus slice: at most 0.05 there is at least -0.05 of slice minus baseline.
  @Test
  void importsTfmaThresholdsOfSlicesAndAcrossThem() throws IOException {
    Cli cli = convert("tfma", TFMA);
    FairnessPolicy policy = policy(cli);
    assertThat(policy.rules().stream().map(FairnessConvertCommandTest::words))
        .containsExactly(
            "auroc none over sex [AtLeast[limit=0.7]]",
            "auroc none over race+sex [AtLeast[limit=0.7]]",
            "tpr none over race [AtLeast[limit=0.6], AtMost[limit=0.95]]",
            "tpr difference over race [AtLeast[limit=-0.05], AtMost[limit=0.02]]",
            "tpr vs_overall over sex [AtLeast[limit=-0.05], AtMost[limit=0.02]]",
            "fpr none over sex [AtMost[limit=0.2]]",
            "o_e none over sex [AtLeast[limit=0.8], AtMost[limit=1.25]]");
    assertThat(policy.attribute("race").reference().toString()).contains("White");
    assertThat(cli.out())
        .contains("label: {column: readmitted, positive: 1}")
        .contains("score: {column: risk}")
        .contains("decision: {threshold: 0.3}");
    assertThat(cli.err())
        .contains("BinaryAccuracy: change_threshold")
        .contains("ExactMatch: no metric")
        .contains("ReleasePolicy")
        .contains("race alone")
        .contains("minSliceSize");
  }

  @Test
  void theNamesOfTheSchemaAreReadAsThoseOfJson() throws IOException {
    String snake = TFMA.replaceAll("([a-z])([A-Z])(?=[A-Za-z]*\":)", "$1_$2");
    java.util.regex.Matcher keys =
        java.util.regex.Pattern.compile("\"([A-Za-z_]+)\":").matcher(snake);
    String lower =
        keys.replaceAll(m -> "\"" + m.group(1).toLowerCase(java.util.Locale.ROOT) + "\":");
    assertThat(
            policy(
                convert(
                    "tfma",
                    lower.replace("\"lower_bound\": 0.7", "\"lower_bound\": {\"value\": 0.7}"))))
        .isEqualTo(policy(convert("tfma", TFMA)));
  }

  private static final String FAIRLEARN =
      """
      y_true: readmitted
      y_pred: flagged
      sensitive_features: [race, sex]
      control_features: [site]
      metrics:
        - {function: demographic_parity_difference, max: 0.1}
        - {function: equalized_odds_ratio, min: 0.8, sensitive_features: [sex]}
        - {function: recall_score_group_min, min: 0.6, sensitive_features: race}
        - {function: selection_rate_difference, max: 0.05, method: to_overall, sensitive_features: [sex]}
        - {function: equalized_odds_difference, max: 0.1, agg: mean}
        - {function: equal_opportunity_difference, min: 0.1}
        - {function: count_group_min, min: 30}
      """;

  @Test
  void importsFairlearnsFunctionsWithTheirBounds() throws IOException {
    Cli cli = convert("fairlearn", FAIRLEARN);
    assertThat(policy(cli).rules().stream().map(FairnessConvertCommandTest::words))
        .containsExactly(
            "selection_rate max_min over race [AtMost[limit=0.1]]",
            "selection_rate max_min over sex [AtMost[limit=0.1]]",
            "tpr min_max_ratio over sex [AtLeast[limit=0.8]]",
            "fpr min_max_ratio over sex [AtLeast[limit=0.8]]",
            "tpr none over race [AtLeast[limit=0.6]]",
            "selection_rate vs_overall over sex [AtLeast[limit=-0.05], AtMost[limit=0.05]]");
    assertThat(cli.err())
        .contains("equalized_odds_difference: agg")
        .contains("equal_opportunity_difference: takes max")
        .contains("count_group_min: no metric")
        .contains("control_features");
  }

  /// Fairlearn 0.15.0 on testdata/fairness/cohort.csv: demographic_parity_difference of sex is
  /// 0.110546 (its 19 rows without a race do not matter there).
  @Test
  void anAuditDecidesAsTheToolDoes() throws IOException {
    for (String max : new String[] {"0.12", "0.10"}) {
      Cli cli =
          convert(
              "fairlearn",
              "sensitive_features: sex\nmetrics: [{function: demographic_parity_difference, max: "
                  + max
                  + "}]");
      policy(cli);
      Cli audit =
          Cli.run(
              "fairness-audit",
              "--data=testdata/fairness/cohort.csv",
              "--policy=" + folder.resolve("policy.yaml"),
              "--output-dir=" + folder.resolve("audit"),
              "--overwrite");
      assertThat(audit.code()).as(audit.err()).isEqualTo(max.equals("0.12") ? 0 : 20);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tfma | {\"a\": 1} | metrics_specs",
        "tfma | model_specs { label_key: \"x\" } | input",
        "aequitas | fairness_threshold: 0.8 | attr_cols",
        "aequitas | attr_cols: [race]; fairness_threshold: 2 | fairness_threshold",
        "fairlearn | y_true: x | metrics",
        "fairlearn | metrics: [{function: selection_rate_difference, max: 1}] | sensitive_features",
        "fairlearn | sensitive_features: a; metrics: [{function: made_up, max: 1}] | made_up"
      })
  void whatCannotBeReadIsAConfigurationError(String from, String input, String named)
      throws IOException {
    Cli cli = convert(from, input.replace("; ", "\n"));
    assertThat(cli.code()).as(cli.out()).isEqualTo(10);
    assertThat(cli.err()).contains(named);
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void neverReplacesAFile() throws IOException {
    Path input = Files.writeString(folder.resolve("in.yaml"), AEQUITAS);
    Path output = folder.resolve("out.yaml");
    String[] arguments = {
      "fairness-convert", "--from=aequitas", "--input=" + input, "--output=" + output
    };
    assertThat(Cli.run(arguments).code()).isZero();
    assertThat(output).content().contains("kind: FairnessPolicy");
    assertThat(Cli.run(arguments).code()).isEqualTo(2);
    assertThat(Cli.run("fairness-convert", "--from=excel", "--input=" + input).code()).isEqualTo(2);
  }
}

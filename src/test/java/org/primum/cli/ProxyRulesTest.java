package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.document.Schemas;

/// 800 patients, half of each race. The ward is A for 300 of x and 100 of y, so that Cramer's V is
/// 1/2 and an area 3/4; the day has nothing to do with either. The score says the ward, and nothing
/// besides.
final class ProxyRulesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String POLICY =
      """
      apiVersion: primum.dev/v1alpha1
      kind: FairnessPolicy
      metadata: {name: told, revision: 1}
      data:
        label: {column: label, positive: 1}
        score: {column: score}
        decision: {threshold: 0.5}
      attributes:
        - {name: race, column: race}
      proxies: {columns: [ward, day], together: inputs-and-score}
      rules:
        - {id: told, over: race, RULE}
      """;

  @TempDir Path folder;

  @BeforeEach
  void patients() throws IOException {
    List<String> rows = new ArrayList<>(List.of("race,ward,day,label,score"));
    for (int i = 0; i < 800; i++) {
      boolean x = i < 400;
      boolean inA = i % 400 < (x ? 300 : 100);
      rows.add(
          "%s,%s,%s,%d,%s"
              .formatted(
                  x ? "x" : "y",
                  inA ? "A" : "B",
                  i % 2 == 0 ? "mon" : "tue",
                  i / 4 % 2,
                  inA ? "0.8" : "0.2"));
    }
    Files.write(folder.resolve("rows.csv"), rows);
  }

  private Cli run(String rule, String output, String... source) throws IOException {
    Files.writeString(folder.resolve("policy.yaml"), POLICY.replace("RULE", rule));
    List<String> arguments = new ArrayList<>(List.of("fairness-audit", "--policy=@policy.yaml"));
    arguments.addAll(List.of(source));
    arguments.add("--output-dir=@" + output);
    return Cli.run(
        arguments.stream().map(a -> a.replace("@", folder + "/")).toArray(String[]::new));
  }

  private JsonNode rules(String output) throws IOException {
    JsonNode verdict = JSON.readTree(folder.resolve(output + "/verdict.json").toFile());
    assertThat(Schemas.violations(verdict, "verdict")).isEmpty();
    return verdict.get("rules");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20 | metric: \"cramers_v[ward]\", max: 0.4, decide: exclude-harm",
        "20 | metric: cramers_v, max: 0.4, decide: point",
        "20 | metric: mutual_information, max: 0.05, decide: exclude-harm",
        "20 | metric: auc_sensitive_from_feature, max: 0.65, decide: both",
        "20 | metric: auc_sensitive_from_all, max: 0.65, decide: exclude-harm",
        "20 | metric: auc_sensitive_from_all_with_score, max: 0.65, decide: exclude-harm",
        "20 | metric: auc_sensitive_from_score, min: 0.4, max: 0.6, decide: exclude-harm",
        "20 | metric: score_residual_dependence, max: 0.1, decide: exclude-harm",
        "20 | metric: score_residual_p, min: 0.05",
        "21 | metric: \"cramers_v[ward]\", max: 0.5",
        "21 | metric: auc_sensitive_from_all, max: 0.76",
        "21 | metric: \"auc_sensitive_from_feature[ward]\", max: 0.75",
        "0 | metric: \"cramers_v[day]\", max: 0.2",
        "0 | metric: \"cramers_v[ward]\", max: 0.65",
        "0 | metric: \"mutual_information[day]\", max: 0.02",
        "0 | metric: \"auc_sensitive_from_feature[day]\", max: 0.6",
        "0 | metric: auc_sensitive_from_all, max: 0.85",
        "0 | metric: score_residual_dependence, max: 0.4",
        "10 | metric: score_residual_p, max: 0.05, decide: point",
        "10 | metric: cramers_v, max: 0.2, compare: max_min",
        "10 | metric: \"cramers_v[zip]\", max: 0.2"
      })
  void aRuleIsDecidedByWhatTellsTheGroup(int code, String rule) throws IOException {
    Cli run = run(rule, "out", "--data=@rows.csv");
    assertThat(run.code()).as(run.err()).isEqualTo(code);
  }

  @Test
  void theVerdictNamesTheColumnAndItsInterval() throws IOException {
    assertThat(
            run("metric: cramers_v, max: 0.4, decide: exclude-harm", "out", "--data=@rows.csv")
                .code())
        .isEqualTo(20);
    JsonNode findings = rules("out");
    assertThat(findings).hasSize(2);
    JsonNode ward = findings.get(0);
    assertThat(ward.get("metric").asText()).isEqualTo("cramers_v[ward]");
    assertThat(ward.get("status").asText()).isEqualTo("FAIL");
    assertThat(ward.get("value").doubleValue()).isEqualTo(0.5);
    assertThat(ward.at("/ci/0").doubleValue()).isBetween(0.4, 0.45);
    assertThat(findings.get(1).get("metric").asText()).isEqualTo("cramers_v[day]");
    assertThat(findings.get(1).get("status").asText()).isEqualTo("PASS");
    JsonNode verdict = JSON.readTree(folder.resolve("out/verdict.json").toFile());
    assertThat(verdict.get("summary").asText()).contains("told: race: cramers_v[ward] is 0.500");
  }

  @Test
  void aWaiverHoldsForTheGroupItNames() throws IOException {
    String waiver =
        """
        metric: "cramers_v[ward]", max: 0.4, decide: exclude-harm}
        waivers:
          - {rule: told, group: race, reason: wards are by district, approvedBy: board, expires: 2999-01-01\
        """;
    assertThat(run(waiver, "out", "--data=@rows.csv").code()).isZero();
    assertThat(rules("out").get(0).get("status").asText()).isEqualTo("WAIVED");
  }

  /// Counts suffice for one column; what all tell together needs the rows.
  @Test
  void aTallyDecidesOnColumnsAndNotOnAllOfThem() throws IOException {
    String all = "metric: auc_sensitive_from_all, max: 0.85";
    assertThat(run(all, "first", "--data=@rows.csv").code()).isZero();
    Cli again = run(all, "again", "--tally=@first/tally.bin");
    assertThat(again.code()).as(again.err()).isEqualTo(21);
    assertThat(rules("again").get(0).get("reason").asText())
        .contains("a tally from a file has none");
    String one = "metric: \"cramers_v[ward]\", max: 0.4, decide: exclude-harm";
    assertThat(run(one, "column", "--tally=@first/tally.bin").code()).isEqualTo(20);
  }

  /// Nine of race z: too few to be told of, and judged by no rule.
  @Test
  void smallGroupsAreNeitherToldNorPassed() throws IOException {
    List<String> rows = new ArrayList<>(Files.readAllLines(folder.resolve("rows.csv")));
    for (int i = 0; i < 9; i++) {
      rows.add("z,A,mon,1,0.9");
    }
    Files.write(folder.resolve("rows.csv"), rows);
    assertThat(run("metric: auc_sensitive_from_all, max: 0.95", "out", "--data=@rows.csv").code())
        .isEqualTo(21);
    String metrics = Files.readString(folder.resolve("out/metrics.json"));
    for (JsonNode metric : JSON.readTree(metrics).get("metrics")) {
      if (metric.get("metric").asText().startsWith("auc_sensitive")
          && metric.get("group").asText().equals("race=z")) {
        assertThat(metric.get("value").isNull()).as(metric.toString()).isTrue();
      }
    }
  }
}

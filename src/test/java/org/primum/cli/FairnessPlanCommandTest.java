package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One rule, two declared groups.
final class FairnessPlanCommandTest {

  @TempDir Path folder;

  private Cli plan(String... more) throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            """
            apiVersion: primum.dev/v1alpha1
            kind: FairnessPolicy
            metadata: {name: small, revision: 1}
            data: {label: {column: y, positive: 1}, prediction: {column: d, positive: 1}}
            attributes: [{name: sex, column: sex, categories: [F, M], reference: M, missing: report}]
            rules:
              - {id: missed, metric: tpr, compare: difference, over: sex, min: -0.1, decide: show-safe}
              - {id: gaps, metric: missing_rate, over: sex, max: 0.05}
            """);
    List<String> arguments = new ArrayList<>(List.of("fairness-plan", "--policy=" + policy));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void tellsPatientsForBothClaimsAndWhatWasAssumed() throws IOException {
    Cli cli = plan();
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out())
        .containsPattern(
            "missed +sex +safety: at least -0.1 +0 +0.05 +[\\d,]+ patients \\([\\d,]+ positives\\)")
        .containsPattern("missed +sex +harm: below -0.1 +-0.2 ")
        .contains("15 of 100 patients have the outcome, tpr 0.7, fpr 0.1")
        .contains("it has one patient for each of the group")
        .contains("Not planned: gaps");
  }

  /// Half as many with the outcome: twice the patients for the same positives.
  @Test
  void writesJsonUnderTheAssumptionsThatWereGiven() throws IOException {
    JsonNode usual = new ObjectMapper().readTree(plan("--format=json").out());
    JsonNode rare = new ObjectMapper().readTree(plan("--format=json", "--base-rate=0.075").out());
    long positives = usual.at("/rules/0/safety/needed/0/rows").asLong();
    assertThat(positives).isPositive();
    assertThat(rare.at("/rules/0/safety/needed/0/rows").asLong()).isEqualTo(positives);
    assertThat(rare.at("/rules/0/safety/needed/0/patients").asLong())
        .isEqualTo((long) Math.ceil(positives / 0.075 - 1e-9));
    assertThat(rare.at("/assumptions/baseRate").asDouble()).isEqualTo(0.075);
    assertThat(usual.at("/rules/0/level").asDouble()).isEqualTo(0.05);
    assertThat(usual.at("/rules/0/harm/truth").asDouble()).isEqualTo(-0.2);
    JsonNode gap =
        new ObjectMapper().readTree(plan("--format=json", "--gap=0.05", "--rate=tpr=0.6").out());
    assertThat(gap.at("/rules/0/harm/truth").asDouble()).isEqualTo(-0.15);
    assertThat(gap.at("/rules/0/referenceRate").asDouble()).isEqualTo(0.6);
  }

  @Test
  void drawsPowerCurvesOnAPage() throws IOException {
    Path page = folder.resolve("plan.html");
    Cli cli = plan("--report=" + page);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(page)
        .content()
        .contains("Sample size of small")
        .contains("Planned")
        .contains("<polyline")
        .doesNotContain("<script")
        .doesNotContain("NaN");
    assertThat(plan("--report=" + page).code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--base-rate=0",
        "--rate=tpr=1.2",
        "--rate=tprr=0.5",
        "--groups=1",
        "--reference-rows=0",
        "--gap=-1",
        "--base-rate=much"
      })
  void anAssumptionThatCannotBeIsAUsageError(String option) throws IOException {
    Cli cli = plan(option);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void aPolicyThatIsNotThereIsNamed() {
    Cli cli = Cli.run("fairness-plan", "--policy=" + folder.resolve("none.yaml"));
    assertThat(cli.code()).isEqualTo(10);
    assertThat(cli.err()).contains("none.yaml");
  }
}

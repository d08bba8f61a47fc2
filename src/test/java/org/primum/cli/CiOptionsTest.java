package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The cohort of testdata/fairness, in which Black patients are found less often: an audit that
/// refuses, and a gate that finds no evidence.
final class CiOptionsTest {

  @TempDir Path folder;

  @BeforeEach
  void writePolicies() throws IOException {
    write(
        "fairness.yaml",
        """
        kind: FairnessPolicy
        metadata: {name: readmission-30d, revision: 1}
        data:
          label: {column: label, positive: 1}
          score: {column: score}
          decision: {threshold: 0.3}
        attributes: [{name: race, column: race, reference: White}]
        minimum: {n: 30, positives: 15, negatives: 15}
        suppress: {below: 0}
        rules:
          - {id: missed, metric: tpr, compare: difference, over: race, min: 0, decide: exclude-harm}
        """);
    write(
        "release.yaml",
        """
        kind: ReleasePolicy
        metadata: {name: release, revision: 1}
        require:
          - {step: train}
        """);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), "apiVersion: primum.dev/v1alpha1\n" + text);
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private Cli audit(Map<String, String> environment, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "fairness-audit",
            "--data=testdata/fairness/cohort.csv",
            "--policy=" + at("fairness.yaml"),
            "--output-dir=" + at("audit")));
    arguments.addAll(List.of(more));
    return Cli.run(environment, arguments.toArray(String[]::new));
  }

  private String[] all() {
    return new String[] {
      "--junit=" + at("ci/junit.xml"),
      "--sarif=" + at("ci/sarif.json"),
      "--summary=" + at("ci/s.md")
    };
  }

  @Test
  void aRefusingAuditLeavesAllThreeFilesAndNothingElse() throws IOException {
    assertThat(audit(Map.of(), all()).code()).isEqualTo(20);
    assertThat(folder.resolve("ci/junit.xml"))
        .content()
        .contains("classname=\"primum.fairness-audit\" name=\"missed [race=Black]\"");
    JsonNode result = sarif().at("/runs/0/results/0");
    assertThat(result.get("ruleId").asText()).isEqualTo("missed");
    assertThat(result.findValue("startLine").asInt()).isEqualTo(11);
    assertThat(result.findValue("uri").asText())
        .isEqualTo(folder.resolve("fairness.yaml").toUri().toString());
    assertThat(folder.resolve("ci/s.md"))
        .content()
        .startsWith("## Fairness audit of readmission-30d\n\n**Refused**. missed: Of 1,000 ")
        .contains("`" + at("audit/report.html") + "`");
    try (Stream<Path> files = Files.list(folder.resolve("ci"))) {
      assertThat(files).hasSize(3);
    }
  }

  private JsonNode sarif() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("ci/sarif.json").toFile());
  }

  @Test
  void anAuditThatOnlyReportsSaysTheSame() throws IOException {
    List<String> options = new ArrayList<>(List.of(all()));
    options.add("--on-violation=report");
    assertThat(audit(Map.of(), options.toArray(String[]::new)).code()).isZero();
    assertThat(sarif().at("/runs/0/results/0/level").asText()).isEqualTo("error");
  }

  @Test
  void aGateThatCannotKnowLeavesThemToo() throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "gate",
            "--policy=" + at("release.yaml"),
            "--evidence=" + at("nowhere"),
            "--output-dir=" + at("gate")));
    arguments.addAll(List.of(all()));
    assertThat(Cli.run(arguments.toArray(String[]::new)).code()).isEqualTo(21);
    JsonNode result = sarif().at("/runs/0/results/1");
    assertThat(result.get("ruleId").asText()).isEqualTo("train:evidence");
    assertThat(result.findValue("startLine").asInt()).isEqualTo(5);
    assertThat(folder.resolve("ci/s.md")).content().startsWith("## Release gate: release\n");
    assertThat(folder.resolve("ci/junit.xml")).content().contains("errors=\"");
  }

  @Test
  void aPolicyInTheWorkingDirectoryIsNamedFromThere() throws IOException {
    Cli.run(
        "gate",
        "--policy=./pipelines/local/release-policy.yaml",
        "--evidence=" + at("nowhere"),
        "--output-dir=" + at("gate"),
        "--sarif=" + at("ci/sarif.json"));
    assertThat(sarif().findValue("artifactLocation").get("uri").asText())
        .isEqualTo("pipelines/local/release-policy.yaml");
  }

  @Test
  void anEarlierFileIsReplacedOnlyWhenAskedTo() throws IOException {
    Files.createDirectories(folder.resolve("ci"));
    Path earlier = Files.writeString(folder.resolve("ci/s.md"), "earlier");
    Cli run = audit(Map.of(), all());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--summary=" + earlier, "is there already", "--overwrite");
    assertThat(earlier).hasContent("earlier");
    assertThat(folder.resolve("audit")).doesNotExist();

    List<String> options = new ArrayList<>(List.of(all()));
    options.add("--overwrite");
    assertThat(audit(Map.of(), options.toArray(String[]::new)).code()).isEqualTo(20);
    assertThat(earlier).content().startsWith("## Fairness audit");
  }

  @Test
  void theSummaryOfAJobOnGitHubIsAppendedTo() throws IOException {
    Path job = Files.writeString(folder.resolve("step_summary"), "# Built\n");
    var github = Map.of("GITHUB_STEP_SUMMARY", job.toString());
    assertThat(audit(github, "--summary=" + job).code()).isEqualTo(20);
    assertThat(job).content().startsWith("# Built\n## Fairness audit");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefusedBeforeTheWork() {
    for (String option : List.of("--junit=", "--sarif=", "--summary=")) {
      Cli directory = audit(Map.of(), option + folder);
      assertThat(directory.code()).isEqualTo(2);
      assertThat(directory.err()).contains(option + folder).contains("name a file");
      Cli below = audit(Map.of(), option + at("fairness.yaml/x"));
      assertThat(below.code()).isEqualTo(2);
      assertThat(below.err()).contains("cannot be written");
    }
    assertThat(folder.resolve("audit")).doesNotExist();
  }

  @Test
  void twoFormatsDoNotShareAFile() {
    Cli run = audit(Map.of(), "--junit=" + at("x"), "--sarif=" + at("x"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--sarif=" + at("x"), "another option names this file");
  }
}

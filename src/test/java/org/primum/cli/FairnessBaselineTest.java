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
import org.primum.document.Schemas;

/// 400 patients of two groups, scored by the model in use and by one that misses 60 more of the 100
/// with the outcome in group B.
final class FairnessBaselineTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String POLICY =
      """
      apiVersion: primum.dev/v1alpha1
      kind: FairnessPolicy
      metadata: {name: no-worse, revision: 1}
      data:
        label: {column: label, positive: 1}
        score: {column: score}
        decision: {threshold: 0.5}
        cluster: {column: patient}
      attributes:
        - {name: g, column: g, reference: A}
      rules:
        - {id: no-worse, metric: tpr, over: g, against: baseline, maxDrop: 0.02, decide: exclude-harm}
      """;

  @TempDir Path folder;

  @BeforeEach
  void score() throws IOException {
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Files.writeString(folder.resolve("in-use.csv"), scored(20));
    Files.writeString(folder.resolve("new.csv"), scored(80));
  }

  private static String scored(int missedInB) {
    List<String> rows = new ArrayList<>(List.of("patient,g,label,score"));
    for (int i = 0; i < 400; i++) {
      String group = i < 200 ? "A" : "B";
      int label = i / 100 % 2;
      boolean missed = i % 100 < (i < 200 ? 20 : missedInB);
      double score = label == 1 && !missed ? 0.8 : 0.2;
      rows.add("p" + i + "," + group + "," + label + "," + score);
    }
    return String.join("\n", rows) + "\n";
  }

  private Cli run(String output, String... options) {
    List<String> arguments = new ArrayList<>(List.of("fairness-audit", "--policy=@policy.yaml"));
    arguments.addAll(List.of(options));
    arguments.add("--output-dir=@" + output);
    return Cli.run(
        arguments.stream().map(a -> a.replace("@", folder + "/")).toArray(String[]::new));
  }

  private JsonNode json(String name) throws IOException {
    return JSON.readTree(folder.resolve(name).toFile());
  }

  @Test
  void aWorseModelIsRefusedAgainstTheOneInUse() throws IOException {
    assertThat(run("before", "--data=@in-use.csv").code()).isEqualTo(21); // no baseline yet
    assertThat(json("before/verdict.json").at("/rules/0/reason").asText())
        .startsWith("no baseline was given");
    for (String baseline : List.of("before", "before/tally.bin")) {
      String after = "after-" + baseline.length();
      Cli worse = run(after, "--data=@new.csv", "--baseline=@" + baseline);
      assertThat(worse.code()).as(worse.err()).isEqualTo(20);
      assertThat(json(after + "/verdict.json").get("summary").asText())
          .contains("600 more are missed than with the model in use");
    }
    assertThat(run("same", "--data=@in-use.csv", "--baseline=@before").code()).isZero();
  }

  @Test
  void theComparisonIsInTheMetrics() throws IOException {
    run("before", "--data=@in-use.csv");
    run("after", "--data=@new.csv", "--baseline=@before");
    JsonNode metrics = json("after/metrics.json");
    assertThat(Schemas.violations(metrics, "metrics")).isEmpty();
    int found = 0;
    for (JsonNode metric : metrics.get("metrics")) {
      if (metric.get("compare").asText().equals("baseline")
          && metric.get("metric").asText().equals("tpr")) {
        assertThat(metric.get("reference").asText()).isEqualTo("baseline");
        assertThat(metric.get("value").doubleValue())
            .isEqualTo(metric.get("group").asText().equals("g=A") ? 0 : 0.2 - 0.8);
        found++;
      }
    }
    assertThat(found).isEqualTo(2);
  }

  /// The manifest names the baseline among what went in, and not among the tables of this audit.
  @Test
  void theManifestNamesTheBaseline() throws IOException {
    run("before", "--data=@in-use.csv");
    run("after", "--data=@new.csv", "--baseline=@before");
    List<String> names = new ArrayList<>();
    json("after/manifest.json").get("inputs").forEach(i -> names.add(i.get("name").asText()));
    assertThat(names).contains("baseline", "data", "policy").doesNotContain("counted");
  }

  @Test
  void aBaselineOfAnotherPolicyIsRefused() throws IOException {
    run("before", "--data=@in-use.csv");
    Files.writeString(folder.resolve("policy.yaml"), POLICY.replace("0.5", "0.4"));
    Cli other = run("after", "--data=@new.csv", "--baseline=@before");
    assertThat(other.code()).isEqualTo(10);
    assertThat(other.err()).contains("baseline").contains("model in use under this policy");
  }
}

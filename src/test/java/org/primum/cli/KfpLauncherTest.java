package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The committed components under a launcher that does what that of Kubeflow Pipelines does: 3,000
/// synthetic patients, and two policies for the same model, one that nobody fails and one that
/// nobody passes.
@Tag("slow")
final class KfpLauncherTest {

  @TempDir static Path root;
  private static KfpLauncherSim launcher;
  private static KfpLauncherSim.Task trained;

  @BeforeAll
  static void train() {
    Path cohort = root.resolve("cohort.parquet");
    assertThat(Cli.run("cohort", "--patients=3000", "--seed=1", "--output=" + cohort).code())
        .isZero();
    launcher = new KfpLauncherSim(root);
    trained =
        launcher.run(
            "train",
            Map.of(
                "data_uri",
                cohort.toString(),
                "label",
                "readmitted_30d",
                "id",
                "patient_id",
                "sensitive",
                "race,sex,age_band",
                "exclude",
                "admission_month,weight",
                "learner",
                "logistic-regression",
                "alert_rate",
                0.2,
                "holdout",
                0.5,
                "seed",
                8.0),
            Map.of());
    assertThat(trained.failure()).as(trained.log().err()).isEmpty();
  }

  @Test
  void whatPassesIsGreenToTheGateAndShowsItsNumbers() throws Exception {
    KfpLauncherSim.Task audit = audit("min: -1");
    KfpLauncherSim.Task gate = gate(audit);

    assertThat(audit.parameter("status").asText()).isEqualTo("PASS");
    assertThat(gate.failure()).as(gate.log().err()).isEmpty();
    assertThat(gate.parameter("status").asText()).isEqualTo("PASS");
    assertThat(gate.parameter("exit_code").asInt()).isZero();
    assertThat(gate.metadataOf("metrics").path("verdict").asText()).isEqualTo("PASS");
    assertThat(Files.readString(gate.artifact("summary"))).contains("| outcome | rule |");
    assertThat(gate.artifacts()).containsKeys("evidence", "report", "metrics");
  }

  @Test
  void aRefusalStopsAtTheGateAndTheAuditKeepsItsReport() throws Exception {
    KfpLauncherSim.Task audit = audit("min: 0.99");
    KfpLauncherSim.Task gate = gate(audit);

    assertThat(audit.succeeded()).isTrue();
    assertThat(audit.parameter("status").asText()).isEqualTo("FAIL");
    assertThat(audit.metadataOf("metrics").path("verdict").asText()).isEqualTo("FAIL");
    assertThat(Files.readString(audit.artifact("report"))).contains("<html");
    assertThat(Files.readString(audit.artifact("summary"))).contains("**");
    assertThat(gate.failure()).isEqualTo("exit 20");
    assertThat(gate.artifacts()).as("the engine drops what a failed task wrote").isEmpty();
    assertThat(gate.log().err()).contains("FAIL");
  }

  @Test
  void theNumbersInTheUserInterfaceAreThoseOfTheStep() throws Exception {
    JsonNode metrics = trained.metadataOf("metrics");
    JsonNode classification = trained.metadataOf("classification");
    JsonNode rows = classification.at("/confusionMatrix/rows");
    long negatives = rows.at("/0/row/0").asLong() + rows.at("/0/row/1").asLong();
    long positives = rows.at("/1/row/0").asLong() + rows.at("/1/row/1").asLong();

    assertThat(negatives + positives).isEqualTo(metrics.path("n").asLong());
    assertThat((double) positives / (double) (negatives + positives))
        .isEqualTo(metrics.path("base_rate").asDouble());
    assertThat(areaBelow(classification.path("confidenceMetrics")))
        .as("101 thresholds cut a corner off, never add one")
        .isBetween(
            metrics.path("auroc").asDouble() - 0.02, metrics.path("auroc").asDouble() + 1e-9);
    assertThat(trained.parameter("auroc").asDouble()).isEqualTo(metrics.path("auroc").asDouble());
    assertThat(trained.metadataOf("model").path("digest").asText())
        .isEqualTo(trained.parameter("model_digest").asText());
    assertThat(trained.metadataOf("scored").path("rows").asLong())
        .isEqualTo(metrics.path("n").asLong());
  }

  /// By trapezoids, as the curve is drawn.
  private static double areaBelow(JsonNode curve) {
    double area = 0;
    double x = 0;
    double y = 0;
    for (JsonNode point : curve) {
      double nextX = point.path("falsePositiveRate").asDouble();
      double nextY = point.path("recall").asDouble();
      assertThat(nextX).isGreaterThanOrEqualTo(x);
      area += (nextX - x) * (y + nextY) / 2;
      x = nextX;
      y = nextY;
    }
    assertThat(x).isEqualTo(1);
    return area;
  }

  @Test
  void theManifestNamesTheOptionsAndNotTheEnvelope() throws Exception {
    assertThat(Files.readString(trained.artifact("evidence").resolve("manifest.json")))
        .contains("\"--seed=8\"")
        .contains("\"--alert-rate=0.2\"")
        .contains("\"--kfp-executor-input={{$}}\"")
        .doesNotContain("parameterValues")
        .doesNotContain("--weight=");
  }

  @Test
  void shardsOfALoopMergeToWhatOneTaskExplains() throws Exception {
    String cohort = root.resolve("cohort.parquet").toString();
    var model = Map.of("model", of(trained, "model"));
    KfpLauncherSim.Task plan =
        launcher.run("shap-plan", Map.of("data_uri", cohort, "shards", 3), Map.of());
    assertThat(plan.parameter("shards").toString()).isEqualTo("[\"0/3\",\"1/3\",\"2/3\"]");
    List<Path> parts =
        Stream.of("0/3", "1/3", "2/3")
            .map(shard ->
                launcher.run("shap-batch", Map.of("data_uri", cohort, "shard", shard), model))
            .map(task -> of(task, "evidence").getFirst())
            .toList();
    KfpLauncherSim.Task merged = launcher.run("shap-merge", Map.of(), Map.of("shards", parts));
    KfpLauncherSim.Task whole = launcher.run("shap-batch", Map.of("data_uri", cohort), model);

    assertThat(merged.failure()).as(merged.log().err()).isEmpty();
    assertThat(Files.mismatch(merged.artifact("shap"), whole.artifact("shap"))).isEqualTo(-1);
    assertThat(merged.metadataOf("shap")).isEqualTo(whole.metadataOf("shap"));
  }

  @Test
  void anInputNobodyKnowsIsNotPassedOver() {
    ObjectNode component = (ObjectNode) KfpLauncherSim.component("shap-plan");
    ((ObjectNode) component.at("/components/comp-shap-plan/inputDefinitions/parameters"))
        .putObject("shardz")
        .put("parameterType", "NUMBER_INTEGER");

    KfpLauncherSim.Task task =
        launcher.run("shap-plan", component, Map.of("data_uri", "x", "shardz", 3), Map.of());

    assertThat(task.failure()).isEqualTo("exit 10");
    assertThat(task.log().err()).contains("shap-plan has no input shardz");
  }

  @Test
  void anArtifactAndALocationForOneOptionAreTooMany() {
    KfpLauncherSim.Task task =
        launcher.run("shap-plan", Map.of("data_uri", "x"), Map.of("data", of(trained, "scored")));

    assertThat(task.failure()).isEqualTo("exit 2");
    assertThat(task.log().err()).contains("--data: given as an artifact and as a parameter");
  }

  @Test
  void anArtifactWinsOverThePlaceOfAConfigMap() throws Exception {
    KfpLauncherSim.Task audit =
        launcher.run(
            "fairness-audit",
            Map.of(),
            Map.of("data", of(trained, "scored"), "policy", List.of(policy("min: -1"))));

    assertThat(audit.failure()).as(audit.log().err()).isEmpty();
  }

  /// The launcher's own rule: a step that leaves out what its component declares has failed.
  @Test
  void aDeclaredParameterThatIsMissingFailsTheTask() {
    ObjectNode component = (ObjectNode) KfpLauncherSim.component("gate");
    ((ObjectNode) component.at("/deploymentSpec/executors/exec-gate/container"))
        .putArray("args")
        .add("gate")
        .add("--help");

    KfpLauncherSim.Task task = launcher.run("gate", component, Map.of(), Map.of());

    assertThat(task.log().code()).isZero();
    assertThat(task.failure()).startsWith("failed to read output parameter");
  }

  private KfpLauncherSim.Task audit(String limit) throws Exception {
    return launcher.run(
        "fairness-audit",
        Map.of("policy_uri", policy(limit).toString()),
        Map.of("data", of(trained, "scored"), "model", of(trained, "model")));
  }

  private KfpLauncherSim.Task gate(KfpLauncherSim.Task audit) throws Exception {
    Path release =
        Files.writeString(
            root.resolve("release.yaml"),
            """
            apiVersion: primum.dev/v1alpha1
            kind: ReleasePolicy
            metadata: {name: release, revision: 1}
            require:
              - {step: train, rules: [{metric: auroc, min: 0.5}]}
              - {step: fairness-audit}
            """);
    return launcher.run(
        "gate",
        Map.of("policy_uri", release.toString()),
        Map.of(
            "model", of(trained, "model"),
            "evidence_train", of(trained, "evidence"),
            "evidence_fairness_audit", of(audit, "evidence")));
  }

  private Path policy(String limit) throws Exception {
    return Files.writeString(
        root.resolve("fairness.yaml"),
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: by-sex, revision: 1}
        data:
          label: {column: label, positive: 1}
          prediction: {column: prediction, positive: 1}
        attributes:
          - {name: sex, column: sex, categories: [F, M], reference: M}
        minimum: {n: 10, positives: 5, negatives: 5}
        rules:
          - {id: found, metric: tpr, compare: difference, over: sex, %s, decide: point}
        """
            .formatted(limit));
  }

  private static List<Path> of(KfpLauncherSim.Task task, String artifact) {
    assertThat(task.failure()).as(task.log().err()).isEmpty();
    return List.of(task.artifact(artifact));
  }
}

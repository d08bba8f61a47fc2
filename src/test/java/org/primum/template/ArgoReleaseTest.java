package org.primum.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.primum.cli.Cli;

/// The release of two models, `one` and `two`, through the templates as they are committed: each
/// step in a pod of its own, its artifacts through a bucket, its policies from ConfigMaps. The
/// second model is explained in three shards. The limits are wide, so that 4,000 synthetic patients
/// are enough to decide.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ArgoReleaseTest {

  private static final String FAIRNESS =
      """
      apiVersion: primum.dev/v1alpha1
      kind: FairnessPolicy
      metadata: {name: %s, revision: 1}
      data:
        label: {column: label, positive: 1}
        prediction: {column: prediction, positive: 1}
      attributes:
        - {name: sex, column: sex, categories: [F, M], reference: M}
      minimum: {n: 20, positives: 5, negatives: 5}
      rules:
        - {id: missed-by-sex, metric: tpr, over: sex, min: %s, decide: point}
      """;

  private static final String RELEASE =
      """
      apiVersion: primum.dev/v1alpha1
      kind: ReleasePolicy
      metadata: {name: wide, revision: 1}
      require:
        - {step: train, rules: [{metric: auroc, min: 0.55}]}
        - {step: fairness-audit, maxAge: P1D}
        - {step: %s, maxAge: P1D}
        - {step: dp-noise}
      """;

  private static final String QUERIES =
      """
      apiVersion: primum.dev/v1alpha1
      kind: PrivacyRelease
      metadata: {name: by-sex, revision: 1}
      queries:
        - {id: by-sex, kind: histogram, column: sex, categories: [F, M], epsilon: 0.5}
      """;

  private static final String BUDGET =
      """
      apiVersion: primum.dev/v1alpha1
      kind: PrivacyBudget
      dataset: %s
      unit: {column: patient_id, maxRows: 4}
      neighbouring: add-remove
      definition: pure
      epsilon: 1.0
      """;

  private static final String SHARDS = "primum/clinic/uid/shards/two";

  /// Asks for what shap-batch leaves on request.
  private static final Map<String, String> ALL_OUTPUTS =
      Map.of("interactions", "top:3", "save-explainer", "true");

  private static final String TALLIES = "primum/clinic/uid/tallies";

  private final Map<String, ArgoPodSim.Result> results = new TreeMap<>();
  private ArgoPodSim argo;

  @BeforeAll
  void release(@TempDir Path world) throws IOException {
    argo = new ArgoPodSim(world);
    Files.createDirectories(argo.object("."));
    Cli cohort = Cli.run("cohort", "--patients=4000", "--output=" + argo.object("cohort.parquet"));
    assertThat(cohort.code()).as(cohort.err()).isZero();
    argo.configMap("primum-fairness-audit-policy", "policy.yaml", FAIRNESS.formatted("wide", 0));
    argo.configMap("strict", "policy.yaml", FAIRNESS.formatted("strict", 0.99));
    argo.configMap("of-one", "policy.yaml", RELEASE.formatted("shap-batch"));
    argo.configMap("of-two", "policy.yaml", RELEASE.formatted("shap-merge"));
    argo.configMap("primum-dp-noise-release", "release.yaml", QUERIES);
    argo.configMap("of-one", "budget.yaml", BUDGET.formatted("one"));
    argo.configMap("of-two", "budget.yaml", BUDGET.formatted("two"));
    bring("one", "");
    auditFromTallies("one");
    explainAtOnce("one");
    bring("two", "age_band");
    explainInShards("two");
    for (String model : List.of("one", "two")) {
      String policy = "of-" + model;
      run(
          "gate",
          model,
          Map.of("model", "/primum/in/model", "policy-configmap", policy),
          evidence(model));
      run("promote", model, registry(Map.of("policy-configmap", policy)), evidence(model));
    }
    run("score", "one", Map.of("sensitive", "sex"), explained("one"));
    run("rollback", "two", registry(Map.of("reason", "a drill")), Map.of());
    Map<String, String> ended = Map.of("status", "Failed", "failures", FAILURES, "log", "/log");
    run("record", "all", ended, Map.of());
  }

  /// As Argo passes `{{workflow.failures}}`: JSON, quoted once more.
  private static final String FAILURES =
      "\"[{\\\"displayName\\\":\\\"gate\\\",\\\"message\\\":\\\"GATE_FAILED: no\\\","
          + "\\\"templateName\\\":\\\"gate\\\",\\\"phase\\\":\\\"Failed\\\","
          + "\\\"podName\\\":\\\"wf-gate-1\\\",\\\"finishedAt\\\":\\\"2026-01-02T03:04:05Z\\\"}]\"";

  private void bring(String model, String reweigh) throws IOException {
    Map<String, String> training = new HashMap<>();
    training.put("label", "readmitted_30d");
    training.put("id", "patient_id");
    training.put("sensitive", "race,sex,age_band");
    training.put("exclude", "admission_month,weight");
    training.put("param", "rounds=20,max_depth=3");
    training.put("alert-rate", "0.2");
    training.put("reweigh", reweigh);
    run("train", model, training, Map.of("data", "cohort.parquet"));
    Map<String, String> scored = new HashMap<>(Map.of("data", of("train", model, "scored")));
    run("dp-noise", model, Map.of("budget-configmap", "of-" + model, "ledger", "/ledger"), scored);
    scored.put("model", of("train", model, "model"));
    run("fairness-audit", model, Map.of("model", "/primum/in/model"), scored);
  }

  private void auditFromTallies(String model) throws IOException {
    Map<String, String> scored = Map.of("data", of("train", model, "scored"));
    run("fairness-tally", model, Map.of("evidence-key", TALLIES + "/ab12"), scored);
    run("fairness-merge", model, Map.of(), Map.of("tallies", TALLIES));
    run(
        "fairness-audit",
        "merged",
        Map.of("data", "", "tally", "/primum/in/tally"),
        Map.of("tally", of("fairness-merge", model, "evidence")));
  }

  private void explainAtOnce(String model) throws IOException {
    run("shap-batch", model, ALL_OUTPUTS, explained(model));
  }

  private void explainInShards(String model) throws IOException {
    run("shap-plan", model, Map.of("shards", "3"), Map.of("data", "cohort.parquet"));
    String plan = result("shap-plan", model).parameter("shards");
    for (JsonNode item : new ObjectMapper().readTree(plan)) {
      String shard = item.asText();
      String key = SHARDS + "/" + shard.replace("/", "-of-");
      Map<String, String> parameters = new HashMap<>(ALL_OUTPUTS);
      parameters.putAll(Map.of("shard", shard, "evidence-key", key));
      run("shap-batch", shard, parameters, explained(model));
    }
    run("shap-merge", model, Map.of(), Map.of("shards", SHARDS));
  }

  private Map<String, String> explained(String model) {
    return Map.of("data", "cohort.parquet", "model", of("train", model, "model"));
  }

  private Map<String, String> evidence(String model) {
    String explanation = model.equals("one") ? "shap-batch" : "shap-merge";
    return Map.of(
        "model", of("train", model, "model"),
        "evidence-train", of("train", model, "evidence"),
        "evidence-fairness-audit", of("fairness-audit", model, "evidence"),
        "evidence-shap", of(explanation, model, "evidence"),
        "evidence-dp-noise", of("dp-noise", model, "evidence"));
  }

  private static Map<String, String> registry(Map<String, String> more) {
    Map<String, String> parameters = new HashMap<>(more);
    parameters.put("name", "readmission");
    parameters.put("registry", "/registry");
    return parameters;
  }

  private void run(
      String step, String name, Map<String, String> parameters, Map<String, String> artifacts)
      throws IOException {
    ArgoPodSim.Result result = argo.run(ArgoPodSim.read(step), parameters, artifacts);
    assertThat(result.cli().code()).as(step + " " + name + ": " + result.cli().err()).isZero();
    results.put(step + " " + name, result);
  }

  private ArgoPodSim.Result result(String step, String name) {
    return Optional.ofNullable(results.get(step + " " + name)).orElseThrow();
  }

  private String of(String step, String name, String artifact) {
    return result(step, name).artifact(artifact);
  }

  @Test
  void everyOutputThatATemplateDeclaresIsThereAndNothingElse() {
    assertThat(results)
        .allSatisfy((step, result) -> {
          assertThat(result.missing()).as(step).isEmpty();
          assertThat(result.undeclared()).as(step).isEmpty();
          assertThat(result.parameters()).as(step).containsEntry("status", "PASS");
          assertThat(result.parameters()).as(step).containsEntry("exit-code", "0");
          assertThat(result.message()).as(step).startsWith("PASSED: ");
        });
  }

  @Test
  void noTemplateIsLeftOut() throws IOException {
    try (Stream<Path> steps = Files.list(Path.of("steps"))) {
      assertThat(
              results.keySet().stream().map(run -> run.substring(0, run.indexOf(" "))).distinct())
          .containsExactlyInAnyOrderElementsOf(
              steps
                  .filter(step -> Files.exists(step.resolve("argo")))
                  .map(step -> step.getFileName().toString())
                  .toList());
    }
  }

  @Test
  void aLongStepTellsArgoHowFarItIs() {
    assertThat(result("train", "one").root().resolve("progress")).content().endsWith("/100\n");
  }

  @Test
  void theRegistryWentToTheSecondModelAndBack() {
    String first = result("train", "one").parameter("model-digest");
    String second = result("train", "two").parameter("model-digest");
    assertThat(first).startsWith("sha256:").isNotEqualTo(second);
    assertThat(result("promote", "two").parameters())
        .containsEntry("model", second)
        .containsEntry("sequence", "2");
    assertThat(result("rollback", "two").parameters())
        .containsEntry("model", first)
        .containsEntry("sequence", "3");
  }

  /// The same model at once: byte for byte what its shards make together.
  @Test
  void theShardsTogetherAreTheExplanationAtOnce() throws IOException {
    ArgoPodSim.Result once = argo.run(ArgoPodSim.read("shap-batch"), Map.of(), explained("two"));

    assertThat(argo.object(once.artifact("shap")))
        .hasSameBinaryContentAs(argo.object(of("shap-merge", "two", "shap")));
  }

  @Test
  void anAuditOfTalliesIsAnAuditOfTheRows() {
    assertThat(argo.object(of("fairness-audit", "merged", "metrics")))
        .hasSameBinaryContentAs(argo.object(of("fairness-audit", "one", "metrics")));
  }

  @Test
  void aRefusalLeavesItsReportItsVerdictAndTheReasonOnTheNode() throws IOException {
    ArgoPodSim.Result audit =
        argo.run(
            ArgoPodSim.read("fairness-audit"),
            Map.of("policy-configmap", "strict"),
            Map.of("data", of("train", "one", "scored")));

    assertThat(audit.cli().code()).as(audit.cli().err()).isEqualTo(20);
    assertThat(audit.message()).startsWith("GATE_FAILED: ").contains("missed-by-sex");
    assertThat(audit.missing()).isEmpty();
    assertThat(audit.parameters())
        .containsEntry("status", "FAIL")
        .containsEntry("exit-code", "20")
        .containsEntry("failed-rules", "missed-by-sex");
    assertThat(argo.object(audit.artifact("report"))).content().contains("missed-by-sex");
  }

  @Test
  void aGateWithoutAnyEvidenceIsNeverAPass() throws IOException {
    ArgoPodSim.Result gate =
        argo.run(
            ArgoPodSim.read("gate"),
            Map.of("model", "/primum/in/model", "policy-configmap", "of-one"),
            Map.of("model", of("train", "one", "model")));

    assertThat(gate.cli().code()).as(gate.cli().err()).isEqualTo(21);
  }

  @Test
  void aPolicyThatIsNotThereIsNamedAndLeavesTheDefaults() throws IOException {
    ArgoPodSim.Result gate =
        argo.run(ArgoPodSim.read("gate"), Map.of("policy-configmap", "nowhere"), new TreeMap<>());

    assertThat(gate.cli().code()).isEqualTo(10);
    assertThat(gate.message()).contains("policy.yaml");
    assertThat(gate.artifacts()).isEmpty();
    assertThat(gate.parameters())
        .containsEntry("status", "ERROR")
        .containsEntry("exit-code", "NaN");
    assertThat(new ArrayList<>(gate.missing())).contains("evidence", "params/model", "report");
  }
}

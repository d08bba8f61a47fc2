package org.primum.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The workflows people read and install: every reference in them leads somewhere, none of them can
/// be green over a red gate, and their policies are those of the local release train.
final class ArgoPipelinesTest {

  private static final ObjectMapper YAML = new YAMLMapper();
  private static final Path ARGO = Path.of("pipelines/argo");
  private static final List<JsonNode> WORKFLOWS =
      files(ARGO, 2).map(ArgoPipelinesTest::read).filter(ArgoPipelinesTest::isWorkflow).toList();
  private static final List<JsonNode> STEPS =
      files(Path.of("steps"), 3)
          .filter(f -> f.endsWith("argo/clusterworkflowtemplate.yaml"))
          .map(ArgoPipelinesTest::read)
          .toList();

  @TestFactory
  Stream<DynamicTest> everyReferenceLeadsSomewhere() {
    ArgoReferences references = references(WORKFLOWS);
    return WORKFLOWS.stream()
        .map(w -> dynamicTest(name(w), () -> assertThat(references.faults(w)).isEmpty()));
  }

  @Test
  void thereAreTheFiveWorkflowsAndExamplesOfTheirUse() {
    assertThat(WORKFLOWS)
        .extracting(ArgoPipelinesTest::name)
        .contains(
            "primum-release-v1",
            "primum-ci-gate-v1",
            "primum-fairness-v1",
            "primum-shap-v1",
            "primum-rollback-v1");
    assertThat(WORKFLOWS).extracting(w -> w.get("kind").asText()).contains("Workflow");
  }

  /// Each change below leaves the release with one reference that leads nowhere.
  @TestFactory
  Stream<DynamicTest> aReferenceThatLeadsNowhereIsFound() {
    return Map.of(
            "name: primum-gate-v1, template: gate", "name: primum-gate-v1, template: gates",
            "{name: ledger, value", "{name: ledgers, value",
            "tasks.train.outputs.artifacts.scored", "tasks.train.outputs.artifacts.score",
            "tasks.approval.outputs.parameters.decision", "tasks.gate.outputs.parameters.decision",
            "{{workflow.parameters.alert-rate}}", "{{workflow.parameters.alertrate}}",
            "{{workflow.parameters.approval-timeout}}", "{{inputs.parameters.timeout}}",
            "onExit: record", "onExit: recorded",
            "depends: train.Succeeded", "depends: \"\"")
        .entrySet()
        .stream()
        .map(change ->
            dynamicTest(change.getKey(), () -> isFound(change.getKey(), change.getValue())));
  }

  private static void isFound(String sound, String broken) throws IOException {
    String release = Files.readString(ARGO.resolve("primum-release-v1.yaml"));
    assertThat(release).contains(sound);
    JsonNode changed = YAML.readTree(release.replace(sound, broken));
    assertThat(references(WORKFLOWS).faults(changed)).isNotEmpty();
  }

  /// Argo takes a DAG's phase from its leaves: where each is reached by success alone, nothing red
  /// is behind a green one.
  @TestFactory
  Stream<DynamicTest> eachTaskIsReachedBySuccessAlone() {
    return WORKFLOWS.stream()
        .flatMap(w -> list(w.at("/spec/templates")))
        .flatMap(t -> list(t.at("/dag/tasks")))
        .filter(t -> t.has("depends"))
        .map(t ->
            dynamicTest(
                t.get("name").asText() + " after " + t.get("depends").asText(),
                () ->
                    assertThat(t.get("depends").asText())
                        .matches("[a-z-]+\\.Succeeded( && [a-z-]+\\.Succeeded)*")));
  }

  @Test
  void aReleaseEndsInPromoteAndThatNeedsGateAndApproval() {
    List<JsonNode> tasks =
        list(find("primum-release-v1").at("/spec/templates/0/dag/tasks")).toList();
    String conditions =
        String.join(" ", tasks.stream().map(t -> t.path("depends").asText()).toList());
    assertThat(tasks.stream().map(t -> t.get("name").asText()))
        .filteredOn(name -> !conditions.contains(name + ".Succeeded"))
        .containsExactly("promote");
    assertThat(tasks.getLast().get("depends").asText())
        .isEqualTo("gate.Succeeded && approval.Succeeded");
  }

  /// Nobody's answer, and an answer nobody gave, are refusals.
  @Test
  void theApprovalIsAskedForWithATimeAndRefusesByDefault() {
    JsonNode approval =
        list(find("primum-release-v1").at("/spec/templates"))
            .filter(t -> t.get("name").asText().equals("approval"))
            .findFirst()
            .orElseThrow();
    assertThat(approval.at("/suspend/duration").asText()).isNotBlank();
    assertThat(approval.at("/inputs/parameters/0/default").asText()).isEqualTo("reject");
    assertThat(approval.at("/inputs/parameters").findValuesAsText("name"))
        .as("Argo's user interface gives every input as an output")
        .isEqualTo(approval.at("/outputs/parameters").findValuesAsText("name"));
    assertThat(approval.at("/outputs/parameters/0/name").asText()).isEqualTo("decision");
    assertThat(approval.at("/outputs/parameters/0/valueFrom/default").asText()).isEqualTo("reject");
  }

  @TestFactory
  Stream<DynamicTest> everyArgumentSaysWhatItIs() {
    return WORKFLOWS.stream()
        .filter(w -> w.get("kind").asText().equals("WorkflowTemplate"))
        .map(w ->
            dynamicTest(
                name(w),
                () ->
                    assertThat(list(w.at("/spec/arguments/parameters")))
                        .isNotEmpty()
                        .allSatisfy(p -> assertThat(p.path("description").asText()).isNotBlank())));
  }

  /// Evidence is never collected, and logs are kept beside it.
  @TestFactory
  Stream<DynamicTest> evidenceAndLogsAreKept() {
    return WORKFLOWS.stream()
        .filter(w -> name(w).endsWith("-v1"))
        .map(w ->
            dynamicTest(
                name(w),
                () -> {
                  assertThat(w.at("/spec/artifactGC/strategy").asText()).isEqualTo("Never");
                  assertThat(w.at("/spec/archiveLogs").asBoolean()).isTrue();
                }));
  }

  @TestFactory
  Stream<DynamicTest> policiesAreThoseOfTheLocalReleaseTrain() {
    return Map.of(
            "fairness-audit-policy.yaml", "fairness-policy.yaml",
            "gate-policy.yaml", "release-policy.yaml",
            "shap-batch-policy.yaml", "explanation-policy.yaml",
            "dp-noise-release.yaml", "privacy-release.yaml",
            "dp-noise-budget.yaml", "privacy-budget.yaml")
        .entrySet()
        .stream()
        .map(pair ->
            dynamicTest(
                pair.getKey(),
                () ->
                    assertThat(
                            only(read(ARGO.resolve("policies").resolve(pair.getKey())).get("data")))
                        .isEqualTo(Files.readString(Path.of("pipelines/local", pair.getValue())))));
  }

  /// Every ConfigMap a workflow names by default is there.
  @Test
  void policiesThatAreNamedAreThere() {
    List<String> policies = files(ARGO.resolve("policies"), 1).map(f -> name(read(f))).toList();
    assertThat(WORKFLOWS.stream().flatMap(w -> list(w.at("/spec/arguments/parameters"))))
        .filteredOn(p -> p.path("description").asText().startsWith("The ConfigMap"))
        .isNotEmpty()
        .allSatisfy(p -> assertThat(policies).contains(p.get("value").asText()));
  }

  private static ArgoReferences references(List<JsonNode> workflows) {
    List<JsonNode> all = new ArrayList<>(workflows);
    all.addAll(STEPS);
    return new ArgoReferences(all);
  }

  private static JsonNode find(String name) {
    return WORKFLOWS.stream().filter(w -> name(w).equals(name)).findFirst().orElseThrow();
  }

  private static boolean isWorkflow(JsonNode object) {
    return object.at("/apiVersion").asText().startsWith("argoproj.io/");
  }

  private static String only(JsonNode data) {
    assertThat(data).hasSize(1);
    return data.iterator().next().asText();
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asText(object.at("/metadata/generateName").asText());
  }

  private static Stream<JsonNode> list(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }

  private static Stream<Path> files(Path directory, int depth) {
    try (Stream<Path> all = Files.walk(directory, depth)) {
      return all.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return YAML.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}

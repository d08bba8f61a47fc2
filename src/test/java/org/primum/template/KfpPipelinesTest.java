package org.primum.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pipelines in pipelines/kubeflow are what the SDK made of the Python beside them. Here every
/// reference in them is followed, to the components in steps/ too.
final class KfpPipelinesTest {

  private static final Path DIRECTORY = Path.of("pipelines/kubeflow");

  private static final Set<String> NEVER_CACHED =
      Set.of("fairness-audit", "dp-noise", "gate", "promote", "rollback", "record");
  private static final Set<String> RETRIED =
      Set.of("train", "score", "fairness-tally", "fairness-merge", "shap-batch", "shap-merge");

  static List<Path> pipelines() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @Test
  void threePipelinesAreCommitted() throws Exception {
    assertThat(pipelines())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("primum-ci-gate.yaml", "primum-release.yaml", "primum-shap.yaml");
  }

  private static List<JsonNode> documents(Path file) throws IOException {
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(file.toFile())) {
      return documents.readAll();
    }
  }

  /// One task of the pipeline, or of a loop or an exit handler in it.
  private record Task(String name, JsonNode node, JsonNode siblings, JsonNode component) {}

  private static List<Task> tasks(JsonNode pipeline) {
    List<Task> tasks = new ArrayList<>();
    List<JsonNode> graphs = new ArrayList<>(List.of(pipeline.path("root")));
    pipeline.path("components").forEach(graphs::add);
    for (JsonNode graph : graphs) {
      JsonNode siblings = graph.at("/dag/tasks");
      siblings
          .properties()
          .forEach(e -> {
            String component = e.getValue().at("/componentRef/name").asText();
            tasks.add(
                new Task(
                    e.getKey(),
                    e.getValue(),
                    siblings,
                    pipeline.path("components").path(component)));
          });
    }
    return tasks;
  }

  private static boolean isStep(Task task) {
    return task.component().has("executorLabel");
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void everyTaskIsAComponentWithAllThatItNeeds(Path file) throws Exception {
    JsonNode pipeline = documents(file).getFirst();
    for (Task task : tasks(pipeline)) {
      assertThat(task.component().isMissingNode()).as(task.name()).isFalse();
      JsonNode inputs = task.node().path("inputs");
      JsonNode definitions = task.component().path("inputDefinitions");
      for (String kind : List.of("parameters", "artifacts")) {
        assertThat(names(definitions.path(kind))).containsAll(names(inputs.path(kind)));
        definitions.path(kind).properties().stream()
            .filter(e -> !e.getValue().path("isOptional").asBoolean())
            .filter(e -> !e.getKey().endsWith("-loop-item"))
            .forEach(e -> assertThat(inputs.path(kind).has(e.getKey())).as(e.getKey()).isTrue());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void everyReferenceToATaskLeadsToAnOutputOfIt(Path file) throws Exception {
    JsonNode pipeline = documents(file).getFirst();
    int followed = 0;
    for (Task task : tasks(pipeline)) {
      for (String kind : List.of("artifacts", "parameters")) {
        for (JsonNode input : task.node().path("inputs").path(kind)) {
          JsonNode reference =
              input.path(kind.equals("artifacts") ? "taskOutputArtifact" : "taskOutputParameter");
          String key =
              reference
                  .path(kind.equals("artifacts") ? "outputArtifactKey" : "outputParameterKey")
                  .asText();
          if (!reference.isMissingNode()) {
            String producer = reference.path("producerTask").asText();
            JsonNode component =
                pipeline
                    .path("components")
                    .path(task.siblings().path(producer).at("/componentRef/name").asText());
            assertThat(names(component.at("/outputDefinitions/" + kind))).contains(key);
            followed++;
          }
        }
      }
      task.node()
          .path("dependentTasks")
          .forEach(on -> assertThat(task.siblings().has(on.asText())).isTrue());
    }
    assertThat(followed).isPositive();
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void everyStepIsTheCommittedComponent(Path file) throws Exception {
    JsonNode pipeline = documents(file).getFirst();
    for (Task task : tasks(pipeline).stream().filter(KfpPipelinesTest::isStep).toList()) {
      String step = task.component().path("executorLabel").asText().substring("exec-".length());
      JsonNode committed = documents(Path.of("steps", step, "kfp/component.yaml")).getFirst();
      JsonNode component = committed.path("components").path("comp-" + step);
      for (String side : List.of("inputDefinitions", "outputDefinitions")) {
        for (String kind : List.of("parameters", "artifacts")) {
          assertThat(types(task.component().path(side).path(kind)))
              .as(step + " " + side)
              .isEqualTo(types(component.path(side).path(kind)));
        }
      }
      String executor = "/deploymentSpec/executors/exec-" + step + "/container/";
      for (String key : List.of("image", "command", "args")) {
        assertThat(pipeline.at(executor + key)).as(step).isEqualTo(committed.at(executor + key));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void nothingThatDecidesIsCachedAndOnlyWhatChangesNothingIsRetried(Path file) throws Exception {
    for (Task task : tasks(documents(file).getFirst())) {
      if (isStep(task)) {
        String step = task.component().path("executorLabel").asText().substring("exec-".length());
        if (NEVER_CACHED.contains(step)) {
          assertThat(task.node().path("cachingOptions").path("enableCache").asBoolean())
              .as(step)
              .isFalse();
        }
        assertThat(task.node().has("retryPolicy")).as(step).isEqualTo(RETRIED.contains(step));
      }
    }
  }

  /// A gate that failed stops the promotion only where the promotion waits for it.
  @Test
  void promotionWaitsForTheGate() throws Exception {
    Task promote =
        tasks(documents(DIRECTORY.resolve("primum-release.yaml")).getFirst()).stream()
            .filter(task -> task.name().equals("promote"))
            .findFirst()
            .orElseThrow();
    assertThat(promote.node().path("dependentTasks").valueStream().map(JsonNode::asText))
        .contains("gate");
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void credentialsComeFromSecretsAndPoliciesFromConfigMaps(Path file) throws Exception {
    List<JsonNode> documents = documents(file);
    assertThat(documents).hasSize(2);
    JsonNode executors = documents.getLast().at("/platforms/kubernetes/deploymentSpec/executors");
    assertThat(names(executors))
        .isEqualTo(names(documents.getFirst().at("/deploymentSpec/executors")));
    for (Map.Entry<String, JsonNode> executor : executors.properties()) {
      assertThat(executor.getValue().at("/secretAsEnv/0/keyToEnv").toString())
          .contains("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");
      for (JsonNode volume : executor.getValue().path("configMapAsVolume")) {
        assertThat(volume.path("mountPath").asText()).startsWith("/etc/primum/");
        assertThat(volume.path("configMapName").asText()).startsWith("primum-");
      }
    }
    assertThat(executors.path("exec-gate").has("configMapAsVolume"))
        .isEqualTo(executors.has("exec-gate"));
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /// What the SDK keeps of a definition; a null default is none.
  private static Map<String, List<String>> types(JsonNode definitions) {
    Map<String, List<String>> types = new TreeMap<>();
    definitions
        .properties()
        .forEach(e ->
            types.put(
                e.getKey(),
                List.of(
                    e.getValue().path("parameterType").asText(),
                    e.getValue().at("/artifactType/schemaTitle").asText(),
                    e.getValue().path("isOptional").asText("false"),
                    e.getValue().path("isArtifactList").asText("false"))));
    return types;
  }
}

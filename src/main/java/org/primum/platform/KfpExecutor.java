package org.primum.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.primum.gate.ConfigInvalidException;

/// The executor contract of Kubeflow Pipelines v2, for a container that is not Python.
///
/// The launcher passes `--kfp-executor-input={{$}}`: what goes in, which outputs the component
/// declares, and where each goes. The results go back as an `ExecutorOutput` in strict protojson:
/// no null, no NaN, no field the message does not have. A declared parameter that is missing would
/// fail the task, so one that the step does not have is written empty.
public final class KfpExecutor {

  /// The output artifact that is the whole output directory.
  public static final String EVIDENCE = "evidence";

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final JsonNode inputs;
  private final JsonNode outputs;
  private final Path root;

  private KfpExecutor(JsonNode input, Path root) {
    this.inputs = input.path("inputs");
    this.outputs = input.path("outputs");
    this.root = root;
  }

  /// @param input the JSON the launcher passed
  /// @param root where the launcher mounts its buckets, `/` outside of tests
  /// @throws ConfigInvalidException where it is not an ExecutorInput
  public static KfpExecutor of(String input, Path root) {
    try {
      JsonNode tree = JSON.readTree(input);
      if (tree.path("outputs").path("outputFile").asText("").isEmpty()) {
        throw new ConfigInvalidException(
            "--kfp-executor-input: no outputs.outputFile; pass {{$}} as the component's argument");
      }
      KfpExecutor executor = new KfpExecutor(tree, root);
      executor.requirePaths();
      return executor;
    } catch (JsonProcessingException e) {
      throw new ConfigInvalidException(
          "--kfp-executor-input: not JSON; pass {{$}} as the component's argument", e);
    }
  }

  /// A path no file system knows is found before the step runs, not after.
  private void requirePaths() {
    try {
      mounted(outputs.path("outputFile").asText());
      for (JsonNode declared : outputs.path("parameters")) {
        mounted(declared.path("outputFile").asText(""));
      }
      for (JsonNode side : List.of(inputs, outputs)) {
        for (JsonNode declared : side.path("artifacts")) {
          declared.path("artifacts").forEach(node -> KfpArtifact.of(node).path(root));
        }
      }
    } catch (java.nio.file.InvalidPathException e) {
      throw new ConfigInvalidException(
          "--kfp-executor-input: a path in it is none; pass {{$}} as the component's argument", e);
    }
  }

  /// The names of the parameters and artifacts that come in.
  public Set<String> inputs() {
    Set<String> names = new TreeSet<>();
    inputs.path("parameterValues").fieldNames().forEachRemaining(names::add);
    inputs.path("artifacts").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /// A parameter as one text: whole numbers without a fraction, lists and structs as JSON. Empty
  /// where it is absent, null or an empty text, which all mean "not given".
  public Optional<String> parameter(String name) {
    return Optional.of(text(inputs.path("parameterValues").path(name)))
        .filter(text -> !text.isEmpty());
  }

  /// A parameter as the values of an option that takes several: the elements of a list, `key=value`
  /// of a struct, else the one text.
  public List<String> parameters(String name) {
    JsonNode value = structured(inputs.path("parameterValues").path(name));
    List<String> texts = new ArrayList<>();
    if (value.isObject()) {
      value.properties().forEach(e -> texts.add(e.getKey() + "=" + text(e.getValue())));
    } else if (value.isArray()) {
      value.forEach(element -> texts.add(text(element)));
    } else {
      texts.add(text(value));
    }
    return texts.stream().filter(text -> !text.isEmpty()).toList();
  }

  /// A list may have been typed as text into a form.
  private static JsonNode structured(JsonNode value) {
    String text = value.asText("").strip();
    if (!value.isTextual() || !(text.startsWith("[") || text.startsWith("{"))) {
      return value;
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return value;
    }
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (value.isFloatingPointNumber() && Double.isFinite(value.doubleValue())) {
      return BigDecimal.valueOf(value.doubleValue()).stripTrailingZeros().toPlainString();
    }
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  /// Where a step reads the artifacts of this name, in the engine's order; none where none came in.
  public List<String> artifacts(String name) {
    List<String> locations = new ArrayList<>();
    for (JsonNode artifact : inputs.path("artifacts").path(name).path("artifacts")) {
      locations.add(KfpArtifact.of(artifact).location(root));
    }
    return locations;
  }

  /// Where the component wants the whole output directory, if it declares that it does.
  public Optional<Path> evidenceDirectory() {
    return Optional.ofNullable(declared().get(EVIDENCE)).map(artifact -> artifact.path(root));
  }

  /// Copies the declared artifacts out of the output directory and writes the ExecutorOutput, which
  /// comes last: without it the launcher publishes nothing.
  ///
  /// @param directory the finished output directory
  /// @param target where that directory will be; the artifact there needs no copy
  public void publish(Path directory, String target, KfpResults results) throws IOException {
    ObjectNode output = JSON.createObjectNode();
    publishParameters(output.putObject("parameterValues"), results.parameters());
    ObjectNode artifacts = output.putObject("artifacts");
    for (Map.Entry<String, KfpArtifact> declared : declared().entrySet()) {
      KfpArtifact artifact = declared.getValue();
      if (!artifact.path(root).toString().equals(target)) {
        publish(directory, declared.getKey(), artifact, results, artifacts);
      }
    }
    KfpFiles.write(mounted(outputs.path("outputFile").asText()), JSON.writeValueAsString(output));
  }

  private Map<String, KfpArtifact> declared() {
    Map<String, KfpArtifact> declared = new TreeMap<>();
    outputs
        .path("artifacts")
        .properties()
        .forEach(
            e -> declared.put(e.getKey(), KfpArtifact.of(e.getValue().path("artifacts").path(0))));
    return declared;
  }

  /// A value goes to its file, which the launcher reads by the type the component declares; what
  /// does not exist cannot be read as a number, so it goes into the ExecutorOutput.
  private void publishParameters(ObjectNode values, Map<String, String> parameters)
      throws IOException {
    for (Map.Entry<String, JsonNode> declared : outputs.path("parameters").properties()) {
      String value = parameters.getOrDefault(declared.getKey(), "");
      String file = declared.getValue().path("outputFile").asText("");
      if (value.isEmpty() || file.isEmpty()) {
        values.put(declared.getKey(), value);
      } else {
        KfpFiles.write(mounted(file), value);
      }
    }
  }

  private void publish(
      Path directory, String name, KfpArtifact artifact, KfpResults results, ObjectNode artifacts)
      throws IOException {
    Path path = artifact.path(root);
    Path source = source(directory, name).orElse(directory.resolve(name));
    ObjectNode metadata = new KfpMetadata(results).of(artifact.type(), source);
    switch (artifact.type()) {
      case "system.Markdown" -> KfpFiles.write(path, results.summary());
      case "system.ClassificationMetrics" ->
          KfpFiles.write(path, JSON.writeValueAsString(metadata));
      default -> KfpFiles.copy(source, path);
    }
    if (!metadata.isEmpty()) {
      artifacts.putObject(name).putArray("artifacts").addObject().set("metadata", metadata);
    }
  }

  /// An artifact `report` is the file or directory of the output directory whose name without
  /// extension is `report`; `evidence` is all of it.
  private static Optional<Path> source(Path directory, String name) throws IOException {
    if (name.equals(EVIDENCE)) {
      return Optional.of(directory);
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(p -> String.valueOf(p.getFileName()).replaceFirst("\\..*", "").equals(name))
          .sorted()
          .findFirst();
    }
  }

  private Path mounted(String path) {
    return root.resolve(path.replaceFirst("^/+", ""));
  }
}

package org.primum.cli;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/// Runs a component as the launcher of Kubeflow Pipelines v2 does, by what its source says
/// (`backend/src/v2/component/launcher_v2.go`): makes the executor input and the folders, fills the
/// placeholders in, runs the command, parses strictly what it wrote, and keeps what it uploads. Of
/// a task that failed nothing is kept but its log.
///
/// Artifacts lie below a temporary directory, named by `customPath`, as nobody may write to
/// `/minio` on a machine of their own.
final class KfpLauncherSim {

  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path root;

  KfpLauncherSim(Path root) {
    this.root = root;
  }

  /// What is left of a task.
  ///
  /// @param failure why it failed, empty where it did not
  /// @param parameters the outputs, typed as the component declares
  /// @param artifacts the outputs that were uploaded
  /// @param metadata of the artifacts by name
  record Task(
      String failure,
      Cli log,
      Map<String, JsonNode> parameters,
      Map<String, Path> artifacts,
      Map<String, JsonNode> metadata) {

    boolean succeeded() {
      return failure.isEmpty();
    }

    JsonNode parameter(String name) {
      return left(parameters, name);
    }

    Path artifact(String name) {
      return left(artifacts, name);
    }

    JsonNode metadataOf(String name) {
      return left(metadata, name);
    }

    private static <T> T left(Map<String, T> outputs, String name) {
      return Objects.requireNonNull(outputs.get(name), () -> "the task left no " + name);
    }

    static Task failed(String failure, Cli log) {
      return new Task(failure, log, Map.of(), Map.of(), Map.of());
    }
  }

  /// The component of a step, as it is committed.
  static JsonNode component(String step) {
    try {
      return new YAMLMapper().readTree(Path.of("steps", step, "kfp/component.yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Task run(String step, Map<String, ?> parameters, Map<String, List<Path>> artifacts) {
    return run(step, component(step), parameters, artifacts);
  }

  Task run(
      String step,
      JsonNode pipeline,
      Map<String, ?> parameters,
      Map<String, List<Path>> artifacts) {
    try {
      return new Run(step, pipeline, root.resolve(step + "-" + UUID.randomUUID()))
          .run(parameters, artifacts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Run {

    private final JsonNode component;
    private final JsonNode container;
    private final Path folder;

    Run(String step, JsonNode pipeline, Path folder) {
      this.component = pipeline.path("components").path("comp-" + step);
      this.container =
          pipeline
              .path("deploymentSpec")
              .path("executors")
              .path(component.path("executorLabel").asText())
              .path("container");
      this.folder = folder;
    }

    Task run(Map<String, ?> parameters, Map<String, List<Path>> artifacts) throws IOException {
      ObjectNode input = executorInput(parameters, artifacts);
      for (JsonNode declared : input.at("/outputs/parameters")) {
        Files.createDirectories(Path.of(declared.path("outputFile").asText()).getParent());
      }
      Cli log = Cli.run(command(placeholders(input)));
      if (log.code() != 0) {
        return Task.failed("exit " + log.code(), log);
      }
      Path file = Path.of(input.at("/outputs/outputFile").asText());
      try {
        JsonNode output = Files.exists(file) ? strictly(file) : STRICT.createObjectNode();
        return collect(input, output, log);
      } catch (IOException | IllegalArgumentException e) {
        return Task.failed(String.valueOf(e.getMessage()), log);
      }
    }

    /// With the defaults of what was not given, which the launcher adds before it fills in.
    private ObjectNode executorInput(Map<String, ?> parameters, Map<String, List<Path>> artifacts) {
      ObjectNode input = STRICT.createObjectNode();
      ObjectNode values = input.withObject("/inputs/parameterValues");
      definitions("inputDefinitions", "parameters")
          .forEach((name, definition) -> {
            if (parameters.containsKey(name)) {
              values.set(name, STRICT.valueToTree(parameters.get(name)));
            } else if (definition.has("defaultValue")) {
              values.set(name, definition.get("defaultValue"));
            }
          });
      artifacts.forEach((name, paths) -> {
        JsonNode type =
            Objects.requireNonNull(definitions("inputDefinitions", "artifacts").get(name), name)
                .required("artifactType");
        paths.forEach(path ->
            input
                .withArray("/inputs/artifacts/" + name + "/artifacts")
                .add(artifact(name, type, path)));
      });
      definitions("outputDefinitions", "parameters")
          .keySet()
          .forEach(name ->
              input
                  .withObject("/outputs/parameters/" + name)
                  .put("outputFile", folder.resolve("outputs").resolve(name).toString()));
      definitions("outputDefinitions", "artifacts")
          .forEach((name, definition) ->
              input
                  .withArray("/outputs/artifacts/" + name + "/artifacts")
                  .add(artifact(name, definition.get("artifactType"), folder.resolve(name))));
      input
          .withObject("/outputs")
          .put("outputFile", folder.resolve("output_metadata.json").toString());
      return input;
    }

    private Map<String, JsonNode> definitions(String side, String kind) {
      Map<String, JsonNode> definitions = new LinkedHashMap<>();
      component
          .path(side)
          .path(kind)
          .properties()
          .forEach(e -> definitions.put(e.getKey(), e.getValue()));
      return definitions;
    }

    private static ObjectNode artifact(String name, JsonNode type, Path path) {
      ObjectNode artifact = STRICT.createObjectNode();
      artifact.put("name", name).put("uri", "minio://mlpipeline/v2" + path);
      artifact.put("customPath", path.toString());
      artifact.set("type", type);
      return artifact;
    }

    private Map<String, String> placeholders(JsonNode input) {
      Map<String, String> placeholders = new TreeMap<>();
      placeholders.put("{{$}}", input.toString());
      for (String side : List.of("inputs", "outputs")) {
        input
            .path(side)
            .path("artifacts")
            .properties()
            .forEach(e -> {
              JsonNode first = e.getValue().path("artifacts").path(0);
              String name = "{{$." + side + ".artifacts['" + e.getKey() + "'].";
              placeholders.put(name + "uri}}", first.path("uri").asText());
              placeholders.put(name + "path}}", first.path("customPath").asText());
            });
      }
      input
          .at("/inputs/parameterValues")
          .properties()
          .forEach(e ->
              placeholders.put(
                  "{{$.inputs.parameters['" + e.getKey() + "']}}", plain(e.getValue())));
      input
          .at("/outputs/parameters")
          .properties()
          .forEach(e ->
              placeholders.put(
                  "{{$.outputs.parameters['" + e.getKey() + "'].output_file}}",
                  e.getValue().path("outputFile").asText()));
      return placeholders;
    }

    private static String plain(JsonNode value) {
      return value.isContainerNode() ? value.toString() : value.asText();
    }

    private String[] command(Map<String, String> placeholders) {
      List<String> filled = new ArrayList<>();
      if (!container.path("command").path(0).asText().equals("/opt/primum/bin/primum")) {
        throw new IllegalStateException("the launcher runs the command alone, no entry point");
      }
      for (JsonNode argument : container.path("args")) {
        String text = argument.asText();
        for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
          text = text.replace(placeholder.getKey(), placeholder.getValue());
        }
        filled.add(text);
      }
      return filled.toArray(String[]::new);
    }

    private static JsonNode strictly(Path file) throws IOException {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      var schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(Run.class.getResourceAsStream("/kfp/executor-output.schema.json"));
      var errors = schema.validate(text, InputFormat.JSON);
      if (!errors.isEmpty()) {
        throw new IllegalArgumentException("failed to unmarshal ExecutorOutput: " + errors);
      }
      return STRICT.readTree(text);
    }

    private Task collect(JsonNode input, JsonNode output, Cli log) throws IOException {
      Map<String, JsonNode> values = new TreeMap<>();
      for (Map.Entry<String, JsonNode> declared :
          definitions("outputDefinitions", "parameters").entrySet()) {
        JsonNode written = output.path("parameterValues").path(declared.getKey());
        values.put(declared.getKey(), written.isMissingNode() ? read(declared, input) : written);
      }
      Map<String, Path> uploaded = new TreeMap<>();
      Map<String, JsonNode> metadata = new TreeMap<>();
      for (String name : definitions("outputDefinitions", "artifacts").keySet()) {
        Path path = folder.resolve(name);
        if (Files.exists(path)) {
          uploaded.put(name, path);
        }
        metadata.put(
            name, output.path("artifacts").path(name).path("artifacts").path(0).path("metadata"));
      }
      return new Task("", log, values, uploaded, metadata);
    }

    /// A declared parameter is in the executor output or in its file; else the task failed.
    private static JsonNode read(Map.Entry<String, JsonNode> declared, JsonNode input)
        throws IOException {
      String name = declared.getKey();
      Path file = Path.of(input.at("/outputs/parameters/" + name + "/outputFile").asText());
      if (!Files.exists(file)) {
        throw new IOException("failed to read output parameter name=\"" + name + "\"");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return switch (declared.getValue().path("parameterType").asText()) {
        case "STRING" -> STRICT.getNodeFactory().textNode(text);
        case "NUMBER_INTEGER" -> STRICT.getNodeFactory().numberNode(Long.parseLong(text.strip()));
        case "NUMBER_DOUBLE" ->
            STRICT.getNodeFactory().numberNode(Double.parseDouble(text.strip()));
        default -> STRICT.readTree(text);
      };
    }
  }
}

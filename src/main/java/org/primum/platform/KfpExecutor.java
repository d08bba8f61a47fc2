package org.primum.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.primum.gate.Comparison;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;

/// The executor contract of Kubeflow Pipelines v2, for a container that is not Python.
///
/// The launcher passes `--kfp-executor-input={{$}}`: which outputs the component declares, and
/// where each goes. The results go back as an `ExecutorOutput` in strict protojson: no null, no
/// NaN, no field the message does not have. A declared parameter that is missing would fail the
/// task, so one that the step does not have is written empty.
public final class KfpExecutor {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?");

  private final JsonNode outputs;
  private final Path root;

  private KfpExecutor(JsonNode outputs, Path root) {
    this.outputs = outputs;
    this.root = root;
  }

  /// @param input the JSON the launcher passed
  /// @param root where the launcher mounts its buckets, `/` outside of tests
  /// @throws ConfigInvalidException where it is not an ExecutorInput
  public static KfpExecutor of(String input, Path root) {
    try {
      JsonNode outputs = JSON.readTree(input).path("outputs");
      if (!outputs.path("outputFile").isTextual()) {
        throw new ConfigInvalidException(
            "--kfp-executor-input: no outputs.outputFile; pass {{$}} as the component's argument");
      }
      return new KfpExecutor(outputs, root);
    } catch (JsonProcessingException e) {
      throw new ConfigInvalidException(
          "--kfp-executor-input: not JSON; pass {{$}} as the component's argument", e);
    }
  }

  /// Copies the declared artifacts out of the output directory and writes the ExecutorOutput, which
  /// comes last: without it the launcher publishes nothing.
  public void publish(Path directory, Map<String, String> parameters, List<Measurement> metrics)
      throws IOException {
    ObjectNode result = JSON.createObjectNode();
    publishParameters(result.putObject("parameterValues"), parameters);
    ObjectNode artifacts = result.putObject("artifacts");
    for (Map.Entry<String, JsonNode> declared : outputs.path("artifacts").properties()) {
      JsonNode artifact = declared.getValue().path("artifacts").path(0);
      copy(directory, declared.getKey(), artifact);
      if (artifact.path("type").path("schemaTitle").asText().equals("system.Metrics")) {
        writeMetrics(artifacts, declared.getKey(), metrics);
      }
    }
    write(mounted(outputs.path("outputFile").asText()), JSON.writeValueAsString(result));
  }

  private void publishParameters(ObjectNode values, Map<String, String> parameters) {
    for (Map.Entry<String, JsonNode> declared : outputs.path("parameters").properties()) {
      String value = parameters.getOrDefault(declared.getKey(), "");
      if (NUMBER.matcher(value).matches()) {
        values.put(declared.getKey(), Double.parseDouble(value));
      } else {
        values.put(declared.getKey(), value);
      }
    }
  }

  private static void writeMetrics(ObjectNode artifacts, String name, List<Measurement> metrics) {
    ObjectNode metadata =
        artifacts.putObject(name).putArray("artifacts").addObject().putObject("metadata");
    for (Measurement metric : metrics) {
      boolean whole = metric.group().equals(Measurement.OVERALL);
      if (whole
          && metric.comparison() instanceof Comparison.Alone
          && metric.value() instanceof Measure.Known(double value)) {
        metadata.put(metric.metric(), value);
      }
    }
  }

  /// An artifact `report` is the file or directory of the output directory whose name without
  /// extension is `report`.
  private void copy(Path directory, String name, JsonNode artifact) throws IOException {
    Optional<Path> source = find(directory, name);
    if (source.isEmpty()) {
      return;
    }
    Path target = target(artifact);
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    copyTree(source.get(), target);
  }

  private static Optional<Path> find(Path directory, String name) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(p -> String.valueOf(p.getFileName()).replaceFirst("\\..*", "").equals(name))
          .sorted()
          .findFirst();
    }
  }

  /// Where the launcher mounts what a URI names; a custom path wins.
  private Path target(JsonNode artifact) {
    if (artifact.path("customPath").isTextual()) {
      return mounted(artifact.path("customPath").asText());
    }
    String uri = artifact.path("uri").asText();
    return root.resolve(uri.replaceFirst("^gs://", "gcs/").replaceFirst("^(minio|s3)://", "$1/"));
  }

  private Path mounted(String path) {
    return root.resolve(path.replaceFirst("^/+", ""));
  }

  private static void copyTree(Path source, Path target) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(target.resolve(source.relativize(path).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            Path to =
                path.equals(source) ? target : target.resolve(source.relativize(path).toString());
            Files.copy(path, to, StandardCopyOption.REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void write(Path file, String text) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(temporary, text, StandardCharsets.UTF_8);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }
}

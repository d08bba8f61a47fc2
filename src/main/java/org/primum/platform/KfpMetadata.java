package org.primum.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.primum.data.Digest;
import org.primum.gate.Comparison;
import org.primum.gate.Confusion;
import org.primum.gate.Finding;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Verdict;
import org.primum.model.ModelDirectory;
import org.primum.table.TableFiles;

/// What the user interface of Kubeflow Pipelines shows of an artifact. Its backend takes neither
/// null nor NaN, and turns booleans into 0 and 1: what does not exist is left out, and a verdict is
/// a word.
final class KfpMetadata {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final KfpResults results;

  KfpMetadata(KfpResults results) {
    this.results = results;
  }

  /// The metadata of an artifact of this type; empty where there is nothing to say.
  ///
  /// @param source the file or directory the artifact is, whether or not it is there
  ObjectNode of(String type, Path source) throws IOException {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    switch (type) {
      case "system.Metrics" -> metrics(metadata);
      case "system.ClassificationMetrics" -> classification(metadata);
      case "system.Model" -> model(metadata, source);
      case "system.Dataset" -> dataset(metadata, source);
      default -> {
        // What else there is has no fields that anybody reads.
      }
    }
    return metadata;
  }

  /// Every known number of everyone, the worst value each rule found, and the verdict.
  private void metrics(ObjectNode metadata) {
    for (Measurement metric : results.metrics()) {
      if (metric.group().equals(Measurement.OVERALL)
          && metric.comparison() instanceof Comparison.Alone
          && metric.value() instanceof Measure.Known(double value)) {
        metadata.put(metric.metric(), value);
      }
    }
    Verdict verdict = results.verdict();
    for (Finding finding : verdict.findings()) {
      boolean worst =
          verdict.findings().stream()
              .filter(other -> other.rule().equals(finding.rule()))
              .noneMatch(other -> other.status().compareTo(finding.status()) > 0);
      String key = "rule." + finding.rule();
      if (worst
          && !metadata.has(key)
          && finding.measurement().value() instanceof Measure.Known(double value)) {
        metadata.put(key, value);
      }
    }
    metadata.put("verdict", verdict.status().name());
  }

  private void classification(ObjectNode metadata) {
    if (results.confusion() instanceof Confusion.Matrix matrix) {
      ObjectNode confusion = metadata.putObject("confusionMatrix");
      ArrayNode names = confusion.putArray("annotationSpecs");
      names.addObject().put("displayName", "negative");
      names.addObject().put("displayName", "positive");
      ArrayNode rows = confusion.putArray("rows");
      rows.addObject().putArray("row").add(matrix.tn()).add(matrix.fp());
      rows.addObject().putArray("row").add(matrix.fn()).add(matrix.tp());
      if (!matrix.curve().isEmpty()) {
        ArrayNode curve = metadata.putArray("confidenceMetrics");
        for (Confusion.CurvePoint point : matrix.curve()) {
          curve
              .addObject()
              .put("confidenceThreshold", point.threshold())
              .put("recall", point.recall())
              .put("falsePositiveRate", point.falsePositiveRate());
        }
      }
    }
  }

  private static void model(ObjectNode metadata, Path source) throws IOException {
    if (Files.isDirectory(source)) {
      metadata.put("digest", ModelDirectory.read(source).digest().value());
      var description = JSON.readTree(source.resolve("model.json").toFile());
      String format = description.path("file").path("format").asText("");
      metadata.put("framework", format.replaceFirst("-.*", ""));
      metadata.put("format", format);
      metadata.put("learner", description.path("learner").asText(""));
    }
  }

  private static void dataset(ObjectNode metadata, Path source) throws IOException {
    if (Files.isRegularFile(source)) {
      metadata.put("digest", Digest.of(source).value());
      metadata.put("rows", TableFiles.rows(source, String.valueOf(source.getFileName())));
    }
  }
}

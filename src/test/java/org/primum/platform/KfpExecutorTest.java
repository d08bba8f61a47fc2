package org.primum.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.gate.Comparison;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Confusion;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Threshold;
import org.primum.gate.Verdict;

/// The input is the form a launcher of Kubeflow Pipelines 2.x passes: protojson of ExecutorInput.
/// The audit in it found an equal-opportunity difference of -0.143 for one group and -0.02 for
/// another; 812, 64, 51 and 140 people were true negatives, false alarms, missed and found.
final class KfpExecutorTest {

  private static final String INPUT =
      """
      {"inputs": {"parameterValues": {"seed": 8.0, "holdout": 0.25, "label": "readmitted", "empty": "",
                    "none": null, "flag": true, "large": 12345678901.0, "tiny": 1e-7,
                    "list": ["a", 1.0], "struct": {"depth": 6.0}, "typed": "[\\"x\\", \\"y\\"]", "words": "[x"},
                  "artifacts": {
                    "model": {"artifacts": [{"uri": "minio://mlpipeline/v2/run/model"}]},
                    "data": {"artifacts": [{"uri": "gs://bucket/data", "customPath": "/elsewhere/data"}]},
                    "image": {"artifacts": [{"uri": "oci://registry/team/model:1"}]},
                    "shards": {"artifacts": [{"uri": "s3://b/0"}, {"uri": "s3://b/1"}]},
                    "shared": {"artifacts": [{"uri": "gs://b/x", "metadata": {"_kfp_workspace": true}}]},
                    "plain": {"artifacts": [{"uri": "/tmp/root/run/task/plain"}]},
                    "nothing": {}}},
       "outputs": {
         "parameters": {"status": {"outputFile": "/tmp/kfp/outputs/status"},
                        "exit_code": {"outputFile": "/tmp/kfp/outputs/exit_code"},
                        "auroc": {"outputFile": "/tmp/kfp/outputs/auroc"},
                        "absent": {"outputFile": "/tmp/kfp/outputs/absent"}},
         "artifacts": {
           "evidence": {"artifacts": [{"uri": "minio://mlpipeline/v2/evidence", "type": {"schemaTitle": "system.Artifact"}}]},
           "report": {"artifacts": [{"name": "1", "uri": "minio://mlpipeline/v2/report", "type": {"schemaTitle": "system.HTML"}}]},
           "summary": {"artifacts": [{"uri": "minio://mlpipeline/v2/summary", "type": {"schemaTitle": "system.Markdown"}}]},
           "classification": {"artifacts": [{"uri": "minio://mlpipeline/v2/roc", "type": {"schemaTitle": "system.ClassificationMetrics"}}]},
           "model": {"artifacts": [{"name": "2", "uri": "s3://bucket/model", "type": {"schemaTitle": "system.Model"}}]},
           "scored": {"artifacts": [{"uri": "s3://bucket/scored", "type": {"schemaTitle": "system.Dataset"}}]},
           "numbers": {"artifacts": [{"name": "3", "uri": "gs://b/numbers", "type": {"schemaTitle": "system.Metrics"}}]}},
         "outputFile": "/minio/mlpipeline/v2/output_metadata.json"}}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path root;

  @Test
  void tellsParametersAsTextInTheWayAnOptionTakesThem() {
    KfpExecutor executor = KfpExecutor.of(INPUT, root);

    assertThat(executor.parameter("seed")).contains("8");
    assertThat(executor.parameter("holdout")).contains("0.25");
    assertThat(executor.parameter("large")).contains("12345678901");
    assertThat(executor.parameter("tiny")).contains("0.0000001");
    assertThat(executor.parameter("label")).contains("readmitted");
    assertThat(executor.parameter("flag")).contains("true");
    assertThat(executor.parameter("list")).contains("[\"a\",1.0]");
    assertThat(executor.parameter("struct")).contains("{\"depth\":6.0}");
    for (String notGiven : List.of("empty", "none", "unheard-of")) {
      assertThat(executor.parameter(notGiven)).as(notGiven).isEmpty();
      assertThat(executor.parameters(notGiven)).as(notGiven).isEmpty();
    }
    assertThat(executor.parameters("list")).containsExactly("a", "1");
    assertThat(executor.parameters("struct")).containsExactly("depth=6");
    assertThat(executor.parameters("typed")).containsExactly("x", "y");
    assertThat(executor.parameters("words")).containsExactly("[x");
    assertThat(executor.parameters("label")).containsExactly("readmitted");
  }

  @Test
  void findsArtifactsWhereTheLauncherPutsThem() throws Exception {
    KfpExecutor executor = KfpExecutor.of(INPUT, root);
    for (String mounted : List.of("minio/mlpipeline/v2/run/model", "s3/b/0")) {
      Files.createDirectories(root.resolve(mounted));
    }

    assertThat(executor.artifacts("model")).containsExactly(at("minio/mlpipeline/v2/run/model"));
    assertThat(executor.artifacts("data")).containsExactly(at("elsewhere/data"));
    assertThat(executor.artifacts("image")).containsExactly(at("oci/registry_team_model:1/models"));
    assertThat(executor.artifacts("shared"))
        .containsExactly(at("kfp-workspace/.artifacts/gcs/b/x"));
    assertThat(executor.artifacts("plain")).containsExactly(at("tmp/root/run/task/plain"));
    assertThat(executor.artifacts("nothing")).isEmpty();
    assertThat(executor.artifacts("shards"))
        .as("a launcher brings the first of a list; the others are read from the store")
        .containsExactly(at("s3/b/0"), "s3://b/1");
    assertThat(executor.evidenceDirectory()).contains(root.resolve("minio/mlpipeline/v2/evidence"));
  }

  private String at(String path) {
    return root.resolve(path).toString();
  }

  @Test
  void answersWithTheDeclaredParametersEachReadableByItsType() throws Exception {
    publish(Files.createDirectories(root.resolve("result")), new Confusion.Unknown());

    assertThat(root.resolve("tmp/kfp/outputs/status")).hasContent("FAIL");
    assertThat(root.resolve("tmp/kfp/outputs/exit_code")).hasContent("0");
    assertThat(root.resolve("tmp/kfp/outputs/auroc"))
        .as("an empty file is no number, so the launcher must not read it")
        .doesNotExist();
    assertThat(answer().path("parameterValues"))
        .isEqualTo(JSON.readTree("{\"auroc\":\"\",\"absent\":\"\"}"));
  }

  @Test
  void showsNumbersMatrixAndDigestsInTheUserInterface() throws Exception {
    Path result = Files.createDirectories(root.resolve("result"));
    Files.createDirectories(result.resolve("model"));
    Files.writeString(
        result.resolve("model/model.json"),
        "{\"learner\": \"xgboost\", \"file\": {\"format\": \"xgboost-json\"}}");
    Files.writeString(result.resolve("scored.parquet"), "id,score\n1,0.5\n2,0.25\n");
    List<Confusion.CurvePoint> curve =
        List.of(new Confusion.CurvePoint(0.5, 0.733, 0.073), new Confusion.CurvePoint(0, 1, 1));

    publish(result, new Confusion.Matrix(140, 64, 51, 812, curve));

    JsonNode artifacts = answer().path("artifacts");
    assertThat(metadata(artifacts, "numbers"))
        .isEqualTo(
            JSON.readTree(
                "{\"auroc\": 0.75, \"rule.equal-opportunity\": -0.143, \"verdict\": \"FAIL\"}"));
    assertThat(metadata(artifacts, "classification"))
        .isEqualTo(
            JSON.readTree(
                """
                {"confusionMatrix": {
                   "annotationSpecs": [{"displayName": "negative"}, {"displayName": "positive"}],
                   "rows": [{"row": [812, 64]}, {"row": [51, 140]}]},
                 "confidenceMetrics": [
                   {"confidenceThreshold": 0.5, "recall": 0.733, "falsePositiveRate": 0.073},
                   {"confidenceThreshold": 0.0, "recall": 1.0, "falsePositiveRate": 1.0}]}
                """));
    // printf '%s  model.json\n' $(sha256sum < model.json | cut -d' ' -f1) | sha256sum
    assertThat(metadata(artifacts, "model"))
        .isEqualTo(
            JSON.readTree(
                """
                {"digest": "sha256:DIRECTORY", "framework": "xgboost", "format": "xgboost-json",
                 "learner": "xgboost"}
                """
                    .replace("DIRECTORY", MODEL_DIRECTORY)));
    assertThat(metadata(artifacts, "scored").path("rows").asInt()).isEqualTo(2);
    assertThat(metadata(artifacts, "scored").path("digest").asText())
        .isEqualTo("sha256:" + SCORED_FILE);
    assertThat(artifacts.has("report")).as("nothing to say of it").isFalse();
  }

  // printf '%s' '{"learner": "xgboost", "file": {"format": "xgboost-json"}}' > model.json
  private static final String MODEL_DIRECTORY =
      "42a2200f564c92bb9085280696e8bdba40d165c5317493c5a0826598696bfa49";

  // printf 'id,score\n1,0.5\n2,0.25\n' | sha256sum
  private static final String SCORED_FILE =
      "15b76c3b393d51fd78e53774d82821ca5485306549c492e738647f47bd23424f";

  private static JsonNode metadata(JsonNode artifacts, String name) {
    return artifacts.path(name).path("artifacts").path(0).path("metadata");
  }

  @Test
  void copiesTheDeclaredFilesAndTheWholeDirectoryAsEvidence() throws Exception {
    Path result = Files.createDirectories(root.resolve("result"));
    Files.writeString(result.resolve("report.html"), "<html>");
    Files.writeString(result.resolve("summary.json"), "{}");
    Files.createDirectories(result.resolve("params"));
    Files.writeString(result.resolve("params/status"), "FAIL");
    Path earlier = Files.createDirectories(root.resolve("minio/mlpipeline/v2/evidence"));
    Files.writeString(earlier.resolve("stale"), "of an earlier try");

    publish(result, new Confusion.Unknown());

    assertThat(root.resolve("minio/mlpipeline/v2/report")).hasContent("<html>");
    assertThat(root.resolve("minio/mlpipeline/v2/summary"))
        .as("the words, not the file that happens to be called so")
        .hasContent("## Refused");
    assertThat(earlier.resolve("params/status")).hasContent("FAIL");
    assertThat(earlier.resolve("stale")).doesNotExist();
    try (var files = Files.walk(root)) {
      assertThat(files).noneMatch(path -> path.toString().endsWith(".tmp"));
    }
  }

  @Test
  void saysNothingOfAMatrixThatIsNotKnown() throws Exception {
    publish(Files.createDirectories(root.resolve("result")), new Confusion.Unknown());

    assertThat(answer().path("artifacts").has("classification")).isFalse();
  }

  private JsonNode answer() throws Exception {
    return JSON.readTree(root.resolve("minio/mlpipeline/v2/output_metadata.json").toFile());
  }

  private void publish(Path result, Confusion confusion) throws Exception {
    Verdict verdict =
        new Verdict(
            "fairness-audit",
            "0.1.0",
            Subject.none(),
            List.of(finding(-0.02, Status.PASS), finding(-0.143, Status.FAIL)),
            "Refused",
            Instant.EPOCH,
            new Verdict.Expiry.Never());
    List<Measurement> metrics =
        List.of(
            Measurement.overall("auroc", new Measure.Known(0.75), new Interval.None(), 9),
            Measurement.overall("ppv", new Measure.Unknown("none"), new Interval.None(), 0),
            finding(-0.02, Status.PASS).measurement());
    KfpExecutor.of(INPUT, root)
        .publish(
            result,
            "/nowhere",
            new KfpResults(
                new TreeMap<>(Map.of("status", "FAIL", "exit_code", "0", "auroc", "")),
                verdict,
                metrics,
                confusion,
                "## Refused"));
  }

  private static Finding finding(double value, Status status) {
    Measurement measurement =
        new Measurement(
            "tpr",
            "sex=F",
            new Comparison.With("difference", "sex=M"),
            new Measure.Known(value),
            new Interval.None(),
            OptionalLong.of(412));
    return new Finding(
        "equal-opportunity",
        measurement,
        new Threshold.AtLeast(-0.05),
        "point",
        status,
        Severity.BLOCK,
        "outside");
  }

  @Test
  void rejectsWhatIsNoExecutorInput() {
    for (String input : List.of("", "{", "[]", "7", "null", "{\"outputs\":{}}", "{{$}}")) {
      assertThatThrownBy(() -> KfpExecutor.of(input, root))
          .isInstanceOf(ConfigInvalidException.class)
          .hasMessageContaining("--kfp-executor-input");
    }
  }

  /// Whatever is cut out of a good input, or put in its place, it is read or it is rejected.
  @Property(tries = 2000)
  void readsOrRejectsAnyDamage(
      @ForAll @IntRange(max = 3000) int from,
      @ForAll @IntRange(max = 60) int length,
      @ForAll("damage") String damage) {
    int start = Math.min(from, INPUT.length());
    int end = Math.min(start + length, INPUT.length());
    try {
      KfpExecutor executor =
          KfpExecutor.of(
              INPUT.substring(0, start) + damage + INPUT.substring(end), Path.of("/tmp"));
      for (String name : executor.inputs()) {
        executor.parameter(name);
        executor.parameters(name);
        executor.artifacts(name);
      }
      executor.evidenceDirectory();
    } catch (ConfigInvalidException e) {
      assertThat(e).hasMessageContaining("--kfp-executor-input");
    }
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<String> damage() {
    return net.jqwik.api.Arbitraries.of(
        "",
        "null",
        "[]",
        "{}",
        "\"",
        "1e999",
        "-1e-999",
        "\\u0000",
        "\"\\u0000\"",
        "[[[[",
        "true",
        "{\"artifacts\": 7}",
        ":",
        ",",
        "NaN",
        "{{$}}",
        "\uD800",
        "1e99999999");
  }
}

package org.primum.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;

/// The input is the form a launcher of Kubeflow Pipelines 2.x passes: protojson of ExecutorInput.
final class KfpExecutorTest {

  private static final String INPUT =
      """
      {"inputs": {"parameterValues": {"seed": 7}},
       "outputs": {
         "parameters": {"status": {"outputFile": "/tmp/kfp/outputs/status"},
                        "exit_code": {"outputFile": "/tmp/kfp/outputs/exit_code"},
                        "absent": {"outputFile": "/tmp/kfp/outputs/absent"}},
         "artifacts": {
           "report": {"artifacts": [{"name": "1", "uri": "minio://mlpipeline/v2/report", "type": {"schemaTitle": "system.HTML"}}]},
           "model": {"artifacts": [{"name": "2", "uri": "s3://bucket/model", "type": {"schemaTitle": "system.Model"}}]},
           "numbers": {"artifacts": [{"name": "3", "uri": "gs://b/numbers", "type": {"schemaTitle": "system.Metrics"}}]}},
         "outputFile": "/minio/mlpipeline/v2/output_metadata.json"}}
      """;

  @TempDir Path root;

  @Test
  void answersWithTheExecutorOutputAndTheDeclaredArtifacts() throws Exception {
    Path result = Files.createDirectories(root.resolve("result"));
    Files.writeString(result.resolve("report.html"), "<html>");
    Files.createDirectories(result.resolve("model/native"));
    Files.writeString(result.resolve("model/native/trees.json"), "{}");

    KfpExecutor.of(INPUT, root)
        .publish(
            result,
            Map.of("status", "PASS", "exit_code", "0"),
            List.of(
                Measurement.overall("auroc", new Measure.Known(0.75), new Interval.None(), 9),
                Measurement.overall("ppv", new Measure.Unknown("none"), new Interval.None(), 0)));

    assertThat(root.resolve("minio/mlpipeline/v2/output_metadata.json"))
        .hasContent(
            "{\"parameterValues\":{\"status\":\"PASS\",\"exit_code\":0.0,\"absent\":\"\"},"
                + "\"artifacts\":{\"numbers\":{\"artifacts\":[{\"metadata\":{\"auroc\":0.75}}]}}}");
    assertThat(root.resolve("minio/mlpipeline/v2/report")).hasContent("<html>");
    assertThat(root.resolve("s3/bucket/model/native/trees.json")).hasContent("{}");
  }

  @Test
  void rejectsWhatIsNoExecutorInput() {
    for (String input : List.of("", "{", "[]", "{\"outputs\":{}}", "{{$}}")) {
      assertThatThrownBy(() -> KfpExecutor.of(input, root))
          .isInstanceOf(ConfigInvalidException.class)
          .hasMessageContaining("--kfp-executor-input");
    }
  }
}

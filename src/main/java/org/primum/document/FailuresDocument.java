package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.gate.ConfigInvalidException;

/// What an engine tells its exit handler of the nodes that failed: Argo's `{{workflow.failures}}`,
/// a JSON list that Argo quotes as a Go string, or the `PipelineTaskFinalStatus` of Kubeflow
/// Pipelines.
///
/// @param state how the run ended, where the document says it
/// @param failures empty where nothing failed
public record FailuresDocument(Optional<String> state, List<RunRecord.Failure> failures) {

  private static final int NODES = 10_000;

  public FailuresDocument {
    failures = List.copyOf(failures);
  }

  /// @param text empty, or what the engine passed, quoted or not
  /// @throws IllegalArgumentException where it is neither; the message does not repeat it
  public static FailuresDocument read(String text) {
    String json = text.strip();
    // Once by Argo, and once more where a template quotes what Argo quoted.
    for (int quotes = 0; quotes < 2 && json.startsWith("\""); quotes++) {
      json = GoString.unquote(json).strip();
    }
    if (json.isEmpty() || json.equals("null")) {
      return new FailuresDocument(Optional.empty(), List.of());
    }
    return of(tree(json));
  }

  private static JsonNode tree(String json) {
    try {
      byte[] wrapped = ("{\"of\":" + json + "}").getBytes(StandardCharsets.UTF_8);
      return Documents.readWithoutSchema(new Source("it", wrapped)).required("of");
    } catch (ConfigInvalidException | IllegalArgumentException e) {
      throw new IllegalArgumentException("it is not whole JSON", e);
    }
  }

  private static FailuresDocument of(JsonNode node) {
    if (node.isObject()) {
      return ofTask(node);
    }
    if (!node.isArray() || node.size() > NODES) {
      throw new IllegalArgumentException(
          "expected a list of at most " + NODES + " nodes, or the final status of a pipeline");
    }
    List<RunRecord.Failure> failures = new ArrayList<>();
    for (JsonNode one : node) {
      if (!one.isObject()) {
        throw new IllegalArgumentException("an entry of the list is no node: keys and values");
      }
      failures.add(
          new RunRecord.Failure(
              text(one, "displayName"),
              text(one, "templateName"),
              text(one, "podName"),
              text(one, "phase"),
              text(one, "message"),
              text(one, "finishedAt")));
    }
    return new FailuresDocument(Optional.empty(), failures);
  }

  /// Kubeflow tells of one task, the pipeline inside the exit handler.
  private static FailuresDocument ofTask(JsonNode node) {
    String state = text(node, "state");
    if (state.isEmpty()) {
      throw new IllegalArgumentException("the final status of a pipeline has a state; it has none");
    }
    String message = text(node.path("error"), "message");
    String task =
        text(node, node.has("pipelineTaskName") ? "pipelineTaskName" : "pipeline_task_name");
    List<RunRecord.Failure> failures =
        message.isEmpty()
            ? List.of()
            : List.of(new RunRecord.Failure(task, "", "", state, message, ""));
    return new FailuresDocument(Optional.of(state), failures);
  }

  private static String text(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException(key + " is no text");
    }
    return value.asText();
  }
}

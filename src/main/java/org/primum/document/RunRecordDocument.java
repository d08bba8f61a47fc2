package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import org.primum.gate.ConfigInvalidException;

/// `<log>/<yyyy>/<mm>/<dd>/<run>.json`: a [RunRecord], as `schema/run-record.schema.json` says.
public final class RunRecordDocument {

  static final String SCHEMA = "primum.dev/run-record/v1alpha1";

  /// What another try of the same recording may say differently.
  private static final List<String> OF_THE_TRY = List.of("engine", "version", "time");

  private RunRecordDocument() {}

  public static byte[] write(RunRecord run) {
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA);
    root.put("run", run.run());
    put(root, "workflow", run.workflow());
    root.put("status", run.status().name());
    ArrayNode failures = root.putArray("failures");
    for (RunRecord.Failure failure : run.failures()) {
      ObjectNode node = failures.addObject();
      put(node, "displayName", failure.displayName());
      put(node, "templateName", failure.templateName());
      put(node, "podName", failure.podName());
      put(node, "phase", failure.phase());
      put(node, "message", failure.message());
      put(node, "finishedAt", failure.finishedAt());
    }
    run.engine().forEach(root.putObject("engine")::put);
    root.put("version", run.version());
    root.put("time", run.time().toString());
    return Documents.write(root);
  }

  /// Whether both say the same of the same run, whoever recorded it and when.
  public static boolean agree(Source one, Source other) {
    try {
      return said(one).equals(said(other));
    } catch (ConfigInvalidException _) {
      return false;
    }
  }

  private static JsonNode said(Source source) {
    ObjectNode said = Documents.read(source, "run-record").deepCopy();
    said.remove(OF_THE_TRY);
    said.set("failures", ofTheRun(said.path("failures")));
    return said;
  }

  /// An earlier try to record is among the failures of the later one, and engines list them in any
  /// order.
  private static ArrayNode ofTheRun(JsonNode failures) {
    ArrayNode own = Documents.object().putArray("failures");
    failures
        .valueStream()
        .filter(failure -> !failure.path("templateName").asText().equals("record"))
        .sorted(Comparator.comparing(JsonNode::toString))
        .forEach(own::add);
    return own;
  }

  private static void put(ObjectNode node, String key, String text) {
    node.put(key, text.isEmpty() ? null : text);
  }
}

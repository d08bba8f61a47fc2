package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Omissions;
import org.primum.gate.Resampling;

/// `metrics.json`: every number a step measured.
public final class MetricsDocument {

  static final String SCHEMA = "primum.dev/metrics/v1alpha1";

  private MetricsDocument() {}

  public static byte[] write(List<Measurement> measurements) {
    return write(measurements, Omissions.NONE, Resampling.NONE);
  }

  /// @param omissions what the measurements do not hold, or only roughly
  /// @param resampling how intervals were drawn anew
  public static byte[] write(
      List<Measurement> measurements, Omissions omissions, Resampling resampling) {
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA);
    ArrayNode metrics = root.putArray("metrics");
    for (Measurement measurement : measurements) {
      ObjectNode node = metrics.addObject();
      MeasurementNodes.write(node, measurement);
      if (measurement.value() instanceof Measure.Unknown(String reason)) {
        node.put("reason", reason);
      } else {
        node.putNull("reason");
      }
      MeasurementNodes.writeOrientation(node, measurement);
    }
    if (!omissions.equals(Omissions.NONE)) {
      write(root, omissions);
    }
    if (!resampling.equals(Resampling.NONE)) {
      write(root, resampling);
    }
    return Documents.write(root);
  }

  private static void write(ObjectNode root, Omissions omissions) {
    ObjectNode suppression = root.putObject("suppression");
    suppression.put("below", omissions.suppressedBelow());
    ArrayNode approximate = suppression.putArray("approximate");
    omissions.approximate().forEach(approximate::add);
    ArrayNode notMeasured = root.putArray("notMeasured");
    omissions
        .notMeasured()
        .forEach(left ->
            notMeasured.addObject().put("metric", left.metric()).put("reason", left.reason()));
  }

  private static void write(ObjectNode root, Resampling resampling) {
    ObjectNode bootstrap = root.putObject("bootstrap");
    bootstrap.put("replicates", resampling.replicates());
    if (resampling.clusterReplicates() > 0) {
      bootstrap.put("clusterReplicates", resampling.clusterReplicates());
    }
    bootstrap.put("seed", resampling.seed());
  }

  public static List<Measurement> read(Source source) {
    List<Measurement> measurements = new ArrayList<>();
    for (JsonNode node : Documents.read(source, "metrics").required("metrics")) {
      measurements.add(MeasurementNodes.read(node, node.required("reason").asText()));
    }
    return measurements;
  }
}

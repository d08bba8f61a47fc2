package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;
import org.primum.gate.Comparison;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;

/// A measurement's keys in JSON, the same in metrics.json and verdict.json. What does not exist is
/// null.
final class MeasurementNodes {

  private MeasurementNodes() {}

  static void write(ObjectNode node, Measurement measurement) {
    node.put("metric", measurement.metric());
    writeComparison(node, measurement);
    switch (measurement.value()) {
      case Measure.Known(double value) -> node.put("value", value);
      case Measure.Unknown _ -> node.putNull("value");
    }
    switch (measurement.interval()) {
      case Interval.Bounds(double low, double high) -> writeBounds(node, low, high);
      case Interval.None() -> node.putNull("ci");
    }
    if (measurement.n().isPresent()) {
      node.put("n", measurement.n().getAsLong());
    } else {
      node.putNull("n");
    }
  }

  /// Which way a comparison points; nothing is written where nothing is compared.
  static void writeOrientation(ObjectNode node, Measurement measurement) {
    if (!measurement.comparison().orientation().isEmpty()) {
      node.put("orientation", measurement.comparison().orientation());
    }
  }

  private static void writeComparison(ObjectNode node, Measurement measurement) {
    switch (measurement.comparison()) {
      case Comparison.Alone() -> {
        node.putNull("compare");
        node.put("group", measurement.group());
        node.putNull("reference");
      }
      case Comparison.With(String kind, String reference) -> {
        node.put("compare", kind);
        node.put("group", measurement.group());
        node.put("reference", reference);
      }
    }
  }

  /// An infinite end is null: JSON has no infinity.
  private static void writeBounds(ObjectNode node, double low, double high) {
    com.fasterxml.jackson.databind.node.ArrayNode ends = node.putArray("ci");
    for (double end : new double[] {low, high}) {
      if (Double.isFinite(end)) {
        ends.add(end);
      } else {
        ends.addNull();
      }
    }
  }

  /// @param reason why the value is unknown, where it is
  static Measurement read(JsonNode node, String reason) {
    return new Measurement(
        node.required("metric").asText(),
        node.required("group").asText(),
        comparison(node),
        node.required("value").isNull()
            ? new Measure.Unknown(reason)
            : new Measure.Known(node.required("value").asDouble()),
        interval(node.required("ci")),
        node.required("n").isNull()
            ? OptionalLong.empty()
            : OptionalLong.of(node.required("n").asLong()));
  }

  private static Comparison comparison(JsonNode node) {
    return node.required("compare").isNull()
        ? new Comparison.Alone()
        : new Comparison.With(
            node.required("compare").asText(), node.required("reference").asText());
  }

  private static Interval interval(JsonNode ends) {
    return ends.isNull()
        ? new Interval.None()
        : new Interval.Bounds(
            end(ends.get(0), Double.NEGATIVE_INFINITY), end(ends.get(1), Double.POSITIVE_INFINITY));
  }

  private static double end(JsonNode end, double infinite) {
    return end.isNull() ? infinite : end.asDouble();
  }
}

package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.primum.data.Digest;
import org.primum.gate.Finding;
import org.primum.gate.Severity;
import org.primum.gate.Significance;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Threshold;
import org.primum.gate.Verdict;

/// `verdict.json`: what a step decided, of which bytes, and why.
public final class VerdictDocument {

  static final String SCHEMA = "primum.dev/verdict/v1alpha1";

  /// A verdict as it was written.
  ///
  /// @param recordedStatus what the file claims; a gate recomputes it and never trusts it
  /// @param manifest digest of the manifest.json beside it
  public record Recorded(Verdict verdict, Status recordedStatus, Digest manifest) {}

  private VerdictDocument() {}

  public static byte[] write(Verdict verdict, Digest manifest) {
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA);
    root.put("step", verdict.step());
    root.put("stepVersion", verdict.stepVersion());
    ObjectNode subject = root.putObject("subject");
    verdict.subject().digests().forEach((role, digest) -> subject.put(role, digest.value()));
    root.put("status", verdict.status().name());
    ArrayNode rules = root.putArray("rules");
    verdict.findings().forEach(finding -> writeRule(rules.addObject(), finding));
    root.put("summary", verdict.summary());
    root.put("createdAt", verdict.createdAt().toString());
    switch (verdict.expiry()) {
      case Verdict.Expiry.Never() -> root.putNull("expiresAt");
      case Verdict.Expiry.At(Instant time) -> root.put("expiresAt", time.toString());
    }
    root.put("manifest", manifest.value());
    return Documents.write(root);
  }

  private static void writeRule(ObjectNode node, Finding finding) {
    node.put("id", finding.rule());
    MeasurementNodes.write(node, finding.measurement());
    switch (finding.threshold()) {
      case Threshold.AtLeast(double limit) -> node.put("threshold", limit).put("comparator", "min");
      case Threshold.AtMost(double limit) -> node.put("threshold", limit).put("comparator", "max");
      case Threshold.Present() -> node.putNull("threshold").put("comparator", "present");
    }
    node.put("decide", finding.decide());
    node.put("status", finding.status().name());
    node.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    node.put("reason", finding.reason());
    MeasurementNodes.writeOrientation(node, finding.measurement());
    if (finding.significance() instanceof Significance.Known(double p, double adjusted)) {
      node.put("p", p).put("adjustedP", adjusted);
    }
  }

  public static Recorded read(Source source) {
    JsonNode root = Documents.read(source, "verdict");
    Map<String, Digest> subject = new TreeMap<>();
    root.required("subject")
        .properties()
        .forEach(entry -> subject.put(entry.getKey(), new Digest(entry.getValue().asText())));
    List<Finding> findings = new ArrayList<>();
    root.required("rules").forEach(node -> findings.add(readRule(node)));
    Verdict verdict =
        new Verdict(
            root.required("step").asText(),
            root.required("stepVersion").asText(),
            new Subject(subject),
            findings,
            root.required("summary").asText(),
            Instant.parse(root.required("createdAt").asText()),
            expiry(root.required("expiresAt")));
    return new Recorded(
        verdict,
        Status.valueOf(root.required("status").asText()),
        new Digest(root.required("manifest").asText()));
  }

  private static Verdict.Expiry expiry(JsonNode node) {
    return node.isNull()
        ? new Verdict.Expiry.Never()
        : new Verdict.Expiry.At(Instant.parse(node.asText()));
  }

  private static Finding readRule(JsonNode node) {
    String reason = node.required("reason").asText();
    return new Finding(
        node.required("id").asText(),
        MeasurementNodes.read(node, reason),
        threshold(node),
        node.required("decide").asText(),
        Status.valueOf(node.required("status").asText()),
        Severity.valueOf(node.required("severity").asText().toUpperCase(Locale.ROOT)),
        reason,
        significance(node));
  }

  private static Significance significance(JsonNode node) {
    return node.has("p") && node.has("adjustedP")
        ? new Significance.Known(
            node.required("p").asDouble(), node.required("adjustedP").asDouble())
        : new Significance.None();
  }

  private static Threshold threshold(JsonNode node) {
    double limit = node.required("threshold").asDouble();
    return switch (node.required("comparator").asText()) {
      case "min" -> new Threshold.AtLeast(limit);
      case "max" -> new Threshold.AtMost(limit);
      default -> new Threshold.Present();
    };
  }
}

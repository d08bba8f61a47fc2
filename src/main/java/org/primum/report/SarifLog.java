package org.primum.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.primum.data.Digest;
import org.primum.gate.Finding;
import org.primum.gate.Status;

/// A [Report] as SARIF 2.1.0, which code scanning shows beside the policy's lines.
///
/// Every rule that was held stands among the rules; a result is what is not met. What is met has
/// none: GitHub shows each result as a problem, whatever its `kind`. The logical location is the
/// group, the physical one the policy. The fingerprint is of rule, group and comparison, so that a
/// finding stays one alert while its value moves.
///
/// Source: OASIS, [Static Analysis Results Interchange Format 2.1.0](
/// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
public final class SarifLog {

  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private final Report report;
  private final Policy policy;
  private final JsonGenerator json;

  private SarifLog(Report report, Policy policy, JsonGenerator json) {
    this.report = report;
    this.policy = policy;
    this.json = json;
  }

  /// Where the limits are written.
  ///
  /// @param uri of the file, relative to the repository where it is in one
  /// @param lines of rules, by id; a rule `step:id` without a line of its own has that of `step`
  public record Policy(String uri, Map<String, Integer> lines) {
    public Policy {
      lines = Map.copyOf(lines);
    }

    int line(String rule) {
      int colon = rule.indexOf(':');
      int ofStep = colon < 0 ? 1 : lines.getOrDefault(rule.substring(0, colon), 1);
      return lines.getOrDefault(rule, ofStep);
    }
  }

  /// The document as bytes, UTF-8.
  public static byte[] write(Report report, Policy policy) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonFactory.builder().build().createGenerator(out)) {
      DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
      json.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
      new SarifLog(report, policy, json).log();
    }
    out.write('\n');
    return out.toByteArray();
  }

  private void log() throws IOException {
    json.writeStartObject();
    json.writeStringField("$schema", SCHEMA);
    json.writeStringField("version", "2.1.0");
    json.writeArrayFieldStart("runs");
    run();
    json.writeEndArray();
    json.writeEndObject();
  }

  private void run() throws IOException {
    Map<String, Integer> indexes = new LinkedHashMap<>();
    for (Finding finding : report.verdict().findings()) {
      indexes.putIfAbsent(finding.rule(), indexes.size());
    }
    json.writeStartObject();
    tool(indexes);
    details();
    json.writeStringField("columnKind", "utf16CodeUnits");
    json.writeArrayFieldStart("results");
    for (Finding finding : report.verdict().findings()) {
      if (finding.status() != Status.PASS) {
        result(finding, indexes.getOrDefault(finding.rule(), 0));
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void tool(Map<String, Integer> indexes) throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "primum");
    json.writeStringField("semanticVersion", report.verdict().stepVersion());
    json.writeArrayFieldStart("rules");
    for (String rule : indexes.keySet()) {
      rule(rule);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private void rule(String id) throws IOException {
    String meaning =
        report.checks().stream()
            .filter(check -> check.rule().equals(id) && !check.meaning().isBlank())
            .map(Report.Check::meaning)
            .findFirst()
            .orElse("a rule of the policy");
    json.writeStartObject();
    json.writeStringField("id", id);
    message("shortDescription", id + ": " + meaning);
    message("fullDescription", id + ": " + meaning + ".");
    message(
        "help",
        "The rule "
            + id
            + " stands in "
            + policy.uri()
            + ". The report of the step "
            + report.verdict().step()
            + " shows its numbers, whom it is about, and what cannot be known.");
    json.writeEndObject();
  }

  /// Keeps one step's alerts apart from another's.
  private void details() throws IOException {
    json.writeObjectFieldStart("automationDetails");
    json.writeStringField("id", "primum/" + report.verdict().step() + "/");
    message("description", report.title());
    json.writeEndObject();
  }

  private void result(Finding finding, int index) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", finding.rule());
    json.writeNumberField("ruleIndex", index);
    json.writeStringField("level", level(finding.status()));
    message("message", words(finding));
    location(finding);
    json.writeObjectFieldStart("partialFingerprints");
    json.writeStringField("primaryLocationLineHash", fingerprint(finding));
    json.writeEndObject();
    if (finding.status() == Status.WAIVED) {
      suppression(finding);
    }
    json.writeEndObject();
  }

  private static String level(Status status) {
    return switch (status) {
      case FAIL, INCONCLUSIVE -> "error";
      case WARN -> "warning";
      case WAIVED -> "note";
      case PASS -> "none";
    };
  }

  private String words(Finding finding) {
    FindingWords words = new FindingWords(finding);
    String numbers =
        "%s, %s: %s, interval %s, n %s, limit %s."
            .formatted(
                words.groups(),
                words.metric(),
                words.value(),
                words.interval(),
                words.n(),
                words.limit());
    return finding.rule()
        + ", "
        + words.outcome()
        + ": "
        + sentence(report.inWords(finding))
        + " ("
        + numbers
        + ")";
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  private void location(Finding finding) throws IOException {
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", policy.uri());
    json.writeEndObject();
    json.writeObjectFieldStart("region");
    json.writeNumberField("startLine", policy.line(finding.rule()));
    json.writeEndObject();
    json.writeEndObject();
    json.writeArrayFieldStart("logicalLocations");
    json.writeStartObject();
    json.writeStringField("name", new FindingWords(finding).group());
    json.writeStringField("fullyQualifiedName", new FindingWords(finding).group());
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private String fingerprint(Finding finding) {
    FindingWords words = new FindingWords(finding);
    String identity =
        String.join("\n", report.verdict().step(), finding.rule(), words.metric(), words.groups());
    return Digest.of(identity.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16) + ":1";
  }

  private void suppression(Finding finding) throws IOException {
    json.writeArrayFieldStart("suppressions");
    json.writeStartObject();
    json.writeStringField("kind", "external");
    json.writeStringField("status", "accepted");
    json.writeStringField("justification", finding.reason());
    json.writeEndObject();
    json.writeEndArray();
  }

  private void message(String name, String text) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("text", text);
    json.writeEndObject();
  }
}

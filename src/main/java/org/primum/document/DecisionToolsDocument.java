package org.primum.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.primum.fairness.policy.Declarations.Characteristic;
import org.primum.fairness.policy.Declarations.Declared;
import org.primum.gate.Subject;

/// `section-92-210.json`: one entry of an inventory of patient care decision support tools, as 45
/// CFR 92.210 (89 FR 37522, 6 May 2024) lets a covered entity keep one: which characteristics the
/// inputs measure, what the audit found for each, and room for what was done about it.
public final class DecisionToolsDocument {

  private static final String SCHEMA = "primum.dev/decision-tools/v1alpha1";

  /// The grounds of 45 CFR 92.210(a).
  private static final List<Characteristic> GROUNDS =
      List.of(
          Characteristic.RACE,
          Characteristic.COLOR,
          Characteristic.NATIONAL_ORIGIN,
          Characteristic.SEX,
          Characteristic.AGE,
          Characteristic.DISABILITY);

  private final AuditRecord audit;

  private DecisionToolsDocument(AuditRecord audit) {
    this.audit = audit;
  }

  public static byte[] write(AuditRecord audit) {
    return new DecisionToolsDocument(audit).write();
  }

  private byte[] write() {
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA);
    root.put("label", AuditRecord.LABEL);
    root.put("source", "45 CFR 92.210");
    root.put("audited", audit.verdict().createdAt().toString());
    root.put("dataOrigin", audit.declarations().origin().id());
    ObjectNode tool = root.putObject("tool");
    tool.put("policy", audit.policy().name()).put("revision", audit.policy().revision());
    for (String role : List.of(Subject.MODEL, Subject.DATASET, Subject.POLICY)) {
      audit
          .subject(role)
          .ifPresentOrElse(
              digest -> tool.put(role + "Digest", digest.value()),
              () -> tool.putNull(role + "Digest"));
    }
    ArrayNode grounds = root.putArray("grounds");
    GROUNDS.forEach(ground -> ground(grounds.addObject(), ground));
    proxies(root.putObject("proxies"));
    review(root.putObject("review"));
    return Documents.write(root);
  }

  private void ground(ObjectNode node, Characteristic ground) {
    List<Declared> columns = audit.declarations().of(ground);
    node.put("ground", ground.id());
    SourceAttributesDocument.putInput(node, columns);
    ArrayNode attributes = node.putArray("attributes");
    for (Declared column : columns) {
      ObjectNode one = attributes.addObject();
      one.put("attribute", column.attribute()).put("column", column.column());
      ArrayNode metrics = one.putArray("metrics");
      audit.metrics(column.attribute()).forEach(metrics::add);
      ArrayNode results = one.putArray("results");
      audit
          .findings(column.attribute())
          .forEach(finding -> SourceAttributesDocument.rule(results, finding));
    }
    node.put(
        "note",
        columns.isEmpty()
            ? "the policy names no attribute that represents it: " + AuditRecord.NOT_PROVIDED
            : "results are the findings of verdict.json on its groups");
    mitigation(node.putObject("mitigation"));
  }

  /// For the covered entity to fill in, 45 CFR 92.210(c).
  private static void mitigation(ObjectNode node) {
    node.putNull("measure");
    node.putNull("by");
    node.putNull("date");
    node.put("note", AuditRecord.NOT_PROVIDED);
  }

  private void proxies(ObjectNode node) {
    ArrayNode metrics = node.putArray("metrics");
    audit.result().metrics().stream()
        .map(m -> m.metric())
        .filter(DecisionToolsDocument::tellsProxies)
        .distinct()
        .forEach(metrics::add);
    node.put(
        "note",
        metrics.isEmpty()
            ? "whether other inputs stand for these grounds was not measured: "
                + AuditRecord.NOT_PROVIDED
            : "how well other columns tell the attribute: metrics.json");
  }

  /// The family of proxies, once the catalogue has it.
  private static boolean tellsProxies(String metric) {
    return org.primum.fairness.policy.MetricRef.parse(metric)
        .map(ref -> ref.metric().family().name().equals("PROXY"))
        .orElse(false);
  }

  private static void review(ObjectNode node) {
    node.putNull("reviewer");
    node.putNull("date");
    node.put("note", AuditRecord.NOT_PROVIDED);
  }
}

package org.primum.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.Declarations.Characteristic;
import org.primum.fairness.policy.Declarations.Declared;
import org.primum.fairness.policy.Declarations.Origin;
import org.primum.gate.Finding;
import org.primum.gate.Measurement;
import org.primum.gate.Subject;

/// `hti1.json`: the 31 source attributes of a predictive decision support intervention, filled
/// where an audit knows something, by pointers to its rules and metrics. What it does not know is
/// null, and said to be not provided.
public final class SourceAttributesDocument {

  private static final String SCHEMA = "primum.dev/source-attributes/v1alpha1";

  /// The variables of 45 CFR 170.315(b)(11)(iv)(A)(5) to (13), in their order.
  private static final List<Characteristic> VARIABLES =
      List.of(
          Characteristic.RACE,
          Characteristic.ETHNICITY,
          Characteristic.LANGUAGE,
          Characteristic.SEXUAL_ORIENTATION,
          Characteristic.GENDER_IDENTITY,
          Characteristic.SEX,
          Characteristic.DATE_OF_BIRTH,
          Characteristic.SOCIAL_DETERMINANTS,
          Characteristic.HEALTH_STATUS);

  private static final Map<SourceAttribute, Origin> VALIDITY =
      Map.of(
          SourceAttribute.PERFORMANCE_INTERNAL_VALIDITY, Origin.INTERNAL,
          SourceAttribute.PERFORMANCE_EXTERNAL_VALIDITY, Origin.EXTERNAL,
          SourceAttribute.MAINTENANCE_LOCAL_VALIDITY, Origin.LOCAL);

  private static final Map<SourceAttribute, Origin> FAIRNESS =
      Map.of(
          SourceAttribute.PERFORMANCE_INTERNAL_FAIRNESS, Origin.INTERNAL,
          SourceAttribute.PERFORMANCE_EXTERNAL_FAIRNESS, Origin.EXTERNAL,
          SourceAttribute.MAINTENANCE_LOCAL_FAIRNESS, Origin.LOCAL);

  private final AuditRecord audit;

  private SourceAttributesDocument(AuditRecord audit) {
    this.audit = audit;
  }

  public static byte[] write(AuditRecord audit) {
    return new SourceAttributesDocument(audit).write();
  }

  private byte[] write() {
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA);
    root.put("label", AuditRecord.LABEL);
    root.put("source", "45 CFR 170.315(b)(11)(iv)(B)");
    root.put("audited", audit.verdict().createdAt().toString());
    root.put("dataOrigin", audit.declarations().origin().id());
    audit.subject(Subject.MODEL).ifPresent(d -> root.put("model", d.value()));
    ArrayNode variables = root.putArray("variables");
    for (int i = 0; i < VARIABLES.size(); i++) {
      variable(variables.addObject(), VARIABLES.get(i), i + 5);
    }
    ArrayNode attributes = root.putArray("sourceAttributes");
    for (SourceAttribute attribute : SourceAttribute.values()) {
      attribute(attributes.addObject(), attribute);
    }
    return Documents.write(root);
  }

  private void variable(ObjectNode node, Characteristic variable, int paragraph) {
    List<Declared> columns = audit.declarations().of(variable);
    node.put("variable", variable.id());
    node.put("paragraph", "(b)(11)(iv)(A)(" + paragraph + ")");
    ArrayNode attributes = node.putArray("attributes");
    columns.forEach(column -> attributes.add(column.attribute()));
    putInput(node, columns);
    ArrayNode metrics = node.putArray("metrics");
    columns.stream()
        .flatMap(column -> audit.metrics(column.attribute()).stream())
        .distinct()
        .forEach(metrics::add);
  }

  /// True where the policy says that one of the columns is an input, false where it says of all
  /// that they are none, else null.
  static void putInput(ObjectNode node, List<Declared> columns) {
    if (columns.stream().anyMatch(c -> c.input().orElse(false))) {
      node.put("modelInput", true);
    } else if (!columns.isEmpty() && columns.stream().allMatch(c -> c.input().isPresent())) {
      node.put("modelInput", false);
    } else {
      node.putNull("modelInput");
    }
  }

  private void attribute(ObjectNode node, SourceAttribute attribute) {
    node.put("key", attribute.key());
    node.put("paragraph", attribute.paragraph());
    node.put("text", attribute.text());
    ArrayNode evidence = Documents.object().putArray("evidence");
    String value = value(attribute, evidence);
    if (value.isEmpty()) {
      node.putNull("value");
      node.put("note", AuditRecord.NOT_PROVIDED);
    } else {
      node.put("value", value);
      node.put("note", "evidence of this audit; complete it before it is used");
    }
    node.set("evidence", evidence);
  }

  /// What the audit knows, in a sentence; empty where that is nothing.
  private String value(SourceAttribute attribute, ArrayNode evidence) {
    Origin origin = audit.declarations().origin();
    if (VALIDITY.get(attribute) == origin) {
      audit.ofEveryone().forEach(m -> metric(evidence, m));
      return "Measured for everyone in data of "
          + origin.id()
          + " origin; the numbers are those of metrics.json.";
    }
    if (FAIRNESS.get(attribute) == origin) {
      audit.verdict().findings().forEach(finding -> rule(evidence, finding));
      return "Held against the policy "
          + audit.policy().name()
          + ", revision "
          + audit.policy().revision()
          + ", in data of "
          + origin.id()
          + " origin: "
          + audit.verdict().status().name()
          + ".";
    }
    return switch (attribute) {
      case DETAILS_OUTPUT_VALUE -> output(evidence);
      case DEVELOPMENT_VARIABLES -> inputs(evidence);
      case VALIDATION_DEMOGRAPHICS -> origin == Origin.EXTERNAL ? sizes(evidence) : "";
      default -> "";
    };
  }

  private String output(ArrayNode evidence) {
    return switch (audit.policy().data().target()) {
      case AuditData.Target.Event(_, AuditData.Decision how) -> output(how, evidence);
      case AuditData.Target.Classes(_, String column, List<String> names) -> {
        pointer(evidence, "policy", "data.label.classes");
        yield "One of %d classes in the column '%s'.".formatted(names.size(), column);
      }
      case AuditData.Target.Quantity(_, String column) -> {
        pointer(evidence, "policy", "data.prediction");
        yield "A number in the column '%s'.".formatted(column);
      }
    };
  }

  private static String output(AuditData.Decision how, ArrayNode evidence) {
    return switch (how) {
      case AuditData.Decision.ByThreshold(String column, double threshold) -> {
        pointer(evidence, "policy", "data.decision.threshold");
        yield "A score from 0 to 1 in the column '%s'; from %s on a patient is flagged."
            .formatted(column, threshold);
      }
      case AuditData.Decision.ByColumn(AuditData.YesNo prediction) -> {
        pointer(evidence, "policy", "data.prediction");
        yield "A flag, yes or no, in the column '%s'.".formatted(prediction.column());
      }
      case AuditData.Decision.ByColumnWithScore(AuditData.YesNo prediction, String score) -> {
        pointer(evidence, "policy", "data.prediction");
        yield "A flag, yes or no, in the column '%s', made of the score in '%s'."
            .formatted(prediction.column(), score);
      }
    };
  }

  private String inputs(ArrayNode evidence) {
    List<String> said =
        audit.declarations().columns().stream()
            .filter(column -> column.input().isPresent() && !column.represents().isEmpty())
            .map(
                column -> column.attribute() + (column.input().get() ? ": an input" : ": no input"))
            .toList();
    if (!said.isEmpty()) {
      pointer(evidence, "policy", "attributes[].modelInput");
    }
    return said.isEmpty() ? "" : "As the policy says: " + String.join(", ", said) + ".";
  }

  private String sizes(ArrayNode evidence) {
    List<String> named =
        VARIABLES.stream()
            .flatMap(variable -> audit.declarations().of(variable).stream())
            .map(Declared::attribute)
            .distinct()
            .toList();
    named.forEach(name -> pointer(evidence, "report.html", "groups of " + name));
    return named.isEmpty() ? "" : "Rows of each group of " + String.join(", ", named) + ".";
  }

  private static void metric(ArrayNode evidence, Measurement measurement) {
    evidence
        .addObject()
        .put("file", "metrics.json")
        .put("metric", measurement.metric())
        .put("group", measurement.group());
  }

  static void rule(ArrayNode evidence, Finding finding) {
    evidence
        .addObject()
        .put("file", "verdict.json")
        .put("rule", finding.rule())
        .put("metric", finding.measurement().metric())
        .put("group", finding.measurement().group())
        .put("status", finding.status().name());
  }

  private static void pointer(ArrayNode evidence, String file, String at) {
    evidence.addObject().put("file", file).put("at", at);
  }
}

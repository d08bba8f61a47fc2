package org.primum.document;

import java.util.List;
import java.util.Optional;
import org.primum.data.Digest;
import org.primum.fairness.AuditResult;
import org.primum.fairness.policy.Declarations;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Verdict;

/// An audit as the documents of regulators ask for it: everything in them points to a rule, a
/// metric or a key of the policy.
public record AuditRecord(
    FairnessPolicy policy, Declarations declarations, AuditResult result, Verdict verdict) {

  /// What every such document says of itself.
  public static final String LABEL =
      "Evidence from one audit, for people who assess. It is no statement of compliance with any"
          + " law.";

  public static final String NOT_PROVIDED = "not provided by this audit";

  /// The findings on the groups of an attribute, alone or with others.
  List<Finding> findings(String attribute) {
    return verdict.findings().stream()
        .filter(f -> speaksOf(f.measurement().group(), attribute))
        .toList();
  }

  /// The metrics of everyone that have a value.
  List<Measurement> ofEveryone() {
    return result.metrics().stream()
        .filter(m -> m.group().equals(Measurement.OVERALL))
        .filter(m -> m.comparison() instanceof Comparison.Alone)
        .filter(m -> m.value() instanceof Measure.Known)
        .toList();
  }

  /// Names of the metrics that were measured of the groups of an attribute.
  List<String> metrics(String attribute) {
    return result.metrics().stream()
        .filter(m -> speaksOf(m.group(), attribute))
        .map(Measurement::metric)
        .distinct()
        .toList();
  }

  Optional<Digest> subject(String role) {
    return verdict.subject().find(role);
  }

  /// `race` speaks of `race=Black`, `race=Black,sex=F`, and `race` or `race,sex` as a whole.
  private static boolean speaksOf(String group, String attribute) {
    for (String part : group.split(",", -1)) {
      if (part.equals(attribute) || part.startsWith(attribute + "=")) {
        return true;
      }
    }
    return false;
  }
}

package org.primum.fairness;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.primum.document.FairnessPolicyDocument;
import org.primum.document.Source;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.gate.Finding;

/// Audits of rows in memory under policies as people write them.
public final class Audits {

  public static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

  private Audits() {}

  /// A policy on the columns label, prediction and g; what is given comes below the data.
  public static FairnessPolicy policy(String rest) {
    return whole(
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: test, revision: 1}
        data:
          label: {column: label, positive: 1}
          prediction: {column: prediction, positive: 1}
        """
            + rest);
  }

  public static FairnessPolicy whole(String yaml) {
    return FairnessPolicyDocument.read(
        new Source("policy.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
  }

  public static AuditResult audit(FairnessPolicy policy, Rows rows) {
    return FairnessAudit.audit(Fixtures.tally(rows, policy), policy, TODAY);
  }

  public static AuditResult audit(String rest, Rows rows) {
    return audit(policy(rest), rows);
  }

  /// The one finding of a rule on a group.
  public static Finding finding(AuditResult result, String rule, String group) {
    var found =
        result.findings().stream()
            .filter(f -> f.rule().equals(rule) && f.measurement().group().equals(group))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(rule + " on " + group + ": " + found + " of " + result.findings());
    }
    return found.getFirst();
  }
}

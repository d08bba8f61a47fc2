package org.primum.step.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.primum.document.AuditRecord;
import org.primum.document.CurvesDocument;
import org.primum.document.DecisionToolsDocument;
import org.primum.document.SourceAttributesDocument;
import org.primum.fairness.AuditResult;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.report.AnnexIv;
import org.primum.report.MetricsCsv;
import org.primum.step.StepContext;

/// The same evidence in the forms others ask for: for a spreadsheet, and for those who keep records
/// under a regulation. Small numbers are told in none of them.
final class AuditExports {

  private final AuditRecord audit;

  AuditExports(AuditRecord audit) {
    this.audit = audit;
  }

  /// Curves, and the exports that are asked for.
  void write(Set<AuditExport> exports, StepContext context) throws IOException {
    Path curves = context.artifact("curves.json");
    Files.write(curves, CurvesDocument.write(audit.result().depth()));
    for (AuditExport export : exports) {
      Files.write(context.artifact(export.path()), bytes(export));
    }
  }

  private byte[] bytes(AuditExport export) {
    AuditResult result = audit.result();
    return switch (export) {
      case CSV -> MetricsCsv.write(audit.verdict(), result.metrics(), result.depth().omissions());
      case HTI1 -> SourceAttributesDocument.write(audit);
      case SECTION_92_210 -> DecisionToolsDocument.write(audit);
      case ANNEX_IV ->
          AnnexIv.write(
              audit.verdict(),
              result.metrics(),
              result.depth().omissions(),
              reasons(audit.policy()),
              AuditLimits.sentences(audit.policy(), result));
    };
  }

  private static List<AnnexIv.Reason> reasons(FairnessPolicy policy) {
    return policy.rules().stream()
        .map(rule -> new AnnexIv.Reason(rule.id(), new RuleWords(rule).all(), rule.rationale()))
        .toList();
  }
}

package org.primum.step;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.primum.document.AuditRecord;
import org.primum.document.CurvesDocument;
import org.primum.document.DecisionToolsDocument;
import org.primum.document.SourceAttributesDocument;
import org.primum.fairness.AuditResult;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.gate.Verdict;
import org.primum.report.AnnexIv;
import org.primum.report.MetricsCsv;

/// The same evidence in the forms others ask for: for a spreadsheet, and for those who keep records
/// under a regulation. Small numbers are told in none of them.
final class AuditExports {

  private final AuditRecord audit;

  AuditExports(AuditRecord audit) {
    this.audit = audit;
  }

  void write(StepContext context) throws IOException {
    AuditResult result = audit.result();
    Verdict verdict = audit.verdict();
    write(context, "curves.json", CurvesDocument.write(result.depth()));
    write(
        context,
        "exports/metrics.csv",
        MetricsCsv.write(verdict, result.metrics(), result.depth().omissions()));
    write(context, "exports/hti1.json", SourceAttributesDocument.write(audit));
    write(context, "exports/section-92-210.json", DecisionToolsDocument.write(audit));
    write(
        context,
        "exports/annex-iv.md",
        AnnexIv.write(
            verdict,
            result.metrics(),
            result.depth().omissions(),
            reasons(audit.policy()),
            AuditLimits.sentences(audit.policy(), result)));
  }

  private static List<AnnexIv.Reason> reasons(FairnessPolicy policy) {
    return policy.rules().stream()
        .map(rule -> new AnnexIv.Reason(rule.id(), new RuleWords(rule).all(), rule.rationale()))
        .toList();
  }

  private static void write(StepContext context, String name, byte[] bytes) throws IOException {
    Files.write(context.artifact(name), bytes);
  }
}

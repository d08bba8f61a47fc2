package org.primum.step.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.primum.document.FairnessPolicyDocument;
import org.primum.document.PlanDocument;
import org.primum.document.Source;
import org.primum.fairness.FairnessPlan;
import org.primum.fairness.PlanAssumptions;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.gate.Subject;
import org.primum.report.HtmlReport;
import org.primum.step.StepContext;
import org.primum.store.Location;

/// How many patients a policy needs, from the policy alone.
///
/// @param version of primum, for the page
public record PlannedAudit(Location policy, PlanAssumptions assumptions, String version) {

  /// The plan in three forms.
  ///
  /// @param html one page
  public record Pages(String table, String json, String html) {}

  public Pages pages(StepContext context) throws IOException {
    StepContext.Input file = context.fetchDocument("policy", policy);
    FairnessPolicy read = FairnessPolicyDocument.read(Source.of(file.path(), file.name()));
    FairnessPlan plan = FairnessPlan.of(read, assumptions);
    PlanPages pages = new PlanPages(read, plan);
    Subject subject = Subject.none().with(Subject.POLICY, file.digest());
    return new Pages(
        pages.table(),
        new String(PlanDocument.write(plan), StandardCharsets.UTF_8),
        HtmlReport.write(pages.report(version, subject, context.now())));
  }
}

package org.primum.step.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.primum.document.FairnessPolicyDocument;
import org.primum.document.Source;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.tally.CountedTally;
import org.primum.fairness.tally.TallyFile;
import org.primum.gate.Subject;
import org.primum.step.ModelSource;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.store.Location;

/// Counts the groups in one scored table and decides nothing. Tallies of shards, sites and days
/// merge to the tally of all their rows.
public final class FairnessTallyStep implements Step<FairnessTallyStep.Inputs> {

  /// @param data scored rows
  /// @param policy a FairnessPolicy; its columns, groups and thresholds say what is counted
  /// @param model whose predictions they are
  public record Inputs(Location data, Location policy, ModelSource model) {}

  @Override
  public String name() {
    return "fairness-tally";
  }

  @Override
  public StepResult run(Inputs inputs, StepContext context) throws IOException {
    StepContext.Input policyFile = context.fetchDocument("policy", inputs.policy());
    FairnessPolicy policy =
        FairnessPolicyDocument.read(Source.of(policyFile.path(), policyFile.name()));
    CountedTally counted =
        new AuditRows.Scored(inputs.data()).count(policy, inputs.model(), context);
    Files.write(context.artifact(TallyFiles.FILE_NAME), TallyFile.write(counted));
    Subject subject = counted.subject().with(Subject.POLICY, policyFile.digest());
    return new TallyReport(name(), counted, subject).result(context, Map.of(), List.of());
  }
}

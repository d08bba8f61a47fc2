package org.primum.step.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.document.AuditRecord;
import org.primum.document.FairnessPolicyDocument;
import org.primum.document.Source;
import org.primum.fairness.AuditResult;
import org.primum.fairness.AuditResult.Judgement;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.Declarations;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Statistics;
import org.primum.fairness.tally.CountedTally;
import org.primum.fairness.tally.TallyFile;
import org.primum.gate.Confusion;
import org.primum.gate.Resampling;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;
import org.primum.step.ModelSource;
import org.primum.step.OnViolation;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.store.Location;

/// Counts the scored data, holds the groups in it against a policy, and says who is treated
/// otherwise, by how much, and what cannot be known.
public final class FairnessAuditStep implements Step<FairnessAuditStep.Inputs> {

  /// @param rows scored rows, or a tally of them
  /// @param policy a FairnessPolicy
  /// @param model whose predictions they are
  /// @param baseline what rules against the model in use compare with
  /// @param exports which are written; at least one
  public record Inputs(
      AuditRows rows,
      Location policy,
      ModelSource model,
      ModelInUse baseline,
      OnViolation onViolation,
      Set<AuditExport> exports) {
    public Inputs {
      exports = EnumSet.copyOf(exports);
    }
  }

  @Override
  public String name() {
    return "fairness-audit";
  }

  @Override
  public StepResult run(Inputs inputs, StepContext context) throws IOException {
    StepContext.Input policyFile = context.fetchDocument("policy", inputs.policy());
    Source policySource = Source.of(policyFile.path(), policyFile.name());
    FairnessPolicy policy = FairnessPolicyDocument.read(policySource);
    context.useSeed(policy.statistics().bootstrap().seed());
    CountedTally counted = inputs.rows().count(policy, inputs.model(), context);
    Subject subject = counted.subject().with(Subject.POLICY, policyFile.digest());

    LocalDate today = LocalDate.ofInstant(context.now(), ZoneOffset.UTC);
    AuditResult result = inputs.baseline().audit(counted.tally(), policy, today, context);

    Files.write(context.artifact(TallyFiles.FILE_NAME), TallyFile.write(counted));
    Verdict verdict = verdict(subject, result, context);
    Declarations declarations = FairnessPolicyDocument.declarations(policySource);
    new AuditExports(new AuditRecord(policy, declarations, result, verdict))
        .write(inputs.exports(), context);
    return inputs.onViolation().end(result(policy, result, verdict));
  }

  private Verdict verdict(Subject subject, AuditResult result, StepContext context) {
    return new Verdict(
        name(),
        context.version(),
        subject,
        result.findings(),
        result.summary(),
        context.now(),
        new Verdict.Expiry.Never());
  }

  private static StepResult result(FairnessPolicy policy, AuditResult result, Verdict verdict) {
    FairnessReport report = new FairnessReport(policy, result, verdict);
    return StepResult.of(
        new StepResult.Evidence(
            verdict,
            result.metrics(),
            report.report(),
            parameters(result),
            report.table(),
            confusion(policy, result),
            result.depth().omissions(),
            resampling(policy)));
  }

  private static Resampling resampling(FairnessPolicy policy) {
    Statistics.Bootstrap bootstrap = policy.statistics().bootstrap();
    int clusters =
        policy.data().cluster() instanceof AuditData.Cluster.By(String _, int replicates, long _)
            ? replicates
            : 0;
    return new Resampling(bootstrap.replicates(), clusters, bootstrap.seed());
  }

  /// Two outcomes have a confusion matrix that engines can draw, where all of it may be told.
  private static Confusion confusion(FairnessPolicy policy, AuditResult result) {
    return policy.data().target() instanceof AuditData.Target.Event
            && result.disclosure().everyone().exact()
        ? result.overall().counts().confusion(policy.suppressBelow())
        : new Confusion.Unknown();
  }

  private static SortedMap<String, String> parameters(AuditResult result) {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("failed_rules", rules(result, Status.FAIL));
    parameters.put("inconclusive_rules", rules(result, Status.INCONCLUSIVE));
    parameters.put("waived_rules", rules(result, Status.WAIVED));
    List<Judgement> worst = result.worst();
    parameters.put(
        "worst_group", worst.isEmpty() ? "" : worst.getFirst().finding().measurement().group());
    parameters.put("worst_rule", worst.isEmpty() ? "" : worst.getFirst().finding().rule());
    return parameters;
  }

  private static String rules(AuditResult result, Status status) {
    List<String> ids = new ArrayList<>();
    for (Judgement judgement : result.judgements()) {
      String id = judgement.finding().rule();
      if (judgement.finding().status() == status && !ids.contains(id)) {
        ids.add(id);
      }
    }
    return String.join(",", ids);
  }
}

package org.primum.step;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.Table;
import org.primum.document.FairnessPolicyDocument;
import org.primum.document.Source;
import org.primum.fairness.AuditResult;
import org.primum.fairness.AuditResult.Judgement;
import org.primum.fairness.FairnessAudit;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.tally.Tally;
import org.primum.fairness.tally.TallyCount;
import org.primum.fairness.tally.TallyFile;
import org.primum.gate.Confusion;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;
import org.primum.store.Location;
import org.primum.table.TableFiles;

/// Counts the scored data, holds the groups in it against a policy, and says who is treated
/// otherwise, by how much, and what cannot be known.
public final class FairnessAuditStep implements Step<FairnessAuditStep.Inputs> {

  /// @param data scored rows
  /// @param policy a FairnessPolicy
  /// @param model whose predictions they are
  public record Inputs(
      Location data, Location policy, ModelSource model, OnViolation onViolation) {}

  /// What a refusal is to the caller.
  public enum OnViolation {
    /// The step fails: exit 20 or 21.
    FAIL,
    /// The step is done, exit 0; a gate reads the verdict.
    REPORT
  }

  @Override
  public String name() {
    return "fairness-audit";
  }

  @Override
  public StepResult run(Inputs inputs, StepContext context) throws IOException {
    StepContext.Input policyFile = context.fetchDocument("policy", inputs.policy());
    FairnessPolicy policy =
        FairnessPolicyDocument.read(Source.of(policyFile.path(), policyFile.name()));
    StepContext.Input data = context.fetch("data", inputs.data());
    Table table = TableFiles.open(data.path(), data.name());
    Subject subject =
        inputs
            .model()
            .subject(table, context)
            .with(Subject.DATASET, data.digest())
            .with(Subject.POLICY, policyFile.digest());

    Tally tally = count(table, policy, context);
    LocalDate today = LocalDate.ofInstant(context.now(), ZoneOffset.UTC);
    AuditResult result = FairnessAudit.audit(tally, policy, today);

    Files.write(context.artifact("tally.bin"), TallyFile.write(tally));
    return end(inputs.onViolation(), result(policy, result, verdict(subject, result, context)));
  }

  private static Tally count(Table table, FairnessPolicy policy, StepContext context)
      throws IOException {
    context.progress().start("counting rows", 0);
    long[] seen = new long[1];
    Tally tally =
        TallyCount.of(
            table,
            policy,
            Runtime.getRuntime().availableProcessors(),
            rows -> {
              context.progress().advance(rows - seen[0]);
              seen[0] = rows;
            });
    context.progress().finish();
    return tally;
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
            confusion(policy, result)));
  }

  /// Two outcomes have a confusion matrix that engines can draw.
  private static Confusion confusion(FairnessPolicy policy, AuditResult result) {
    return policy.data().target() instanceof AuditData.Target.Event
        ? result.overall().counts().confusion(policy.suppressBelow())
        : new Confusion.Unknown();
  }

  private static StepResult end(OnViolation onViolation, StepResult result) {
    return switch (onViolation) {
      case FAIL -> result;
      case REPORT ->
          result instanceof StepResult.Passed ? result : new StepResult.Reported(result.evidence());
    };
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

package org.primum.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.primum.step.CiFile;
import org.primum.step.ModelSource;
import org.primum.step.OnViolation;
import org.primum.step.Step;
import org.primum.step.UsageException;
import org.primum.step.audit.AuditExport;
import org.primum.step.audit.AuditRows;
import org.primum.step.audit.FairnessAuditStep;
import org.primum.step.audit.ModelInUse;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `primum fairness-audit`.
@Command(
    name = "fairness-audit",
    description = {
      "Holds the predictions of a model against a fairness policy.",
      "Counts the groups of people in the scored data, measures the rates of each, and says who is"
          + " missed or flagged more often than others, how sure that is, and what cannot be known.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum fairness-audit --data=scored.parquet --policy=fairness.yaml \\",
      "    --output-dir=audit",
      "  primum fairness-audit --data=s3://runs/june/scored.parquet --policy=fairness.yaml \\",
      "    --model=model --output-dir=audit --on-violation=report",
      "  primum fairness-audit --tally=all-sites --policy=fairness.yaml --output-dir=audit",
      "",
      "The smallest policy:",
      "  apiVersion: primum.dev/v1alpha1",
      "  kind: FairnessPolicy",
      "  metadata: {name: readmission, revision: 1}",
      "  data:",
      "    label: {column: label, positive: 1}",
      "    prediction: {column: prediction, positive: 1}",
      "  attributes:",
      "    - {name: race, column: race, reference: White}",
      "    - {name: age, column: age, bins: [45, 65], reference: \"[45,65)\"}",
      "  rules:",
      "    - {id: by-race, metric: tpr, compare: difference, over: race, min: -0.05}",
      "    - {id: by-age, metric: tpr, compare: difference, over: age, min: -0.05}",
      "",
      "Bins are closed on the left; [45, 65] makes <45, [45,65) and >=65. Instead of a prediction"
          + " column: score: {column: score}, decision: {threshold: 0.32}. Every key:"
          + " docs/fairness-audit.md."
    })
@StepOutput(
    name = "tally.bin",
    kind = StepOutput.Kind.BINARY,
    description = "the counts of every group, to merge or audit again")
@StepOutput(
    name = "curves.json",
    kind = StepOutput.Kind.DOCUMENT,
    description = "reliability, decision and ROC curves of each group")
@StepOutput(
    name = "exports",
    kind = StepOutput.Kind.DOCUMENT,
    description =
        "a directory: the evidence as CSV, and in the forms reviewers and regulators ask for; those"
            + " that --export names")
@StepOutput(
    name = "params/failed_rules",
    kind = StepOutput.Kind.TEXT,
    description = "ids of the rules that are not met")
@StepOutput(
    name = "params/inconclusive_rules",
    kind = StepOutput.Kind.TEXT,
    description = "ids of the rules nobody can decide")
@StepOutput(
    name = "params/waived_rules",
    kind = StepOutput.Kind.TEXT,
    description = "ids of the rules with a waiver in force")
@StepOutput(
    name = "params/worst_group",
    kind = StepOutput.Kind.TEXT,
    description = "the group of the worst finding")
@StepOutput(
    name = "params/worst_rule",
    kind = StepOutput.Kind.TEXT,
    description = "the rule of the worst finding")
final class FairnessAuditCommand extends StepCommand<FairnessAuditStep.Inputs> {

  @StepInput(StepInput.Kind.TABLE)
  @Option(
      names = "--data",
      paramLabel = "TABLE",
      order = 1,
      description =
          "Scored rows, Parquet or CSV: label, score or prediction, and the sensitive columns."
              + " Required, or --tally.")
  @Nullable Location data;

  @StepInput(StepInput.Kind.TALLY)
  @Option(
      names = "--tally",
      paramLabel = "FILE|DIR",
      order = 1,
      description =
          "Instead of --data: the tally.bin that fairness-tally, fairness-merge or an audit left, or"
              + " its output directory.")
  @Nullable Location tally;

  @StepInput(StepInput.Kind.POLICY)
  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      order = 2,
      description = "The FairnessPolicy, YAML or JSON.")
  @Nullable Location policy;

  @StepInput(StepInput.Kind.MODEL)
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      order = 3,
      description =
          "The model that scored the rows, a directory or file; the verdict binds its digest."
              + " By default the one the scored table names.")
  @Nullable Location model;

  @StepInput(StepInput.Kind.TALLY)
  @Option(
      names = "--baseline",
      paramLabel = "FILE|DIR",
      order = 4,
      description =
          "The tally.bin of the model in use, made under this policy, or the output directory that"
              + " holds it; for rules against the baseline.")
  @Nullable Location baseline;

  @Option(
      names = "--on-violation",
      defaultValue = "fail",
      paramLabel = "fail|report",
      order = 5,
      description =
          "fail: exit 20 or 21 where the policy is not met. report: exit 0, for a gate to decide.")
  OnViolation onViolation = OnViolation.FAIL;

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      order = 5,
      description =
          "How many threads count the rows; 0: one for each core. The result is the same, byte for"
              + " byte.")
  int threads;

  @Option(
      names = "--export",
      split = ",",
      paramLabel = "NAME[,NAME]",
      order = 6,
      description =
          "Which of the exports are written: csv, hti1, section-92-210, annex-iv. By default all.")
  List<String> exports = List.of();

  @Mixin CiOptions ci = new CiOptions();

  FairnessAuditCommand(Session session) {
    super(session);
  }

  @Override
  Step<FairnessAuditStep.Inputs> step() {
    return new FairnessAuditStep();
  }

  @Override
  FairnessAuditStep.Inputs inputs() {
    if (policy == null) {
      throw new IllegalStateException("picocli lets no command run without its required options");
    }
    ModelSource source = model == null ? new ModelSource.AsScored() : new ModelSource.At(model);
    ModelInUse inUse =
        baseline == null ? new ModelInUse.NotGiven() : new ModelInUse.Counted(baseline);
    return new FairnessAuditStep.Inputs(
        rows(), policy, source, inUse, onViolation, AuditExport.named(exports));
  }

  private AuditRows rows() {
    if (data != null && tally != null) {
      throw new UsageException("--data and --tally: give one of them, the rows or their counts");
    }
    if (data != null) {
      return threads == 0 ? new AuditRows.Scored(data) : new AuditRows.Scored(data, threads);
    }
    if (tally != null) {
      return new AuditRows.Counted(tally);
    }
    throw new UsageException("--data: name the scored table, or the counts of one with --tally");
  }

  @Override
  List<CiFile> ciFiles() {
    return ci.files();
  }
}

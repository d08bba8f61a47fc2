package org.primum.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.primum.step.CiFile;
import org.primum.step.Step;
import org.primum.step.UsageException;
import org.primum.step.release.GateStep;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `primum gate`.
@Command(
    name = "gate",
    description = {
      "Decides from evidence whether a model may be released.",
      "Every rule is decided again from its numbers. Missing, expired or foreign evidence is never"
          + " a pass. An approval that the policy asks for is promote's business, not the gate's.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum gate --policy=release.yaml --model=out/train/model \\",
      "    --evidence=out/train,out/audit,out/shap,out/noise --output-dir=out/gate",
      "",
      "The smallest policy:",
      "  apiVersion: primum.dev/v1alpha1",
      "  kind: ReleasePolicy",
      "  metadata: {name: readmission-release, revision: 1}",
      "  require:",
      "    - {step: train, rules: [{metric: auroc, min: 0.70}]}",
      "    - {step: fairness-audit, maxAge: P30D}",
      "",
      "Every key: docs/promotion.md."
    })
@StepOutput(
    name = "params/model",
    kind = StepOutput.Kind.TEXT,
    description = "the digest of the model that was gated")
final class GateCommand extends StepCommand<GateStep.Inputs> {

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      order = 1,
      description = "The ReleasePolicy, YAML or JSON.")
  @StepInput(StepInput.Kind.POLICY)
  @Nullable Location policy;

  @Option(
      names = "--evidence",
      required = true,
      split = ",",
      paramLabel = "DIR",
      order = 2,
      description =
          "Output directories of steps, separated by commas or each with an option of its own. A"
              + " directory that holds such directories stands for all of them.")
  @StepInput(StepInput.Kind.EVIDENCE)
  List<Location> evidence = List.of();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      order = 3,
      description =
          "The model directory that is gated. Without it, the one model all evidence speaks of.")
  @StepInput(StepInput.Kind.MODEL)
  @Nullable Location model;

  @Mixin CiOptions ci = new CiOptions();

  GateCommand(Session session) {
    super(session);
  }

  @Override
  Step<GateStep.Inputs> step() {
    return new GateStep();
  }

  @Override
  GateStep.Inputs inputs() {
    if (policy == null) {
      throw new UsageException("--policy: name the ReleasePolicy file");
    }
    return new GateStep.Inputs(
        policy,
        evidence,
        model == null ? new GateStep.Gated.NamedByEvidence() : new GateStep.Gated.ModelAt(model));
  }

  @Override
  List<CiFile> ciFiles() {
    return ci.files();
  }
}

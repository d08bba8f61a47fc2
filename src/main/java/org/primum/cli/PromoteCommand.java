package org.primum.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.primum.promotion.Approval;
import org.primum.step.Step;
import org.primum.step.UsageException;
import org.primum.step.release.PromoteStep;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `primum promote`.
@Command(
    name = "promote",
    description = {
      "Makes a model current in a registry, if its evidence passes the gate.",
      "Where the policy says approval: required, or --approval is given, a person has to approve as"
          + " well.",
      "The model that served until now becomes last known good, where a rollback goes.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum promote --model=out/train/model --name=readmission \\",
      "    --registry=s3://models/prod --policy=release.yaml \\",
      "    --evidence=out/train,out/audit,out/shap,out/noise \\",
      "    --output-dir=out/promote",
      "",
      "primum gate --help shows the smallest policy; docs/promotion.md has every key."
    })
@StepOutput(
    name = "pointer.json",
    kind = StepOutput.Kind.DOCUMENT,
    description = "the registry's pointer as this step left it")
@StepOutput(
    name = "params/model",
    kind = StepOutput.Kind.TEXT,
    description = "the digest of the current model")
@StepOutput(
    name = "params/sequence",
    kind = StepOutput.Kind.INTEGER,
    description = "the number of the pointer's move")
final class PromoteCommand extends StepCommand<PromoteStep.Inputs> {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      order = 1,
      description = "The model directory to promote.")
  @StepInput(StepInput.Kind.MODEL)
  @Nullable Location model;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      order = 2,
      description = "The name under which the model serves, e.g. readmission.")
  @Nullable String name;

  @Option(
      names = "--registry",
      required = true,
      paramLabel = "URI",
      order = 3,
      description =
          "Where the registry is: a directory, s3://bucket/prefix or minio://bucket/prefix.")
  @StepInput(StepInput.Kind.STORE)
  @Nullable Location registry;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      order = 4,
      description = "The ReleasePolicy, YAML or JSON.")
  @StepInput(StepInput.Kind.POLICY)
  @Nullable Location policy;

  @Option(
      names = "--evidence",
      required = true,
      split = ",",
      paramLabel = "DIR",
      order = 5,
      description =
          "Output directories of steps, separated by commas or each with an option of its own. A"
              + " directory that holds such directories stands for all of them.")
  @StepInput(StepInput.Kind.EVIDENCE)
  List<Location> evidence = List.of();

  @Option(
      names = "--approval",
      paramLabel = "approve|reject",
      order = 6,
      description =
          "What a person said. Without it nobody approved, which matters where the policy asks for"
              + " an approval.")
  @Nullable Answer approval;

  @Option(
      names = "--approver",
      defaultValue = "",
      paramLabel = "NAME",
      order = 7,
      description = "Who said it, for the registry's records. Nobody checks the name.")
  String approver = "";

  /// What a person said.
  enum Answer {
    APPROVE,
    REJECT
  }

  PromoteCommand(Session session) {
    super(session);
  }

  @Override
  Step<PromoteStep.Inputs> step() {
    return new PromoteStep();
  }

  @Override
  PromoteStep.Inputs inputs() {
    if (model == null || name == null || registry == null || policy == null) {
      throw new UsageException("--model, --name, --registry and --policy are all needed");
    }
    return new PromoteStep.Inputs(model, name, registry, policy, evidence, approval());
  }

  private Approval approval() {
    try {
      return switch (approval) {
        case null -> new Approval.NotGiven();
        case APPROVE -> new Approval.Approved(approver.strip());
        case REJECT -> new Approval.Rejected(approver.strip());
      };
    } catch (IllegalArgumentException e) {
      throw new UsageException("--approver: " + e.getMessage());
    }
  }
}

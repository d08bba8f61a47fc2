package org.primum.cli;

import org.jspecify.annotations.Nullable;
import org.primum.step.Step;
import org.primum.step.UsageException;
import org.primum.step.release.RollbackStep;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `primum rollback`.
@Command(
    name = "rollback",
    description = {
      "Goes back to the last known good model of a registry, after reading every byte of it.",
      "The model it leaves is known good again only after a promotion of its own.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum rollback --name=readmission --registry=s3://models/prod \\",
      "    --reason='misses patients over 75' --output-dir=out/rollback"
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
final class RollbackCommand extends StepCommand<RollbackStep.Inputs> {

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      order = 1,
      description = "The name under which the model serves.")
  @Nullable String name;

  @Option(
      names = "--registry",
      required = true,
      paramLabel = "URI",
      order = 2,
      description =
          "Where the registry is: a directory, s3://bucket/prefix or minio://bucket/prefix.")
  @StepInput(StepInput.Kind.STORE)
  @Nullable Location registry;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      order = 3,
      description = "Why, for those who ask later. Kept for good: no patient's data.")
  @Nullable String reason;

  RollbackCommand(Session session) {
    super(session);
  }

  @Override
  Step<RollbackStep.Inputs> step() {
    // with --overwrite an earlier run came to its end, and this one is another
    return overwrite ? new RollbackStep() : RollbackStep.ofRun(run());
  }

  private String run() {
    RollbackStep.Inputs inputs = inputs();
    return String.join(
        "\n",
        ofRun(),
        String.valueOf(outputDirectory),
        inputs.registry().toString(),
        inputs.name(),
        inputs.reason());
  }

  @Override
  RollbackStep.Inputs inputs() {
    if (name == null || registry == null || reason == null) {
      throw new UsageException("--name, --registry and --reason are all needed");
    }
    return new RollbackStep.Inputs(name, registry, reason);
  }
}

package org.primum.cli;

import org.jspecify.annotations.Nullable;
import org.primum.step.ModelSource;
import org.primum.step.Step;
import org.primum.step.audit.FairnessTallyStep;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `primum fairness-tally`.
@Command(
    name = "fairness-tally",
    description = {
      "Counts the groups in one scored table for a fairness audit, and decides nothing.",
      "Run it over each shard, month or hospital; fairness-merge adds the tallies up, and"
          + " fairness-audit --tally judges the sum. The rows stay where they are.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum fairness-tally --data=north.parquet --policy=fairness.yaml --output-dir=tallies/north",
      "  primum fairness-tally --data=south.parquet --policy=fairness.yaml --output-dir=tallies/south",
      "  primum fairness-merge --tallies=tallies --output-dir=all-sites",
      "  primum fairness-audit --tally=all-sites --policy=fairness.yaml --output-dir=audit",
      "",
      "All tallies that are to merge need a policy of the same columns, groups and thresholds; its"
          + " rules do not matter here."
    })
@StepOutput(
    name = "tally.bin",
    kind = StepOutput.Kind.BINARY,
    description = "the counts of every combination of the groups, and whose they are")
@StepOutput(
    name = "params/rows",
    kind = StepOutput.Kind.INTEGER,
    description = "how many rows were counted")
@StepOutput(
    name = "params/tables",
    kind = StepOutput.Kind.INTEGER,
    description = "how many tables were counted: one")
final class FairnessTallyCommand extends StepCommand<FairnessTallyStep.Inputs> {

  @StepInput(StepInput.Kind.TABLE)
  @Option(
      names = "--data",
      required = true,
      paramLabel = "TABLE",
      order = 1,
      description =
          "Scored rows, Parquet or CSV: label, score or prediction, and the sensitive columns.")
  @Nullable Location data;

  @StepInput(StepInput.Kind.POLICY)
  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      order = 2,
      description =
          "The FairnessPolicy, YAML or JSON, that the audit will hold the counts against.")
  @Nullable Location policy;

  @StepInput(StepInput.Kind.MODEL)
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      order = 3,
      description =
          "The model that scored the rows, a directory or file; the tally names its digest, and"
              + " merges with tallies of no other. By default the one the scored table names.")
  @Nullable Location model;

  FairnessTallyCommand(Session session) {
    super(session);
  }

  @Override
  Step<FairnessTallyStep.Inputs> step() {
    return new FairnessTallyStep();
  }

  @Override
  FairnessTallyStep.Inputs inputs() {
    if (data == null || policy == null) {
      throw new IllegalStateException("picocli lets no command run without its required options");
    }
    ModelSource source = model == null ? new ModelSource.AsScored() : new ModelSource.At(model);
    return new FairnessTallyStep.Inputs(data, policy, source);
  }
}

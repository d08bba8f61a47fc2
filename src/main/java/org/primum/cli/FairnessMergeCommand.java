package org.primum.cli;

import java.util.List;
import org.primum.step.Step;
import org.primum.step.audit.FairnessMergeStep;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `primum fairness-merge`.
@Command(
    name = "fairness-merge",
    description = {
      "Adds the tallies of shards, months or hospitals up to one, for fairness-audit --tally.",
      "The audit of the sum is that of all rows together, byte for byte in metrics.json. No row is"
          + " read, so hospitals can audit one model together without sharing a patient's record.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum fairness-merge --tallies=tallies --output-dir=all-sites",
      "  primum fairness-merge --tallies=tallies/north/tally.bin --tallies=s3://runs/south \\",
      "    --output-dir=all-sites",
      "",
      "Exit 11 where two count other columns, groups or thresholds; 13 where they are of different"
          + " models, or both count the same table."
    })
@StepOutput(
    name = "tally.bin",
    kind = StepOutput.Kind.BINARY,
    description = "the counts of all rows, and the digests of all tables")
@StepOutput(
    name = "params/rows",
    kind = StepOutput.Kind.INTEGER,
    description = "how many rows were counted")
@StepOutput(
    name = "params/tables",
    kind = StepOutput.Kind.INTEGER,
    description = "how many tables they are of")
@StepOutput(
    name = "params/tallies",
    kind = StepOutput.Kind.INTEGER,
    description = "how many tallies were merged")
final class FairnessMergeCommand extends StepCommand<FairnessMergeStep.Inputs> {

  @StepInput(StepInput.Kind.EVIDENCE)
  @Option(
      names = "--tallies",
      required = true,
      split = ",",
      paramLabel = "FILE|DIR",
      order = 1,
      description =
          "The tallies, separated by commas or each with an option of its own: tally.bin files, or"
              + " output directories that hold one. A directory that holds such directories stands"
              + " for all of them.")
  List<Location> tallies = List.of();

  FairnessMergeCommand(Session session) {
    super(session);
  }

  @Override
  Step<FairnessMergeStep.Inputs> step() {
    return new FairnessMergeStep();
  }

  @Override
  FairnessMergeStep.Inputs inputs() {
    return new FairnessMergeStep.Inputs(tallies);
  }
}

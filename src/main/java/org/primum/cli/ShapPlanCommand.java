package org.primum.cli;

import org.jspecify.annotations.Nullable;
import org.primum.step.Step;
import org.primum.step.explanation.ShapPlanStep;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `primum shap-plan`.
@Command(
    name = "shap-plan",
    description = {
      "Counts the rows of a table and plans the shards in which shap-batch explains them.",
      "An engine fans out over the list it leaves: one shap-batch --shard for each entry, and"
          + " shap-merge at the end.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum shap-plan --data=holdout.parquet --shards=8 --output-dir=plan"
    })
@StepOutput(
    name = "params/shards",
    kind = StepOutput.Kind.LIST,
    description = "the shards, as [\"0/8\",\"1/8\",…]; never more than there are rows")
@StepOutput(
    name = "params/rows",
    kind = StepOutput.Kind.INTEGER,
    description = "how many rows there are")
final class ShapPlanCommand extends StepCommand<ShapPlanStep.Inputs> {

  @StepInput(StepInput.Kind.TABLE)
  @Option(
      names = "--data",
      required = true,
      paramLabel = "TABLE",
      order = 1,
      description = "The rows to explain, Parquet or CSV.")
  @Nullable Location data;

  @Option(
      names = "--shards",
      defaultValue = "8",
      paramLabel = "N",
      order = 2,
      description = "How many shards, from 1 to 1024; fewer where there are fewer rows.")
  int shards = 8;

  ShapPlanCommand(Session session) {
    super(session);
  }

  @Override
  Step<ShapPlanStep.Inputs> step() {
    return new ShapPlanStep();
  }

  @Override
  ShapPlanStep.Inputs inputs() {
    if (data == null) {
      throw new IllegalStateException("picocli lets no command run without its required options");
    }
    return new ShapPlanStep.Inputs(data, shards);
  }
}

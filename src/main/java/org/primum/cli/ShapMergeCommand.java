package org.primum.cli;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.primum.step.CiFile;
import org.primum.step.Step;
import org.primum.step.UsageException;
import org.primum.step.explanation.ShapMergeStep;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `primum shap-merge`.
@Command(
    name = "shap-merge",
    description = {
      "Puts the shards of one shap-batch together.",
      "The rows and the summary are byte for byte those of a run without shards.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum shap-merge --shards=part-0,part-1 --output-dir=explanations"
    })
@StepOutput(
    name = "shap.parquet",
    kind = StepOutput.Kind.TABLE,
    description = "the rows of all shards in the table's order")
@StepOutput(
    name = "interactions.parquet",
    kind = StepOutput.Kind.TABLE,
    onRequest = true,
    description = "the lines of all shards, where shap-batch was asked for interactions")
@StepOutput(
    name = "summary.json",
    kind = StepOutput.Kind.DOCUMENT,
    description =
        "which features matter, how surely, how their values are distributed, overall and by group")
@StepOutput(
    name = "shard.json",
    kind = StepOutput.Kind.DOCUMENT,
    description = "exact sums of all rows")
@StepOutput(
    name = "params/rows",
    kind = StepOutput.Kind.INTEGER,
    description = "how many rows were explained")
@StepOutput(
    name = "params/top_feature",
    kind = StepOutput.Kind.TEXT,
    description = "the feature that matters most")
final class ShapMergeCommand extends StepCommand<ShapMergeStep.Inputs> {

  @StepInput(StepInput.Kind.EVIDENCE)
  @Option(
      names = "--shards",
      required = true,
      paramLabel = "DIR[,DIR]",
      order = 1,
      description =
          "The output directories of all shards of one shap-batch, in any order, separated by"
              + " commas; or one directory that holds them all.")
  @Nullable String shards;

  @Mixin ShapRuleOptions rules = new ShapRuleOptions();

  @Mixin CiOptions ci = new CiOptions();

  ShapMergeCommand(Session session) {
    super(session);
  }

  @Override
  Step<ShapMergeStep.Inputs> step() {
    return new ShapMergeStep();
  }

  @Override
  ShapMergeStep.Inputs inputs() {
    if (shards == null) {
      throw new IllegalStateException("picocli lets no command run without its required options");
    }
    return new ShapMergeStep.Inputs(
        Arrays.stream(shards.split(",", -1)).map(ShapMergeCommand::location).toList(),
        rules.rules(ci));
  }

  @Override
  List<CiFile> ciFiles() {
    return ci.files();
  }

  private static Location location(String text) {
    try {
      return Location.parse(text.strip());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--shards=" + text + ": " + e.getMessage());
    }
  }
}

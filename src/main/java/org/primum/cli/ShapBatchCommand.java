package org.primum.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.primum.explain.value.Precision;
import org.primum.step.CiFile;
import org.primum.step.Step;
import org.primum.step.explanation.ShapBatchStep;
import org.primum.step.explanation.ShapMode;
import org.primum.step.explanation.Shard;
import org.primum.store.Location;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `primum shap-batch`.
@Command(
    name = "shap-batch",
    description = {
      "Explains every prediction by exact Shapley values.",
      "For each row and feature, how far the feature moved the model's margin (for a classifier the"
          + " log-odds) away from the base value; and which features matter most, for everyone and"
          + " for each sensitive group. The values of a row add up to its margin, or the step fails.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum shap-batch --model=model --data=holdout.parquet \\",
      "    --output-dir=explanations",
      "  primum shap-batch --model=xgboost.json --data=patients.csv --id=patient_id \\",
      "    --sensitive=race,sex --output-dir=explanations",
      "  primum shap-batch --model=model --data=patients.parquet --background=cohort.parquet \\",
      "    --output-dir=explanations",
      "  primum shap-batch --model=model --data=patients.parquet --shard=0/8 \\",
      "    --output-dir=part-0"
    })
@StepOutput(
    name = "shap.parquet",
    kind = StepOutput.Kind.TABLE,
    description =
        "a line a row: id, base_value, margin, phi.<feature>…, additivity_error, probability; of"
            + " estimates also se.<feature>…")
@StepOutput(
    name = "interactions.parquet",
    kind = StepOutput.Kind.TABLE,
    onRequest = true,
    description = "with --interactions: a line a row and pair: id, feature_a, feature_b, value")
@StepOutput(
    name = "summary.json",
    kind = StepOutput.Kind.DOCUMENT,
    description =
        "which features matter, how surely, how their values are distributed, overall and by group")
@StepOutput(
    name = "shard.json",
    kind = StepOutput.Kind.DOCUMENT,
    description = "exact sums, for shap-merge")
@StepOutput(
    name = "explainer.bin",
    kind = StepOutput.Kind.BINARY,
    onRequest = true,
    description = "with --save-explainer: the model and what is kept of the background")
@StepOutput(
    name = "params/rows",
    kind = StepOutput.Kind.INTEGER,
    description = "how many rows were explained")
@StepOutput(
    name = "params/top_feature",
    kind = StepOutput.Kind.TEXT,
    description = "the feature that matters most")
final class ShapBatchCommand extends StepCommand<ShapBatchStep.Inputs> {

  @StepInput(StepInput.Kind.MODEL)
  @Option(
      names = "--model",
      required = true,
      converter = EstimateOptions.ModelLocation.class,
      paramLabel = "MODEL",
      order = 1,
      description =
          "The model directory that train wrote, or a file: XGBoost (JSON, UBJ), LightGBM (text),"
              + " CatBoost (JSON), Tribuo (protobuf), trees in ONNX, or the JSON of"
              + " docs/model-json.md. Or the address of a served model,"
              + " http://HOST/v1/models/NAME or /v2/models/NAME.")
  @Nullable Location model;

  @StepInput(StepInput.Kind.TABLE)
  @Option(
      names = "--data",
      required = true,
      paramLabel = "TABLE",
      order = 2,
      description =
          "Rows to explain, Parquet or CSV, with a column for each feature under the name the model"
              + " knows it by.")
  @Nullable Location data;

  @StepInput(StepInput.Kind.TABLE)
  @Option(
      names = "--background",
      paramLabel = "TABLE",
      order = 3,
      description =
          "Rows to compare with, Parquet or CSV, with the same features: an unknown feature then has"
              + " the values it has there. All rows count. By default the model's own training"
              + " stands for them.")
  @Nullable Location background;

  @Option(
      names = "--mode",
      defaultValue = "auto",
      paramLabel = "auto|path-dependent|interventional|linear|correlated|permutation|kernel",
      order = 4,
      description =
          "What not knowing a feature means. path-dependent: the branches of a tree by the training"
              + " rows that took them. interventional: the values of the background rows. linear:"
              + " the mean of the background, or of the training rows. correlated: for linear models,"
              + " what the known features let expect of the others. permutation, kernel: estimates"
              + " with standard errors for any model, against the background. auto: interventional"
              + " with --background, else what fits the model.")
  ShapMode mode = ShapMode.AUTO;

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      order = 5,
      description =
          "The column that names a row. By default the model's recorded id, else the row number.")
  @Nullable String id;

  @Option(
      names = "--sensitive",
      paramLabel = "COLUMN[,COLUMN]",
      order = 6,
      description =
          "Columns to group the summary by, one group a value. By default those the model records as"
              + " sensitive; leave out numbers such as an age in years.")
  @Nullable String sensitive;

  @Option(
      names = "--features",
      paramLabel = "NAME[,NAME]",
      order = 7,
      description = "Feature names in the model's column order, for a model file that holds none.")
  @Nullable String features;

  @Option(
      names = "--shard",
      defaultValue = "0/1",
      paramLabel = "i/n",
      order = 8,
      description =
          "Explain the i-th of n equal parts of the rows, counted from 0: 0/8 to 7/8. shap-merge"
              + " puts the parts together.")
  String shard = "0/1";

  @Option(
      names = "--top-k",
      paramLabel = "K",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      order = 9,
      description =
          "How many features the summary, the metrics and the report list. By default all;"
              + " shap.parquet always holds all.")
  int topK = Integer.MAX_VALUE;

  @Option(
      names = "--precision",
      defaultValue = "mixed",
      paramLabel = "mixed|float64",
      order = 10,
      description =
          "mixed: values from tables in float32, within 2e-7 at a margin of 1, many times as fast."
              + " float64: within 1e-12.")
  Precision precision = Precision.MIXED;

  @Mixin EstimateOptions estimates = new EstimateOptions();
  @Mixin InteractionOptions detail = new InteractionOptions();

  @Mixin ShapCohortOptions cohorts = new ShapCohortOptions();

  @Mixin ShapRuleOptions rules = new ShapRuleOptions();

  @Mixin ShapEmissionOptions emission = new ShapEmissionOptions();

  @Mixin CiOptions ci = new CiOptions();
  @Mixin ShapFileOptions files = new ShapFileOptions();
  @Mixin PictureOptions pictures = new PictureOptions();

  ShapBatchCommand(Session session) {
    super(session);
  }

  @Override
  Step<ShapBatchStep.Inputs> step() {
    return new ShapBatchStep();
  }

  @Override
  ShapBatchStep.Inputs inputs() {
    if (model == null || data == null) {
      throw new IllegalStateException("picocli lets no command run without its required options");
    }
    return new ShapBatchStep.Inputs(
        model,
        data,
        Optional.ofNullable(background),
        mode,
        Optional.ofNullable(id),
        names(sensitive),
        names(features),
        Shard.parse(shard),
        topK,
        precision,
        estimates.asked(session().environment()),
        detail.detail(),
        cohorts.cohorts(),
        rules.rules(ci),
        emission.emission(),
        files.files(),
        pictures.ask());
  }

  @Override
  List<CiFile> ciFiles() {
    return ci.files();
  }

  private static Optional<List<String>> names(@Nullable String list) {
    return Optional.ofNullable(list)
        .map(text -> Arrays.stream(text.split(",", -1)).map(String::strip).toList());
  }
}

package org.primum.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.primum.step.Step;
import org.primum.step.training.ScoreInputs;
import org.primum.step.training.ScoreStep;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Options of `score`.
@Command(
    name = "score",
    description = {
      "Scores a table with a model, ours or one XGBoost saved, so that it can be audited.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  primum score --model=out/train/model --data=june.parquet --output-dir=out/june",
      "  primum score --model=theirs.ubj --features=age,hemoglobin,sodium --data=june.csv \\",
      "    --id=mrn --label=readmitted --sensitive=race,sex --threshold=0.3 --output-dir=out/june"
    })
@StepOutput(
    name = "scored.parquet",
    kind = StepOutput.Kind.TABLE,
    description = "All rows: id, label, score, prediction, weight, sensitive columns.")
@StepOutput(
    name = "params/model_digest",
    kind = StepOutput.Kind.TEXT,
    description = "The digest of the model.")
final class ScoreCommand extends StepCommand<ScoreInputs> {

  @StepInput(StepInput.Kind.MODEL)
  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description =
          "A model directory that train wrote, or a file: XGBoost (JSON, UBJ), LightGBM (text),"
              + " CatBoost (JSON), Tribuo (protobuf), trees in ONNX, or the JSON of"
              + " docs/model-json.md.")
  @Nullable Location model;

  @StepInput(StepInput.Kind.TABLE)
  @Option(
      names = "--data",
      required = true,
      paramLabel = "TABLE",
      description = "The rows, Parquet or CSV: a path, s3://bucket/key or minio://bucket/key.")
  @Nullable Location data;

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      description =
          "The column that names the patient. Default: the model's, else rows are numbered from 0.")
  @Nullable String id;

  @Option(
      names = "--features",
      split = ",",
      paramLabel = "COLUMN",
      description = "Features in the model's order, by comma, for a file that holds no names.")
  @Nullable List<String> features;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The outcome, where it is known. Default: the model's, if the data has it.")
  @Nullable String label;

  @Option(
      names = "--positive",
      paramLabel = "VALUE",
      description = "The outcome's positive value. Default: the model's, else 1.")
  @Nullable String positive;

  @Option(
      names = "--weight",
      paramLabel = "COLUMN",
      description = "Row weights, carried into scored.parquet as weight.")
  @Nullable String weight;

  @Option(
      names = "--sensitive",
      split = ",",
      paramLabel = "COLUMN",
      description = "Sensitive columns to carry along, by comma. Default: the model's.")
  @Nullable List<String> sensitive;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description = "Predict positive from this score on. Default: the model's, else 0.5.")
  @Nullable Double threshold;

  ScoreCommand(Session session) {
    super(session);
  }

  @Override
  Step<ScoreInputs> step() {
    return new ScoreStep();
  }

  @Override
  ScoreInputs inputs() {
    if (model == null || data == null) {
      throw new IllegalStateException("picocli lets no command run without its required options");
    }
    return new ScoreInputs(
        model,
        data,
        Optional.ofNullable(id),
        Optional.ofNullable(features),
        Optional.ofNullable(label),
        Optional.ofNullable(positive),
        Optional.ofNullable(weight),
        Optional.ofNullable(sensitive),
        Optional.ofNullable(threshold));
  }
}

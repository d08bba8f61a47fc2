package org.primum.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.primum.step.Step;
import org.primum.step.UsageException;
import org.primum.step.training.TrainInputs;
import org.primum.step.training.TrainStep;
import org.primum.store.Location;
import org.primum.train.ColumnRoles;
import org.primum.train.DecisionThreshold;
import org.primum.train.Hyperparameters;
import org.primum.train.Learner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Options of `train`.
@Command(
    name = "train",
    description = {"Fits a binary risk model and measures it on patients it has not seen.", ""},
    footer = {
      "",
      "Examples:",
      "  primum train --data=cohort.parquet --label=readmitted_30d --id=patient_id \\",
      "    --sensitive=race,sex,age_band --learner=xgboost --alert-rate=0.2 \\",
      "    --output-dir=out/train",
      "  primum train --data=cohort.csv --label=died --positive=yes --id=mrn \\",
      "    --sensitive=sex --learner=logistic-regression --reweigh=sex \\",
      "    --output-dir=out/train"
    })
@StepOutput(
    name = "model/",
    kind = StepOutput.Kind.MODEL,
    description = "The model: model.json beside the learner's own file.")
@StepOutput(
    name = "scored.parquet",
    kind = StepOutput.Kind.TABLE,
    description = "The holdout: id, label, score, prediction, weight, sensitive columns.")
@StepOutput(
    name = "params/model_digest",
    kind = StepOutput.Kind.TEXT,
    description = "The digest of model/.")
@StepOutput(
    name = "params/auroc",
    kind = StepOutput.Kind.NUMBER,
    description = "AUROC on the holdout; empty where undefined.")
@StepOutput(
    name = "params/brier",
    kind = StepOutput.Kind.NUMBER,
    description = "Brier score on the holdout.")
@StepOutput(
    name = "params/threshold",
    kind = StepOutput.Kind.NUMBER,
    description = "From which score on a row is alerted.")
final class TrainCommand extends StepCommand<TrainInputs> {

  @StepInput(StepInput.Kind.TABLE)
  @Option(
      names = "--data",
      required = true,
      paramLabel = "TABLE",
      description = "The rows, Parquet or CSV: a path, s3://bucket/key or minio://bucket/key.")
  @Nullable Location data;

  @Option(
      names = "--label",
      required = true,
      paramLabel = "COLUMN",
      description = "The outcome; it has two values.")
  @Nullable String label;

  @Option(
      names = "--positive",
      defaultValue = "1",
      paramLabel = "VALUE",
      description = "The outcome's positive value.")
  String positive = "1";

  @Option(
      names = "--id",
      required = true,
      paramLabel = "COLUMN",
      description = "The column that names the patient; all rows of one stay on one side.")
  @Nullable String id;

  @Option(
      names = "--sensitive",
      split = ",",
      paramLabel = "COLUMN",
      description = "Sensitive columns, by comma; carried into scored.parquet, not features.")
  List<String> sensitive = List.of();

  @Option(
      names = "--sensitive-as-feature",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      paramLabel = "true|false",
      description = "Let the model read the sensitive columns, all but those --exclude names.")
  boolean sensitiveAsFeature;

  @Option(
      names = "--features",
      split = ",",
      paramLabel = "COLUMN",
      description = "The features, by comma. Default: every column without another role.")
  List<String> features = List.of();

  @Option(
      names = "--exclude",
      split = ",",
      paramLabel = "COLUMN",
      description =
          "Columns that must not be features, by comma; instead of --features. Name what is known"
              + " only after the outcome, such as the date of death.")
  List<String> exclude = List.of();

  @Option(
      names = "--categories",
      split = ",",
      paramLabel = "COLUMN",
      description =
          "Features that are categories although their values look like numbers, by comma: codes,"
              + " lists such as '1,2'.")
  List<String> categories = List.of();

  @Option(
      names = "--weight",
      paramLabel = "COLUMN",
      description = "Row weights, e.g. of a survey; multiplied with those of --reweigh.")
  @Nullable String weight;

  @Option(
      names = "--learner",
      defaultValue = "xgboost",
      paramLabel = "NAME",
      description = "xgboost, logistic-regression or linear-sgd.")
  String learner = "xgboost";

  @Option(
      names = "--param",
      split = ",",
      paramLabel = "NAME=VALUE",
      description =
          "Hyperparameters of the learner, by comma, e.g. --param=max_depth=6,rounds=200.")
  Map<String, String> parameters = Map.of();

  @Option(
      names = "--reweigh",
      split = ",",
      paramLabel = "COLUMN",
      description =
          "Reweigh training rows so that the label rate is the same in each (joint) group of these"
              + " columns (Kamiran and Calders 2012).")
  List<String> reweigh = List.of();

  @Option(
      names = "--holdout",
      defaultValue = "0.25",
      paramLabel = "SHARE",
      description = "The share of patients held out and scored.")
  double holdout;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description = "Alert from this score on, in [0, 1].")
  @Nullable Double threshold;

  @Option(
      names = "--alert-rate",
      paramLabel = "SHARE",
      description =
          "Alert this share of rows: the threshold is chosen on the training rows. Without"
              + " --threshold and --alert-rate, as many are alerted as there are positives.")
  @Nullable Double alertRate;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Chooses the holdout and the learner's random numbers; any whole number.")
  long seed;

  TrainCommand(Session session) {
    super(session);
  }

  @Override
  Step<TrainInputs> step() {
    return new TrainStep();
  }

  @Override
  TrainInputs inputs() {
    if (data == null || label == null || id == null) {
      throw new IllegalStateException("picocli lets no command run without its required options");
    }
    try {
      return new TrainInputs(
          data,
          new ColumnRoles(id, label, positive, Optional.ofNullable(weight), sensitive, reweigh),
          new TrainInputs.FeatureChoice(features, exclude, sensitiveAsFeature, categories),
          Hyperparameters.of(learner(), parameters),
          holdout,
          decision(),
          seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage());
    }
  }

  private Learner learner() {
    return Learner.find(learner)
        .orElseThrow(() ->
            new UsageException("--learner: unknown '" + learner + "'; one of " + Learner.names()));
  }

  private DecisionThreshold decision() {
    if (threshold != null && alertRate != null) {
      throw new UsageException("--threshold and --alert-rate exclude each other; give one");
    }
    if (threshold != null) {
      return new DecisionThreshold.Fixed(threshold);
    }
    return alertRate == null
        ? new DecisionThreshold.BaseRate()
        : new DecisionThreshold.AlertRate(alertRate);
  }
}

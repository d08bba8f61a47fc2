package org.primum.step.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.ColumnType;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.data.Field;
import org.primum.data.RowSink;
import org.primum.data.Table;
import org.primum.document.LinearModelDocument;
import org.primum.document.LoadedModel;
import org.primum.document.ModelDocument;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;
import org.primum.model.NativeFormat;
import org.primum.model.TrainedModel;
import org.primum.step.ModelSource;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.table.TableFiles;
import org.primum.table.TableFormat;
import org.primum.train.FittedModel;
import org.primum.train.LeakHint;
import org.primum.train.PatientSplit;
import org.primum.train.Roster;
import org.primum.train.ScoreMetrics;
import org.primum.train.Training;
import org.primum.train.TrainingRows;

/// Fits a model to a table and measures it on patients it has not seen.
public final class TrainStep implements Step<TrainInputs> {

  static final String MODEL = "model";
  static final String SCORED = "scored.parquet";

  @Override
  public String name() {
    return "train";
  }

  @Override
  public StepResult run(TrainInputs inputs, StepContext context) throws IOException {
    context.useSeed(inputs.seed());
    StepContext.Input data = context.fetch("data", inputs.data());
    Table table = TableFiles.open(data.path(), data.name());
    List<Field> fields = features(table, inputs);
    Roster roster =
        Roster.read(table, inputs.roles(), new PatientSplit(inputs.seed(), inputs.holdout()));
    TrainingRows rows = TrainingRows.read(table, fields, inputs.choice().categories(), roster);
    FittedModel fitted =
        Training.fit(rows.set(), rows.features(), inputs.hyperparameters(), inputs.seed());

    LoadedModel model = write(fitted, rows, roster, inputs, data, context);
    Scoring scoring = scoreHoldout(model, table, roster, inputs, data, context);
    return result(new TrainReport(inputs, roster, rows, model, scoring), data, context);
  }

  private static List<Field> features(Table table, TrainInputs inputs) {
    TrainInputs.FeatureChoice choice = inputs.choice();
    List<Field> features =
        inputs.roles().features(table, choice.only(), choice.except(), choice.sensitiveToo());
    for (String name : choice.categories()) {
      if (features.stream().noneMatch(f -> f.name().equals(name))) {
        throw new DataInvalidException(
            table.name()
                + ": --categories names '"
                + name
                + "', which is no feature here; check its name and its other roles");
      }
    }
    return features.stream()
        .map(f -> choice.categories().contains(f.name()) ? new Field(f.name(), ColumnType.TEXT) : f)
        .toList();
  }

  /// Writes the model directory and opens it as every later step will.
  private static LoadedModel write(
      FittedModel fitted,
      TrainingRows rows,
      Roster roster,
      TrainInputs inputs,
      StepContext.Input data,
      StepContext context)
      throws IOException {
    NativeFormat format = writeNative(fitted, context);
    Path file = context.artifact(MODEL + "/" + fileName(format));
    var nativeFile = new TrainedModel.NativeFile(fileName(format), format, Digest.of(file));
    Path directory = context.artifact(MODEL);
    TrainedModel draft = describe(nativeFile, rows, roster, inputs, data, 0);
    ModelDocument.write(directory, draft);
    LoadedModel unset = LoadedModel.open(directory, Optional.empty());
    double threshold =
        inputs
            .threshold()
            .resolve(unset.scorer().score(rows.set().features()), roster.trainingPositives());
    ModelDocument.write(directory, describe(nativeFile, rows, roster, inputs, data, threshold));
    return LoadedModel.open(directory, Optional.empty());
  }

  private static NativeFormat writeNative(FittedModel fitted, StepContext context)
      throws IOException {
    return switch (fitted) {
      case FittedModel.Booster booster -> {
        Path file = context.artifact(MODEL + "/" + fileName(NativeFormat.XGBOOST_JSON));
        Files.write(file, booster.json());
        yield NativeFormat.XGBOOST_JSON;
      }
      case FittedModel.Linear(var linear) -> {
        Path file = context.artifact(MODEL + "/" + fileName(NativeFormat.LINEAR_JSON));
        LinearModelDocument.write(file, linear);
        yield NativeFormat.LINEAR_JSON;
      }
    };
  }

  private static String fileName(NativeFormat format) {
    return switch (format) {
      case XGBOOST_JSON -> "xgboost.json";
      case XGBOOST_UBJ -> "xgboost.ubj";
      case LINEAR_JSON -> "linear.json";
    };
  }

  private static TrainedModel describe(
      TrainedModel.NativeFile file,
      TrainingRows rows,
      Roster roster,
      TrainInputs inputs,
      StepContext.Input data,
      double threshold) {
    var roles = inputs.roles();
    return new TrainedModel(
        inputs.hyperparameters().learner().wireName(),
        file,
        rows.features(),
        new TrainedModel.Roles(roles.id(), roles.label(), roles.positive(), roles.sensitive()),
        threshold,
        new TrainedModel.Training(
            data.digest(),
            inputs.seed(),
            inputs.hyperparameters().values(),
            roles.reweigh(),
            roles.weight().orElse(""),
            inputs.holdout(),
            new TrainedModel.Counts(
                roster.trainingRows(), roster.trainingPatients(), roster.trainingPositives())));
  }

  private static Scoring scoreHoldout(
      LoadedModel model,
      Table table,
      Roster roster,
      TrainInputs inputs,
      StepContext.Input data,
      StepContext context)
      throws IOException {
    var roles = inputs.roles();
    ScoringPlan plan =
        new ScoringPlan(
            model.scorer(),
            model.description().orElseThrow().threshold(),
            Optional.of(roles.id()),
            Optional.of(new ScoringPlan.Outcome(roles.label(), roles.positive())),
            roles.weight(),
            roles.sensitive().stream()
                .map(name -> table.schema().require(name, table.name()))
                .toList());
    Scoring scoring = new Scoring(table, plan);
    try (RowSink sink = sink(plan, model.digest(), data.digest(), context)) {
      scoring.run(sink, row -> roster.isHeldOut((int) row), context.progress());
    }
    return scoring;
  }

  /// `scored.parquet`, which names the model and the data it speaks of.
  static RowSink sink(ScoringPlan plan, Digest model, Digest data, StepContext context)
      throws IOException {
    return TableFiles.create(
        context.artifact(SCORED),
        TableFormat.PARQUET,
        plan.schema(),
        ModelSource.metadata(model, data));
  }

  private StepResult result(TrainReport report, StepContext.Input data, StepContext context) {
    List<Measurement> metrics =
        ScoreMetrics.of(report.scoring().scores(), report.scoring().positives());
    Verdict verdict =
        new Verdict(
            name(),
            context.version(),
            Subject.none()
                .with(Subject.MODEL, report.model().digest())
                .with(Subject.DATASET, data.digest()),
            List.of(),
            report.summary(metrics),
            context.now(),
            new Verdict.Expiry.Never());
    for (LeakHint hint : report.leaks()) {
      context.log("warning: " + TrainReport.describe(hint));
    }
    return StepResult.of(
        new StepResult.Evidence(
            verdict,
            metrics,
            report.report(verdict, metrics),
            parameters(report, metrics),
            ScoreTables.metrics(metrics),
            report.scoring().confusion()));
  }

  /// A metric that does not exist has an empty value.
  private static SortedMap<String, String> parameters(
      TrainReport report, List<Measurement> metrics) {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("model_digest", report.model().digest().value());
    parameters.put("threshold", Double.toString(report.threshold()));
    for (Measurement metric : metrics) {
      if (metric.metric().equals("auroc") || metric.metric().equals("brier")) {
        parameters.put(
            metric.metric(),
            metric.value() instanceof Measure.Known(double value) ? Double.toString(value) : "");
      }
    }
    return parameters;
  }
}

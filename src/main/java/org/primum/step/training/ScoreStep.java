package org.primum.step.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.primum.data.DataInvalidException;
import org.primum.data.Field;
import org.primum.data.RowSink;
import org.primum.data.Schema;
import org.primum.data.Table;
import org.primum.document.LoadedModel;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;
import org.primum.model.TrainedModel;
import org.primum.report.Report;
import org.primum.report.Report.Block;
import org.primum.report.Report.Section;
import org.primum.step.ModelInput;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.table.TableFiles;
import org.primum.train.ScoreMetrics;

/// Scores any data with any model we can read, so that models others trained can be audited.
public final class ScoreStep implements Step<ScoreInputs> {

  /// Where neither the user nor the model says: the more likely class.
  private static final double HALF = 0.5;

  @Override
  public String name() {
    return "score";
  }

  @Override
  public StepResult run(ScoreInputs inputs, StepContext context) throws IOException {
    LoadedModel model = ModelInput.open(inputs.model(), inputs.features(), context);
    StepContext.Input data = context.fetch("data", inputs.data());
    Table table = TableFiles.open(data.path(), data.name());
    ScoringPlan plan = plan(inputs, model, table);
    Scoring scoring = new Scoring(table, plan);
    try (RowSink sink = TrainStep.sink(plan, model.digest(), data.digest(), context)) {
      scoring.run(sink, row -> true, context.progress());
    }
    if (scoring.rows() == 0) {
      throw new DataInvalidException(data.name() + ": the table has no rows");
    }
    return result(scoring, plan, model, data, context);
  }

  private static ScoringPlan plan(ScoreInputs inputs, LoadedModel model, Table table) {
    Optional<TrainedModel.Roles> roles = model.description().map(TrainedModel::roles);
    Schema schema = table.schema();
    inputs.id().ifPresent(name -> schema.require(name, table.name()));
    Optional<String> id =
        inputs.id().or(() -> roles.map(TrainedModel.Roles::id).filter(n -> has(schema, n)));
    Optional<String> weight = inputs.weight();
    weight.ifPresent(name -> schema.require(name, table.name()));
    return new ScoringPlan(
        model.scorer(),
        inputs.threshold().or(() -> model.description().map(TrainedModel::threshold)).orElse(HALF),
        id,
        label(inputs, roles, table),
        weight,
        sensitive(inputs, roles, table));
  }

  private static boolean has(Schema schema, String name) {
    return schema.find(name).isPresent();
  }

  private static Optional<ScoringPlan.Outcome> label(
      ScoreInputs inputs, Optional<TrainedModel.Roles> roles, Table table) {
    inputs.label().ifPresent(name -> table.schema().require(name, table.name()));
    String positive =
        inputs.positive().or(() -> roles.map(TrainedModel.Roles::positive)).orElse("1");
    return inputs
        .label()
        .or(() -> roles.map(TrainedModel.Roles::label).filter(n -> has(table.schema(), n)))
        .map(column -> new ScoringPlan.Outcome(column, positive));
  }

  private static List<Field> sensitive(
      ScoreInputs inputs, Optional<TrainedModel.Roles> roles, Table table) {
    if (inputs.sensitive().isPresent()) {
      return inputs.sensitive().get().stream()
          .map(name -> table.schema().require(name, table.name()))
          .toList();
    }
    return roles.map(TrainedModel.Roles::sensitive).orElse(List.of()).stream()
        .flatMap(name -> table.schema().find(name).stream())
        .toList();
  }

  private StepResult result(
      Scoring scoring,
      ScoringPlan plan,
      LoadedModel model,
      StepContext.Input data,
      StepContext context) {
    List<Measurement> metrics = metrics(scoring, plan);
    scoring
        .unseen()
        .warnings()
        .forEach(warning -> context.log("warning: " + data.name() + ": " + warning));
    String summary =
        String.format(
            Locale.ROOT,
            "Scored %,d rows; %,d reach the threshold %.3f.",
            scoring.rows(),
            scoring.alerts(),
            plan.threshold());
    Verdict verdict =
        new Verdict(
            name(),
            context.version(),
            Subject.none().with(Subject.MODEL, model.digest()).with(Subject.DATASET, data.digest()),
            List.of(),
            summary,
            context.now(),
            new Verdict.Expiry.Never());
    return StepResult.of(
        new StepResult.Evidence(
            verdict,
            metrics,
            report(verdict, metrics, scoring, plan),
            new TreeMap<>(Map.of("model_digest", model.digest().value())),
            ScoreTables.metrics(metrics),
            scoring.confusion()));
  }

  private static List<Measurement> metrics(Scoring scoring, ScoringPlan plan) {
    List<Measurement> metrics = new ArrayList<>();
    if (plan.label().isPresent()) {
      metrics.addAll(ScoreMetrics.of(scoring.scores(), scoring.positives()));
    } else {
      metrics.add(overall("n", (double) scoring.rows(), scoring.rows()));
      metrics.add(overall("mean_score", scoring.meanScore(), scoring.rows()));
    }
    double alerted = (double) scoring.alerts() / scoring.rows();
    metrics.add(overall("selection_rate", alerted, scoring.rows()));
    return metrics;
  }

  private static Measurement overall(String metric, double value, long n) {
    return Measurement.overall(metric, new Measure.Known(value), new Interval.None(), n);
  }

  private static Report report(
      Verdict verdict, List<Measurement> metrics, Scoring scoring, ScoringPlan plan) {
    List<Section> sections = new ArrayList<>();
    if (scoring.unseen().total() > 0) {
      sections.add(
          Section.of(
              "Look at this first",
              new Block.Note(
                  ScoreTables.count(scoring.unseen().total())
                      + " values are categories the model was not trained on. It takes them as"
                      + " unknown.")));
    }
    List<Block> blocks = new ArrayList<>(List.of(ScoreTables.grid(metrics)));
    if (plan.label().isPresent()) {
      blocks.add(ScoreTables.reliability(scoring.scores(), scoring.positives()));
    }
    sections.add(new Section("What was measured", blocks));
    sections.add(
        Section.of(
            "What this cannot say",
            new Block.Bullets(
                List.of(
                    "Whether rows here were also in the model's training data: then it looks better"
                        + " than it is.",
                    "Whether groups are served equally well: that is the fairness audit's"
                        + " question."))));
    String lead =
        plan.label().isPresent()
            ? "Scores stand beside the recorded outcomes, so the model can be audited."
            : "No outcome column was found, so only the scores themselves are described.";
    return new Report("Scoring", verdict, lead, sections).headed("Scored");
  }
}

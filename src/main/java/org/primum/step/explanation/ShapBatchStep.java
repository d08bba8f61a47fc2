package org.primum.step.explanation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.data.RowSink;
import org.primum.data.Table;
import org.primum.data.TextColumn;
import org.primum.document.LoadedModel;
import org.primum.document.ShapleyInteractions;
import org.primum.document.ShapleyMethod;
import org.primum.document.ShapleyShard;
import org.primum.explain.EmittedValues;
import org.primum.explain.Explainer;
import org.primum.explain.FeatureGroups;
import org.primum.explain.FeaturePairs;
import org.primum.explain.OutputSpace;
import org.primum.explain.SamplingErrors;
import org.primum.explain.SamplingTally;
import org.primum.explain.ShapleyEmission;
import org.primum.explain.ShapleySample;
import org.primum.explain.ShapleyTally;
import org.primum.explain.ShapleyValues;
import org.primum.model.AnsweringModel;
import org.primum.model.Feature;
import org.primum.model.FeatureEncoder;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.step.UsageException;
import org.primum.store.Location;
import org.primum.table.TableFiles;

/// Explains every row of a table by exact Shapley values, and sums up which features matter.
///
/// Rows stream: memory holds one piece of a batch and the sums.
public final class ShapBatchStep implements Step<ShapBatchStep.Inputs> {

  /// Rows drawn in the report.
  static final int SAMPLE_ROWS = 528;

  /// Shapley values computed at once, over rows, outputs and features.
  private static final int PIECE_NUMBERS = 2 << 20;

  /// Rows explained at once where each takes long.
  private static final int ESTIMATED_ROWS = 64;

  /// @param id the column that names a row; by default the model's recorded id, else the row number
  /// @param sensitive columns to group by; by default those the model records
  /// @param features names for a model file that holds none
  /// @param topK how many features each list of the summary holds
  /// @param background rows to compare with; by default the model's own training stands for them
  /// @param precision in which the values of trees are added
  /// @param estimates what is asked of explanations that ask the model itself
  /// @param detail interactions, and groups of features
  /// @param cohorts whom the summary tells of beside everyone
  /// @param rules what the values are held against
  /// @param emission how much of a row's values is written
  /// @param files what else is read and kept
  /// @param pictures what they may show, and whether they are written as files too
  public record Inputs(
      Location model,
      Location data,
      Optional<Location> background,
      ShapMode mode,
      Optional<String> id,
      Optional<List<String>> sensitive,
      Optional<List<String>> features,
      Shard shard,
      int topK,
      Explainer.Precision precision,
      ShapEstimates estimates,
      ShapDetail detail,
      ShapCohorts cohorts,
      ShapRules rules,
      ShapleyEmission emission,
      ShapFiles files,
      PictureAsk pictures) {
    public Inputs {
      files.requireFit(background.isPresent());
      detail.requireFit(emission);
      if (topK < 1) {
        throw new UsageException("--top-k must be at least 1, got " + topK);
      }
      if (mode == ShapMode.PATH_DEPENDENT && background.isPresent()) {
        throw new UsageException(
            "--mode=path-dependent compares with no rows: leave out --background, or give"
                + " --mode=interventional");
      }
      if (mode == ShapMode.PATH_DEPENDENT
          && estimates.space().filter(space -> space == OutputSpace.PROBABILITY).isPresent()) {
        throw new UsageException(
            "--mode=path-dependent has no --output-space=probability: the cover of trees adds up"
                + " margins, and says nothing of a probability; compare with --background=TABLE in"
                + " --mode=interventional");
      }
    }
  }

  @Override
  public String name() {
    return "shap-batch";
  }

  @Override
  public StepResult run(Inputs inputs, StepContext context) throws IOException {
    return ShapThreads.run(inputs.files().threads(), () -> explain(inputs, context));
  }

  private StepResult explain(Inputs inputs, StepContext context) throws IOException {
    ShapTrial trial = ShapTrial.of(inputs.rules(), context);
    ShapModel given = ShapModel.open(inputs, context);
    LoadedModel opened = given.model();
    StepContext.Input data = given.data();
    Table table = TableFiles.open(data.path(), data.name());
    ShapGroups groups = ShapGroups.of(inputs.detail().groups(), opened.scorer(), context);
    ShapColumns columns = ShapColumns.of(inputs, opened, table, context);
    ShapExplainer explainer = ShapExplainer.of(inputs, opened, context);
    LoadedModel model = explainer.model();
    explainer.explainer().advice().ifPresent(context::log);
    ShapleyMethod method = explainer.method(given.facts());
    if (method.sampling().isPresent()) {
      context.useSeed(inputs.estimates().seed());
    }
    trial.requireFit(
        ShapTable.mode(explainer.explainer().mode()),
        explainer.explainer().outputs(),
        groups.names());
    ShapRows rows = ShapRows.of(inputs.shard(), table);
    ShapTable target =
        new ShapTable(columns.idField(), explainer, groups.names(), model.digest(), data.digest())
            .by(method)
            .withCover(ShapTable.cover(model.scorer()), explainer.cover())
            .withLink(PatientLink.of(model.scorer(), method.space()))
            .withGroups(groups.digest());
    ShapPieces pieces =
        new ShapPieces(
            explainer.explainer(),
            inputs.files().resume(),
            target.run(inputs.precision(), context.version()),
            context);
    Explained explained =
        new Explained(
            explainer.explainer(),
            pieces,
            model.scorer().features(),
            groups.groups(),
            columns.sensitive(),
            rows.first());
    ShapExtras extras =
        ShapExtras.of(
            inputs.emission(),
            groups.groups(),
            model.scorer(),
            method.space(),
            columns.firstFeature());
    InteractionChoice choice = inputs.detail().interactions();
    FeaturePairs pairs = choice.of(model.scorer(), groups.groups());
    Optional<ShapleyInteractions> found;
    try (RowSink sink = target.with(extras).create(context.artifact(ShapTable.FILE_NAME));
        ShapInteractions interactions =
            ShapInteractions.open(choice, explainer.explainer(), pairs, target, context)) {
      Output output = new Output(target, extras, sink, interactions);
      explain(table, columns, rows, explained, output, context);
      found = interactions.found();
    }
    if (explained.tally.overall().rows() == 0 && inputs.shard().count() == 1) {
      throw new DataInvalidException(data.name() + ": there are no rows to explain");
    }
    pieces.finish();

    if (model.scorer() instanceof AnsweringModel served) {
      served.requireUnchanged();
    }
    ShapleyMethod whole = method.with(method.sampling().map(_ -> explained.sampling));
    ShapleyShard shard =
        shard(
            inputs,
            columns,
            explainer,
            whole,
            model,
            data,
            rows,
            written(inputs.emission(), context),
            explained.tally,
            groups,
            found);
    ShapOutcome outcome = trial.judge(shard, context);
    ShapPictures.Dots dots =
        new ShapPictures.Dots(
            explained.sample, explained.groups.shown(explained.features), inputs.pictures());
    new ShapPictureFiles(new ShapPictures(shard, outcome.summary(), dots)).write(context);
    return new ShapReport(name(), shard, outcome, dots, explained.unseen).result(context);
  }

  /// What is gathered while rows pass.
  static final class Explained {
    final Explainer explainer;
    final ShapPieces pieces;
    final List<Feature> features;
    final FeatureGroups groups;
    final ShapleyTally tally;
    final ShapleySample sample;
    SamplingTally sampling = SamplingTally.NONE;
    long next;
    long unseen;

    Explained(
        Explainer explainer,
        ShapPieces pieces,
        List<Feature> features,
        FeatureGroups groups,
        List<String> sensitive,
        long firstRow) {
      this.explainer = explainer;
      this.pieces = pieces;
      this.features = features;
      this.groups = groups;
      int names = groups.names().size();
      this.tally = new ShapleyTally(explainer.outputs(), names, sensitive);
      this.sample = new ShapleySample(SAMPLE_ROWS, explainer.outputs(), names);
      this.next = firstRow;
    }

    void add(SamplingErrors errors) {
      sampling = sampling.plus(errors);
    }
  }

  /// Where rows go.
  private record Output(
      ShapTable form, ShapExtras extras, RowSink sink, ShapInteractions interactions) {}

  private static void explain(
      Table table,
      ShapColumns columns,
      ShapRows rows,
      Explained explained,
      Output output,
      StepContext context)
      throws IOException {
    FeatureEncoder encoder = new FeatureEncoder(explained.features);
    int perRow = explained.features.size() * explained.explainer.outputs();
    int piece =
        explained.explainer.isEstimate()
            ? ESTIMATED_ROWS
            : Math.max(1, PIECE_NUMBERS / Math.max(1, perRow));
    context.progress().start("explaining rows", rows.known());
    try (Batches batches = table.read(columns.selections())) {
      Optional<Batch> next = batches.next();
      while (next.isPresent() && !rows.isBefore(next.get())) {
        for (Batch part : rows.pieces(next.get(), piece)) {
          explain(part, columns, encoder, explained, output);
          context.progress().advance(part.rows());
        }
        next = batches.next();
      }
    }
    context.progress().finish();
  }

  private static void explain(
      Batch part, ShapColumns columns, FeatureEncoder encoder, Explained explained, Output output)
      throws IOException {
    FeatureEncoder.Encoded encoded = encoder.encode(part, columns.firstFeature());
    ShapleyValues single = explained.pieces.explain(part.firstRow(), encoded.matrix());
    ShapleyValues values = explained.groups.sum(single);
    EmittedValues emitted = output.extras().emission().of(values);
    output.sink().write(output.form().batch(part, columns.isNumbered(), emitted, output.extras()));
    output.interactions().take(part, columns.isNumbered(), encoded.matrix());
    List<TextColumn> groups = new ArrayList<>();
    for (int i = 0; i < columns.sensitive().size(); i++) {
      groups.add(part.text(columns.firstSensitive() + i));
    }
    explained.tally.add(values, groups);
    values.errors().ifPresent(explained::add);
    explained.sample.offer(
        part.firstRow(), emitted.shown(), explained.groups.shown(encoded.matrix()));
    explained.unseen += encoded.unseen();
    explained.next = part.firstRow() + part.rows();
  }

  /// The digest of the rows, where they do not tell what was summed up.
  static Optional<Digest> written(ShapleyEmission emission, StepContext context)
      throws IOException {
    return emission.isLossy()
        ? Optional.of(Digest.of(context.artifact(ShapTable.FILE_NAME)))
        : Optional.empty();
  }

  private static ShapleyShard shard(
      Inputs inputs,
      ShapColumns columns,
      ShapExplainer explainer,
      ShapleyMethod method,
      LoadedModel model,
      StepContext.Input data,
      ShapRows rows,
      Optional<Digest> rowsDigest,
      ShapleyTally tally,
      ShapGroups groups,
      Optional<ShapleyInteractions> interactions) {
    List<Double> baseValues = new ArrayList<>();
    for (int output = 0; output < explainer.explainer().outputs(); output++) {
      baseValues.add(explainer.explainer().baseValue(output));
    }
    List<String> features = groups.names();
    return new ShapleyShard(
        inputs.shard().index(),
        inputs.shard().count(),
        rows.first(),
        model.digest(),
        data.digest(),
        ShapTable.mode(explainer.explainer().mode()),
        explainer.background(),
        method,
        explainer.cover(),
        columns.idField().name(),
        Math.min(inputs.topK(), Math.max(1, features.size())),
        inputs.cohorts().minRows(),
        inputs.emission(),
        rowsDigest,
        features,
        baseValues,
        tally,
        groups.digest(),
        interactions);
  }
}

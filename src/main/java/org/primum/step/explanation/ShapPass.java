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
import org.primum.data.TextColumn;
import org.primum.document.ShapleyInteractions;
import org.primum.document.ShapleyMethod;
import org.primum.document.ShapleyShard;
import org.primum.explain.SampledExplainer;
import org.primum.explain.summary.SamplingTally;
import org.primum.explain.summary.ShapleySample;
import org.primum.explain.summary.ShapleyTally;
import org.primum.explain.value.EmittedValues;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.SamplingErrors;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureEncoder;
import org.primum.model.UnseenCategories;
import org.primum.step.StepContext;

/// One pass over the rows of a run: explains, writes and sums up piece after piece.
final class ShapPass {

  /// Rows drawn in the report.
  static final int SAMPLE_ROWS = 528;

  /// Shapley values computed at once, over rows, outputs and features.
  private static final int PIECE_NUMBERS = 2 << 20;

  private final ShapRun run;
  private final StepContext context;
  private final ShapTable form;
  private final ShapExtras extras;
  private final FeatureEncoder encoder;
  private final ShapPieces pieces;
  private final ShapleyTally tally;
  private final ShapleySample sample;
  private SamplingTally sampling = SamplingTally.NONE;
  private Optional<ShapleyInteractions> interactions = Optional.empty();
  private UnseenCategories unseen = UnseenCategories.NONE;

  ShapPass(ShapRun run, StepContext context) {
    this.run = run;
    this.context = context;
    this.form = run.form();
    this.extras = run.extras();
    this.encoder = new FeatureEncoder(run.features());
    int names = run.groups().names().size();
    this.pieces =
        new ShapPieces(
            run.explainer().explainer(),
            names,
            run.inputs().files().resume(),
            form.run(run.inputs().precision(), context.version(), run.asked()),
            run::requireUnchanged,
            context);
    this.tally = new ShapleyTally(run.outputs(), names, run.columns().sensitive());
    this.sample = new ShapleySample(SAMPLE_ROWS, run.outputs(), names);
  }

  /// Explains all rows.
  ///
  /// @throws DataInvalidException where there are none, and this is no shard
  void explain() throws IOException {
    InteractionChoice choice = run.inputs().detail().interactions();
    Optional<FeaturePairs> found = run.explainer().explainer().pairs();
    FeaturePairs pairs =
        found.isPresent() ? found.get() : choice.of(run.model().scorer(), run.groups().groups());
    try (RowSink sink = form.with(extras).create(context.artifact(ShapTable.FILE_NAME));
        ShapInteractions beside =
            ShapInteractions.open(choice, run.explainer().explainer(), pairs, form, context)) {
      explain(sink, beside);
      interactions = beside.found();
    }
    if (tally.overall().rows() == 0 && run.inputs().shard().count() == 1) {
      throw new DataInvalidException(run.data().name() + ": there are no rows to explain");
    }
    pieces.finish();
  }

  private void explain(RowSink sink, ShapInteractions found) throws IOException {
    ShapRows rows = run.rows();
    context.progress().start("explaining rows", rows.known());
    try (Batches batches = run.table().read(run.columns().selections())) {
      Optional<Batch> next = batches.next();
      while (next.isPresent() && !rows.isBefore(next.get())) {
        for (Batch part : rows.pieces(next.get(), pieceRows())) {
          explain(part, sink, found);
          context.progress().advance(part.rows());
        }
        next = batches.next();
      }
    }
    context.progress().finish();
  }

  private int pieceRows() {
    int perRow = run.features().size() * run.outputs();
    return run.explainer().explainer() instanceof SampledExplainer sampled
        ? sampled.rowsAtOnce()
        : Math.max(1, PIECE_NUMBERS / Math.max(1, perRow));
  }

  private void explain(Batch part, RowSink sink, ShapInteractions found) throws IOException {
    ShapColumns columns = run.columns();
    FeatureEncoder.Encoded encoded = encoder.encode(part, columns.firstFeature());
    ShapleyValues values = pieces.explain(part.firstRow(), encoded.matrix());
    EmittedValues emitted = extras.emission().of(values);
    sink.write(form.batch(part, columns.isNumbered(), emitted, extras));
    found.take(part, columns.isNumbered(), encoded.matrix(), values);
    tally.add(values, people(part));
    values.errors().ifPresent(this::add);
    sample.offer(part.firstRow(), emitted.shown(), run.groups().groups().shown(encoded.matrix()));
    unseen = unseen.plus(encoded.unseen());
  }

  /// The columns that rows are grouped by.
  private List<TextColumn> people(Batch part) {
    List<TextColumn> people = new ArrayList<>();
    for (int i = 0; i < run.columns().sensitive().size(); i++) {
      people.add(part.text(run.columns().firstSensitive() + i));
    }
    return people;
  }

  private void add(SamplingErrors errors) {
    sampling = sampling.plus(errors);
  }

  /// Values that were categories the model does not know.
  UnseenCategories unseen() {
    return unseen;
  }

  ShapPictures.Dots dots() {
    return new ShapPictures.Dots(
        sample, run.groups().groups().shown(run.features()), run.inputs().pictures());
  }

  /// What the rows came to.
  ///
  /// @param written digest of the rows, where they do not tell what was summed up
  ShapleyShard shard(Optional<Digest> written) {
    ShapBatchStep.Inputs inputs = run.inputs();
    List<String> names = run.groups().names();
    ShapleyMethod method = run.method();
    return new ShapleyShard(
        inputs.shard().index(),
        inputs.shard().count(),
        run.rows().first(),
        run.model().digest(),
        run.data().digest(),
        run.mode(),
        run.explainer().background(),
        method.with(method.sampling().map(_ -> sampling)),
        run.explainer().cover(),
        run.columns().idField().name(),
        Math.min(inputs.topK(), Math.max(1, names.size())),
        inputs.cohorts().minRows(),
        inputs.emission(),
        written,
        names,
        run.baseValues(),
        tally,
        run.groups().digest(),
        interactions);
  }
}

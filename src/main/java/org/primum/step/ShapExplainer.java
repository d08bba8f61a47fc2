package org.primum.step;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.DataInvalidException;
import org.primum.data.Table;
import org.primum.document.BackgroundRows;
import org.primum.document.LoadedModel;
import org.primum.document.ShapleyMethod;
import org.primum.explain.Background;
import org.primum.explain.Explainer;
import org.primum.explain.SamplingTally;
import org.primum.model.FeatureEncoder;
import org.primum.store.Location;
import org.primum.table.TableFiles;

/// How rows are explained, and against which others.
///
/// @param background empty where the model's own training stands for them
/// @param facts what else the values depend on, by key of the metadata
record ShapExplainer(
    Explainer explainer, Optional<BackgroundRows> background, Map<String, String> facts) {

  /// How values come about, of no rows yet.
  ShapleyMethod method(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(facts);
    all.putAll(more);
    Optional<SamplingTally> none = Optional.of(SamplingTally.NONE);
    return ShapleyMethod.of(explainer.space(), all, none.filter(_ -> explainer.isEstimate()));
  }

  /// Background values read at once, over rows and features.
  private static final int PIECE_NUMBERS = 4 << 20;

  static ShapExplainer of(ShapBatchStep.Inputs inputs, LoadedModel model, StepContext context)
      throws IOException {
    inputs.mode().requireFit(model.scorer(), inputs.background().isPresent());
    ShapEstimator.requireRows(inputs, model.scorer());
    if (inputs.background().isEmpty()) {
      Explainer explainer = Explainer.of(model.scorer(), inputs.precision());
      return new ShapExplainer(explainer, Optional.empty(), Map.of());
    }
    return against(inputs, inputs.background().get(), model, context);
  }

  private static ShapExplainer against(
      ShapBatchStep.Inputs inputs, Location rows, LoadedModel model, StepContext context)
      throws IOException {
    StepContext.Input input = context.fetch("background", rows);
    Table table = TableFiles.open(input.path(), input.name());
    ShapColumns.requireFeatures(model, table);
    Background background = ShapEstimator.background(inputs, model);
    long unseen = read(table, background, new FeatureEncoder(model.scorer().features()), context);
    if (background.rows() == 0) {
      throw new DataInvalidException(
          input.name()
              + ": has no rows; --background takes the rows to compare with, such as the training"
              + " data or a reference group");
    }
    if (unseen > 0) {
      context.log(
          input.name()
              + ": "
              + unseen
              + " values are categories the model never saw; they are read as missing");
    }
    Explainer explainer = background.explainer(inputs.precision());
    ShapEstimator.announce(explainer, background, context);
    return new ShapExplainer(
        explainer,
        Optional.of(new BackgroundRows(background.rows(), input.digest())),
        ShapEstimator.facts(inputs, background, explainer));
  }

  /// @return how many values were categories the model does not know
  private static long read(
      Table table, Background background, FeatureEncoder encoder, StepContext context)
      throws IOException {
    int size = Math.max(1, PIECE_NUMBERS / Math.max(1, encoder.selections().size()));
    ShapRows all = new ShapRows(0, Long.MAX_VALUE);
    long unseen = 0;
    context.progress().start("reading the background", all.known());
    try (Batches batches = table.read(encoder.selections())) {
      Optional<Batch> next = batches.next();
      while (next.isPresent()) {
        for (Batch part : all.pieces(next.get(), size)) {
          FeatureEncoder.Encoded encoded = encoder.encode(part, 0);
          background.add(encoded.matrix());
          unseen += encoded.unseen();
          context.progress().advance(part.rows());
        }
        next = batches.next();
      }
    }
    context.progress().finish();
    return unseen;
  }
}

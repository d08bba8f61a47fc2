package org.primum.step;

import java.io.IOException;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.DataInvalidException;
import org.primum.data.Table;
import org.primum.document.BackgroundRows;
import org.primum.document.LoadedModel;
import org.primum.explain.Background;
import org.primum.explain.Explainer;
import org.primum.model.FeatureEncoder;
import org.primum.store.Location;
import org.primum.table.TableFiles;

/// How rows are explained, and against which others.
///
/// @param background empty where the model's own training stands for them
record ShapExplainer(Explainer explainer, Optional<BackgroundRows> background) {

  /// Background values read at once, over rows and features.
  private static final int PIECE_NUMBERS = 4 << 20;

  static ShapExplainer of(ShapBatchStep.Inputs inputs, LoadedModel model, StepContext context)
      throws IOException {
    inputs.mode().requireFit(model.scorer(), inputs.background().isPresent());
    if (inputs.background().isEmpty()) {
      return new ShapExplainer(Explainer.of(model.scorer(), inputs.precision()), Optional.empty());
    }
    return against(inputs.background().get(), inputs.precision(), model, context);
  }

  static ShapExplainer against(
      Location rows, Explainer.Precision precision, LoadedModel model, StepContext context)
      throws IOException {
    StepContext.Input input = context.fetch("background", rows);
    Table table = TableFiles.open(input.path(), input.name());
    ShapColumns.requireFeatures(model, table);
    Background background = Background.of(model.scorer());
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
    return new ShapExplainer(
        background.explainer(precision),
        Optional.of(new BackgroundRows(background.rows(), input.digest())));
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

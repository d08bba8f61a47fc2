package org.primum.step.explanation;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.DataInvalidException;
import org.primum.data.Table;
import org.primum.document.LoadedModel;
import org.primum.explain.Background;
import org.primum.explain.ExplainerBasis;
import org.primum.explain.ExplainerBasis.ComparedRows;
import org.primum.explain.ExplainerFile;
import org.primum.explain.value.CountedRows;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.model.CoverCount;
import org.primum.model.FeatureEncoder;
import org.primum.model.FeatureMatrix;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.TreeEnsemble;
import org.primum.model.UnseenCategories;
import org.primum.step.StepContext;
import org.primum.step.UsageException;
import org.primum.store.Location;
import org.primum.table.TableFiles;

/// What the explanations of a run rest on: an `explainer.bin`, or the model with the tables that
/// are counted for it.
final class ShapBasis {

  /// Values of a table read at once, over rows and features.
  private static final int PIECE_NUMBERS = 4 << 20;

  private ShapBasis() {}

  /// @throws ProvenanceInvalidException where the `explainer.bin` is of another model
  static ExplainerBasis of(ShapBatchStep.Inputs inputs, LoadedModel model, StepContext context)
      throws IOException {
    if (inputs.files().explainer().isPresent()) {
      return saved(inputs.files().explainer().get(), model, context);
    }
    Scorer scorer = model.scorer();
    Optional<CountedRows> cover = Optional.empty();
    if (inputs.files().coverFrom().isPresent()) {
      Location rows = inputs.files().coverFrom().get();
      CoverCount count = new CoverCount(treesOf(scorer));
      StepContext.Input input = count(rows, "cover-from", count::add, model, context);
      requireRows(count.rows(), input, "the rows to count, best those the model was trained on");
      scorer = count.counted();
      cover = Optional.of(new CountedRows(count.rows(), input.digest()));
    }
    Optional<ComparedRows> background = Optional.empty();
    if (inputs.background().isPresent()) {
      background =
          Optional.of(
              compared(
                  ShapEstimator.background(inputs, model),
                  inputs.background().get(),
                  model,
                  context));
    }
    return new ExplainerBasis(model.digest(), scorer, cover, background);
  }

  private static TreeEnsemble treesOf(Scorer scorer) {
    if (scorer instanceof TreeEnsemble trees) {
      return trees;
    }
    throw new UsageException(
        "--cover-from counts the rows that pass the nodes of trees, and this model has none");
  }

  static ComparedRows compared(
      Background background, Location rows, LoadedModel model, StepContext context)
      throws IOException {
    StepContext.Input input = count(rows, "background", background::add, model, context);
    requireRows(
        background.rows(),
        input,
        "the rows to compare with, such as the training data or a reference group");
    return new ComparedRows(background, input.digest());
  }

  private static void requireRows(long rows, StepContext.Input input, String what) {
    if (rows == 0) {
      throw new DataInvalidException(input.name() + ": has no rows; give " + what);
    }
  }

  /// What an `explainer.bin` holds.
  ///
  /// @throws ProvenanceInvalidException where it is of another model
  static ExplainerBasis saved(Location file, LoadedModel model, StepContext context)
      throws IOException {
    StepContext.Input input = fetch(file, context);
    if (Files.size(input.path()) > ExplainerFile.MAX_BYTES) {
      throw new ModelInvalidException(
          input.name() + ": files of at most " + ExplainerFile.MAX_BYTES + " bytes are read");
    }
    ExplainerBasis basis = ExplainerFile.read(Files.readAllBytes(input.path()), input.name());
    if (!basis.model().equals(model.digest())) {
      throw new ProvenanceInvalidException(
          input.name()
              + ": explains the model "
              + basis.model()
              + ", and --model is "
              + model.digest()
              + "; write it again for this model with --save-explainer");
    }
    return basis;
  }

  private static StepContext.Input fetch(Location file, StepContext context) throws IOException {
    try {
      return context.fetch("explainer", file);
    } catch (DataInvalidException e) {
      throw new ModelInvalidException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Takes rows of the model's features.
  private interface Rows {
    void add(FeatureMatrix rows);
  }

  private static StepContext.Input count(
      Location location, String role, Rows rows, LoadedModel model, StepContext context)
      throws IOException {
    StepContext.Input input = context.fetch(role, location);
    Table table = TableFiles.open(input.path(), input.name());
    ShapColumns.requireFeatures(model, table);
    FeatureEncoder encoder = new FeatureEncoder(model.scorer().features());
    context.progress().start("reading " + role, 0);
    UnseenCategories unseen = read(table, rows, encoder, context);
    context.progress().finish();
    if (unseen.total() > 0) {
      context.log(
          input.name()
              + ": "
              + unseen.total()
              + " values are categories the model never saw; they are read as missing");
    }
    unseen.warnings().forEach(warning -> context.log("warning: " + input.name() + ": " + warning));
    return input;
  }

  private static UnseenCategories read(
      Table table, Rows rows, FeatureEncoder encoder, StepContext context) throws IOException {
    int size = Math.max(1, PIECE_NUMBERS / Math.max(1, encoder.selections().size()));
    ShapRows all = new ShapRows(0, Long.MAX_VALUE);
    UnseenCategories unseen = UnseenCategories.NONE;
    try (Batches batches = table.read(encoder.selections())) {
      Optional<Batch> next = batches.next();
      while (next.isPresent()) {
        for (Batch part : all.pieces(next.get(), size)) {
          FeatureEncoder.Encoded encoded = encoder.encode(part, 0);
          rows.add(encoded.matrix());
          unseen = unseen.plus(encoded.unseen());
          context.progress().advance(part.rows());
        }
        next = batches.next();
      }
    }
    return unseen;
  }
}

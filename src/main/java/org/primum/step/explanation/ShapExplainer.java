package org.primum.step.explanation;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.primum.document.BackgroundRows;
import org.primum.document.LoadedModel;
import org.primum.document.ShapleyMethod;
import org.primum.explain.Explainer;
import org.primum.explain.ExplainerBasis;
import org.primum.explain.ExplainerFile;
import org.primum.explain.summary.SamplingTally;
import org.primum.explain.value.CountedRows;
import org.primum.step.StepContext;
import org.primum.step.UsageException;

/// How rows are explained, and against which others.
///
/// @param model the model as it is explained: its cover may have been recomputed
/// @param facts what else the values depend on, by key of the metadata
/// @param background empty where the model's own training stands for them
record ShapExplainer(
    Explainer explainer,
    LoadedModel model,
    Optional<BackgroundRows> background,
    Optional<CountedRows> cover,
    Map<String, String> facts) {

  /// How values come about, of no rows yet.
  ShapleyMethod method(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(facts);
    all.putAll(more);
    Optional<SamplingTally> none = Optional.of(SamplingTally.NONE);
    return ShapleyMethod.of(explainer.space(), all, none.filter(_ -> explainer.isEstimate()));
  }

  static ShapExplainer of(
      ShapBatchStep.Inputs inputs, LoadedModel model, ShapGroups groups, StepContext context)
      throws IOException {
    inputs.mode().requireFit(model.scorer(), comparesWithRows(inputs));
    ShapEstimator.requireFit(inputs, model.scorer(), groups.groups());
    ExplainerBasis basis = ShapBasis.of(inputs, model, context);
    requireFit(inputs.mode(), basis);
    Explainer explainer =
        ShapEstimator.explainer(
            basis.explainer(inputs.precision()), groups.groups(), inputs.detail());
    ShapEstimator.announce(explainer, basis.background(), context);
    if (inputs.files().saveExplainer()) {
      Files.write(context.artifact(ExplainerFile.FILE_NAME), ExplainerFile.write(basis));
    }
    return new ShapExplainer(
        explainer,
        new LoadedModel(basis.scorer(), model.description(), model.digest()),
        basis.background().map(rows -> new BackgroundRows(rows.counts().rows(), rows.digest())),
        basis.cover(),
        ShapEstimator.facts(inputs, basis.background(), explainer, groups.groups()));
  }

  /// What the options did not tell and an `explainer.bin` does.
  private static void requireFit(ShapMode mode, ExplainerBasis basis) {
    mode.requireFit(basis.scorer(), basis.background().isPresent());
    if (mode == ShapMode.PATH_DEPENDENT && basis.background().isPresent()) {
      throw new UsageException(
          "--mode=path-dependent compares with no rows, and the file of --explainer was saved with a"
              + " background: leave out --explainer, or give --mode=interventional");
    }
  }

  /// Whether rows to compare with are named, as far as the options tell.
  private static boolean comparesWithRows(ShapBatchStep.Inputs inputs) {
    return inputs.background().isPresent() || inputs.files().explainer().isPresent();
  }
}

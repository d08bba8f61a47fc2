package org.primum.step.explanation;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.primum.data.Digest;
import org.primum.document.ShapleyShard;
import org.primum.explain.value.OutputSpace;
import org.primum.explain.value.Precision;
import org.primum.explain.value.ShapleyEmission;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.step.UsageException;
import org.primum.store.Location;

/// Explains every row of a table by exact Shapley values, and sums up which features matter.
///
/// Rows stream: memory holds one piece of a batch and the sums.
public final class ShapBatchStep implements Step<ShapBatchStep.Inputs> {

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
      Precision precision,
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
    ShapRun run = ShapRun.open(inputs, context);
    trial.requireFit(run.mode(), run.outputs(), run.groups().names());
    ShapPass pass = new ShapPass(run, context);
    pass.explain();
    run.requireUnchanged();
    pass.unseen()
        .warnings()
        .forEach(warning -> context.log("warning: " + run.data().name() + ": " + warning));
    ShapleyShard shard = pass.shard(written(inputs.emission(), context));
    ShapOutcome outcome = trial.judge(shard, context);
    ShapPictures.Dots dots = pass.dots();
    new ShapPictureFiles(new ShapPictures(shard, outcome.summary(), dots)).write(context);
    return new ShapReport(name(), shard, outcome, dots, pass.unseen()).result(context);
  }

  /// The digest of the rows, where they do not tell what was summed up.
  static Optional<Digest> written(ShapleyEmission emission, StepContext context)
      throws IOException {
    return emission.isLossy()
        ? Optional.of(Digest.of(context.artifact(ShapTable.FILE_NAME)))
        : Optional.empty();
  }
}

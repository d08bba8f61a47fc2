package org.primum.step.explanation;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.primum.document.LoadedModel;
import org.primum.explain.Background;
import org.primum.explain.Explainer;
import org.primum.explain.ExplainerBasis.ComparedRows;
import org.primum.explain.GaussianBackground;
import org.primum.explain.OutputSpace;
import org.primum.explain.Prediction;
import org.primum.explain.SampledBackground;
import org.primum.explain.SampledExplainer;
import org.primum.explain.Sampling;
import org.primum.explain.StackedBackground;
import org.primum.model.AnsweringModel;
import org.primum.model.LinearClasses;
import org.primum.model.LinearModel;
import org.primum.model.Scorer;
import org.primum.model.TreeEnsemble;
import org.primum.step.StepContext;
import org.primum.step.UsageException;

/// Which explanations ask the model itself, and what is said of them.
final class ShapEstimator {

  private ShapEstimator() {}

  /// The background that the asked explanation needs.
  static Background background(ShapBatchStep.Inputs inputs, LoadedModel model) {
    ShapEstimates asked = inputs.estimates();
    Scorer scorer = model.scorer();
    if (isBlackBox(inputs, scorer)) {
      return new SampledBackground(
          new Prediction(scorer, space(inputs, scorer)),
          asked.sampling(inputs.mode()),
          asked.limit());
    }
    if (asked.backgroundRows().isPresent()) {
      throw new UsageException(
          "--background-rows draws rows for explanations that ask the model itself; these take all"
              + " rows at no more cost: leave it out");
    }
    return inputs.mode() == ShapMode.CORRELATED
        ? correlated(scorer, asked.sampling(inputs.mode()))
        : Background.of(scorer);
  }

  private static Background correlated(Scorer model, Sampling sampling) {
    return switch (model) {
      case LinearModel linear -> new GaussianBackground(linear, sampling);
      case LinearClasses linear ->
          new StackedBackground(
              linear.classes().stream().map(one -> new GaussianBackground(one, sampling)).toList());
      default -> Background.of(model);
    };
  }

  private static boolean isBlackBox(ShapBatchStep.Inputs inputs, Scorer model) {
    return inputs.mode().asksTheModel()
        || !(model instanceof TreeEnsemble
            || model instanceof LinearModel
            || model instanceof LinearClasses)
        || space(inputs, model) == OutputSpace.PROBABILITY;
  }

  private static OutputSpace space(ShapBatchStep.Inputs inputs, Scorer model) {
    boolean isProbability = model instanceof AnsweringModel served && served.areProbabilities();
    return inputs
        .estimates()
        .space()
        .orElse(isProbability ? OutputSpace.PROBABILITY : OutputSpace.MARGIN);
  }

  /// @throws UsageException where explanations cannot be had without rows to compare with, or with
  ///   files that hold exact explanations only
  static void requireFit(ShapBatchStep.Inputs inputs, Scorer model) {
    if (isBlackBox(inputs, model) || inputs.mode() == ShapMode.CORRELATED) {
      requireExactOnly(inputs.files(), inputs.detail());
    }
    if (inputs.background().isEmpty() && isBlackBox(inputs, model)) {
      throw new UsageException(
          space(inputs, model) == OutputSpace.PROBABILITY
              ? "--output-space=probability compares with rows: name them with --background=TABLE;"
                  + " the cover of trees adds up margins, and says nothing of a probability"
              : "a model that is asked as a black box is compared with rows: name them with"
                  + " --background=TABLE");
    }
    boolean needsRows = inputs.mode() == ShapMode.CORRELATED;
    if (needsRows && inputs.background().isEmpty()) {
      throw new UsageException(
          "--mode=correlated takes means and covariances from rows: name them with"
              + " --background=TABLE");
    }
    if (needsRows && space(inputs, model) == OutputSpace.PROBABILITY) {
      throw new UsageException(
          "--mode=correlated explains the margin; leave out --output-space=probability");
    }
  }

  private static void requireExactOnly(ShapFiles files, ShapDetail detail) {
    Optional<String> option = Optional.empty();
    option = files.resume().isPresent() ? Optional.of("--resume") : option;
    option = files.saveExplainer() ? Optional.of("--save-explainer") : option;
    option = files.explainer().isPresent() ? Optional.of("--explainer") : option;
    option = files.coverFrom().isPresent() ? Optional.of("--cover-from") : option;
    option = detail.groups().isPresent() ? Optional.of("--groups") : option;
    option =
        detail.interactions() instanceof InteractionChoice.None
            ? option
            : Optional.of("--interactions");
    if (option.isPresent()) {
      throw new UsageException(
          option.get()
              + " is for the exact explanations of trees and linear models; leave it out of those"
              + " that ask the model itself, of the probability and of correlated features");
    }
  }

  /// What the values depend on, by key of the metadata; nothing where they are exact.
  static Map<String, String> facts(
      ShapBatchStep.Inputs inputs, Optional<ComparedRows> background, Explainer explainer) {
    Map<String, String> facts = new TreeMap<>();
    if (!explainer.isEstimate()) {
      return facts;
    }
    Sampling sampling = inputs.estimates().sampling(inputs.mode());
    facts.put("primum.estimator", sampling.method().wireName());
    facts.put("primum.samples", Integer.toString(sampling.samples()));
    facts.put("primum.seed", Long.toString(sampling.seed()));
    sampling.maxError().ifPresent(limit -> facts.put("primum.max_error", Double.toString(limit)));
    background
        .flatMap(ShapEstimator::drawn)
        .ifPresent(offered -> facts.put("primum.background.drawn_from", offered));
    return facts;
  }

  private static Optional<String> drawn(ComparedRows background) {
    return background.counts() instanceof SampledBackground kept && kept.rows() < kept.offered()
        ? Optional.of(Long.toString(kept.offered()))
        : Optional.empty();
  }

  /// Says what the explanations will cost, before they do.
  ///
  /// @throws UsageException where there are too few samples for a standard error
  static void announce(Explainer explainer, Optional<ComparedRows> compared, StepContext context) {
    if (compared.isEmpty() || !(explainer instanceof SampledExplainer sampled)) {
      return;
    }
    ComparedRows background = compared.get();
    drawn(background)
        .ifPresent(offered ->
            context.log(
                "comparing with "
                    + background.counts().rows()
                    + " of "
                    + offered
                    + " background rows, drawn by --seed"));
    if (sampled.samples() < sampled.leastSamples()) {
      throw new UsageException(
          "--samples="
              + sampled.samples()
              + " are too few for a standard error with this model's features; give at least "
              + sampled.leastSamples());
    }
    context.log(
        String.format(
            Locale.ROOT,
            "asking the model as a black box: up to %,d predictions a row (%,d background rows for"
                + " each coalition); fewer --background-rows or --samples cost less",
            sampled.predictionsPerRow(),
            background.counts().rows()));
  }
}

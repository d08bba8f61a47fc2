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
import org.primum.explain.SampledBackground;
import org.primum.explain.SampledExplainer;
import org.primum.explain.StackedBackground;
import org.primum.explain.sampling.Prediction;
import org.primum.explain.sampling.Sampling;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.OutputSpace;
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
  static void requireFit(ShapBatchStep.Inputs inputs, Scorer model, FeatureGroups groups) {
    if (isBlackBox(inputs, model)) {
      requireNoCounts(inputs.files());
    } else if (inputs.mode() == ShapMode.CORRELATED) {
      requireFitForCorrelated(inputs.files(), inputs.detail());
    } else if (groups.areTogether() && model instanceof TreeEnsemble) {
      throw new UsageException(
          "--groups: 'values: together' is the value of a group whose features become known all at"
              + " once, and the exact explanations of trees add up the values of single features;"
              + " ask the model for groups with --mode=permutation and --background=TABLE, or say"
              + " 'values: sum'");
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

  /// What holds counts in the place of rows is of no use to who has to ask about rows.
  private static void requireNoCounts(ShapFiles files) {
    if (files.explainer().isPresent() || files.saveExplainer()) {
      throw new UsageException(
          (files.saveExplainer() ? "--save-explainer" : "--explainer")
              + ": explainer.bin holds counts of a background, no patient's rows, and explanations"
              + " that ask the model itself put a row's values into background rows; leave it out"
              + " and name the rows with --background=TABLE");
    }
    if (files.coverFrom().isPresent()) {
      throw new UsageException(
          "--cover-from counts rows at the nodes of trees for path-dependent values; explanations"
              + " that ask the model itself read no cover: leave it out and name rows to compare"
              + " with by --background=TABLE");
    }
  }

  private static void requireFitForCorrelated(ShapFiles files, ShapDetail detail) {
    if (files.explainer().isPresent() || files.saveExplainer()) {
      throw new UsageException(
          (files.saveExplainer() ? "--save-explainer" : "--explainer")
              + ": explainer.bin holds the means of a background and no covariances, which"
              + " --mode=correlated takes from rows; leave it out and name the rows with"
              + " --background=TABLE");
    }
    if (!(detail.interactions() instanceof InteractionChoice.None)) {
      throw new UsageException(
          "--interactions are those of independent features; leave them out of --mode=correlated");
    }
  }

  /// The explainer of the groups that are asked for, and of interactions where it finds them beside
  /// the values.
  ///
  /// @throws UsageException where a row may have more players than all coalitions are asked for
  static Explainer explainer(Explainer single, FeatureGroups groups, ShapDetail detail) {
    Explainer explainer = single.by(groups);
    if (!(explainer instanceof SampledExplainer sampled)
        || detail.interactions() instanceof InteractionChoice.None) {
      return explainer;
    }
    int most = SampledExplainer.MOST_PLAYERS_OF_PAIRS;
    if (sampled.players() > most) {
      throw new UsageException(
          "--interactions of a model that is asked as a black box take all coalitions of a row, for"
              + " up to "
              + most
              + " features; this model may read "
              + sampled.players()
              + ": leave them out, or put features together with --groups and 'values: together'");
    }
    return sampled.with(detail.interactions().of(sampled, groups));
  }

  /// What the values depend on, by key of the metadata; nothing where they are exact.
  static Map<String, String> facts(
      ShapBatchStep.Inputs inputs,
      Optional<ComparedRows> background,
      Explainer explainer,
      FeatureGroups groups) {
    Map<String, String> facts = new TreeMap<>();
    if (groups.areTogether()) {
      facts.put("primum.feature_groups.values", "together");
    }
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
              + " are too few for "
              + (sampled.pairs().isPresent() ? "all coalitions" : "a standard error")
              + " with this model's features; give at least "
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

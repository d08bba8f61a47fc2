package org.primum.explain;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.primum.explain.sampling.CoalitionGame;
import org.primum.explain.sampling.ExactValues;
import org.primum.explain.sampling.KernelValues;
import org.primum.explain.sampling.PermutationValues;
import org.primum.explain.sampling.PlayerPairs;
import org.primum.explain.sampling.Players;
import org.primum.explain.sampling.Prediction;
import org.primum.explain.sampling.RowEstimate;
import org.primum.explain.sampling.Sampling;
import org.primum.explain.value.ExplanationMode;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.InteractionValues;
import org.primum.explain.value.OutputSpace;
import org.primum.explain.value.SamplingErrors;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.AnsweringModel;
import org.primum.model.FeatureMatrix;

/// Shapley values of a model as a black box against background rows: exact where at most
/// [ExactValues#MAX_PLAYERS] features can matter to a row, else estimated, with a standard error.
/// Groups of features that become known together count as one.
///
/// [Sampling.Method#KERNEL] solves its regression for rows of few features too, which is exact
/// where the budget is enough for all their coalitions.
public final class SampledExplainer implements Explainer {

  /// Interactions need all coalitions, which are asked for up to so many players.
  public static final int MOST_PLAYERS_OF_PAIRS = ExactValues.MAX_PLAYERS;

  /// Predictions that a server is asked for by rows explained at once, from [#FEWEST_ROWS] on.
  private static final long SERVED_AT_ONCE = 1 << 18;

  private static final int FEWEST_ROWS = 8;
  private static final int MOST_ROWS = 64;

  private final Prediction prediction;
  private final Sampling sampling;
  private final FeatureMatrix background;
  private final FeatureGroups groups;
  private final Players players;
  private final double[] baseValues;
  private final Optional<FeaturePairs> pairs;

  /// @param background at least one row
  SampledExplainer(Prediction prediction, Sampling sampling, FeatureMatrix background) {
    this(
        prediction,
        sampling,
        background,
        FeatureGroups.single(prediction.features().stream().map(f -> f.name()).toList()),
        CoalitionGame.means(prediction, background),
        Optional.empty());
  }

  private SampledExplainer(
      Prediction prediction,
      Sampling sampling,
      FeatureMatrix background,
      FeatureGroups groups,
      double[] baseValues,
      Optional<FeaturePairs> pairs) {
    this.prediction = prediction;
    this.sampling = sampling;
    this.background = background;
    this.groups = groups;
    this.players = Players.of(groups, prediction.read());
    this.baseValues = baseValues;
    this.pairs = pairs;
  }

  @Override
  public SampledExplainer by(FeatureGroups asked) {
    return new SampledExplainer(prediction, sampling, background, asked, baseValues, pairs);
  }

  /// The same values, and with them the interactions of some pairs, for no more predictions: all
  /// coalitions of a row are asked for.
  ///
  /// @throws IllegalStateException where a row may have more than [#MOST_PLAYERS_OF_PAIRS] players
  public SampledExplainer with(FeaturePairs asked) {
    if (players.count() > MOST_PLAYERS_OF_PAIRS) {
      throw new IllegalStateException(players.count() + " players have too many coalitions");
    }
    return new SampledExplainer(
        prediction, sampling, background, groups, baseValues, Optional.of(asked));
  }

  @Override
  public Optional<FeaturePairs> pairs() {
    return pairs;
  }

  /// All pairs whose interaction can be other than 0.
  ///
  /// @throws org.primum.model.ModelInvalidException where there are more than [FeaturePairs#MOST]
  public FeaturePairs allPairs() {
    return prediction.pairs(groups);
  }

  @Override
  public ExplanationMode mode() {
    return ExplanationMode.INTERVENTIONAL;
  }

  @Override
  public OutputSpace space() {
    return prediction.space();
  }

  @Override
  public boolean isEstimate() {
    return true;
  }

  @Override
  public int outputs() {
    return baseValues.length;
  }

  @Override
  public double baseValue(int output) {
    return baseValues[output];
  }

  /// How many features, or groups that become known together, can matter to a row.
  public int players() {
    return players.count();
  }

  /// The most predictions that one row may ask for.
  public long predictionsPerRow() {
    long coalitions =
        players() <= ExactValues.MAX_PLAYERS
            ? Math.min(1L << players(), fewest(1L << players()))
            : sampling.samples();
    return coalitions * background.rows();
  }

  private long fewest(long all) {
    return sampling.method() == Sampling.Method.KERNEL && pairs.isEmpty()
        ? Math.min(all, Math.max(sampling.samples(), 2))
        : all;
  }

  /// How many rows are worth explaining at once: enough for all cores, and few of a served model,
  /// so that what is kept of a run is not far behind.
  public int rowsAtOnce() {
    long served = SERVED_AT_ONCE / Math.max(1, predictionsPerRow());
    return prediction.model() instanceof AnsweringModel
        ? Math.clamp(served, FEWEST_ROWS, MOST_ROWS)
        : MOST_ROWS;
  }

  /// How many samples the values need at least, for a standard error of each to mean something; or,
  /// with interactions, for all coalitions.
  public int leastSamples() {
    if (players() > ExactValues.MAX_PLAYERS) {
      return Math.multiplyExact(Sampling.LEAST_PER_FEATURE, players());
    }
    int all = (1 << players()) - 2;
    if (sampling.method() == Sampling.Method.PERMUTATION || sampling.samples() >= all) {
      return 1;
    }
    return pairs.isPresent() ? all : Sampling.LEAST_PER_FEATURE * players();
  }

  public int samples() {
    return sampling.samples();
  }

  /// On all cores, each row by one thread.
  @Override
  public ShapleyValues explain(FeatureMatrix rows) {
    int count = rows.rows();
    double[] margins = prediction.of(rows);
    Found found = new Found(count);
    IntStream.range(0, count)
        .parallel()
        .forEach(row -> {
          CoalitionGame game = game(rows, row, margins);
          pairs.ifPresent(asked -> found.interactions[row] = PlayerPairs.of(game, asked));
          found.take(row, game, estimate(game));
        });
    return found.values(margins);
  }

  private CoalitionGame game(FeatureMatrix rows, int row, double[] margins) {
    double[] full = Arrays.copyOfRange(margins, row * outputs(), (row + 1) * outputs());
    return new CoalitionGame(prediction, background, players, rows, row, baseValues, full);
  }

  private RowEstimate estimate(CoalitionGame game) {
    return switch (sampling.method()) {
      case PERMUTATION ->
          game.players().count() <= ExactValues.MAX_PLAYERS
              ? ExactValues.of(game)
              : PermutationValues.of(game, sampling);
      case KERNEL ->
          game.players().count() < 2 ? ExactValues.of(game) : KernelValues.of(game, sampling);
    };
  }

  /// What is found of some rows.
  private final class Found {
    private final int rows;
    private final int names = groups.names().size();
    private final double[] values;
    private final double[] errors;
    private final int[] coalitions;
    private final double[] conditions;
    private final double[][] interactions;

    Found(int rows) {
      this.rows = rows;
      this.values = new double[Math.multiplyExact(names * outputs(), rows)];
      this.errors = new double[values.length];
      this.coalitions = new int[rows];
      this.conditions = new double[rows];
      this.interactions = new double[rows][];
    }

    void take(int row, CoalitionGame game, RowEstimate estimate) {
      place(game, estimate.phi, values, row);
      place(game, estimate.errors, errors, row);
      coalitions[row] = estimate.coalitions;
      conditions[row] = estimate.condition;
    }

    private void place(CoalitionGame game, double[] of, double[] to, int row) {
      int told = game.players().values();
      for (int output = 0; output < outputs(); output++) {
        for (int i = 0; i < told; i++) {
          to[(output * names + game.players().told(i)) * rows + row] = of[output * told + i];
        }
      }
    }

    ShapleyValues values(double[] margins) {
      double[] base = Arrays.copyOf(baseValues, baseValues.length);
      ShapleyValues found =
          new ShapleyValues(names, base, margins, values)
              .with(new SamplingErrors(names, errors, coalitions, conditions));
      return pairs
          .map(asked -> found.with(InteractionValues.of(outputs(), asked.size(), interactions)))
          .orElse(found);
    }
  }

  @Override
  public Interactions interactions(FeaturePairs asked) {
    return new SampledInteractions(with(asked), asked);
  }
}

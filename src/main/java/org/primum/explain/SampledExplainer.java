package org.primum.explain;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.primum.model.FeatureMatrix;

/// Shapley values of a model as a black box against background rows: exact where at most
/// [ExactValues#MAX_PLAYERS] features can matter to a row, else estimated, with a standard error.
///
/// [Sampling.Method#KERNEL] solves its regression for rows of few features too, which is exact
/// where the budget is enough for all their coalitions.
public final class SampledExplainer implements Explainer {

  private final Prediction prediction;
  private final Sampling sampling;
  private final FeatureMatrix background;
  private final BitSet read;
  private final double[] baseValues;

  /// @param background at least one row
  SampledExplainer(Prediction prediction, Sampling sampling, FeatureMatrix background) {
    this.prediction = prediction;
    this.sampling = sampling;
    this.background = background;
    this.read = prediction.read();
    this.baseValues = CoalitionGame.means(prediction, background);
  }

  @Override
  public Mode mode() {
    return Mode.INTERVENTIONAL;
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

  /// The most predictions that one row may ask for.
  public long predictionsPerRow() {
    int players = read.cardinality();
    long coalitions =
        players <= ExactValues.MAX_PLAYERS
            ? Math.min(1L << players, fewest(1L << players))
            : sampling.samples();
    return coalitions * background.rows();
  }

  private long fewest(long all) {
    return sampling.method() == Sampling.Method.KERNEL
        ? Math.min(all, Math.max(sampling.samples(), 2))
        : all;
  }

  /// How many samples the values need at least, for a standard error of each to mean something.
  public int leastSamples() {
    int players = read.cardinality();
    boolean isExact =
        players <= ExactValues.MAX_PLAYERS
            && (sampling.method() == Sampling.Method.PERMUTATION
                || sampling.samples() >= (1 << players) - 2);
    return isExact ? 1 : Math.multiplyExact(Sampling.LEAST_PER_FEATURE, players);
  }

  public int samples() {
    return sampling.samples();
  }

  /// On all cores, each row by one thread.
  @Override
  public ShapleyValues explain(FeatureMatrix rows) {
    int features = prediction.features().size();
    int count = rows.rows();
    double[] margins = prediction.of(rows);
    double[] values = new double[Math.multiplyExact(features * outputs(), count)];
    double[] errors = new double[values.length];
    int[] coalitions = new int[count];
    double[] conditions = new double[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(row -> {
          CoalitionGame game = game(rows, row, margins);
          RowEstimate found = estimate(game);
          place(game, found.phi, values, row, count);
          place(game, found.errors, errors, row, count);
          coalitions[row] = found.coalitions;
          conditions[row] = found.condition;
        });
    return new ShapleyValues(
            features, Arrays.copyOf(baseValues, baseValues.length), margins, values)
        .with(new SamplingErrors(features, errors, coalitions, conditions));
  }

  private CoalitionGame game(FeatureMatrix rows, int row, double[] margins) {
    double[] full = Arrays.copyOfRange(margins, row * outputs(), (row + 1) * outputs());
    return new CoalitionGame(prediction, background, read, rows, row, baseValues, full);
  }

  private RowEstimate estimate(CoalitionGame game) {
    int players = game.players().length;
    return switch (sampling.method()) {
      case PERMUTATION ->
          players <= ExactValues.MAX_PLAYERS
              ? ExactValues.of(game)
              : PermutationValues.of(game, sampling);
      case KERNEL -> players < 2 ? ExactValues.of(game) : KernelValues.of(game, sampling);
    };
  }

  private void place(CoalitionGame game, double[] of, double[] values, int row, int rows) {
    int[] players = game.players();
    int features = prediction.features().size();
    for (int output = 0; output < outputs(); output++) {
      for (int i = 0; i < players.length; i++) {
        values[(output * features + players[i]) * rows + row] = of[output * players.length + i];
      }
    }
  }

  /// @throws UnsupportedOperationException always: only trees' interactions are computed
  @Override
  public Interactions interactions(FeaturePairs pairs) {
    throw new UnsupportedOperationException("interactions are those of trees");
  }
}

package org.primum.explain.sampling;

import org.primum.explain.value.FeaturePairs;

/// How the players of a row interact, by the definition: all coalitions are asked for. The cell of
/// a pair is half of its Shapley interaction index (Grabisch and Roubens 1999,
/// <https://doi.org/10.1007/s001820050125>, as Lundberg et al. 2020 share it between both cells);
/// that of two names is the sum over the players of both.
public final class PlayerPairs {

  private final double[] worth;
  private final int players;
  private final int outputs;

  /// By the size of a coalition without both of the pair.
  private final double[] weights;

  private PlayerPairs(CoalitionGame game) {
    this.worth = game.all();
    this.players = game.players().count();
    this.outputs = game.outputs();
    this.weights = weights(players);
  }

  /// The cells of the pairs, output after output.
  ///
  /// @param game of at most [ExactValues#MAX_PLAYERS] players
  public static double[] of(CoalitionGame game, FeaturePairs pairs) {
    PlayerPairs found = new PlayerPairs(game);
    double[] cells = new double[found.outputs * pairs.size()];
    for (int one = 0; one < found.players; one++) {
      for (int other = one + 1; other < found.players; other++) {
        int pair = pairs.between(game.players().name(one), game.players().name(other));
        for (int output = 0; output < found.outputs && pair >= 0; output++) {
          cells[output * pairs.size() + pair] += found.index(one, other, output) / 2;
        }
      }
    }
    return cells;
  }

  private double index(int one, int other, int output) {
    int first = 1 << one;
    int second = 1 << other;
    double index = 0;
    for (int subset = 0; subset < 1 << players; subset++) {
      if ((subset & (first | second)) == 0) {
        double both = worth(subset | first | second, output) + worth(subset, output);
        double either = worth(subset | first, output) + worth(subset | second, output);
        index += weights[Integer.bitCount(subset)] * (both - either);
      }
    }
    return index;
  }

  private double worth(int subset, int output) {
    return worth[subset * outputs + output];
  }

  /// `s! (n - s - 2)! / (n - 1)!` for s = 0 to n - 2.
  private static double[] weights(int players) {
    double[] weights = new double[Math.max(0, players - 1)];
    double weight = 1.0 / Math.max(1, players - 1);
    for (int size = 0; size < weights.length; size++) {
      weights[size] = weight;
      weight *= (size + 1.0) / Math.max(1, players - size - 2);
    }
    return weights;
  }
}

package org.primum.explain.sampling;

/// Shapley values by their definition: every coalition is asked for (Shapley 1953).
public final class ExactValues {

  /// Up to so many players have their 4,096 coalitions enumerated.
  public static final int MAX_PLAYERS = 12;

  private ExactValues() {}

  public static RowEstimate of(CoalitionGame game) {
    int players = game.players().count();
    int outputs = game.outputs();
    int values = game.players().values();
    double[] worth = game.all();
    double[] weights = weights(players);
    double[] phi = new double[outputs * values];
    for (int subset = 0; subset < 1 << players; subset++) {
      int size = Integer.bitCount(subset);
      for (int player = 0; player < players; player++) {
        boolean isMember = (subset >> player & 1) != 0;
        double weight = isMember ? weights[size - 1] : -weights[size];
        for (int output = 0; output < outputs; output++) {
          phi[output * values + game.players().valueOf(player)] +=
              weight * worth[subset * outputs + output];
        }
      }
    }
    int asked = Math.max(0, (1 << players) - 2);
    return new RowEstimate(phi, new double[phi.length], asked, 1);
  }

  /// `s! (n - s - 1)! / n!` for s = 0 to n - 1; the weight beyond is never used.
  private static double[] weights(int players) {
    double[] weights = new double[players + 1];
    double weight = 1.0 / Math.max(1, players);
    for (int size = 0; size < players; size++) {
      weights[size] = weight;
      weight *= (size + 1.0) / Math.max(1, players - size - 1);
    }
    return weights;
  }
}

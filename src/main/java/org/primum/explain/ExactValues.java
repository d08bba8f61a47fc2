package org.primum.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Shapley values by their definition: every coalition is asked for (Shapley 1953).
final class ExactValues {

  /// Up to so many players have their 4,096 coalitions enumerated.
  static final int MAX_PLAYERS = 12;

  private ExactValues() {}

  static RowEstimate of(CoalitionGame game) {
    int players = game.players().length;
    int outputs = game.outputs();
    double[] worth = worth(game);
    double[] weights = weights(players);
    double[] phi = new double[outputs * players];
    for (int subset = 0; subset < 1 << players; subset++) {
      int size = Integer.bitCount(subset);
      for (int player = 0; player < players; player++) {
        boolean isMember = (subset >> player & 1) != 0;
        double weight = isMember ? weights[size - 1] : -weights[size];
        for (int output = 0; output < outputs; output++) {
          phi[output * players + player] += weight * worth[subset * outputs + output];
        }
      }
    }
    int asked = Math.max(0, (1 << players) - 2);
    return new RowEstimate(phi, new double[phi.length], asked, 1);
  }

  /// Of subset `s` and output `c` at `s * outputs + c`; the members of a subset are its bits.
  private static double[] worth(CoalitionGame game) {
    int players = game.players().length;
    int outputs = game.outputs();
    List<BitSet> between = new ArrayList<>();
    for (long subset = 1; subset < (1L << players) - 1; subset++) {
      between.add(BitSet.valueOf(new long[] {subset}));
    }
    double[] worth = new double[outputs << players];
    System.arraycopy(game.worth(between), 0, worth, outputs, between.size() * outputs);
    for (int output = 0; output < outputs; output++) {
      worth[output] = game.empty(output);
      worth[((1 << players) - 1) * outputs + output] = game.full(output);
    }
    return worth;
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

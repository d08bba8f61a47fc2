package org.primum.explain.sampling;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.primum.explain.value.RowRandom;
import org.primum.model.ModelInvalidException;

/// Shapley values as the weighted least squares fit of what coalitions are worth, under the
/// constraint that they add up to the whole (KernelSHAP, Lundberg and Lee 2017, theorem 2,
/// <https://arxiv.org/abs/1705.07874>). No coefficient is left out (no l1 penalty), and the fit is
/// exact where all coalitions are asked for.
///
/// The constraint is kept by solving for all players but the last, which gets the rest. Standard
/// errors are those of the estimating equations at the fit, with a coalition and its complement as
/// one observation (Covert and Lee 2021, <https://proceedings.mlr.press/v130/covert21a.html>);
/// enumerated coalitions carry none.
public final class KernelValues {

  private static final int PAIRS_PER_LOOK = 64;

  private final CoalitionGame game;
  private final KernelPlan plan;
  private final int players;
  private final int values;
  private final int outputs;
  private final int free;
  private final List<BitSet> drawn = new ArrayList<>();
  private final Moments exact;
  private final Moments random;

  /// What drawn coalitions are worth, in their order.
  private final List<double[]> worth = new ArrayList<>();

  private KernelValues(CoalitionGame game, int budget) {
    this.game = game;
    this.players = game.players().count();
    this.values = game.players().values();
    this.outputs = game.outputs();
    this.free = players - 1;
    this.plan = new KernelPlan(players, budget);
    this.exact = new Moments();
    this.random = new Moments();
  }

  /// @param game of at least two players
  public static RowEstimate of(CoalitionGame game, Sampling sampling) {
    KernelValues values = new KernelValues(game, sampling.samples());
    double[] worth = game.worth(values.plan.whole());
    for (int i = 0; i < values.plan.whole().size(); i++) {
      double[] own = values.part(worth, i);
      values.exact.add(values.plan.whole().get(i), own, values.plan.weight(i));
    }
    if (values.plan.pairs() == 0) {
      return values.estimate();
    }
    RowRandom random = game.random(sampling.seed());
    RowEstimate estimate = values.look(random);
    while (values.drawnPairs() < values.plan.pairs()
        && !sampling.isEnough(estimate.largestError())) {
      estimate = values.look(random);
    }
    return estimate;
  }

  private int drawnPairs() {
    return drawn.size() / 2;
  }

  /// Draws more pairs and fits again; the first look has enough of them for a standard error.
  private RowEstimate look(RowRandom random) {
    int wanted = Math.max(PAIRS_PER_LOOK, Math.max(drawnPairs(), 4 * players));
    int count = Math.min(wanted, plan.pairs() - drawnPairs());
    List<BitSet> more = plan.draw(count, random);
    double[] found = game.worth(more);
    for (int i = 0; i < more.size(); i++) {
      double[] own = part(found, i);
      this.random.add(more.get(i), own, 1);
      drawn.add(more.get(i));
      worth.add(own);
    }
    return estimate();
  }

  private double[] part(double[] worth, int index) {
    double[] part = new double[outputs];
    System.arraycopy(worth, index * outputs, part, 0, outputs);
    return part;
  }

  /// Weighted sums of the regression: `z z'` and `z y`, without the last player.
  private final class Moments {
    private final double[][] products = new double[free][free];
    private final double[][] targets = new double[outputs][free];

    void add(BitSet coalition, double[] worth, double weight) {
      double[] row = row(coalition);
      for (int i = 0; i < free; i++) {
        for (int j = 0; j < free && row[i] != 0; j++) {
          products[i][j] += weight * row[i] * row[j];
        }
        for (int output = 0; output < outputs; output++) {
          targets[output][i] += weight * row[i] * target(coalition, worth, output);
        }
      }
    }
  }

  /// The coalition as a row of the regression: members less the last player.
  private double[] row(BitSet coalition) {
    double last = coalition.get(free) ? 1 : 0;
    double[] row = new double[free];
    for (int i = 0; i < free; i++) {
      row[i] = (coalition.get(i) ? 1 : 0) - last;
    }
    return row;
  }

  private double target(BitSet coalition, double[] worth, int output) {
    double above = worth[output] - game.empty(output);
    return coalition.get(free) ? above - whole(output) : above;
  }

  private double whole(int output) {
    return game.full(output) - game.empty(output);
  }

  private RowEstimate estimate() {
    double share = drawn.isEmpty() ? 0 : plan.restMass() / drawn.size();
    double[][] products = new double[free][free];
    for (int i = 0; i < free; i++) {
      for (int j = 0; j < free; j++) {
        products[i][j] = exact.products[i][j] + share * random.products[i][j];
      }
    }
    EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(products, false));
    double condition = condition(eigen);
    RealMatrix inverse = eigen.getSolver().getInverse();
    double[] phi = new double[outputs * players];
    for (int output = 0; output < outputs; output++) {
      fit(inverse, share, output, phi);
    }
    int asked = plan.whole().size() + drawn.size();
    return new RowEstimate(told(phi), errors(inverse, phi), asked, condition);
  }

  /// Sums over the players of each name.
  private double[] told(double[] phi) {
    double[] told = new double[outputs * values];
    for (int output = 0; output < outputs; output++) {
      for (int player = 0; player < players; player++) {
        told[output * values + game.players().valueOf(player)] += phi[output * players + player];
      }
    }
    return told;
  }

  private static double condition(EigenDecomposition eigen) {
    double[] values = eigen.getRealEigenvalues();
    double smallest = Double.POSITIVE_INFINITY;
    double largest = 0;
    for (double value : values) {
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
    if (!(smallest > 1e-12 * largest)) {
      throw new ModelInvalidException(
          "the drawn coalitions do not tell the features apart; give more of them with --samples");
    }
    return largest / smallest;
  }

  private void fit(RealMatrix inverse, double share, int output, double[] phi) {
    double[] targets = new double[free];
    for (int i = 0; i < free; i++) {
      targets[i] = exact.targets[output][i] + share * random.targets[output][i];
    }
    double[] fitted = inverse.operate(targets);
    double rest = whole(output);
    for (int i = 0; i < free; i++) {
      phi[output * players + i] = fitted[i];
      rest -= fitted[i];
    }
    phi[output * players + free] = rest;
  }

  private double[] errors(RealMatrix inverse, double[] phi) {
    double[] errors = new double[outputs * values];
    int pairs = drawnPairs();
    if (pairs == 0) {
      return errors;
    }
    for (int output = 0; output < outputs; output++) {
      double[][] influences = new double[pairs][];
      for (int pair = 0; pair < pairs; pair++) {
        influences[pair] = influence(inverse, phi, output, pair);
      }
      for (int value = 0; value < values; value++) {
        errors[output * values + value] = plan.restMass() * error(influences, value);
      }
    }
    return errors;
  }

  /// How far one pair moves the fit, by value.
  private double[] influence(RealMatrix inverse, double[] phi, int output, int pair) {
    double[] score = new double[free];
    for (int i = 2 * pair; i <= 2 * pair + 1; i++) {
      double[] row = row(drawn.get(i));
      double residual = target(drawn.get(i), worth.get(i), output);
      for (int j = 0; j < free; j++) {
        residual -= row[j] * phi[output * players + j];
      }
      for (int j = 0; j < free; j++) {
        score[j] += row[j] * residual / 2;
      }
    }
    double[] moved = inverse.operate(score);
    double[] influence = new double[values];
    for (int j = 0; j < free; j++) {
      influence[game.players().valueOf(j)] += moved[j];
      influence[game.players().valueOf(free)] -= moved[j];
    }
    return influence;
  }

  /// The standard error of a mean of influences. What the fit has taken from the residuals is given
  /// back as for any regression: `n / (n - p)`.
  private double error(double[][] influences, int value) {
    int count = influences.length;
    double mean = 0;
    for (double[] one : influences) {
      mean += one[value] / count;
    }
    double squares = 0;
    for (double[] one : influences) {
      squares += (one[value] - mean) * (one[value] - mean);
    }
    double left = Math.max(1, count - 1 - (plan.restMass() * free));
    return Math.sqrt(squares / left / count);
  }
}

package org.primum.explain.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.RowRandom;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;

/// What a unit of each term above its mean gives to each feature or group of them, where features
/// are correlated: Shapley values of a linear model under normal features are linear in the row, so
/// one matrix explains all rows.
///
/// Source: the game is that of Chen, Janizek, Lundberg and Lee 2020, "True to the model or true to
/// the data?", <https://arxiv.org/abs/2006.16234>; that its values are linear in the row follows
/// from the linearity of normal conditional means.
public final class GaussianMatrix {

  /// Up to so many features are enumerated where the covariance is regular.
  static final int MAX_PLAYERS = 15;

  /// The same where it is singular, and each subset takes an eigendecomposition.
  static final int MAX_SINGULAR = 12;

  private static final int MAX_NUMBERS = 1 << 26;

  private final GaussianRegression regression;
  private final Players names;
  private final int players;

  /// The terms of each player.
  private final int[][] own;

  private final double[] coefficients;

  public GaussianMatrix(LinearModel model, double[][] covariances, FeatureGroups groups) {
    this.coefficients = model.terms().stream().mapToDouble(Term::coefficient).toArray();
    this.regression = new GaussianRegression(coefficients, covariances);
    BitSet read = new BitSet();
    model.terms().forEach(term -> read.set(term.feature()));
    this.names = Players.of(groups, read);
    this.players = names.count();
    this.own = new int[players][];
    for (int i = 0; i < players; i++) {
      own[i] = Arrays.stream(names.columns(i)).flatMap(one -> terms(model, one)).toArray();
    }
  }

  private static IntStream terms(LinearModel model, int feature) {
    return IntStream.range(0, model.terms().size())
        .filter(term -> model.terms().get(term).feature() == feature);
  }

  /// The players, and of whom values are told.
  public Players players() {
    return names;
  }

  public boolean isEnumerated() {
    return players <= (regression.isRegular() ? MAX_PLAYERS : MAX_SINGULAR);
  }

  private int[] terms(int[] known) {
    return Arrays.stream(known).flatMap(player -> Arrays.stream(own[player])).toArray();
  }

  /// By all subsets: of value `v` and term `t` at `v * terms + t`.
  public double[] enumerated() {
    int terms = coefficients.length;
    double[] matrix = new double[players * terms];
    double[] weights = weights(players);
    for (int subset = 1; subset < 1 << players; subset++) {
      int bits = subset;
      int[] members =
          IntStream.range(0, players).filter(player -> (bits >> player & 1) != 0).toArray();
      int[] known = terms(members);
      double[] slopes = slopes(members, known);
      for (int player = 0; player < players; player++) {
        boolean isMember = (subset >> player & 1) != 0;
        double weight = isMember ? weights[members.length - 1] : -weights[members.length];
        for (int i = 0; i < known.length; i++) {
          matrix[player * terms + known[i]] += weight * slopes[i];
        }
      }
    }
    return told(matrix);
  }

  /// The sums over the players of each value.
  private double[] told(double[] matrix) {
    int terms = coefficients.length;
    double[] told = new double[names.values() * terms];
    for (int player = 0; player < players; player++) {
      for (int term = 0; term < terms; term++) {
        told[names.valueOf(player) * terms + term] += matrix[player * terms + term];
      }
    }
    return told;
  }

  /// All known, the margin is known: whatever the row.
  private double[] slopes(int[] members, int[] known) {
    return members.length == players
        ? Arrays.stream(known).mapToDouble(term -> coefficients[term]).toArray()
        : regression.slopes(known);
  }

  private static double[] weights(int players) {
    double[] weights = new double[players + 1];
    double weight = 1.0 / Math.max(1, players);
    for (int size = 0; size < players; size++) {
      weights[size] = weight;
      weight *= (size + 1.0) / Math.max(1, players - size - 1);
    }
    return weights;
  }

  /// Matrices of single antithetic pairs of orders, whose mean estimates the matrix.
  public List<double[]> drawn(Sampling sampling) {
    int perPair = 2 * (players - 1);
    int room = Math.max(2, MAX_NUMBERS / (players * coefficients.length));
    int pairs = Math.clamp(sampling.samples() / perPair, 2, room);
    RowRandom random = new RowRandom(RowRandom.mix(sampling.seed()));
    List<double[]> drawn = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      double[] matrix = new double[players * coefficients.length];
      int[] order = random.order(players);
      addChanges(order, matrix);
      int[] reversed = new int[order.length];
      Arrays.setAll(reversed, i -> order[order.length - 1 - i]);
      addChanges(reversed, matrix);
      drawn.add(told(matrix));
    }
    return drawn;
  }

  /// Half of what each player's coming changes.
  private void addChanges(int[] order, double[] matrix) {
    int terms = coefficients.length;
    double[] before = new double[terms];
    for (int i = 0; i < order.length; i++) {
      int[] members = Arrays.copyOf(order, i + 1);
      int[] known = terms(members);
      double[] slopes = slopes(members, known);
      double[] after = new double[terms];
      for (int j = 0; j < known.length; j++) {
        after[known[j]] = slopes[j];
      }
      for (int term = 0; term < terms; term++) {
        matrix[order[i] * terms + term] += (after[term] - before[term]) / 2;
      }
      before = after;
    }
  }
}

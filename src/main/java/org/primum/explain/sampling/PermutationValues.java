package org.primum.explain.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.primum.explain.value.RowRandom;

/// Shapley values as means over orders in which the players come in: what the prediction changes by
/// when a player does. Every order is taken with its reverse, and the standard error is that of the
/// mean over such pairs. The changes along an order add up to the whole, so additivity is exact.
///
/// Source: Castro, Gomez and Tejada 2009, <https://doi.org/10.1016/j.cor.2008.04.004>; antithetic
/// pairs: Mitchell et al. 2022, <https://jmlr.org/papers/v23/21-0439.html>, section 4.2.
public final class PermutationValues {

  /// Pairs of orders between two looks at the standard error.
  private static final int PAIRS_PER_LOOK = 16;

  private final CoalitionGame game;
  private final int players;
  private final int values;
  private final int outputs;
  private final double[] sums;

  /// Of the squares, to the mean so far (Welford 1962).
  private final double[] squares;

  private int pairs;

  private PermutationValues(CoalitionGame game) {
    this.game = game;
    this.players = game.players().count();
    this.values = game.players().values();
    this.outputs = game.outputs();
    this.sums = new double[outputs * values];
    this.squares = new double[outputs * values];
  }

  public static RowEstimate of(CoalitionGame game, Sampling sampling) {
    PermutationValues values = new PermutationValues(game);
    RowRandom random = game.random(sampling.seed());
    int most = Math.max(2, sampling.samples() / values.perPair());
    while (values.pairs < most && !values.isEnough(sampling)) {
      values.add(Math.min(PAIRS_PER_LOOK, most - values.pairs), random);
    }
    return values.estimate();
  }

  private int perPair() {
    return 2 * (players - 1);
  }

  private boolean isEnough(Sampling sampling) {
    return pairs >= 2 && sampling.isEnough(Arrays.stream(errors()).max().orElse(0));
  }

  private void add(int count, RowRandom random) {
    List<int[]> orders = new ArrayList<>();
    List<BitSet> coalitions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] order = random.order(players);
      orders.add(order);
      addPrefixes(order, coalitions);
      orders.add(reversed(order));
      addPrefixes(reversed(order), coalitions);
    }
    double[] worth = game.worth(coalitions);
    for (int i = 0; i < count; i++) {
      double[] changes = new double[sums.length];
      addChanges(orders.get(2 * i), worth, 2 * i, changes);
      addChanges(orders.get(2 * i + 1), worth, 2 * i + 1, changes);
      add(changes);
    }
  }

  private static int[] reversed(int[] order) {
    int[] reversed = new int[order.length];
    Arrays.setAll(reversed, i -> order[order.length - 1 - i]);
    return reversed;
  }

  private void addPrefixes(int[] order, List<BitSet> coalitions) {
    BitSet members = new BitSet(players);
    for (int i = 0; i + 1 < players; i++) {
      members.set(order[i]);
      coalitions.add((BitSet) members.clone());
    }
  }

  /// Half of what each player changes along an order, by the name that it has.
  private void addChanges(int[] order, double[] worth, int index, double[] changes) {
    int first = index * (players - 1);
    for (int output = 0; output < outputs; output++) {
      double before = game.empty(output);
      for (int i = 0; i < players; i++) {
        double after = i + 1 == players ? game.full(output) : worth[(first + i) * outputs + output];
        changes[output * values + game.players().valueOf(order[i])] += (after - before) / 2;
        before = after;
      }
    }
  }

  private void add(double[] changes) {
    pairs++;
    for (int i = 0; i < sums.length; i++) {
      double before = pairs == 1 ? changes[i] : sums[i] / (pairs - 1);
      sums[i] += changes[i];
      squares[i] += (changes[i] - before) * (changes[i] - sums[i] / pairs);
    }
  }

  private double[] errors() {
    double[] errors = new double[sums.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = Math.sqrt(Math.max(0, squares[i]) / (pairs - 1) / pairs);
    }
    return errors;
  }

  private RowEstimate estimate() {
    double[] phi = Arrays.stream(sums).map(sum -> sum / pairs).toArray();
    return new RowEstimate(phi, errors(), pairs * perPair(), 1);
  }
}

package org.primum.explain.sampling;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.primum.explain.value.FixedPoint;
import org.primum.explain.value.RowRandom;
import org.primum.model.FeatureMatrix;

/// The game whose Shapley values explain one row: a coalition is worth the mean prediction over the
/// background rows with the row's values in the place of the coalition's features (Lundberg et al.
/// 2020, interventional; <https://doi.org/10.1038/s42256-019-0138-9>).
///
/// Players are the features that can matter: those the model reads in which the row differs from a
/// background row; or groups of features that become known together, where one of them does. All
/// others have the value 0. Sums over the background are in fixed point, so the order of its rows
/// changes no bit.
public final class CoalitionGame {

  private static final double[] UNASKED = {};

  private final Prediction prediction;
  private final FeatureMatrix background;
  private final FeatureMatrix rows;
  private final int row;
  private final Players players;

  private final double[] empty;
  private final double[] full;

  /// What all coalitions are worth, once they were asked for.
  private double[] all = UNASKED;

  /// @param empty the mean prediction over the background, one for each output
  /// @param full the predictions of the row, one for each output
  public CoalitionGame(
      Prediction prediction,
      FeatureMatrix background,
      Players players,
      FeatureMatrix rows,
      int row,
      double[] empty,
      double[] full) {
    this.prediction = prediction;
    this.background = background;
    this.rows = rows;
    this.row = row;
    this.players = players.having(this::differs);
    this.empty = empty;
    this.full = full;
  }

  private boolean differs(int feature) {
    double own = rows.value(row, feature);
    for (int other = 0; other < background.rows(); other++) {
      double value = background.value(other, feature);
      if (value != own && !(Double.isNaN(value) && Double.isNaN(own))) {
        return true;
      }
    }
    return false;
  }

  public Players players() {
    return players;
  }

  int outputs() {
    return empty.length;
  }

  /// The worth of nobody.
  double empty(int output) {
    return empty[output];
  }

  /// The worth of all players together.
  double full(int output) {
    return full[output];
  }

  /// The random numbers of the row.
  RowRandom random(long seed) {
    return RowRandom.of(seed, rows, row);
  }

  /// What coalitions are worth: `coalitions * outputs` long, in their order.
  ///
  /// @param coalitions each by the positions of its members among the players
  double[] worth(List<BitSet> coalitions) {
    return all.length > 0 ? known(coalitions) : asked(coalitions);
  }

  private double[] known(List<BitSet> coalitions) {
    double[] worth = new double[coalitions.size() * outputs()];
    for (int i = 0; i < coalitions.size(); i++) {
      long[] bits = coalitions.get(i).toLongArray();
      int subset = bits.length == 0 ? 0 : (int) bits[0];
      System.arraycopy(all, subset * outputs(), worth, i * outputs(), outputs());
    }
    return worth;
  }

  /// What all coalitions are worth, of at most [ExactValues#MAX_PLAYERS] players: that of subset
  /// `s` and output `c` at `s * outputs + c`; the members of a subset are its bits. The model is
  /// asked once.
  double[] all() {
    if (all.length == 0) {
      int last = (1 << players.count()) - 1;
      List<BitSet> between = new ArrayList<>();
      for (long subset = 1; subset < last; subset++) {
        between.add(BitSet.valueOf(new long[] {subset}));
      }
      double[] worth = new double[(last + 1) * outputs()];
      System.arraycopy(asked(between), 0, worth, outputs(), between.size() * outputs());
      System.arraycopy(empty, 0, worth, 0, outputs());
      System.arraycopy(full, 0, worth, last * outputs(), outputs());
      all = worth;
    }
    return all;
  }

  private double[] asked(List<BitSet> coalitions) {
    Sums sums = new Sums(coalitions.size() * outputs());
    long asked = (long) coalitions.size() * background.rows();
    int perCall = prediction.rowsPerCall();
    for (long first = 0; first < asked; first += perCall) {
      int count = (int) Math.min(perCall, asked - first);
      double[] found = prediction.of(mixed(coalitions, first, count));
      for (int i = 0; i < count; i++) {
        sums.add((int) ((first + i) / background.rows()), found, i * outputs());
      }
    }
    return sums.means();
  }

  /// Background rows with the coalition's values of the explained row, coalition after coalition.
  private FeatureMatrix mixed(List<BitSet> coalitions, long first, int count) {
    int columns = background.columns();
    double[] values = new double[count * columns];
    for (int i = 0; i < count; i++) {
      int other = (int) ((first + i) % background.rows());
      System.arraycopy(background.values(), other * columns, values, i * columns, columns);
      BitSet members = coalitions.get((int) ((first + i) / background.rows()));
      for (int at = members.nextSetBit(0); at >= 0; at = members.nextSetBit(at + 1)) {
        for (int column : players.columns(at)) {
          values[i * columns + column] = rows.value(row, column);
        }
      }
    }
    return new FeatureMatrix(values, count, columns);
  }

  /// Sums over the background, one for each coalition and output.
  private final class Sums {
    private final long[] words;

    Sums(int count) {
      this.words = new long[2 * count];
    }

    void add(int coalition, double[] found, int at) {
      for (int output = 0; output < outputs(); output++) {
        FixedPoint.add(words, 2 * (coalition * outputs() + output), found[at + output]);
      }
    }

    double[] means() {
      double[] means = new double[words.length / 2];
      for (int i = 0; i < means.length; i++) {
        means[i] = FixedPoint.mean(words, 2 * i, background.rows());
      }
      return means;
    }
  }

  /// The mean predictions over rows, one for each output.
  public static double[] means(Prediction prediction, FeatureMatrix rows) {
    double[] none = new double[prediction.outputs()];
    CoalitionGame nobody = new CoalitionGame(prediction, rows, Players.none(), rows, 0, none, none);
    return nobody.worth(List.of(new BitSet()));
  }
}

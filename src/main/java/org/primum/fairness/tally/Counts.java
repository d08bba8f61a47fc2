package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.primum.fairness.statistics.EffectiveRows;
import org.primum.fairness.statistics.Proportion;
import org.primum.gate.Confusion;

/// The contingency table of one group: label by prediction, each positive, negative or missing.
///
/// @param cells nine [Sums], at the positions of [#index]
public record Counts(List<Sums> cells) {

  public static final int CELLS = 9;

  /// Sets of cells, as bits, from which the rates are put together.
  public static final int TN = bit(Outcome.NEGATIVE, Outcome.NEGATIVE);

  public static final int FP = bit(Outcome.NEGATIVE, Outcome.POSITIVE);
  public static final int FN = bit(Outcome.POSITIVE, Outcome.NEGATIVE);
  public static final int TP = bit(Outcome.POSITIVE, Outcome.POSITIVE);
  public static final int SELECTED = TP | FP | bit(Outcome.MISSING, Outcome.POSITIVE);
  public static final int NOT_SELECTED = TN | FN | bit(Outcome.MISSING, Outcome.NEGATIVE);
  public static final int POSITIVES = TP | FN | bit(Outcome.POSITIVE, Outcome.MISSING);
  public static final int NEGATIVES = TN | FP | bit(Outcome.NEGATIVE, Outcome.MISSING);
  public static final int ALL = (1 << CELLS) - 1;

  public static final Counts NONE = new Counts(java.util.Collections.nCopies(CELLS, Sums.NONE));

  public Counts {
    cells = List.copyOf(cells);
    if (cells.size() != CELLS) {
      throw new IllegalArgumentException("a group has " + CELLS + " cells, got " + cells.size());
    }
  }

  public static int index(Outcome label, Outcome prediction) {
    return label.code() * 3 + prediction.code();
  }

  private static int bit(Outcome label, Outcome prediction) {
    return 1 << index(label, prediction);
  }

  public Counts plus(Counts other) {
    List<Sums> sums = new ArrayList<>();
    for (int i = 0; i < CELLS; i++) {
      sums.add(cells.get(i).plus(other.cells.get(i)));
    }
    return new Counts(sums);
  }

  /// The sums over a set of cells.
  public Sums over(int set) {
    Sums sum = Sums.NONE;
    for (int i = 0; i < CELLS; i++) {
      if (((set >> i) & 1) == 1) {
        sum = sum.plus(cells.get(i));
      }
    }
    return sum;
  }

  /// The share of a set of cells in another that holds it, with the effective rows of its weights.
  public Proportion proportion(int events, int total) {
    return proportion(over(events), over(total));
  }

  /// The share of some rows in all rows that hold them.
  public static Proportion proportion(Sums events, Sums total) {
    double weight = total.weight().toDouble();
    double part = Math.min(events.weight().toDouble(), weight);
    double squared = events.squaredWeight().toDouble();
    double squaredRest = Math.max(0, total.squaredWeight().toDouble() - squared);
    return new Proportion(
        part,
        weight,
        events.n(),
        total.n(),
        EffectiveRows.weighted(part, squared, weight - part, squaredRest, total.n()));
  }

  /// Kish's effective sample size of some rows: their number where all weights are equal, 0 where
  /// they weigh nothing.
  public static double effective(Sums rows) {
    return EffectiveRows.kish(rows.weight().toDouble(), rows.squaredWeight().toDouble());
  }

  /// How many rows, whatever they lack.
  public long n() {
    return over(ALL).n();
  }

  /// The four cells of the rows that have a label and a prediction.
  ///
  /// @param suppressBelow where a rate of these rows stands on fewer than this, none of them is
  ///   shown
  public Confusion confusion(int suppressBelow) {
    long tp = over(TP).n();
    long fp = over(FP).n();
    long fn = over(FN).n();
    long tn = over(TN).n();
    boolean hidden =
        LongStream.of(tp + fn, fp + tn, tp + fp, fn + tn)
            .anyMatch(margin -> margin > 0 && margin < suppressBelow);
    return hidden || tp + fp + fn + tn == 0
        ? new Confusion.Unknown()
        : new Confusion.Matrix(tp, fp, fn, tn, List.of());
  }

  /// How many rows have no label.
  public long withoutLabel() {
    return n() - over(POSITIVES | NEGATIVES).n();
  }

  /// How many rows have no prediction.
  public long withoutPrediction() {
    return n() - over(SELECTED | NOT_SELECTED).n();
  }
}

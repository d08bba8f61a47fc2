package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.List;

/// The contingency table of a group for several classes: true by predicted class, either of which
/// may be missing.
///
/// @param classes how many classes there are; 0 for no rows at all
/// @param cells by true class, then predicted class, each with one place more for missing
public record ClassCounts(int classes, List<Sums> cells) {

  /// Of no rows.
  public static final ClassCounts NONE = new ClassCounts(0, List.of());

  public ClassCounts {
    cells = List.copyOf(cells);
    if (classes < 0 || cells.size() != size(classes)) {
      throw new IllegalArgumentException(cells.size() + " cells for " + classes + " classes");
    }
  }

  /// How many cells a table has.
  static int size(int classes) {
    return classes == 0 ? 0 : (classes + 1) * (classes + 1);
  }

  /// The rows of both; both of the same classes.
  public ClassCounts plus(ClassCounts other) {
    if (classes == 0) {
      return other;
    }
    if (other.classes == 0) {
      return this;
    }
    List<Sums> sums = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      sums.add(cells.get(i).plus(other.cells.get(i)));
    }
    return new ClassCounts(classes, sums);
  }

  /// Rows of a true and a predicted class; the number of classes stands for missing.
  public Sums cell(int label, int prediction) {
    return classes == 0 ? Sums.NONE : cells.get(label * (classes + 1) + prediction);
  }

  /// The table of two outcomes that is left where one class is held against all others.
  public Counts oneAgainstRest(int positive) {
    List<Sums> nine = new ArrayList<>(Counts.NONE.cells());
    for (int label = 0; label <= classes && classes > 0; label++) {
      for (int prediction = 0; prediction <= classes; prediction++) {
        int at = Counts.index(outcome(label, positive), outcome(prediction, positive));
        nine.set(at, nine.get(at).plus(cell(label, prediction)));
      }
    }
    return new Counts(nine);
  }

  private Outcome outcome(int found, int positive) {
    if (found == classes) {
      return Outcome.MISSING;
    }
    return found == positive ? Outcome.POSITIVE : Outcome.NEGATIVE;
  }

  /// The table of two outcomes in which the rows of a class are positives, and true ones where they
  /// are taken for another.
  public Counts taken(int label, int as) {
    List<Sums> nine = new ArrayList<>(Counts.NONE.cells());
    for (int prediction = 0; prediction < classes; prediction++) {
      Outcome taken = prediction == as ? Outcome.POSITIVE : Outcome.NEGATIVE;
      int at = Counts.index(Outcome.POSITIVE, taken);
      nine.set(at, nine.get(at).plus(cell(label, prediction)));
    }
    return new Counts(nine);
  }

  /// The table of two outcomes in which right is positive: every row with label and prediction is a
  /// true positive where they are the same, else a false negative.
  public Counts rightOrWrong() {
    Sums right = Sums.NONE;
    Sums wrong = Sums.NONE;
    for (int label = 0; label < classes; label++) {
      for (int prediction = 0; prediction < classes; prediction++) {
        if (label == prediction) {
          right = right.plus(cell(label, prediction));
        } else {
          wrong = wrong.plus(cell(label, prediction));
        }
      }
    }
    List<Sums> nine = new ArrayList<>(Counts.NONE.cells());
    nine.set(Counts.index(Outcome.POSITIVE, Outcome.POSITIVE), right);
    nine.set(Counts.index(Outcome.POSITIVE, Outcome.NEGATIVE), wrong);
    return new Counts(nine);
  }
}

package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.primum.fairness.suppression.Range;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Outcome;
import org.primum.fairness.tally.Sums;

/// A group, and what may be told of the number of its rows.
///
/// @param cells a range for each of the nine cells of its contingency table, in their order
/// @param classes a range for each cell of its table of classes, in their order; none where there
///   are no classes
/// @param below a number of rows from 1 to below this is not told; 0 tells all
public record Shown(GroupTally tally, List<Range> cells, List<Range> classes, int below) {

  public Shown {
    cells = List.copyOf(cells);
    classes = List.copyOf(classes);
    if (cells.size() != Counts.CELLS) {
      throw new IllegalArgumentException(cells.size() + " ranges for " + Counts.CELLS + " cells");
    }
  }

  /// A group of which all may be told.
  public static Shown whole(GroupTally tally) {
    return new Shown(tally, exactly(tally.counts().cells()), exactly(tally.classes().cells()), 0);
  }

  private static List<Range> exactly(List<Sums> cells) {
    return cells.stream().map(sums -> Range.exactly(sums.n())).toList();
  }

  /// Whether every number of its rows may be told.
  public boolean exact() {
    return cells.stream().allMatch(Range::exact) && classes.stream().allMatch(Range::exact);
  }

  /// What may be told of the rows of some cells together.
  ///
  /// @param set as in [Counts]
  public Range over(int set) {
    Range sum = Range.NONE;
    for (int i = 0; i < Counts.CELLS; i++) {
      sum = ((set >> i) & 1) == 1 ? sum.plus(cells.get(i)) : sum;
    }
    return sum;
  }

  /// What may be told of all its rows.
  public Range rows() {
    return over(Counts.ALL);
  }

  /// The table that is left where one class is held against all others.
  Shown oneAgainstRest(int positive) {
    int count = tally.classes().classes();
    List<Range> nine = new ArrayList<>(Collections.nCopies(Counts.CELLS, Range.NONE));
    for (int cell = 0; cell < classes.size(); cell++) {
      Outcome label = outcome(cell / (count + 1), positive, count);
      Outcome prediction = outcome(cell % (count + 1), positive, count);
      int at = Counts.index(label, prediction);
      nine.set(at, nine.get(at).plus(classes.get(cell)));
    }
    return of(tally.classes().oneAgainstRest(positive), nine);
  }

  private static Outcome outcome(int found, int positive, int count) {
    if (found == count) {
      return Outcome.MISSING;
    }
    return found == positive ? Outcome.POSITIVE : Outcome.NEGATIVE;
  }

  /// The table in which a right class is a true positive and a wrong one a false negative.
  Shown rightOrWrong() {
    int count = tally.classes().classes();
    Range right = Range.NONE;
    Range wrong = Range.NONE;
    for (int label = 0; label < count; label++) {
      for (int prediction = 0; prediction < count; prediction++) {
        Range cell = classes.get(label * (count + 1) + prediction);
        right = label == prediction ? right.plus(cell) : right;
        wrong = label == prediction ? wrong : wrong.plus(cell);
      }
    }
    List<Range> nine = new ArrayList<>(Collections.nCopies(Counts.CELLS, Range.NONE));
    nine.set(Counts.index(Outcome.POSITIVE, Outcome.POSITIVE), right);
    nine.set(Counts.index(Outcome.POSITIVE, Outcome.NEGATIVE), wrong);
    return of(tally.classes().rightOrWrong(), nine);
  }

  /// The table in which the rows of a class are positives, and true where they are taken for
  /// another one.
  Shown taken(int label, int as) {
    int count = tally.classes().classes();
    List<Range> nine = new ArrayList<>(Collections.nCopies(Counts.CELLS, Range.NONE));
    for (int prediction = 0; prediction < count; prediction++) {
      Outcome taken = prediction == as ? Outcome.POSITIVE : Outcome.NEGATIVE;
      int at = Counts.index(Outcome.POSITIVE, taken);
      nine.set(at, nine.get(at).plus(classes.get(label * (count + 1) + prediction)));
    }
    return of(tally.classes().taken(label, as), nine);
  }

  private Shown of(Counts counts, List<Range> nine) {
    return new Shown(GroupTally.of(counts), nine, List.of(), below);
  }

  /// Whether rows count otherwise than one each.
  boolean weighted() {
    return tally.counts().cells().stream()
        .anyMatch(sums -> sums.weight().toDouble() != (double) sums.n());
  }
}

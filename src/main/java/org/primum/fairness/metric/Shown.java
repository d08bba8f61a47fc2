package org.primum.fairness.metric;

import java.util.List;
import org.primum.fairness.suppression.Range;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;

/// A group, and what may be told of the number of its rows.
///
/// @param cells a range for each of the nine cells of its contingency table, in their order
/// @param below a number of rows from 1 to below this is not told; 0 tells all
public record Shown(GroupTally tally, List<Range> cells, int below) {

  public Shown {
    cells = List.copyOf(cells);
    if (cells.size() != Counts.CELLS) {
      throw new IllegalArgumentException(cells.size() + " ranges for " + Counts.CELLS + " cells");
    }
  }

  /// A group of which all may be told.
  public static Shown whole(GroupTally tally) {
    return new Shown(
        tally, tally.counts().cells().stream().map(sums -> Range.exactly(sums.n())).toList(), 0);
  }

  /// Whether every number of its rows may be told.
  public boolean exact() {
    return cells.stream().allMatch(Range::exact);
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

  /// Whether rows count otherwise than one each.
  boolean weighted() {
    return tally.counts().cells().stream()
        .anyMatch(sums -> sums.weight().toDouble() != (double) sums.n());
  }
}

package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.DataInvalidException;
import org.primum.data.NumberColumn;
import org.primum.data.Selection;
import org.primum.fairness.policy.AuditData;

/// Adds up what patients need, by group and score, while the rows go by.
sealed interface Needs {

  /// Reads and checks a batch.
  ///
  /// @param scale of the scores so far
  void read(Batch batch, BadRow bad, ScoreScale scale);

  /// Adds a row of the batch.
  ///
  /// @param group number of its combination of sensitive features
  /// @param score in [0, 1]
  /// @param weight not negative
  void add(int group, int row, double score, double weight);

  /// The sums of each group on the scale of the scores.
  ///
  /// @param groups how many there are
  List<NeedCounts> counts(int groups, ScoreScale scale);

  static Needs of(
      AuditData.Need need, ToIntFunction<Selection> select, ScoreGrid grid, String table) {
    return switch (need) {
      case AuditData.Need.None() -> new Unknown();
      case AuditData.Need.Column(String column) ->
          new Summed(column, select.applyAsInt(Selection.number(column)), grid, table);
    };
  }

  /// The data does not say.
  record Unknown() implements Needs {

    @Override
    public void read(Batch batch, BadRow bad, ScoreScale scale) {
      // there is no column
    }

    @Override
    public void add(int group, int row, double score, double weight) {
      // there is nothing to add
    }

    @Override
    public List<NeedCounts> counts(int groups, ScoreScale scale) {
      return java.util.Collections.nCopies(groups, NeedCounts.NONE);
    }
  }

  /// As a column says.
  final class Summed implements Needs {

    /// Needs from here on would leave the whole numbers that they are summed in.
    private static final double MAX_NEED = 1e6;

    private static final double MAX_WEIGHTED_SQUARE = 1L << 53;

    /// More combinations of group and score than this do not fit a tally.
    private static final int MAX_SLOTS = 1 << 21;

    private final String column;
    private final int at;
    private final ScoreGrid grid;
    private final String table;
    private final List<Map<Double, long[]>> groups = new ArrayList<>();
    private NumberColumn needs = new NumberColumn(new double[0], new BitSet(), 0);
    private BadRow bad = new BadRow("", 0);
    private boolean exact = true;
    private int size;

    private Summed(String column, int at, ScoreGrid grid, String table) {
      this.column = column;
      this.at = at;
      this.grid = grid;
      this.table = table;
    }

    @Override
    public void read(Batch batch, BadRow next, ScoreScale scale) {
      needs = batch.number(at);
      bad = next;
      if (exact && scale instanceof ScoreScale.Binned) {
        useGrid();
      }
    }

    @Override
    public void add(int group, int row, double score, double weight) {
      if (needs.isMissing(row)) {
        return;
      }
      double need = needs.value(row);
      if (!(Math.abs(need) <= MAX_NEED && weight * need * need < MAX_WEIGHTED_SQUARE)) {
        throw bad.at(column, row, "is not a finite number, or beyond a million; " + LARGER);
      }
      double position = exact ? score + 0.0 : grid.edge(grid.index(score)); // -0.0 is 0.0
      try {
        add(slot(group, position), weight, weight * need, weight * need * need);
      } catch (ArithmeticException e) {
        throw NeedCounts.tooLarge(e);
      }
    }

    private static final String LARGER = "give a need in a larger unit, money in thousands";

    private static void add(long[] slot, double... sums) {
      long[] numbers = new long[slot.length];
      for (int lane = 0; lane < sums.length; lane++) {
        int place = lane * ScoreCounts.NUMBERS;
        numbers[place] = 1;
        numbers[place + 1] = (long) Math.floor(sums[lane]);
        numbers[place + 2] = ScoreCounts.fraction(sums[lane]);
        ScoreCounts.addAt(slot, place, numbers, place);
      }
    }

    private long[] slot(int group, double position) {
      while (groups.size() <= group) {
        groups.add(new HashMap<>());
      }
      Map<Double, long[]> slots = groups.get(group);
      long[] slot = slots.get(position);
      if (slot == null) {
        if (++size > MAX_SLOTS) {
          throw new DataInvalidException(
              table
                  + ": more than "
                  + MAX_SLOTS
                  + " combinations of groups and scores have a need; audit fewer attributes at"
                  + " once");
        }
        slot = new long[ScoreCounts.LABELS * ScoreCounts.NUMBERS];
        slots.put(position, slot);
      }
      return slot;
    }

    private void useGrid() {
      List<NeedCounts> coarse = counts(groups.size(), new ScoreScale.Binned(grid));
      exact = false;
      size = 0;
      for (int group = 0; group < coarse.size(); group++) {
        groups.set(group, coarse.get(group).slots());
        size += coarse.get(group).size();
      }
    }

    @Override
    public List<NeedCounts> counts(int wanted, ScoreScale scale) {
      NeedCounts[] counts = new NeedCounts[wanted];
      Arrays.fill(counts, NeedCounts.NONE);
      for (int group = 0; group < groups.size(); group++) {
        NeedCounts ofGroup = NeedCounts.of(groups.get(group));
        counts[group] =
            exact && scale instanceof ScoreScale.Binned(ScoreGrid edges)
                ? ofGroup.on(edges)
                : ofGroup;
      }
      return List.of(counts);
    }
  }
}

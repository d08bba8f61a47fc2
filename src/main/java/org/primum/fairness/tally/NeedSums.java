package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.primum.data.Batch;

/// Adds up what patients need, by group and score: at each distinct score until there are too many
/// with a need, then between the edges of the grid. There are never fewer scores than scores with a
/// need, so these sums are put on the grid no earlier than the scores are.
final class NeedSums implements MoreSums {

  /// About what the sums at one score of a group take.
  private static final long SLOT_BYTES = 192;

  private final NeedColumn column;
  private final ScoreNumbers distinct = new ScoreNumbers();
  private final List<Map<Double, long[]>> groups = new ArrayList<>();
  private boolean exact = true;
  private long slots;

  NeedSums(NeedColumn column) {
    this.column = column;
  }

  @Override
  public void add(Batch batch, RowBatch rows, BadRow bad) {
    double[] needs = column.read(batch, rows, bad);
    for (int row = 0; row < needs.length; row++) {
      long times = rows.times(row);
      if (times > 0 && rows.score(row) >= 0 && !Double.isNaN(needs[row])) {
        long[] slot = slot(rows.group(row), position(rows.score(row)));
        double weight = times == 1 ? rows.weight(row) : 1;
        addAll(slot, numbers(times, weight, needs[row]));
      }
    }
  }

  private double position(double score) {
    if (exact && distinct.of(score) == ScoreNumbers.TOO_MANY) {
      useGrid();
    }
    ScoreGrid grid = column.grid();
    return exact ? score + 0.0 : grid.edge(grid.index(score)); // -0.0 is 0.0
  }

  private void useGrid() {
    List<Map<Double, long[]>> fine = List.copyOf(groups);
    exact = false;
    groups.clear();
    slots = 0;
    addGroups(fine);
  }

  private void addGroups(List<Map<Double, long[]>> others) {
    for (int i = 0; i < others.size(); i++) {
      int group = i;
      others.get(i).forEach((score, numbers) -> addAll(slot(group, position(score)), numbers));
    }
  }

  private long[] slot(int group, double position) {
    while (groups.size() <= group) {
      groups.add(new HashMap<>());
    }
    return groups
        .get(group)
        .computeIfAbsent(
            position,
            _ -> {
              slots++;
              return new long[NeedCounts.NUMBERS];
            });
  }

  /// The same as so many rows of that weight and need.
  private static long[] numbers(long times, double weight, double need) {
    long[] numbers = new long[NeedCounts.NUMBERS];
    double[] sums = {weight, weight * need, weight * need * need};
    for (int lane = 0; lane < sums.length; lane++) {
      int place = lane * ScoreCounts.NUMBERS;
      long fraction = ScoreCounts.fraction(sums[lane]);
      long low = fraction * times;
      long carry =
          Math.multiplyHigh(fraction, times) << (Long.SIZE - ScoreCounts.FRACTION_BITS)
              | low >>> ScoreCounts.FRACTION_BITS;
      numbers[place] = times;
      numbers[place + 1] = whole(sums[lane], times, carry);
      numbers[place + 2] = low & ((1L << ScoreCounts.FRACTION_BITS) - 1);
    }
    return numbers;
  }

  private static long whole(double sum, long times, long carry) {
    try {
      return Math.addExact(Math.multiplyExact((long) Math.floor(sum), times), carry);
    } catch (ArithmeticException e) {
      throw NeedCounts.tooLarge(e);
    }
  }

  private static void addAll(long[] slot, long[] numbers) {
    try {
      for (int lane = 0; lane < slot.length; lane += ScoreCounts.NUMBERS) {
        ScoreCounts.addAt(slot, lane, numbers, lane);
      }
    } catch (ArithmeticException e) {
      throw NeedCounts.tooLarge(e);
    }
  }

  @Override
  public void absorb(MoreSums other) {
    NeedSums more = (NeedSums) other;
    if (exact && !more.exact) {
      useGrid();
    }
    addGroups(more.groups);
  }

  @Override
  public GroupTally complete(int group, GroupTally tally, ScoreScale scale) {
    NeedCounts counts = group < groups.size() ? NeedCounts.of(groups.get(group)) : NeedCounts.NONE;
    boolean finer = exact && scale instanceof ScoreScale.Binned;
    return tally.with(finer ? counts.on(column.grid()) : counts);
  }

  @Override
  public long groupBytes() {
    return SLOT_BYTES;
  }

  @Override
  public long rowBytes() {
    return slots * SLOT_BYTES;
  }
}

package org.primum.fairness.tally;

import java.util.Map;
import org.primum.data.DataInvalidException;

/// What the rows of a group need at which score: sums that merge.
///
/// For each score three sums, of the weights, of weight times need and of weight times squared
/// need, each in a lane of [ScoreCounts] in place of a label: whole numbers and units of 2^-50,
/// which add without rounding. The number of rows stands in the first lane.
public final class NeedCounts {

  /// Of no rows.
  public static final NeedCounts NONE = new NeedCounts(ScoreCounts.NONE);

  static final int WEIGHT = 0;
  static final int NEED = 1;
  static final int SQUARE = 2;

  private final ScoreCounts lanes;

  NeedCounts(ScoreCounts lanes) {
    this.lanes = lanes;
  }

  /// How many numbers are kept for a position.
  static final int NUMBERS = ScoreCounts.LABELS * ScoreCounts.NUMBERS;

  /// @param slots by position, the numbers of the three lanes
  static NeedCounts of(Map<Double, long[]> slots) {
    ScoreCounts.Builder lanes = new ScoreCounts.Builder();
    slots.forEach((position, numbers) -> {
      for (int lane = 0; lane < ScoreCounts.LABELS; lane++) {
        int place = lane * ScoreCounts.NUMBERS;
        lanes.add(position, lane, numbers[place], numbers[place + 1], numbers[place + 2]);
      }
    });
    return new NeedCounts(lanes.build());
  }

  /// How many positions have a row with a need.
  public int size() {
    return lanes.size();
  }

  /// A position, ascending with the index.
  public double at(int index) {
    return lanes.at(index);
  }

  /// How many rows with a need.
  public long rows(int index) {
    return lanes.number(index, WEIGHT, 0);
  }

  /// Sum of the weights; the number of rows where there are none.
  public double weight(int index) {
    return sum(index, WEIGHT);
  }

  /// Sum of weight times need.
  public double need(int index) {
    return sum(index, NEED);
  }

  /// Sum of weight times squared need.
  public double squaredNeed(int index) {
    return sum(index, SQUARE);
  }

  private double sum(int index, int lane) {
    return (double) lanes.number(index, lane, 1)
        + Math.scalb((double) lanes.number(index, lane, 2), -ScoreCounts.FRACTION_BITS);
  }

  /// Whole part or fraction of a sum, as they are kept.
  long number(int index, int lane, int which) {
    return lanes.number(index, lane, which);
  }

  /// How many rows with a score and a need.
  public long rows() {
    long rows = 0;
    for (int i = 0; i < size(); i++) {
      rows += rows(i);
    }
    return rows;
  }

  /// The sums of the rows of both; both on the same scale.
  ///
  /// @throws DataInvalidException where they are too large to be kept
  public NeedCounts plus(NeedCounts other) {
    try {
      return new NeedCounts(lanes.plus(other.lanes));
    } catch (ArithmeticException e) {
      throw tooLarge(e);
    }
  }

  static DataInvalidException tooLarge(ArithmeticException cause) {
    return new DataInvalidException(
        "the squares of data.need.column add up to more than 2^62; give it in a larger unit",
        cause);
  }

  /// The same rows, summed between the edges of a grid.
  NeedCounts on(ScoreGrid grid) {
    return new NeedCounts(lanes.on(grid));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NeedCounts need && lanes.equals(need.lanes);
  }

  @Override
  public int hashCode() {
    return lanes.hashCode();
  }

  @Override
  public String toString() {
    return rows() + " rows with a need";
  }
}

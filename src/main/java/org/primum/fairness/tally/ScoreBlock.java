package org.primum.fairness.tally;

import java.util.function.IntUnaryOperator;

/// How many rows of one cell have a score at each position: a small hash table while few positions
/// are taken, an array of all of them once that is at most four times as large.
final class ScoreBlock {

  /// Stands where no row was counted; to be read only.
  static final ScoreBlock NONE = new ScoreBlock(0, false, 0);

  private static final int FIRST_CAPACITY = 4;
  private static final long ENOUGH = 4;
  private static final long FRACTION = (1L << ScoreCounts.FRACTION_BITS) - 1;

  private final int positions;

  /// Numbers of a position: rows, and where there are weights, their whole part and fraction.
  private final int stride;

  /// By position; or, while there are few, slots of a position plus one and its numbers.
  private long[] data;

  private boolean dense;
  private int used;

  ScoreBlock(int positions, boolean weighted) {
    this(positions, weighted, FIRST_CAPACITY);
  }

  private ScoreBlock(int positions, boolean weighted, int capacity) {
    this.positions = positions;
    this.stride = weighted ? ScoreCounts.NUMBERS : 1;
    this.data = new long[capacity * (stride + 1)];
  }

  boolean isDense() {
    return dense;
  }

  long bytes() {
    return (long) data.length * Long.BYTES;
  }

  /// Counts a row.
  ///
  /// @param times how many rows it stands for
  /// @param whole part of its weight, `fraction` the rest; neither is read where there are no
  ///   weights
  void add(int position, long times, long whole, long fraction) {
    int at = place(position);
    data[at] += times;
    if (stride > 1) {
      addWeight(at, whole, fraction);
    }
  }

  private void addWeight(int at, long whole, long fraction) {
    long sum = data[at + 2] + fraction;
    data[at + 1] += whole + (sum >>> ScoreCounts.FRACTION_BITS);
    data[at + 2] = sum & FRACTION;
  }

  /// Adds the counts of another block.
  ///
  /// @param position where a position of the other is here
  void absorb(ScoreBlock other, IntUnaryOperator position) {
    for (int i = 0; i < other.slots(); i++) {
      if (other.rows(i) > 0) {
        int from = other.numbers(i);
        int to = place(position.applyAsInt(other.position(i)));
        data[to] += other.data[from];
        if (stride > 1) {
          addWeight(to, other.data[from + 1], other.data[from + 2]);
        }
      }
    }
  }

  /// How many slots there are to look through; those without rows are free.
  int slots() {
    return dense ? positions : data.length / (stride + 1);
  }

  long rows(int slot) {
    return dense || data[slot * (stride + 1)] != 0 ? data[numbers(slot)] : 0;
  }

  /// The position of a slot that has rows.
  int position(int slot) {
    return dense ? slot : (int) data[slot * (stride + 1)] - 1;
  }

  long whole(int slot) {
    return stride > 1 ? data[numbers(slot) + 1] : rows(slot);
  }

  long fraction(int slot) {
    return stride > 1 ? data[numbers(slot) + 2] : 0;
  }

  private int numbers(int slot) {
    return dense ? slot * stride : slot * (stride + 1) + 1;
  }

  /// Where the numbers of a position are.
  private int place(int position) {
    if (dense) {
      return position * stride;
    }
    int at = find(position);
    if (data[at] == 0) {
      if (used * 3 >= slots() * 2) {
        grow();
        return place(position);
      }
      used++;
      data[at] = position + 1L;
    }
    return at + 1;
  }

  private int find(int position) {
    int mask = slots() - 1;
    int slot = (int) (((position + 1L) * 0x9E37_79B9_7F4A_7C15L) >>> 40) & mask;
    while (data[slot * (stride + 1)] != 0 && data[slot * (stride + 1)] != position + 1L) {
      slot = (slot + 1) & mask;
    }
    return slot * (stride + 1);
  }

  private void grow() {
    ScoreBlock wider = new ScoreBlock(positions, stride > 1);
    int capacity = slots() * 2;
    wider.dense = ENOUGH * capacity * (stride + 1) >= (long) positions * stride;
    wider.data = new long[wider.dense ? positions * stride : capacity * (stride + 1)];
    wider.absorb(this, IntUnaryOperator.identity());
    data = wider.data;
    dense = wider.dense;
    used = wider.used;
  }
}

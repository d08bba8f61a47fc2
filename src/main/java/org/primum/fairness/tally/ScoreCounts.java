package org.primum.fairness.tally;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many rows of a group have which score, by label: a histogram that merges.
///
/// Weights are kept as whole numbers and units of 2^-50, which add without rounding: order and
/// sharding cannot change them. A weight below 2^-50 counts as nothing here.
public final class ScoreCounts {

  /// Of no rows.
  public static final ScoreCounts NONE = new ScoreCounts(new double[0], new long[0]);

  static final int LABELS = 3;
  private static final int ROWS = 0;
  private static final int WHOLE = 1;
  private static final int FRACTION = 2;
  static final int NUMBERS = 3;
  static final int FRACTION_BITS = 50;
  private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;

  /// Positions in [0, 1], ascending, each once.
  private final double[] at;

  /// By position, then label, then rows, whole weight, fraction of the weight.
  private final long[] numbers;

  private ScoreCounts(double[] at, long[] numbers) {
    this.at = at;
    this.numbers = numbers;
  }

  /// @param at positions in [0, 1], ascending, each once
  /// @param numbers by position, then label, then rows, whole weight, fraction of the weight
  static ScoreCounts of(double[] at, long[] numbers) {
    return at.length == 0 ? NONE : new ScoreCounts(at, numbers);
  }

  /// Collects the counts of one group.
  static final class Builder {

    private final SortedMap<Double, long[]> counts = new TreeMap<>();

    /// @param numbers rows, whole weight and fraction
    void add(double position, int label, long... numbers) {
      long[] all = counts.computeIfAbsent(position, _ -> new long[LABELS * NUMBERS]);
      addAt(all, label * NUMBERS, numbers, 0);
    }

    ScoreCounts build() {
      double[] at = counts.keySet().stream().mapToDouble(Double::doubleValue).toArray();
      long[] numbers = new long[at.length * LABELS * NUMBERS];
      int place = 0;
      for (long[] count : counts.values()) {
        System.arraycopy(count, 0, numbers, place, count.length);
        place += count.length;
      }
      return new ScoreCounts(at, numbers);
    }
  }

  static void addAt(long[] to, int place, long[] from, int source) {
    to[place + ROWS] = Math.addExact(to[place + ROWS], from[source + ROWS]);
    long fraction = to[place + FRACTION] + from[source + FRACTION];
    long carry = fraction >>> FRACTION_BITS;
    to[place + WHOLE] =
        Math.addExact(to[place + WHOLE], Math.addExact(from[source + WHOLE], carry));
    to[place + FRACTION] = fraction & FRACTION_MASK;
  }

  /// The part of a weight below 1, in units of 2^-50.
  static long fraction(double weight) {
    return (long) ((weight - Math.floor(weight)) * (FRACTION_MASK + 1));
  }

  /// How many positions have a row.
  public int size() {
    return at.length;
  }

  /// A position, ascending with the index.
  public double at(int index) {
    return at[index];
  }

  public long rows(int index, Outcome label) {
    return numbers[place(index, label) + ROWS];
  }

  /// Sum of the weights; the number of rows where there are none.
  public double weight(int index, Outcome label) {
    int place = place(index, label);
    return (double) numbers[place + WHOLE]
        + Math.scalb((double) numbers[place + FRACTION], -FRACTION_BITS);
  }

  long number(int index, int label, int which) {
    return numbers[(index * LABELS + label) * NUMBERS + which];
  }

  private static int place(int index, Outcome label) {
    return (index * LABELS + label.code()) * NUMBERS;
  }

  /// The weights of one label by position.
  public double[] weights(Outcome label) {
    double[] weights = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      weights[i] = weight(i, label);
    }
    return weights;
  }

  public long rows(Outcome label) {
    long rows = 0;
    for (int i = 0; i < at.length; i++) {
      rows += rows(i, label);
    }
    return rows;
  }

  /// The counts of the rows of both; both on the same scale.
  public ScoreCounts plus(ScoreCounts other) {
    return sum(List.of(this, other));
  }

  /// The counts of the rows of all; all on the same scale.
  static ScoreCounts sum(List<ScoreCounts> all) {
    double[] union = NONE.at;
    for (ScoreCounts each : all) {
      union = holds(union, each.at) ? union : union(union, each.at);
    }
    long[] sum = new long[union.length * LABELS * NUMBERS];
    for (ScoreCounts each : all) {
      each.addInto(union, sum);
    }
    return of(union, sum);
  }

  private void addInto(double[] union, long[] sum) {
    int to = 0;
    for (int i = 0; i < at.length; i++) {
      while (union[to] < at[i]) {
        to++;
      }
      for (int label = 0; label < LABELS; label++) {
        int from = (i * LABELS + label) * NUMBERS;
        if (numbers[from + ROWS] != 0) {
          addAt(sum, (to * LABELS + label) * NUMBERS, numbers, from);
        }
      }
    }
  }

  /// Whether every position of another is here.
  private static boolean holds(double[] here, double[] other) {
    int i = 0;
    for (double position : other) {
      while (i < here.length && here[i] < position) {
        i++;
      }
      if (i == here.length || here[i] != position) {
        return false;
      }
    }
    return true;
  }

  private static double[] union(double[] one, double[] other) {
    double[] union = new double[one.length + other.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < one.length || j < other.length) {
      boolean first = j == other.length || (i < one.length && one[i] <= other[j]);
      double next = first ? one[i++] : other[j++];
      if (size == 0 || union[size - 1] != next) {
        union[size++] = next;
      }
    }
    return Arrays.copyOf(union, size);
  }

  /// The same rows, counted between the edges of a grid.
  ScoreCounts on(ScoreGrid grid) {
    Builder coarse = new Builder();
    for (int i = 0; i < at.length; i++) {
      double edge = grid.edge(grid.index(at[i]));
      for (int label = 0; label < LABELS; label++) {
        long rows = number(i, label, ROWS);
        coarse.add(edge, label, rows, number(i, label, WHOLE), number(i, label, FRACTION));
      }
    }
    return coarse.build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScoreCounts counts
        && Arrays.equals(at, counts.at)
        && Arrays.equals(numbers, counts.numbers);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(at) + Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return at.length + " scores";
  }
}

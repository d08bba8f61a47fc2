package org.primum.fairness.tally;

import java.math.BigInteger;
import java.util.Arrays;
import org.primum.data.DataInvalidException;

/// What each bootstrap replicate drew of one group: for each cell of the contingency table, and for
/// each bin of scores and label, the sum of how often a row's cluster was drawn times the row's
/// weight. Whole numbers, so that neither order nor sharding changes them.
///
/// Weights are in units of 2^-28. Behind the replicates an entry holds the sum itself, drawn once
/// each, and where rows are weighted what the first replicates drew without weights: see
/// [#together].
public final class ClusterDraws {

  /// Of no rows, and of rows without clusters.
  public static final ClusterDraws NONE =
      new ClusterDraws(0, DrawBins.of(java.util.List.of()), new int[0], new long[0][]);

  /// Replicates that count rows without their weights, where there are weights.
  static final int UNWEIGHTED = 32;

  static final int WEIGHT_BITS = 28;

  private final int replicates;
  private final DrawBins bins;

  /// Ascending: a cell of [Counts], or [#bin].
  private final int[] slots;

  private final long[][] sums;

  private ClusterDraws(int replicates, DrawBins bins, int[] slots, long[][] sums) {
    this.replicates = replicates;
    this.bins = bins;
    this.slots = slots;
    this.sums = sums;
  }

  /// @param slots ascending, each once
  /// @param sums one entry for each slot; all of one length, at least that of the replicates; taken
  ///   over, not copied
  static ClusterDraws of(int replicates, DrawBins bins, int[] slots, long[][] sums) {
    return slots.length == 0 ? NONE : new ClusterDraws(replicates, bins, slots, sums);
  }

  /// The slot of a label and a bin of scores.
  static int bin(int label, int bin) {
    return Counts.CELLS + bin * ScoreCounts.LABELS + label;
  }

  /// How long an entry is.
  static int width(int replicates, boolean weighted) {
    return replicates + 1 + (weighted ? Math.min(UNWEIGHTED, replicates) : 0);
  }

  /// Whether nothing was drawn.
  public boolean isNone() {
    return slots.length == 0;
  }

  public int replicates() {
    return replicates;
  }

  /// Between which edges scores were drawn together.
  DrawBins bins() {
    return bins;
  }

  int size() {
    return slots.length;
  }

  int slot(int index) {
    return slots[index];
  }

  long[] sums(int index) {
    return sums[index];
  }

  private boolean weighted() {
    return sums[0].length > replicates + 1;
  }

  /// Of the rows of both.
  ///
  /// @throws DataInvalidException where the weights are too large to be added
  public ClusterDraws plus(ClusterDraws other) {
    if (isNone() || other.isNone()) {
      return isNone() ? other : this;
    }
    int[] union = new int[slots.length + other.slots.length];
    long[][] added = new long[union.length][];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < slots.length || j < other.slots.length) {
      int one = i < slots.length ? slots[i] : Integer.MAX_VALUE;
      int two = j < other.slots.length ? other.slots[j] : Integer.MAX_VALUE;
      union[size] = Math.min(one, two);
      added[size++] =
          one == two ? sum(sums[i], other.sums[j]) : one < two ? sums[i] : other.sums[j];
      i += one <= two ? 1 : 0;
      j += two <= one ? 1 : 0;
    }
    return new ClusterDraws(
        replicates, bins, Arrays.copyOf(union, size), Arrays.copyOf(added, size));
  }

  private static long[] sum(long[] one, long[] other) {
    long[] sum = new long[one.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = one[i] + other[i];
      if (sum[i] < 0) {
        throw tooHeavy("these tallies");
      }
    }
    return sum;
  }

  static DataInvalidException tooHeavy(String data) {
    return new DataInvalidException(
        data
            + ": the weights add up to more than the bootstrap by clusters can hold, about 3.8"
            + " thousand million; divide all of them by the same number");
  }

  /// The weight of a set of cells, rounded as the draws are.
  public double weight(int set) {
    return cells(set, replicates, 1)[0];
  }

  /// The weight that each replicate drew of a set of cells.
  public double[] cells(int set) {
    return cells(set, 0, replicates);
  }

  private double[] cells(int set, int from, int count) {
    double[] drawn = new double[count];
    for (int i = 0; i < slots.length && slots[i] < Counts.CELLS; i++) {
      if (((set >> slots[i]) & 1) == 1) {
        addTo(drawn, sums[i], from);
      }
    }
    return drawn;
  }

  /// The weight that each replicate drew of the scores of a label in a bin of [DrawBins].
  public double[] scores(Outcome label, int bin) {
    double[] drawn = new double[isNone() ? 0 : replicates];
    int found = Arrays.binarySearch(slots, bin(label.code(), bin));
    if (found >= 0) {
      addTo(drawn, sums[found], 0);
    }
    return drawn;
  }

  private void addTo(double[] drawn, long[] entry, int from) {
    double unit = weighted() ? Math.scalb(1.0, -WEIGHT_BITS) : 1;
    for (int b = 0; b < drawn.length; b++) {
      drawn[b] += (double) entry[from + b] * unit;
    }
  }

  /// How many rows of a set of cells are always drawn together: copies of one row under one
  /// cluster. The greatest common divisor of what the replicates drew of each cell; 1 where there
  /// is none.
  public long together(int set) {
    BigInteger divisor = BigInteger.ZERO;
    for (int i = 0; i < slots.length && slots[i] < Counts.CELLS; i++) {
      if (((set >> slots[i]) & 1) == 1) {
        int from = weighted() ? replicates + 1 : 0;
        int to = weighted() ? sums[i].length : replicates;
        for (int b = from; b < to && !divisor.equals(BigInteger.ONE); b++) {
          divisor = divisor.gcd(BigInteger.valueOf(sums[i][b]));
        }
      }
    }
    return Math.max(1, divisor.longValueExact());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClusterDraws draws
        && replicates == draws.replicates
        && Arrays.equals(slots, draws.slots)
        && Arrays.deepEquals(sums, draws.sums);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(slots) + Arrays.deepHashCode(sums);
  }

  @Override
  public String toString() {
    return replicates + " replicates of " + slots.length + " counts";
  }
}

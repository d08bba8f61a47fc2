package org.primum.explain.summary;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.primum.data.DataInvalidException;
import org.primum.explain.value.RowRandom;
import org.primum.model.FeatureMatrix;

/// Background rows with their values: all of them, or as many as were asked for, chosen by a hash
/// of their position and a seed.
public final class KeptRows {

  /// 4 GiB.
  private static final long MAX_NUMBERS = 1L << 29;

  private final int columns;
  private final long limit;
  private final long seed;
  private final PriorityQueue<Kept> largestFirst =
      new PriorityQueue<>(Comparator.comparing(Kept::hash, Long::compareUnsigned).reversed());
  private double[] all = new double[0];
  private long offered;

  /// @param limit how many are kept; [Long#MAX_VALUE] for all
  public KeptRows(int columns, long limit, long seed) {
    this.columns = columns;
    this.limit = limit;
    this.seed = RowRandom.mix(seed);
  }

  private record Kept(long hash, long position, FeatureMatrix row) {}

  public void add(FeatureMatrix rows) {
    if (limit == Long.MAX_VALUE) {
      append(rows);
      offered += rows.rows();
      return;
    }
    for (int row = 0; row < rows.rows(); row++) {
      offer(rows, row);
    }
  }

  private void append(FeatureMatrix rows) {
    int used = Math.toIntExact(offered * columns);
    requireRoom((offered + rows.rows()) * columns);
    int needed = used + rows.rows() * columns;
    if (needed > all.length) {
      all = Arrays.copyOf(all, (int) Math.min(MAX_NUMBERS, Math.max(needed, all.length * 2L)));
    }
    System.arraycopy(rows.values(), 0, all, used, rows.rows() * columns);
  }

  private static void requireRoom(long numbers) {
    if (numbers > MAX_NUMBERS) {
      throw new DataInvalidException(
          "the background has more than "
              + MAX_NUMBERS
              + " values, all of which are asked for each coalition; draw some of its rows with"
              + " --background-rows");
    }
  }

  private void offer(FeatureMatrix rows, int row) {
    long hash = RowRandom.mix(seed ^ offered);
    Kept largest = largestFirst.peek();
    if (largestFirst.size() < limit
        || largest == null
        || Long.compareUnsigned(hash, largest.hash) < 0) {
      requireRoom((largestFirst.size() + 1L) * columns);
      largestFirst.add(new Kept(hash, offered, one(rows, row)));
      if (largestFirst.size() > limit) {
        largestFirst.poll();
      }
    }
    offered++;
  }

  private FeatureMatrix one(FeatureMatrix rows, int row) {
    double[] values = Arrays.copyOfRange(rows.values(), row * columns, (row + 1) * columns);
    return new FeatureMatrix(values, 1, columns);
  }

  /// How many rows were offered.
  public long offered() {
    return offered;
  }

  /// How many are kept.
  public long rows() {
    return limit == Long.MAX_VALUE ? offered : largestFirst.size();
  }

  /// The kept rows in the order in which they came.
  public FeatureMatrix matrix() {
    int rows = Math.toIntExact(rows());
    if (limit == Long.MAX_VALUE) {
      return new FeatureMatrix(Arrays.copyOf(all, rows * columns), rows, columns);
    }
    double[] values = new double[rows * columns];
    int at = 0;
    for (Kept kept :
        largestFirst.stream().sorted(Comparator.comparingLong(Kept::position)).toList()) {
      System.arraycopy(kept.row.values(), 0, values, at, columns);
      at += columns;
    }
    return new FeatureMatrix(values, rows, columns);
  }
}

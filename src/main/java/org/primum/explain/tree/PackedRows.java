package org.primum.explain.tree;

import org.primum.model.FeatureMatrix;
import org.primum.model.TreeEnsemble;

/// Some rows, ready to be taken through trees in bundles: the ranks of their values, eight rows to
/// a long, and other forms of those features whose splits ask for more.
public final class PackedRows {

  /// Rows that go through a tree together: their keys and sums stay in the processor's cache.
  public static final int ROWS = 1024;

  /// The least bit of each row's byte.
  public static final long ONES = 0x0101010101010101L;

  /// The greatest bit of each row's byte.
  public static final long TOPS = ONES << 7;

  private static final double[] NO_VALUES = {};
  private static final int[] NO_RANKS = {};
  private static final long[] NONE = {};

  private final int first;
  private final int count;

  /// By feature; empty where a rank takes more than a byte, or no split asks for it.
  private final long[][] packed;

  /// By feature; the greatest bit of a row's byte is set where its value is missing. Empty where no
  /// row's is.
  private final long[][] missing;

  /// By feature; empty where packed ones are enough.
  private final int[][] ranks;

  /// By feature; empty where ranks are enough.
  private final double[][] columns;

  /// @param first of all rows
  public PackedRows(TreeEnsemble model, SplitRanks splits, FeatureMatrix rows, int first) {
    this.first = first;
    this.count = Math.min(ROWS, rows.rows() - first);
    int features = rows.columns();
    this.packed = new long[features][];
    this.missing = new long[features][];
    this.ranks = new int[features][];
    this.columns = new double[features][];
    double[] values = new double[count];
    int[] found = new int[count];
    for (int feature = 0; feature < features; feature++) {
      if (splits.isRanked(feature) || splits.isAsked(feature)) {
        RowBlock.read(model, rows, feature, first, values);
      }
      if (splits.isRanked(feature)) {
        splits.find(feature, values, found);
      }
      keep(splits, feature, values, found);
    }
  }

  private void keep(SplitRanks splits, int feature, double[] values, int[] found) {
    boolean ranked = splits.isRanked(feature);
    boolean small = ranked && splits.isSmall(feature);
    columns[feature] = splits.isAsked(feature) ? values.clone() : NO_VALUES;
    ranks[feature] = ranked && !small ? found.clone() : NO_RANKS;
    packed[feature] = small ? packed(found) : NONE;
    missing[feature] = small && isAnyMissing(found) ? missing(found) : NONE;
  }

  /// How many longs hold a byte for each of so many rows.
  public static int words(int count) {
    return (count + 7) / 8;
  }

  private static long[] packed(int[] ranks) {
    long[] packed = new long[words(ranks.length)];
    int row = 0;
    for (; row + 8 <= ranks.length; row += 8) {
      packed[row >>> 3] = four(ranks, row) | (four(ranks, row + 4) << 32);
    }
    for (; row < ranks.length; row++) {
      packed[row >>> 3] |= (ranks[row] & 0xFFL) << shift(row);
    }
    return packed;
  }

  private static long four(int[] ranks, int row) {
    return (ranks[row] & 0xFFL)
        | ((ranks[row + 1] & 0xFFL) << 8)
        | ((ranks[row + 2] & 0xFFL) << 16)
        | ((ranks[row + 3] & 0xFFL) << 24);
  }

  private static boolean isAnyMissing(int[] ranks) {
    int any = 0;
    for (int rank : ranks) {
      any |= rank;
    }
    return any < 0;
  }

  private static long[] missing(int[] ranks) {
    long[] missing = new long[words(ranks.length)];
    for (int row = 0; row < ranks.length; row++) {
      missing[row >>> 3] |= (ranks[row] == SplitRanks.MISSING ? 0x80L : 0) << shift(row);
    }
    return missing;
  }

  /// By how many bits a row's byte is shifted in its long.
  public static int shift(int row) {
    return (row & 7) << 3;
  }

  /// The block's first row among all.
  public int first() {
    return first;
  }

  public int count() {
    return count;
  }

  /// The ranks of a feature, of which [SplitRanks#isRanked] and [SplitRanks#isSmall]: a missing
  /// value has the greatest a byte can hold.
  public long[] packed(int feature) {
    return packed[feature];
  }

  /// Which of them are missing, by the greatest bit of each byte; empty where none is.
  public long[] missing(int feature) {
    return missing[feature];
  }

  /// The ranks of a feature, of which [SplitRanks#isRanked] and not [SplitRanks#isSmall].
  public int[] ranks(int feature) {
    return ranks[feature];
  }

  /// The values of a feature, of which [SplitRanks#isAsked].
  public double[] column(int feature) {
    return columns[feature];
  }
}

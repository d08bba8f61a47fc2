package org.primum.explain.tree;

import org.primum.explain.value.InteractionValues;
import org.primum.model.FeatureMatrix;
import org.primum.model.TreeEnsemble;

/// Some rows, ready to be taken through the trees: the ranks of their values, and the values
/// themselves of those features whose splits ask for more.
public final class RowBlock {

  /// Rows that go through a tree together: their patterns and sums stay in the processor's cache.
  public static final int ROWS = InteractionValues.ROWS;

  private static final double[] NO_VALUES = {};
  private static final int[] NO_RANKS = {};

  private final int first;
  private final int count;

  /// By feature; empty where ranks are enough.
  private final double[][] columns;

  /// By feature; empty where no split asks for them.
  private final int[][] ranks;

  /// @param first of all rows
  public RowBlock(TreeEnsemble model, SplitRanks splits, FeatureMatrix rows, int first) {
    this(model, splits, rows, first, ROWS);
  }

  /// @param most rows it takes
  public RowBlock(TreeEnsemble model, SplitRanks splits, FeatureMatrix rows, int first, int most) {
    this.first = first;
    this.count = Math.min(most, rows.rows() - first);
    int features = rows.columns();
    this.columns = new double[features][];
    this.ranks = new int[features][];
    for (int feature = 0; feature < features; feature++) {
      boolean used = splits.isRanked(feature) || splits.isAsked(feature);
      double[] column = used ? column(model, rows, feature, first, count) : NO_VALUES;
      columns[feature] = splits.isAsked(feature) ? column : NO_VALUES;
      ranks[feature] = splits.isRanked(feature) ? splits.ranks(feature, column) : NO_RANKS;
    }
  }

  /// The block's first row among all.
  public int first() {
    return first;
  }

  public int count() {
    return count;
  }

  /// Its values of a feature, of which [SplitRanks#isAsked].
  public double[] column(int feature) {
    return columns[feature];
  }

  /// The ranks of its values of a feature, of which [SplitRanks#isRanked].
  public int[] ranks(int feature) {
    return ranks[feature];
  }

  private static double[] column(
      TreeEnsemble model, FeatureMatrix rows, int feature, int first, int count) {
    double[] column = new double[count];
    read(model, rows, feature, first, column);
    return column;
  }

  /// Reads as many values of a feature as there is room for.
  static void read(
      TreeEnsemble model, FeatureMatrix rows, int feature, int first, double[] column) {
    for (int row = 0; row < column.length; row++) {
      column[row] = model.rule().read(rows.value(first + row, feature));
    }
  }
}

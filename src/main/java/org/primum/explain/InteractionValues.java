package org.primum.explain;

import java.util.List;

/// The interactions of some rows: for each row, output (class) and pair of features the cell of the
/// symmetric matrix whose row sums are the Shapley values, on the margin scale. That is half of the
/// pair's Shapley interaction index; both cells of the pair together are the whole.
public final class InteractionValues {

  private final int rows;
  private final int outputs;
  private final int pairs;

  /// Of [RowBlock#ROWS] rows each: pair `p` of output `c` of the block's row `i` at `(c * pairs +
  /// p)
  /// * rows of the block + i`.
  private final List<double[]> blocks;

  InteractionValues(int rows, int outputs, int pairs, List<double[]> blocks) {
    this.rows = rows;
    this.outputs = outputs;
    this.pairs = pairs;
    this.blocks = blocks;
  }

  public int rows() {
    return rows;
  }

  public int outputs() {
    return outputs;
  }

  /// How many pairs there are, in the order of the [FeaturePairs] that were asked for.
  public int pairs() {
    return pairs;
  }

  /// The cell of a pair; exactly 0 where its features share no path.
  public double value(int row, int output, int pair) {
    int block = row / RowBlock.ROWS;
    int first = block * RowBlock.ROWS;
    int count = Math.min(RowBlock.ROWS, rows - first);
    return blocks.get(block)[(output * pairs + pair) * count + row - first];
  }
}

package org.primum.explain.value;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The interactions of some rows: for each row, output (class) and pair of features the cell of the
/// symmetric matrix whose row sums are the Shapley values, on the margin scale. That is half of the
/// pair's Shapley interaction index; both cells of the pair together are the whole.
public final class InteractionValues {

  /// Rows whose values stand beside each other.
  public static final int ROWS = 512;

  private final int rows;
  private final int outputs;
  private final int pairs;

  /// Of [#ROWS] rows each: pair `p` of output `c` of the block's row `i` at `(c * pairs + p)
  /// * rows of the block + i`.
  private final List<double[]> blocks;

  public InteractionValues(int rows, int outputs, int pairs, List<double[]> blocks) {
    this.rows = rows;
    this.outputs = outputs;
    this.pairs = pairs;
    this.blocks = blocks;
  }

  /// @param cells of each row, output after output, in the order of the pairs
  public static InteractionValues of(int outputs, int pairs, double[][] cells) {
    List<double[]> blocks = new ArrayList<>();
    for (int first = 0; first < cells.length; first += ROWS) {
      int count = Math.min(ROWS, cells.length - first);
      double[] block = new double[outputs * pairs * count];
      for (int row = 0; row < count; row++) {
        for (int cell = 0; cell < outputs * pairs; cell++) {
          block[cell * count + row] = cells[first + row][cell];
        }
      }
      blocks.add(block);
    }
    return new InteractionValues(cells.length, outputs, pairs, blocks);
  }

  /// Puts down what [#read] takes: rows, each with its outputs, each with its pairs.
  public void addTo(DoubleBuffer numbers) {
    for (int row = 0; row < rows; row++) {
      for (int output = 0; output < outputs; output++) {
        for (int pair = 0; pair < pairs; pair++) {
          numbers.put(value(row, output, pair));
        }
      }
    }
  }

  public static InteractionValues read(DoubleBuffer numbers, int rows, int outputs, int pairs) {
    double[][] cells = new double[rows][];
    Arrays.setAll(cells, _ -> ShapleyValues.doubles(numbers, outputs * pairs));
    return of(outputs, pairs, cells);
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
    int block = row / ROWS;
    int first = block * ROWS;
    int count = Math.min(ROWS, rows - first);
    return blocks.get(block)[(output * pairs + pair) * count + row - first];
  }
}

package org.primum.model;

/// Rows of features as numbers, row after row. Missing is NaN; a categorical feature holds its
/// code.
public final class FeatureMatrix {

  private final double[] values;
  private final int rows;
  private final int columns;

  /// @param values `rows * columns` long, row-major
  public FeatureMatrix(double[] values, int rows, int columns) {
    if (values.length != Math.multiplyExact(rows, columns)) {
      throw new IllegalArgumentException(
          rows
              + " rows of "
              + columns
              + " features need "
              + (long) rows * columns
              + " values, got "
              + values.length);
    }
    this.values = values;
    this.rows = rows;
    this.columns = columns;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public double value(int row, int column) {
    return values[row * columns + column];
  }

  /// The backing array, row-major; not to be changed.
  public double[] values() {
    return values;
  }
}

package org.primum.data;

import java.util.BitSet;

/// Numbers, each present or missing. A present value may be NaN or infinite: whether that is
/// allowed is the reader's caller's business.
public final class NumberColumn implements Column {

  private final double[] values;
  private final BitSet missing;
  private final int size;

  /// @param values at least `size` long; the entry of a missing row is ignored
  /// @param missing set at the rows that have no value
  public NumberColumn(double[] values, BitSet missing, int size) {
    this.values = values;
    this.missing = missing;
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean isMissing(int row) {
    return missing.get(row);
  }

  /// The value of a row that is not missing.
  public double value(int row) {
    return values[row];
  }

  /// The value, or NaN where it is missing: what models take as "unknown".
  public double valueOrNaN(int row) {
    return missing.get(row) ? Double.NaN : values[row];
  }

  @Override
  public String text(int row) {
    return format(values[row]);
  }

  /// `3` for 3.0, `0.5` for 0.5; the shortest decimal that reads back to the same double.
  public static String format(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }
}

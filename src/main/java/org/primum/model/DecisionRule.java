package org.primum.model;

/// How a tree compares a value with a threshold, and in which arithmetic its ensemble adds leaves.
/// The libraries differ, and a value on a threshold shows it.
public enum DecisionRule {
  /// XGBoost: left where `float32(x) < threshold`; a category in the stored set goes right; leaves
  /// add up in float32.
  FLOAT32_BELOW,
  /// LightGBM: left where `x <= threshold` in float64; a category in the stored set goes left.
  FLOAT64_AT_MOST,
  /// scikit-learn: left where `float32(x) <= threshold`, the threshold in float64.
  FLOAT32_AT_MOST,
  /// ONNX with splits on equality or membership, of float32 inputs: left where `float32(x) <=
  /// threshold`, or where `float32(x)` is one of the stored numbers.
  FLOAT32_MEMBERS,
  /// The same of float64 inputs.
  FLOAT64_MEMBERS;

  /// The value as the rule reads it, widened back to float64; comparing the result in float64 is
  /// the library's own comparison.
  public double read(double x) {
    return switch (this) {
      case FLOAT32_BELOW, FLOAT32_AT_MOST, FLOAT32_MEMBERS -> (float) x;
      case FLOAT64_AT_MOST, FLOAT64_MEMBERS -> x;
    };
  }

  /// Whether a value on the threshold goes right.
  public boolean isStrict() {
    return this == FLOAT32_BELOW;
  }

  /// Whether a category in a node's set goes left; one outside it then goes right, and the other
  /// way round.
  public boolean storesLeftCategories() {
    return this == FLOAT64_AT_MOST || storesMembers();
  }

  /// Whether the set of a categorical split holds numbers of any kind ([TreeNodes#members]) and not
  /// codes as bits; a missing value then goes where the split says.
  public boolean storesMembers() {
    return this == FLOAT32_MEMBERS || this == FLOAT64_MEMBERS;
  }
}

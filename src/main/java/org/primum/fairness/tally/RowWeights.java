package org.primum.fairness.tally;

/// How much the rows of a batch count.
final class RowWeights {

  private final double[] weights;
  private final boolean repeated;

  /// @param weights empty where rows count alike
  /// @param repeated whether a weight says how many rows a row stands for
  RowWeights(double[] weights, boolean repeated) {
    this.weights = weights;
    this.repeated = repeated;
  }

  /// How many rows a row stands for.
  long times(int row) {
    return repeated ? (long) weights[row] : 1;
  }

  double weight(int row) {
    return weights.length == 0 ? 1 : weights[row];
  }
}

package org.primum.explain.sampling;

/// The Shapley values of one row's game, how sure they are, and what they cost.
///
/// Arrays are `outputs * values` long, output after output.
public final class RowEstimate {

  public final double[] phi;

  /// Standard errors; 0 where the values are exact.
  public final double[] errors;

  /// How many coalitions the model was asked for.
  public final int coalitions;

  /// The condition number of the regression; 1 where there was none.
  public final double condition;

  RowEstimate(double[] phi, double[] errors, int coalitions, double condition) {
    this.phi = phi;
    this.errors = errors;
    this.coalitions = coalitions;
    this.condition = condition;
  }

  double largestError() {
    double largest = 0;
    for (double error : errors) {
      largest = Math.max(largest, error);
    }
    return largest;
  }
}

package org.primum.explain.summary;

/// What two runs are compared by: how much a feature mattered, and how its values were distributed.
///
/// @param magnitude the mean magnitude of its Shapley values, at least 0, and how magnitudes vary
/// @param variance of the values, whatever parts hide; 0 where there is one row
public record FeatureProfile(
    String feature, MeanEstimate magnitude, double variance, ShapleyProfile values) {

  public FeatureProfile {
    if (!(magnitude.mean() >= 0) || !(variance >= 0)) {
      throw new IllegalArgumentException("a mean magnitude is 0 or more, got " + magnitude.mean());
    }
    if (magnitude.rows() != values.rows()) {
      throw new IllegalArgumentException(
          "a mean of " + magnitude.rows() + " rows with values of " + values.rows());
    }
  }

  /// The mean magnitude of its Shapley values.
  public double meanAbs() {
    return magnitude.mean();
  }
}

package org.primum.explain;

/// What a later run is compared with: how much a feature mattered, and how its values were
/// distributed.
///
/// @param meanAbs mean magnitude of its Shapley values, at least 0
public record FeatureProfile(String feature, double meanAbs, ShapleyProfile values) {

  public FeatureProfile {
    if (!(meanAbs >= 0) || Double.isInfinite(meanAbs)) {
      throw new IllegalArgumentException("a mean magnitude is 0 or more, got " + meanAbs);
    }
  }
}

package org.primum.train;

import org.primum.model.FeatureMatrix;

/// The rows a model is fitted to.
public final class TrainingSet {

  private final FeatureMatrix features;
  private final boolean[] labels;
  private final double[] weights;

  /// @param labels one a row
  /// @param weights one a row, finite and not negative
  public TrainingSet(FeatureMatrix features, boolean[] labels, double[] weights) {
    if (labels.length != features.rows() || weights.length != features.rows()) {
      throw new IllegalArgumentException(
          "features, labels and weights must be of one length, got "
              + features.rows()
              + ", "
              + labels.length
              + " and "
              + weights.length);
    }
    this.features = features;
    this.labels = labels;
    this.weights = weights;
  }

  public int rows() {
    return labels.length;
  }

  public FeatureMatrix features() {
    return features;
  }

  public boolean label(int row) {
    return labels[row];
  }

  public double weight(int row) {
    return weights[row];
  }
}

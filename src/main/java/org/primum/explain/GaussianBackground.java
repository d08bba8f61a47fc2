package org.primum.explain;

import org.primum.data.DataInvalidException;
import org.primum.explain.sampling.Sampling;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.FixedPoint;
import org.primum.explain.value.Precision;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;

/// Means and covariances of a linear model's terms over background rows. Sums are in fixed point,
/// of distances from the model's own means, so that neither order nor shards change a bit.
public final class GaussianBackground implements Background {

  private final LinearModel model;
  private final Sampling sampling;
  private final int terms;

  /// Two words a term: [FixedPoint].
  private final long[] sums;

  /// Two words for each pair of terms, of which the first is not after the second.
  private final long[] products;

  private long rows;

  /// @param sampling for models of more features than are enumerated
  public GaussianBackground(LinearModel model, Sampling sampling) {
    this.model = model;
    this.sampling = sampling;
    this.terms = model.terms().size();
    this.sums = new long[2 * terms];
    this.products = new long[Math.multiplyExact(2 * terms, terms)];
  }

  @Override
  public void add(FeatureMatrix added) {
    double[] z = new double[terms];
    for (int row = 0; row < added.rows(); row++) {
      for (int i = 0; i < terms; i++) {
        Term term = model.terms().get(i);
        z[i] = term.transform().apply(added.value(row, term.feature())) - term.backgroundMean();
        FixedPoint.add(sums, 2 * i, z[i]);
        for (int j = 0; j <= i; j++) {
          FixedPoint.add(products, 2 * (j * terms + i), z[i] * z[j]);
        }
      }
    }
    rows += added.rows();
  }

  @Override
  public long rows() {
    return rows;
  }

  /// @throws DataInvalidException where there are fewer than two rows, which have no covariance
  @Override
  public GaussianExplainer explainer(Precision precision) {
    if (rows < 2) {
      throw new DataInvalidException(
          "--mode=correlated needs at least two background rows for a covariance, got " + rows);
    }
    double[] means = new double[terms];
    for (int i = 0; i < terms; i++) {
      means[i] = model.terms().get(i).backgroundMean() + FixedPoint.mean(sums, 2 * i, rows);
    }
    FeatureGroups single =
        FeatureGroups.single(model.features().stream().map(Feature::name).toList());
    return new GaussianExplainer(model, means, covariances(), sampling, single);
  }

  /// With `n - 1`, as samples have them.
  private double[][] covariances() {
    double[][] covariances = new double[terms][terms];
    for (int i = 0; i < terms; i++) {
      double mean = FixedPoint.mean(sums, 2 * i, rows);
      for (int j = 0; j <= i; j++) {
        double product = FixedPoint.mean(products, 2 * (j * terms + i), rows);
        double other = FixedPoint.mean(sums, 2 * j, rows);
        covariances[i][j] = (product - mean * other) * rows / (rows - 1);
        covariances[j][i] = covariances[i][j];
      }
    }
    return covariances;
  }
}

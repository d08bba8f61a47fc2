package org.primum.explain;

import java.util.List;
import org.primum.explain.sampling.GaussianMatrix;
import org.primum.explain.sampling.Sampling;
import org.primum.explain.value.ExplanationMode;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.SamplingErrors;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;

/// Shapley values of a linear model where features are correlated: what is not known is expected
/// from what is, as if all terms were normal with the background's means and covariances. Exact by
/// all subsets up to [GaussianMatrix#MAX_PLAYERS] features, else estimated from drawn orders, with
/// a standard error. Groups of features that become known together count as one.
///
/// A feature without a coefficient of its own has a value too where it says something of others.
///
/// Source: Chen et al. 2020, <https://arxiv.org/abs/2006.16234> (the conditional game).
public final class GaussianExplainer implements Explainer {

  private final LinearModel model;
  private final double[] means;
  private final double[][] covariances;
  private final Sampling sampling;
  private final FeatureGroups groups;
  private final GaussianMatrix matrix;
  private final boolean isEstimate;

  /// Made for the first rows.
  private List<double[]> matrices = List.of();

  GaussianExplainer(
      LinearModel model,
      double[] means,
      double[][] covariances,
      Sampling sampling,
      FeatureGroups groups) {
    this.model = model;
    this.means = means;
    this.covariances = covariances;
    this.sampling = sampling;
    this.groups = groups;
    this.matrix = new GaussianMatrix(model, covariances, groups);
    this.isEstimate = !matrix.isEnumerated();
  }

  @Override
  public GaussianExplainer by(FeatureGroups asked) {
    return new GaussianExplainer(model, means, covariances, sampling, asked);
  }

  @Override
  public ExplanationMode mode() {
    return ExplanationMode.CORRELATED;
  }

  @Override
  public boolean isEstimate() {
    return isEstimate;
  }

  @Override
  public int outputs() {
    return 1;
  }

  /// The margin at the background's means.
  @Override
  public double baseValue(int output) {
    double base = model.intercept();
    for (int i = 0; i < means.length; i++) {
      base += model.terms().get(i).coefficient() * means[i];
    }
    return base;
  }

  @Override
  public ShapleyValues explain(FeatureMatrix rows) {
    if (matrices.isEmpty()) {
      matrices = isEstimate ? matrix.drawn(sampling) : List.of(matrix.enumerated());
    }
    int features = groups.names().size();
    int count = rows.rows();
    double[] values = new double[Math.multiplyExact(features, count)];
    double[] errors = new double[values.length];
    for (int row = 0; row < count; row++) {
      double[] above = above(rows, row);
      for (int value = 0; value < matrix.players().values(); value++) {
        int at = matrix.players().told(value) * count + row;
        estimate(above, value, values, errors, at);
      }
    }
    ShapleyValues found =
        new ShapleyValues(features, new double[] {baseValue(0)}, model.margins(rows), values);
    return isEstimate ? found.with(errors(errors, count)) : found;
  }

  private SamplingErrors errors(double[] errors, int rows) {
    int[] asked = new int[rows];
    double[] conditions = new double[rows];
    java.util.Arrays.fill(asked, matrices.size() * 2 * (matrix.players().count() - 1));
    java.util.Arrays.fill(conditions, 1);
    return new SamplingErrors(groups.names().size(), errors, asked, conditions);
  }

  /// How far a row's terms are above their means.
  private double[] above(FeatureMatrix rows, int row) {
    double[] above = new double[means.length];
    for (int i = 0; i < above.length; i++) {
      Term term = model.terms().get(i);
      above[i] = term.transform().apply(rows.value(row, term.feature())) - means[i];
    }
    return above;
  }

  /// The mean over the matrices, and its standard error.
  ///
  /// @param row of each matrix
  private void estimate(double[] above, int row, double[] values, double[] errors, int at) {
    double mean = 0;
    double squares = 0;
    int seen = 0;
    for (double[] one : matrices) {
      double value = 0;
      for (int term = 0; term < above.length; term++) {
        value += one[row * above.length + term] * above[term];
      }
      seen++;
      double change = value - mean;
      mean += change / seen;
      squares += change * (value - mean);
    }
    values[at] = mean;
    errors[at] = seen > 1 ? Math.sqrt(squares / (seen - 1) / seen) : 0;
  }

  /// @throws UnsupportedOperationException always: those of correlated features are not computed
  @Override
  public Interactions interactions(FeaturePairs pairs) {
    throw new UnsupportedOperationException("interactions are those of independent features");
  }
}

package org.primum.explain;

import org.primum.explain.value.ExplanationMode;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;

/// Exact Shapley values of a linear model under independent features: `phi_i = sum over the terms
/// of feature i of coefficient * (t(x_i) - mean of t)`, and the base value is the margin at the
/// means.
///
/// Source: Strumbelj and Kononenko 2014, section 3.1 (situational importance),
/// <https://doi.org/10.1007/s10115-013-0679-x>; Lundberg and Lee 2017, Corollary 1,
/// <https://arxiv.org/abs/1705.07874>.
public record LinearExplainer(LinearModel model) implements Explainer {

  @Override
  public ExplanationMode mode() {
    return ExplanationMode.INTERVENTIONAL;
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public double baseValue(int output) {
    double base = model.intercept();
    for (Term term : model.terms()) {
      base += term.coefficient() * term.backgroundMean();
    }
    return base;
  }

  @Override
  public ShapleyValues explain(FeatureMatrix rows) {
    int count = rows.rows();
    double[] values = new double[Math.multiplyExact(model.features().size(), count)];
    for (Term term : model.terms()) {
      for (int row = 0; row < count; row++) {
        double x = term.transform().apply(rows.value(row, term.feature()));
        values[term.feature() * count + row] += term.coefficient() * (x - term.backgroundMean());
      }
    }
    return new ShapleyValues(
        model.features().size(), new double[] {baseValue(0)}, model.margins(rows), values);
  }

  /// None: the features of a linear model add up.
  @Override
  public Interactions interactions(FeaturePairs pairs) {
    return new NoInteractions(pairs, outputs());
  }
}

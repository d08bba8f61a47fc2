package org.primum.explain;

import java.util.ArrayList;
import java.util.List;
import org.primum.explain.value.FixedPoint;
import org.primum.explain.value.Precision;
import org.primum.model.FeatureMatrix;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;

/// The means of a linear model's terms over background rows.
public final class LinearBackground implements Background {

  private final LinearModel model;

  /// Two words a term: [FixedPoint].
  private final long[] sums;

  private long rows;

  public LinearBackground(LinearModel model) {
    this.model = model;
    this.sums = new long[2 * model.terms().size()];
  }

  /// Sums that were written down.
  ///
  /// @param sums two words a term
  LinearBackground(LinearModel model, long[] sums, long rows) {
    this.model = model;
    this.sums = sums.clone();
    this.rows = rows;
  }

  /// Two words a term; not to be changed.
  long[] sums() {
    return sums;
  }

  @Override
  public void add(FeatureMatrix added) {
    for (int i = 0; i < model.terms().size(); i++) {
      Term term = model.terms().get(i);
      for (int row = 0; row < added.rows(); row++) {
        FixedPoint.add(sums, 2 * i, term.transform().apply(added.value(row, term.feature())));
      }
    }
    rows += added.rows();
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public Explainer explainer(Precision precision) {
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < model.terms().size(); i++) {
      Term term = model.terms().get(i);
      double mean = FixedPoint.mean(sums, 2 * i, rows);
      terms.add(new Term(term.feature(), term.transform(), term.coefficient(), mean));
    }
    return new LinearExplainer(
        new LinearModel(model.features(), terms, model.intercept(), model.link()));
  }
}

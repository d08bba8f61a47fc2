package org.primum.explain;

import org.primum.explain.sampling.Prediction;
import org.primum.explain.sampling.Sampling;
import org.primum.explain.summary.KeptRows;
import org.primum.explain.value.Precision;
import org.primum.model.FeatureMatrix;

/// Rows that a black box is asked about with some of an explained row's values in the place of
/// their own. They are kept, and every coalition asks for all of them.
public final class SampledBackground implements Background {

  private final Prediction prediction;
  private final Sampling sampling;
  private final KeptRows kept;

  /// @param limit how many rows are drawn; [Long#MAX_VALUE] to keep all
  public SampledBackground(Prediction prediction, Sampling sampling, long limit) {
    this.prediction = prediction;
    this.sampling = sampling;
    this.kept = new KeptRows(prediction.features().size(), limit, sampling.seed());
  }

  @Override
  public void add(FeatureMatrix rows) {
    kept.add(rows);
  }

  /// How many rows are compared with.
  @Override
  public long rows() {
    return kept.rows();
  }

  /// How many rows there were to draw from.
  public long offered() {
    return kept.offered();
  }

  @Override
  public SampledExplainer explainer(Precision precision) {
    return new SampledExplainer(prediction, sampling, kept.matrix());
  }
}

package org.primum.explain;

import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.InteractionValues;
import org.primum.model.FeatureMatrix;

/// Those of a black box, by all coalitions of each row.
///
/// @param explainer that gives them beside the values
record SampledInteractions(SampledExplainer explainer, FeaturePairs pairs) implements Interactions {

  @Override
  public int outputs() {
    return explainer.outputs();
  }

  @Override
  public int rowsAtOnce() {
    return explainer.rowsAtOnce();
  }

  @Override
  public InteractionValues explain(FeatureMatrix rows) {
    return explainer.explain(rows).interactions().orElseThrow();
  }
}

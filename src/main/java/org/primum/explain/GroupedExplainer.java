package org.primum.explain;

import java.util.Optional;
import org.primum.explain.value.ExplanationMode;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.OutputSpace;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;

/// An exact explanation of groups of features: the sums of their features' values.
///
/// @param single explains each feature for itself
record GroupedExplainer(Explainer single, FeatureGroups groups) implements Explainer {

  @Override
  public ExplanationMode mode() {
    return single.mode();
  }

  @Override
  public Optional<String> advice() {
    return single.advice();
  }

  @Override
  public OutputSpace space() {
    return single.space();
  }

  @Override
  public int outputs() {
    return single.outputs();
  }

  @Override
  public double baseValue(int output) {
    return single.baseValue(output);
  }

  @Override
  public ShapleyValues explain(FeatureMatrix rows) {
    return groups.sum(single.explain(rows));
  }

  @Override
  public Explainer by(FeatureGroups others) {
    return single.by(others);
  }

  @Override
  public Interactions interactions(FeaturePairs pairs) {
    return single.interactions(pairs);
  }
}

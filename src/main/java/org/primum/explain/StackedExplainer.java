package org.primum.explain;

import java.util.List;
import java.util.Optional;
import org.primum.explain.value.ExplanationMode;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;

/// Explainers of one margin each, of models that share their features, as one of several margins.
///
/// @param classes at least two, in one mode
record StackedExplainer(List<Explainer> classes) implements Explainer {

  StackedExplainer {
    classes = List.copyOf(classes);
  }

  @Override
  public ExplanationMode mode() {
    return classes.getFirst().mode();
  }

  @Override
  public Optional<String> advice() {
    return classes.getFirst().advice();
  }

  @Override
  public boolean isEstimate() {
    return classes.getFirst().isEstimate();
  }

  @Override
  public int outputs() {
    return classes.size();
  }

  @Override
  public double baseValue(int output) {
    return classes.get(output).baseValue(0);
  }

  @Override
  public ShapleyValues explain(FeatureMatrix rows) {
    return ShapleyValues.stacked(classes.stream().map(one -> one.explain(rows)).toList());
  }

  @Override
  public Explainer by(FeatureGroups groups) {
    return new StackedExplainer(classes.stream().map(one -> one.by(groups)).toList());
  }

  /// None where the classes are linear, and what they say else.
  @Override
  public Interactions interactions(FeaturePairs pairs) {
    return switch (classes.getFirst().interactions(pairs)) {
      case NoInteractions none -> new NoInteractions(none.pairs(), outputs());
      case TreeInteractions _, SampledInteractions _ ->
          throw new UnsupportedOperationException("such models of several classes are one");
    };
  }
}

package org.primum.explain;

import java.util.List;
import org.primum.explain.value.Precision;
import org.primum.model.FeatureMatrix;

/// The backgrounds of models of one margin each, of the same rows.
public final class StackedBackground implements Background {

  private final List<Background> classes;

  /// @param classes at least two
  public StackedBackground(List<? extends Background> classes) {
    this.classes = List.copyOf(classes);
  }

  List<Background> classes() {
    return classes;
  }

  @Override
  public void add(FeatureMatrix rows) {
    classes.forEach(one -> one.add(rows));
  }

  @Override
  public long rows() {
    return classes.getFirst().rows();
  }

  @Override
  public Explainer explainer(Precision precision) {
    return new StackedExplainer(
        classes.stream().<Explainer>map(one -> one.explainer(precision)).toList());
  }
}

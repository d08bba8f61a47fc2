package org.primum.explain;

import org.primum.explain.value.Precision;
import org.primum.model.FeatureMatrix;
import org.primum.model.LinearClasses;
import org.primum.model.LinearModel;
import org.primum.model.Scorer;
import org.primum.model.TreeEnsemble;

/// Rows whose values stand in the place of unknown ones, as far as one model tells them apart. Rows
/// are added piece by piece and not kept; neither their order nor the pieces change an explanation.
public sealed interface Background
    permits TreeBackground,
        LinearBackground,
        GaussianBackground,
        SampledBackground,
        StackedBackground {

  /// A background without rows.
  ///
  /// @throws ModelInvalidException where the model's form has no exact explanation here
  static Background of(Scorer model) {
    return switch (model) {
      case TreeEnsemble trees -> new TreeBackground(trees);
      case LinearModel linear -> new LinearBackground(linear);
      case LinearClasses linear ->
          new StackedBackground(linear.classes().stream().map(LinearBackground::new).toList());
      default -> throw Explainer.unknownForm();
    };
  }

  void add(FeatureMatrix rows);

  /// How many rows have been added.
  long rows();

  /// Explains against all rows added, of which there is at least one; none is added after that.
  Explainer explainer(Precision precision);
}

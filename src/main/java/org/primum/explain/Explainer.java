package org.primum.explain;

import java.util.Optional;
import org.primum.explain.value.ExplanationMode;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.OutputSpace;
import org.primum.explain.value.Precision;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;
import org.primum.model.LinearClasses;
import org.primum.model.LinearModel;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.TreeEnsemble;

/// Explains rows of one model by Shapley values: exact ones, or estimates with standard errors.
public sealed interface Explainer
    permits TreeExplainer,
        TableExplainer,
        LinearExplainer,
        GaussianExplainer,
        SampledExplainer,
        GroupedExplainer,
        StackedExplainer {

  /// The explainer of a model in mixed precision, without a [Background].
  ///
  /// @throws ModelInvalidException where the model's form has no exact explanation here
  static Explainer of(Scorer model) {
    return of(model, Precision.MIXED);
  }

  /// The explainer of a model without a [Background].
  ///
  /// @throws ModelInvalidException where the model's form has no exact explanation here
  static Explainer of(Scorer model, Precision precision) {
    return switch (model) {
      case TreeEnsemble trees -> {
        trees.requireCover();
        yield switch (precision) {
          case MIXED -> new TableExplainer(trees);
          case FLOAT64 -> new TreeExplainer(trees);
        };
      }
      case LinearModel linear -> new LinearExplainer(linear);
      case LinearClasses linear ->
          new StackedExplainer(
              linear.classes().stream().<Explainer>map(LinearExplainer::new).toList());
      default -> throw unknownForm();
    };
  }

  /// What is said of a model that nothing here explains.
  static ModelInvalidException unknownForm() {
    return new ModelInvalidException(
        "explanations are exact for tree ensembles and linear models; this model is neither");
  }

  ExplanationMode mode();

  /// What would make it faster here, for the person who waits; empty where nothing would.
  default Optional<String> advice() {
    return Optional.empty();
  }

  /// The scale of the values.
  default OutputSpace space() {
    return OutputSpace.MARGIN;
  }

  /// Whether values may carry a standard error.
  default boolean isEstimate() {
    return false;
  }

  /// The number of margins a row has.
  int outputs();

  /// The margin before anything is known of a row: where all Shapley values start from.
  double baseValue(int output);

  /// The Shapley values of the rows. A row's values depend on the model and that row only, to the
  /// last bit, whatever other rows stand beside it.
  ShapleyValues explain(FeatureMatrix rows);

  /// The same explanation of groups of features.
  default Explainer by(FeatureGroups groups) {
    return groups.isSingle() ? this : new GroupedExplainer(this, groups);
  }

  /// How the given pairs of features, or of groups of them, interact in what this explains, in the
  /// same mode.
  Interactions interactions(FeaturePairs pairs);

  /// The pairs whose interactions [#explain] gives beside the values; empty where they take a pass
  /// of their own.
  default Optional<FeaturePairs> pairs() {
    return Optional.empty();
  }
}

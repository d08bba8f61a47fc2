package org.primum.explain;

import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.InteractionValues;
import org.primum.model.FeatureMatrix;

/// How pairs of features move a model's margin together: exactly, in the arithmetic of the
/// explainer they are asked of.
///
/// Source: Lundberg et al. 2020, "From local explanations to global understanding with explainable
/// AI for trees", <https://doi.org/10.1038/s42256-019-0138-9>, equations 7 to 9.
public sealed interface Interactions permits TreeInteractions, SampledInteractions, NoInteractions {

  /// What was asked for.
  FeaturePairs pairs();

  int outputs();

  /// How many rows are worth explaining at once: their values take some hundred megabytes at most.
  int rowsAtOnce();

  /// The interactions of the rows. A row's values depend on the model, the background and that row
  /// only, to the last bit.
  InteractionValues explain(FeatureMatrix rows);
}

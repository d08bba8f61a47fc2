package org.primum.train;

import java.util.List;
import org.primum.model.Feature;

/// Fits a model. The same rows, hyperparameters and seed give the same model, bit by bit, on the
/// same platform.
public final class Training {

  private Training() {}

  /// @param features of the columns of the set's matrix
  public static FittedModel fit(
      TrainingSet set, List<Feature> features, Hyperparameters hyperparameters, long seed) {
    return switch (hyperparameters.learner()) {
      case XGBOOST -> XgboostFit.fit(set, features, hyperparameters, seed);
      case LOGISTIC_REGRESSION, LINEAR_SGD ->
          new FittedModel.Linear(LinearFit.fit(set, features, hyperparameters, seed));
    };
  }
}

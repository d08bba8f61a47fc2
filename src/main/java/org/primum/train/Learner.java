package org.primum.train;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A way to fit a model, with the hyperparameters it takes.
public enum Learner {
  /// Gradient-boosted trees: XGBoost with histograms, logistic loss, native categories and missing
  /// values. Its hyperparameters have XGBoost's own names, but `rounds`.
  XGBOOST("xgboost"),
  /// Logistic regression: Tribuo's AdaGrad on the logistic loss.
  LOGISTIC_REGRESSION("logistic-regression"),
  /// The same model by plain stochastic gradient descent with a falling step.
  LINEAR_SGD("linear-sgd");

  private static final List<Hyperparameter> TREES =
      List.of(
          Hyperparameter.whole("rounds", 100, 1, 10_000),
          Hyperparameter.whole("max_depth", 4, 1, 16),
          Hyperparameter.whole("max_leaves", 0, 0, 65_536),
          Hyperparameter.whole("max_bin", 256, 2, 4096),
          Hyperparameter.real("eta", 0.1, 1e-6, 1),
          Hyperparameter.real("min_child_weight", 1, 0, 1e9),
          Hyperparameter.real("subsample", 1, 1e-3, 1),
          Hyperparameter.real("colsample_bytree", 1, 1e-3, 1),
          Hyperparameter.real("lambda", 1, 0, 1e9),
          Hyperparameter.real("alpha", 0, 0, 1e9),
          Hyperparameter.real("gamma", 0, 0, 1e9),
          Hyperparameter.real("max_delta_step", 0, 0, 1e9),
          Hyperparameter.real("scale_pos_weight", 1, 1e-6, 1e6));

  private static final List<Hyperparameter> ADAGRAD =
      List.of(
          Hyperparameter.whole("epochs", 30, 1, 10_000),
          Hyperparameter.real("learning_rate", 0.1, 1e-9, 100));

  private static final List<Hyperparameter> PLAIN_SGD =
      List.of(
          Hyperparameter.whole("epochs", 10, 1, 10_000),
          Hyperparameter.real("learning_rate", 0.05, 1e-9, 100));

  private final String wireName;

  Learner(String wireName) {
    this.wireName = wireName;
  }

  /// How the command line and `model.json` call it.
  public String wireName() {
    return wireName;
  }

  /// What `--param` may set.
  public List<Hyperparameter> hyperparameters() {
    return switch (this) {
      case XGBOOST -> TREES;
      case LOGISTIC_REGRESSION -> ADAGRAD;
      case LINEAR_SGD -> PLAIN_SGD;
    };
  }

  public static Optional<Learner> find(String wireName) {
    return Arrays.stream(values()).filter(l -> l.wireName.equals(wireName)).findFirst();
  }

  /// All wire names, for messages.
  public static String names() {
    return Arrays.stream(values()).map(Learner::wireName).collect(Collectors.joining(", "));
  }
}

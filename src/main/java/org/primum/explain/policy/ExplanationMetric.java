package org.primum.explain.policy;

/// What a rule on explanations can ask for.
public enum ExplanationMetric {
  /// The place of a feature by mean magnitude, 1 for the most important.
  RANK("phi_rank", Of.FEATURE),
  /// The part of a feature in the sum of all mean magnitudes, in [0, 1].
  SHARE("phi_share", Of.FEATURE),
  /// The mean magnitude of a feature, in the unit of the margin.
  MEAN_ABS("mean_abs_phi", Of.FEATURE),
  /// How many rows were explained.
  ROWS("rows", Of.RUN),
  /// Part of the predictions that were made that is explained, in [0, 1].
  COVERAGE("coverage", Of.RUN),
  /// How far base value and Shapley values of a row miss its margin at most.
  ADDITIVITY("additivity_error", Of.RUN),
  /// The order of features against the baseline's, in [0, 1].
  NDCG("phi_ndcg", Of.DRIFT),
  /// Kendall's tau-b against the baseline, in [-1, 1].
  KENDALL("phi_kendall", Of.DRIFT),
  /// Share of the most important features of the baseline that still are, in [0, 1].
  OVERLAP("phi_overlap", Of.DRIFT),
  /// How far a feature's values have moved since the baseline, in the unit of the margin.
  WASSERSTEIN("phi_wasserstein", Of.FEATURE_DRIFT),
  /// The population stability index of a feature's values against the baseline.
  PSI("phi_psi", Of.FEATURE_DRIFT),
  /// Mean magnitude in a group less that of everyone else.
  DIFFERENCE("mean_abs_phi", Of.GROUP),
  /// Mean magnitude in a group over that of everyone else.
  RATIO("mean_abs_phi", Of.GROUP),
  /// Kolmogorov and Smirnov's distance of the values in a group from everyone else's, in [0, 1].
  KS("phi_ks", Of.GROUP);

  /// What one number of the metric speaks of.
  enum Of {
    RUN,
    FEATURE,
    DRIFT,
    FEATURE_DRIFT,
    GROUP
  }

  private final String wireName;
  private final Of of;

  ExplanationMetric(String wireName, Of of) {
    this.wireName = wireName;
    this.of = of;
  }

  /// How metrics.json and verdict.json call it; of one feature, followed by a dot and its name.
  public String wireName() {
    return wireName;
  }

  Of of() {
    return of;
  }

  /// Whether chance decides its value in a sample.
  boolean hasInterval() {
    return of != Of.RUN;
  }

  /// Whether it says what has changed since a baseline.
  boolean isOfDrift() {
    return of == Of.DRIFT || of == Of.FEATURE_DRIFT;
  }

  /// Whether a rule may name features.
  boolean isOfFeatures() {
    return of == Of.FEATURE || of == Of.FEATURE_DRIFT || of == Of.GROUP;
  }
}

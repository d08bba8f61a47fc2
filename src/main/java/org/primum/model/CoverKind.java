package org.primum.model;

/// What the cover of a tree's nodes counts. Two libraries can weigh the same tree differently by
/// it, so explanations say which it was.
public enum CoverKind {
  /// The sum of the hessians of the training rows that passed (XGBoost).
  HESSIAN("hessian"),
  /// The number, or the summed weight, of the training rows that passed (LightGBM, scikit-learn).
  COUNT("count"),
  /// The number of rows of a table that passed, counted here (`--cover-from`).
  RECOMPUTED("recomputed"),
  /// The file does not say. Such a model scores, and has no path-dependent explanation.
  NONE("none");

  private final String wireName;

  CoverKind(String wireName) {
    this.wireName = wireName;
  }

  /// How files call it.
  public String wireName() {
    return wireName;
  }
}

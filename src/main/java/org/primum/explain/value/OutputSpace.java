package org.primum.explain.value;

/// The scale on which a prediction is explained.
public enum OutputSpace {
  /// The sum inside the model: log-odds for a classifier, the prediction itself for a regression.
  MARGIN("margin"),
  /// The probability of the positive class, or of each class; in [0, 1].
  PROBABILITY("probability");

  private final String wireName;

  OutputSpace(String wireName) {
    this.wireName = wireName;
  }

  /// How files call it.
  public String wireName() {
    return wireName;
  }
}

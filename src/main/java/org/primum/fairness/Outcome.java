package org.primum.fairness;

/// What a row says of one yes-or-no column, its label or its prediction.
enum Outcome {
  NEGATIVE,
  POSITIVE,
  /// The row has no value; it is counted, and left out of the rates that need one.
  MISSING
}

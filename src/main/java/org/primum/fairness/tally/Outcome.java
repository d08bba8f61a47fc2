package org.primum.fairness.tally;

/// What a row says of one yes-or-no column, its label or its prediction.
public enum Outcome {
  NEGATIVE(0),
  POSITIVE(1),
  /// The row has no value; it is counted, and left out of the rates that need one.
  MISSING(2);

  private final byte code;

  Outcome(int code) {
    this.code = (byte) code;
  }

  /// Its place in a contingency table, and in a tally's file.
  public byte code() {
    return code;
  }
}

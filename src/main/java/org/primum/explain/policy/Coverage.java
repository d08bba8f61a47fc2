package org.primum.explain.policy;

/// How many of the predictions that were made are explained.
///
/// @param expected predictions, at least 1
/// @param missing of them that have no explanation
/// @param surplus explanations that none of the predictions has
public record Coverage(long expected, long missing, long surplus) {

  public Coverage {
    if (expected < 1 || missing < 0 || missing > expected || surplus < 0) {
      throw new IllegalArgumentException(
          missing + " of " + expected + " predictions without an explanation");
    }
  }

  /// The part of the predictions that is explained, in [0, 1].
  public double share() {
    return (double) (expected - missing) / expected;
  }
}

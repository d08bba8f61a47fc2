package org.primum.fairness.policy;

import org.primum.gate.ConfigInvalidException;

/// How uncertain a number may be.
///
/// @param confidence of every interval that is shown, and of a whole family of decisions; in [0.5,
///   1)
/// @param family what shares one allowance of false claims
public record Statistics(double confidence, Multiplicity multiplicity, Family family) {

  public static final Statistics USUAL = new Statistics(0.95, Multiplicity.HOLM, Family.POLICY);

  /// Whether many comparisons are paid for.
  public enum Multiplicity {
    HOLM,
    NONE
  }

  /// Which comparisons are paid for together.
  public enum Family {
    /// All of the policy.
    POLICY,
    /// Those over the same attribute or intersection.
    ATTRIBUTE
  }

  public Statistics {
    if (!(confidence >= 0.5 && confidence < 1)) {
      throw new ConfigInvalidException(
          "statistics.confidence: a number from 0.5 to below 1, got " + confidence);
    }
  }

  public double alpha() {
    return 1 - confidence;
  }
}

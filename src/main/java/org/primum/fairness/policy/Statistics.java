package org.primum.fairness.policy;

import org.primum.gate.ConfigInvalidException;

/// How uncertain a number may be.
///
/// @param confidence of every interval that is shown, and of a whole family of decisions; in [0.5,
///   1)
/// @param family what shares one allowance of false claims
/// @param bootstrap for numbers that have no interval in closed form
public record Statistics(
    double confidence, Multiplicity multiplicity, Family family, Bootstrap bootstrap) {

  public static final Statistics USUAL = new Statistics(0.95, Multiplicity.HOLM, Family.POLICY);

  /// With the usual bootstrap.
  public Statistics(double confidence, Multiplicity multiplicity, Family family) {
    this(confidence, multiplicity, family, Bootstrap.USUAL);
  }

  /// How cells, patients of clusters and permutations of a table are drawn anew.
  ///
  /// @param replicates how many times cells and permutations are, from 100 to 1,000,000
  /// @param seed the same seed draws the same
  public record Bootstrap(int replicates, long seed) {

    public static final Bootstrap USUAL = new Bootstrap(10_000, 20260901);

    public Bootstrap {
      if (replicates < 100 || replicates > 1_000_000) {
        throw new ConfigInvalidException(
            "statistics.bootstrap.replicates: from 100 to 1,000,000, got " + replicates);
      }
    }
  }

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

package org.primum.explain.sampling;

import java.util.OptionalDouble;

/// How Shapley values of a black box are estimated, where its features are too many for all their
/// subsets.
///
/// @param seed with the row's own values, chooses the coalitions
/// @param samples how many coalitions a row may ask for
/// @param maxError a standard error at which a row needs no more; empty to use all `samples`
public record Sampling(Method method, long seed, int samples, OptionalDouble maxError) {

  /// From how the values are estimated.
  public enum Method {
    /// Orders in which features become known, each with its reverse (antithetic; Mitchell et al.
    /// 2022, <https://jmlr.org/papers/v23/21-0439.html>, section 4.2).
    PERMUTATION("permutation"),
    /// A weighted regression on coalitions (KernelSHAP; Lundberg and Lee 2017, theorem 2,
    /// <https://arxiv.org/abs/1705.07874>), each with its complement (Covert and Lee 2021,
    /// <https://proceedings.mlr.press/v130/covert21a.html>).
    KERNEL("kernel");

    private final String wireName;

    Method(String wireName) {
      this.wireName = wireName;
    }

    /// How files call it.
    public String wireName() {
      return wireName;
    }
  }

  /// The fewest coalitions a feature needs for a standard error that means something.
  public static final int LEAST_PER_FEATURE = 8;

  public Sampling {
    if (samples < 1) {
      throw new IllegalArgumentException("a row asks for at least one coalition, got " + samples);
    }
    if (maxError.isPresent() && !(maxError.getAsDouble() > 0)) {
      throw new IllegalArgumentException("a standard error to stop at is above 0");
    }
  }

  /// Whether a row has reached the error it may have.
  boolean isEnough(double error) {
    return maxError.isPresent() && error <= maxError.getAsDouble();
  }
}

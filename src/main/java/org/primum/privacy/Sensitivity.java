package org.primum.privacy;

import java.math.BigInteger;

/// How far one patient can move an answer: derived from the statistic, the neighbouring relation
/// and the contribution bound, never typed in.
///
/// @param l1 the largest sum of absolute changes; bounds the discrete Laplace mechanism
/// @param l2Squared the largest sum of squared changes; bounds the discrete Gaussian mechanism
public record Sensitivity(BigInteger l1, BigInteger l2Squared) {

  /// The sensitivity where each patient has 0 to `maxRows` rows.
  ///
  /// | statistic | add-remove | replace-one |
  /// |---|---|---|
  /// | rows | k | k |
  /// | patients | 1 | 0 (their number is public) |
  /// | cells | L1 = L2 = k | L1 = 2k, L2 = sqrt(2) k: all rows leave one cell for another |
  /// | clamped sum | k max(\|L\|, \|U\|) | k (max(U, 0) - min(L, 0)): a patient may have no row |
  ///
  /// Each entry is the maximum over all pairs of neighbours, as brute force over small datasets
  /// shows (testdata/privacy/sensitivity.json).
  ///
  /// @param maxRows at least one
  public static Sensitivity of(Statistic statistic, Relation relation, int maxRows) {
    if (maxRows < 1) {
      throw new IllegalArgumentException("maxRows must be at least 1, got " + maxRows);
    }
    BigInteger k = BigInteger.valueOf(maxRows);
    boolean replaced = relation == Relation.REPLACE_ONE;
    return switch (statistic) {
      case Statistic.Rows() -> scalar(k);
      case Statistic.Patients() -> scalar(replaced ? BigInteger.ZERO : BigInteger.ONE);
      case Statistic.Cells _ when replaced ->
          new Sensitivity(k.shiftLeft(1), k.multiply(k).shiftLeft(1));
      case Statistic.Cells _ -> scalar(k);
      case Statistic.ClampedSum(BigInteger lower, BigInteger upper) when replaced ->
          scalar(k.multiply(upper.max(BigInteger.ZERO).subtract(lower.min(BigInteger.ZERO))));
      case Statistic.ClampedSum(BigInteger lower, BigInteger upper) ->
          scalar(k.multiply(lower.abs().max(upper.abs())));
    };
  }

  /// One number, or a vector of which one patient can move a single entry that far.
  private static Sensitivity scalar(BigInteger change) {
    return new Sensitivity(change, change.multiply(change));
  }
}

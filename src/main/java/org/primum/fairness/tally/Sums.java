package org.primum.fairness.tally;

/// The sums over the rows of one cell that every rate, interval and verdict is made of.
///
/// @param n how many rows
/// @param weight sum of the weights; `n` where the data has none
/// @param squaredWeight sum of the squared weights; `n` where the data has none
/// @param score sum of weight times score over the rows that have one
/// @param squaredScore sum of weight times the squared score
/// @param logLoss sum of weight times the logarithmic loss, in nats, over the rows that have score
///   and label
public record Sums(
    long n,
    ExactSum weight,
    ExactSum squaredWeight,
    ExactSum score,
    ExactSum squaredScore,
    ExactSum logLoss) {

  public static final Sums NONE =
      new Sums(0, ExactSum.ZERO, ExactSum.ZERO, ExactSum.ZERO, ExactSum.ZERO, ExactSum.ZERO);

  public Sums {
    if (n < 0) {
      throw new IllegalArgumentException("a cell cannot hold " + n + " rows");
    }
  }

  /// Of rows without scores.
  static Sums of(long n, ExactSum weight, ExactSum squaredWeight) {
    return new Sums(n, weight, squaredWeight, ExactSum.ZERO, ExactSum.ZERO, ExactSum.ZERO);
  }

  public Sums plus(Sums other) {
    return new Sums(
        Math.addExact(n, other.n),
        weight.plus(other.weight),
        squaredWeight.plus(other.squaredWeight),
        score.plus(other.score),
        squaredScore.plus(other.squaredScore),
        logLoss.plus(other.logLoss));
  }
}

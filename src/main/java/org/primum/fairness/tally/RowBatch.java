package org.primum.fairness.tally;

/// The rows of a batch as numbers that were checked.
final class RowBatch {

  private final int[] groups;
  private final byte[] labels;
  private final byte[] decisions;
  private final double[] scores;
  private final RowWeights weights;

  /// @param groups the number of each row's combination
  /// @param labels the code of each row's [Outcome], `decisions` likewise
  /// @param scores in [0, 1], or negative where a row has none; empty where there is no such column
  RowBatch(int[] groups, byte[] labels, byte[] decisions, double[] scores, RowWeights weights) {
    this.groups = groups;
    this.labels = labels;
    this.decisions = decisions;
    this.scores = scores;
    this.weights = weights;
  }

  int rows() {
    return groups.length;
  }

  int group(int row) {
    return groups[row];
  }

  int label(int row) {
    return labels[row];
  }

  int decision(int row) {
    return decisions[row];
  }

  boolean scored() {
    return scores.length > 0;
  }

  double score(int row) {
    return scores[row];
  }

  /// How many rows a row stands for.
  long times(int row) {
    return weights.times(row);
  }

  double weight(int row) {
    return weights.weight(row);
  }
}

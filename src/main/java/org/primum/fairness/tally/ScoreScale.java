package org.primum.fairness.tally;

/// Where scores are counted.
public sealed interface ScoreScale {

  /// More distinct scores than this in a tally are counted on a grid. Whether there are is a fact
  /// of all its rows, so shards merge to the same counts in any order.
  int MAX_DISTINCT = 1 << 14;

  /// Each distinct score by itself: every number made of the scores is exact.
  record Exact() implements ScoreScale {}

  /// All scores between two edges together.
  record Binned(ScoreGrid grid) implements ScoreScale {}

  /// The score that stands for a position.
  default double value(double position) {
    return switch (this) {
      case Exact() -> position;
      case Binned(ScoreGrid grid) -> grid.middle(position);
    };
  }
}

package org.primum.train;

import java.util.Arrays;

/// From which score on a row is predicted positive.
public sealed interface DecisionThreshold {

  /// The user's own.
  record Fixed(double score) implements DecisionThreshold {
    public Fixed {
      if (!(score >= 0 && score <= 1)) {
        throw new IllegalArgumentException("threshold must lie in [0, 1], got " + score);
      }
    }
  }

  /// As many alerts as can be answered: this share of the training rows.
  record AlertRate(double share) implements DecisionThreshold {
    public AlertRate {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("alert rate must lie between 0 and 1, got " + share);
      }
    }
  }

  /// As many alerts as there were positives among the training rows.
  record BaseRate() implements DecisionThreshold {}

  /// The threshold on the training rows' scores. For a share, the smallest score that alerts at
  /// most that share of the rows, ties together; where the topmost tie alone is more than the
  /// share, its score.
  ///
  /// @param scores in [0, 1], at least one
  /// @param positives how many of the rows are positive
  default double resolve(double[] scores, long positives) {
    return switch (this) {
      case Fixed(double score) -> score;
      case AlertRate(double share) -> top(scores, (long) Math.floor(share * scores.length + 1e-9));
      case BaseRate() -> top(scores, positives);
    };
  }

  private static double top(double[] scores, long alerts) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int first = (int) Math.min(sorted.length - 1, Math.max(0, sorted.length - alerts));
    while (first > 0 && first < sorted.length && sorted[first - 1] == sorted[first]) {
      first++;
    }
    return sorted[Math.min(first, sorted.length - 1)];
  }
}

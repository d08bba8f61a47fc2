package org.primum.fairness.statistics;

import java.util.Arrays;

/// Holm's step-down procedure on intervals: the chance of even one false claim in a family of
/// comparisons stays at most alpha, whatever the comparisons have to do with each other.
///
/// Holm 1979, *A simple sequentially rejective multiple test procedure*, Scandinavian Journal of
/// Statistics 6:65-70, [JSTOR 4615733](https://www.jstor.org/stable/4615733). It is run on the
/// intervals themselves, without p-values: a hypothesis is rejected at a level where its interval
/// of that level excludes the limit. So the interval that is shown and the decision never disagree.
public final class Holm {

  private Holm() {}

  /// Whether the interval of hypothesis `index` at this level (two-sided, 1 - level confidence)
  /// excludes what the hypothesis claims. Must stay true when the level grows.
  @FunctionalInterface
  public interface Rejection {
    boolean at(int index, double level);
  }

  /// The level at which each hypothesis is decided: for a rejected one that of the step that
  /// rejected it, for the others that of the step where the procedure stopped.
  ///
  /// @param hypotheses how many are tested
  /// @param family how many the family holds, at least `hypotheses`: those that were planned but
  ///   cannot be tested are paid for too
  /// @param alpha level of the whole family, in (0, 1)
  public static double[] levels(int hypotheses, int family, double alpha, Rejection rejection) {
    double[] levels = new double[hypotheses];
    boolean[] rejected = new boolean[hypotheses];
    int count = 0;
    int before;
    do {
      before = count;
      double level = alpha / Math.max(1, family - count);
      for (int i = 0; i < hypotheses; i++) {
        if (!rejected[i]) {
          levels[i] = level;
          rejected[i] = rejection.at(i, level);
          count += rejected[i] ? 1 : 0;
        }
      }
    } while (count > before);
    return levels;
  }

  /// Without correction: each at `alpha`.
  public static double[] uncorrected(int hypotheses, double alpha) {
    double[] levels = new double[hypotheses];
    Arrays.fill(levels, alpha);
    return levels;
  }
}

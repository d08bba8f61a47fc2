package org.primum.explain.summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// The ranks that a feature may have among all, when rows are a sample of many like them.
///
/// @param low the best rank that is not ruled out, at least 1
/// @param high the worst
public record RankRange(int low, int high) {

  public RankRange {
    if (low < 1 || high < low) {
      throw new IllegalArgumentException("ranks from " + low + " to " + high);
    }
  }

  /// The ranks of all features, largest mean first. All of them hold at once in a share of `1 -
  /// alpha` of samples, however the features depend on each other: a feature is surely better than
  /// another where their intervals, each of level `alpha` over the number of features (Bonferroni),
  /// have nothing in common. Wider than intervals of the differences between features would be,
  /// which ask for the products of all pairs.
  ///
  /// Klein, Wright and Wieczorek 2020, [A joint confidence region for an overall ranking of
  /// populations](https://doi.org/10.1111/rssc.12402).
  ///
  /// @param means of the same rows
  public static List<RankRange> of(List<MeanEstimate> means, double alpha) {
    int features = means.size();
    if (features == 0 || means.getFirst().rows() < 2) {
      return Collections.nCopies(features, new RankRange(1, Math.max(1, features)));
    }
    double quantile = MeanEstimate.quantile(means.getFirst().rows(), alpha / features);
    double[] low = new double[features];
    double[] high = new double[features];
    for (int i = 0; i < features; i++) {
      double half = quantile * means.get(i).standardError();
      low[i] = means.get(i).mean() - half;
      high[i] = means.get(i).mean() + half;
    }
    return ranges(low, high);
  }

  private static List<RankRange> ranges(double[] low, double[] high) {
    double[] lows = low.clone();
    double[] highs = high.clone();
    Arrays.sort(lows);
    Arrays.sort(highs);
    List<RankRange> ranges = new ArrayList<>();
    for (int i = 0; i < low.length; i++) {
      ranges.add(new RankRange(1 + above(lows, high[i]), low.length - below(highs, low[i])));
    }
    return ranges;
  }

  /// How many are larger.
  private static int above(double[] sorted, double value) {
    int at = sorted.length;
    while (at > 0 && sorted[at - 1] > value) {
      at--;
    }
    return sorted.length - at;
  }

  /// How many are smaller.
  private static int below(double[] sorted, double value) {
    int at = 0;
    while (at < sorted.length && sorted[at] < value) {
      at++;
    }
    return at;
  }
}

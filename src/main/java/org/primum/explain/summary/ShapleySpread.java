package org.primum.explain.summary;

import java.util.ArrayList;
import java.util.List;
import org.primum.gate.Interval;

/// How the Shapley values of a feature spread about their mean, and how sure its place among the
/// features is.
///
/// @param magnitude the mean magnitude with its variance
/// @param interval of the mean magnitude, of [#LEVEL]
/// @param variance of the values; 0 where there is one row
/// @param quantiles those that stand for enough rows on either side
/// @param ranks of [#LEVEL] over all features at once
/// @param positive share of values above zero
/// @param negative share of values below zero
public record ShapleySpread(
    MeanEstimate magnitude,
    Interval interval,
    double variance,
    List<Quantile> quantiles,
    RankRange ranks,
    double positive,
    double negative) {

  /// Intervals miss what they estimate in this share of samples.
  public static final double LEVEL = 0.05;

  private static final List<Double> SHARES = List.of(0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99);

  /// @param share of rows at or below the value
  /// @param value within 1/64 of the rows' own
  public record Quantile(double share, double value) {}

  public ShapleySpread {
    quantiles = List.copyOf(quantiles);
  }

  static List<Quantile> quantiles(ShapleyDistribution values, int least) {
    List<Quantile> told = new ArrayList<>();
    for (double share : SHARES) {
      if (Math.min(share, 1 - share) * values.rows() >= least) {
        told.add(new Quantile(share, values.quantile(share)));
      }
    }
    return told;
  }
}

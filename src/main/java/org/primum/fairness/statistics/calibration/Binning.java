package org.primum.fairness.statistics.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How scores are put into bins: the edges, and to which side a score on an edge belongs.
public final class Binning {

  /// The bin of a score that is an edge.
  public enum OnEdge {
    /// The bin below, so that bins are (low, high]: scikit-learn's convention.
    LOWER,
    /// The bin above, so that bins are [low, high), the last one closed.
    UPPER
  }

  private final double[] edges;
  private final OnEdge onEdge;

  private Binning(double[] edges, OnEdge onEdge) {
    this.edges = edges;
    this.onEdge = onEdge;
  }

  /// Bins of equal width over [0, 1].
  ///
  /// @param bins above 0
  public static Binning uniform(int bins, OnEdge onEdge) {
    positive(bins);
    double[] edges = new double[bins + 1];
    for (int i = 0; i <= bins; i++) {
      edges[i] = (double) i / bins;
    }
    return new Binning(edges, onEdge);
  }

  /// Bins with about as many rows each: the edges are quantiles of the scores, linear between
  /// neighbors as in NumPy. Many equal scores make bins that stay empty.
  ///
  /// @param table whose totals are numbers of rows, not weights
  /// @param bins above 0
  public static Binning quantiles(CalibrationTable table, int bins, OnEdge onEdge) {
    positive(bins);
    double[] upTo = new double[table.size()];
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += table.total(i);
      upTo[i] = sum;
    }
    double[] edges = new double[bins + 1];
    for (int i = 0; i <= bins; i++) {
      edges[i] = quantile(table, upTo, (sum - 1) * ((double) i / bins));
    }
    return new Binning(edges, onEdge);
  }

  private static void positive(int bins) {
    if (bins <= 0) {
      throw new IllegalArgumentException(bins + " bins");
    }
  }

  private static double quantile(CalibrationTable table, double[] upTo, double at) {
    double below = Math.floor(at);
    double low = scoreOfRow(table, upTo, below);
    double high = scoreOfRow(table, upTo, Math.min(below + 1, upTo[upTo.length - 1] - 1));
    return low + (at - below) * (high - low);
  }

  /// The score of a row, counted from 0 in ascending order.
  private static double scoreOfRow(CalibrationTable table, double[] upTo, double row) {
    int index = Arrays.binarySearch(upTo, row + 0.5);
    return table.score(index >= 0 ? index : Math.min(-index - 1, table.size() - 1));
  }

  /// The edges, ascending.
  public double[] edges() {
    return edges.clone();
  }

  /// The bins that have rows, ascending.
  public List<CalibrationBin> of(CalibrationTable table) {
    List<CalibrationBin> bins = new ArrayList<>();
    int next = 0;
    for (int bin = 0; bin + 1 < edges.length; bin++) {
      double total = 0;
      double events = 0;
      double scores = 0;
      while (next < table.size() && belongs(table.score(next), bin)) {
        total += table.total(next);
        events += table.events(next);
        scores += table.score(next) * table.total(next);
        next++;
      }
      if (total > 0) {
        double happened = Math.min(events, total);
        bins.add(new CalibrationBin(edges[bin], edges[bin + 1], total, happened, scores));
      }
    }
    return bins;
  }

  private boolean belongs(double score, int bin) {
    boolean last = bin + 2 == edges.length;
    return last
        || switch (onEdge) {
          case LOWER -> score <= edges[bin + 1];
          case UPPER -> score < edges[bin + 1];
        };
  }
}

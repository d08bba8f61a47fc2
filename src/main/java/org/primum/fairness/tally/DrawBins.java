package org.primum.fairness.tally;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;

/// The edges between which the bootstrap counts scores together: 31 that are equally far apart in
/// log-odds, from -5.625 to 5.625, and every threshold a policy names.
///
/// Coarser than [ScoreGrid]: it only has to say how much a number made of scores varies, not what
/// it is.
public final class DrawBins {

  private static final int STEPS = 15;
  private static final double STEP = 0.375;

  private final double[] edges;

  private DrawBins(double[] edges) {
    this.edges = edges;
  }

  /// @param thresholds in [0, 1]
  public static DrawBins of(Collection<Double> thresholds) {
    TreeSet<Double> edges = new TreeSet<>(thresholds);
    for (int step = -STEPS; step <= STEPS; step++) {
      edges.add(1 / (1 + StrictMath.exp(-step * STEP)));
    }
    return new DrawBins(edges.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// How many bins there are.
  public int size() {
    return edges.length + 1;
  }

  /// The bin of a score, from 0; an edge belongs to the bin above it.
  public int index(double score) {
    int found = Arrays.binarySearch(edges, score);
    return found >= 0 ? found + 1 : -found - 1;
  }
}

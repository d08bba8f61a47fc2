package org.primum.fairness.tally;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;

/// The edges between which scores are counted together where there are too many distinct ones: the
/// 1,024 equal steps of [0, 1], the hundredths, and every threshold a policy names, so that counts
/// at those are exact.
public final class ScoreGrid {

  private static final int STEPS = 1024;
  private static final int HUNDREDTHS = 100;

  private final double[] edges;

  /// Position in the edges of each step's lower end.
  private final int[] starts = new int[STEPS + 1];

  private ScoreGrid(double[] edges) {
    this.edges = edges;
    for (int step = 0; step <= STEPS; step++) {
      starts[step] = Arrays.binarySearch(edges, (double) step / STEPS);
    }
  }

  /// @param thresholds in [0, 1]
  public static ScoreGrid of(Collection<Double> thresholds) {
    TreeSet<Double> edges = new TreeSet<>(thresholds);
    for (int step = 0; step <= STEPS; step++) {
      edges.add((double) step / STEPS);
    }
    for (int step = 1; step < HUNDREDTHS; step++) {
      edges.add((double) step / HUNDREDTHS);
    }
    return new ScoreGrid(edges.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// How many edges there are.
  int size() {
    return edges.length;
  }

  double edge(int index) {
    return edges[index];
  }

  /// The position of the largest edge that is not above the score.
  ///
  /// @param score in [0, 1]
  int index(double score) {
    int index = starts[(int) (score * STEPS)];
    while (index + 1 < edges.length && edges[index + 1] <= score) {
      index++;
    }
    return index;
  }

  boolean isEdge(double score) {
    return edges[index(score)] == score;
  }

  /// The score that stands for all from an edge to the next: the middle, or the edge itself at 1.
  double middle(double edge) {
    int index = index(edge);
    return index + 1 < edges.length ? (edges[index] + edges[index + 1]) / 2 : edges[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScoreGrid grid && Arrays.equals(edges, grid.edges);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(edges);
  }

  @Override
  public String toString() {
    return edges.length + " edges";
  }
}

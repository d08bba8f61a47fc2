package org.primum.explain.summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Puts rows with alike Shapley values beside each other, for a picture: complete linkage over
/// squared distances, then the order of the leaves in which neighbors are nearest (Bar-Joseph,
/// Gifford and Jaakkola 2001, "Fast optimal leaf ordering for hierarchical clustering",
/// https://doi.org/10.1093/bioinformatics/17.suppl_1.S22), as shap orders its heat maps. Equal
/// distances are taken in the order of the rows, so the same rows give the same order.
///
/// Takes time with the cube of the rows, and memory with their square: for hundreds of rows.
public final class RowOrder {

  private final double[][] distances;

  /// The least sum of distances between neighbors where two rows are the ends of the smallest
  /// cluster that holds both.
  private final double[][] best;

  private RowOrder(double[][] distances) {
    this.distances = distances;
    this.best = new double[distances.length][distances.length];
  }

  /// A row, or the two clusters that a cluster was made of.
  private record Cluster(List<Integer> rows, List<Cluster> halves) {

    /// The rows that can stand at the other end where `row` stands at one.
    List<Integer> opposite(int row) {
      if (halves.isEmpty()) {
        return rows;
      }
      return halves.getFirst().rows.contains(row) ? halves.getLast().rows : halves.getFirst().rows;
    }
  }

  /// The positions of the rows in their order.
  ///
  /// @param columns the Shapley values of each feature, by row
  /// @param rows how many there are
  public static List<Integer> of(List<double[]> columns, int rows) {
    if (rows == 0) {
      return List.of();
    }
    RowOrder order = new RowOrder(distances(columns, rows));
    return order.leaves(order.linked());
  }

  private static double[][] distances(List<double[]> columns, int rows) {
    double[][] distances = new double[rows][rows];
    for (double[] column : columns) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < i; j++) {
          double apart = column[i] - column[j];
          distances[i][j] += apart * apart;
          distances[j][i] = distances[i][j];
        }
      }
    }
    return distances;
  }

  /// Joins the two nearest clusters until one is left; two clusters are as far apart as their
  /// farthest rows, so that a cluster's nearest one changes only where that one was joined.
  private Cluster linked() {
    int rows = distances.length;
    Cluster[] clusters = new Cluster[rows];
    double[][] apart = new double[rows][];
    for (int i = 0; i < rows; i++) {
      clusters[i] = new Cluster(List.of(i), List.of());
      apart[i] = distances[i].clone();
      apart[i][i] = Double.POSITIVE_INFINITY;
    }
    boolean[] gone = new boolean[rows];
    int[] near = new int[rows];
    Arrays.setAll(near, i -> nearest(apart[i], gone));
    for (int left = rows; left > 1; left--) {
      int one = closest(apart, near, gone);
      int other = near[one];
      clusters[one] = joined(clusters[one], clusters[other]);
      join(clusters[one]);
      gone[other] = true;
      merge(apart, one, other);
      for (int i = 0; i < rows; i++) {
        if (!gone[i] && (i == one || near[i] == one || near[i] == other)) {
          near[i] = nearest(apart[i], gone);
        }
      }
    }
    return clusters[0];
  }

  /// The first of the clusters whose nearest one is nearest.
  private static int closest(double[][] apart, int[] near, boolean[] gone) {
    int best = -1;
    for (int i = 0; i < near.length; i++) {
      if (!gone[i] && (best < 0 || apart[i][near[i]] < apart[best][near[best]])) {
        best = i;
      }
    }
    return best;
  }

  private static int nearest(double[] apart, boolean[] gone) {
    int best = -1;
    for (int i = 0; i < apart.length; i++) {
      if (!gone[i] && (best < 0 || apart[i] < apart[best])) {
        best = i;
      }
    }
    return best;
  }

  private static void merge(double[][] apart, int one, int other) {
    for (int i = 0; i < apart.length; i++) {
      apart[one][i] = Math.max(apart[one][i], apart[other][i]);
      apart[i][one] = apart[one][i];
    }
    apart[one][one] = Double.POSITIVE_INFINITY;
  }

  private static Cluster joined(Cluster one, Cluster other) {
    List<Integer> rows = new ArrayList<>(one.rows());
    rows.addAll(other.rows());
    return new Cluster(rows, List.of(one, other));
  }

  /// Finds the best order of a cluster for each two ends.
  private void join(Cluster cluster) {
    Cluster left = cluster.halves().getFirst();
    Cluster right = cluster.halves().getLast();
    int[] ofRight = numbers(right.rows());
    int[][] behind = new int[ofRight.length][];
    Arrays.setAll(behind, i -> numbers(right.opposite(ofRight[i])));
    double[] reach = new double[distances.length];
    for (int from : left.rows()) {
      Arrays.fill(reach, Double.POSITIVE_INFINITY);
      for (int middle : left.opposite(from)) {
        double before = best[from][middle];
        double[] next = distances[middle];
        for (int row : ofRight) {
          reach[row] = Math.min(reach[row], before + next[row]);
        }
      }
      for (int i = 0; i < ofRight.length; i++) {
        double least = least(reach, behind[i], best[ofRight[i]]);
        best[from][ofRight[i]] = least;
        best[ofRight[i]][from] = least;
      }
    }
  }

  private static double least(double[] reach, int[] middles, double[] onward) {
    double least = Double.POSITIVE_INFINITY;
    for (int middle : middles) {
      least = Math.min(least, reach[middle] + onward[middle]);
    }
    return least;
  }

  private static int[] numbers(List<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  private List<Integer> leaves(Cluster all) {
    if (all.halves().isEmpty()) {
      return all.rows();
    }
    int from = -1;
    int to = -1;
    for (int one : all.halves().getFirst().rows()) {
      for (int other : all.halves().getLast().rows()) {
        if (from < 0 || best[one][other] < best[from][to]) {
          from = one;
          to = other;
        }
      }
    }
    List<Integer> order = new ArrayList<>();
    lay(all, from, to, order);
    return order;
  }

  /// Adds the rows of a cluster from one end to the other.
  private void lay(Cluster cluster, int from, int to, List<Integer> order) {
    if (cluster.halves().isEmpty()) {
      order.add(from);
      return;
    }
    boolean isForward = cluster.halves().getFirst().rows().contains(from);
    Cluster left = isForward ? cluster.halves().getFirst() : cluster.halves().getLast();
    Cluster right = isForward ? cluster.halves().getLast() : cluster.halves().getFirst();
    int last = -1;
    int first = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int one : left.opposite(from)) {
      for (int other : right.opposite(to)) {
        double sum = best[from][one] + distances[one][other] + best[other][to];
        if (last < 0 || sum < least) {
          last = one;
          first = other;
          least = sum;
        }
      }
    }
    lay(left, from, last, order);
    lay(right, first, to, order);
  }
}

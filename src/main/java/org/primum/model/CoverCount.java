package org.primum.model;

import java.util.ArrayList;
import java.util.List;

/// Counts how many rows pass each node of an ensemble, to stand for the cover that its file does
/// not keep or that is not wanted. Neither the order of the rows nor the pieces they come in
/// matter.
///
/// Where no row reaches a split, half of it goes to each side ([Tree#coverRatio]); a side that no
/// row took weighs nothing.
public final class CoverCount {

  private final TreeEnsemble model;
  private final List<long[]> counts;
  private long rows;

  public CoverCount(TreeEnsemble model) {
    this.model = model;
    this.counts = model.trees().stream().map(tree -> new long[tree.size()]).toList();
  }

  public void add(FeatureMatrix added) {
    model.descend(
        added,
        (tree, _, count, leaves) -> {
          long[] reached = counts.get(tree);
          for (int row = 0; row < count; row++) {
            reached[leaves[row]]++;
          }
        });
    rows += added.rows();
  }

  /// How many rows have been added.
  public long rows() {
    return rows;
  }

  /// The ensemble with the counts in the place of its cover.
  public TreeEnsemble counted() {
    List<double[]> covers = new ArrayList<>();
    for (int tree = 0; tree < counts.size(); tree++) {
      covers.add(covers(model.trees().get(tree), counts.get(tree)));
    }
    return model.withCover(covers);
  }

  /// Children stand after their parent.
  private static double[] covers(Tree tree, long[] reached) {
    double[] covers = new double[tree.size()];
    for (int node = tree.size() - 1; node >= 0; node--) {
      covers[node] =
          tree.isLeaf(node) ? reached[node] : covers[tree.left(node)] + covers[tree.right(node)];
    }
    return covers;
  }
}

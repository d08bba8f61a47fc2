package org.primum.explain.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.primum.explain.tree.BundleRun;
import org.primum.explain.tree.LeafValues;
import org.primum.explain.tree.TreeBundles;

/// The trees cut into bundles, in groups whose tables may stand beside each other. The tables of a
/// single group are kept from call to call; those of several are made anew each time. How trees are
/// grouped depends on the trees alone, and what a table holds on its tree.
public final class BundleShelf {

  /// A table is worth its making from so many rows on, as a part of its keys.
  private static final int WORTH = 4;

  private final int features;
  private final Supplier<LeafValues> leaves;
  private final List<List<BundleRun>> groups = new ArrayList<>();
  private List<BundleEntries> kept = List.of();

  /// @param features of the model
  /// @param leaves one for each thread
  /// @param room how many numbers tables may take at a time
  public BundleShelf(
      List<TreeBundles> trees, int features, Supplier<LeafValues> leaves, long room) {
    this.features = features;
    this.leaves = leaves;
    long left = 0;
    for (BundleRun tree : BundleRun.of(trees)) {
      if (tree.numbers() > left) {
        groups.add(new ArrayList<>());
        left = room;
      }
      groups.getLast().add(tree);
      left -= tree.numbers();
    }
  }

  public int groups() {
    return groups.size();
  }

  /// The entries of a group's trees, for so many rows.
  public List<BundleEntries> entries(int group, int rows) {
    if (!kept.isEmpty()) {
      return kept;
    }
    LeafValues values = leaves.get();
    if (values.isSameAlone() && (long) rows * WORTH < 1L << TreeBundles.BITS) {
      return groups.get(group).stream()
          .map(tree -> (BundleEntries) new FreshBundles(tree, features, rows, values))
          .toList();
    }
    List<BundleEntries> tables =
        groups.get(group).parallelStream()
            .map(tree -> (BundleEntries) BundleTables.of(tree, features, leaves.get()))
            .toList();
    if (groups.size() == 1) {
      kept = tables;
    }
    return tables;
  }
}

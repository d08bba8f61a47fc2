package org.primum.explain.tree;

import java.util.ArrayList;
import java.util.List;
import org.primum.explain.tree.TreeBundles.Bundle;

/// Neighbouring trees of one output whose entries a row adds up together, in float32: as many
/// bundles as one deep tree has, so that nothing is lost by it.
///
/// @param trees at least one
public record BundleRun(List<TreeBundles> trees) {

  /// Bundles of a run of several trees at most: more additions in float32 would be less exact.
  private static final int MOST_BUNDLES = 16;

  /// A bundle and the tree it is of.
  public record Member(TreeProgram program, Bundle bundle) {}

  /// The runs of some trees, which depend on the trees alone.
  public static List<BundleRun> of(List<TreeBundles> trees) {
    List<BundleRun> runs = new ArrayList<>();
    List<TreeBundles> open = new ArrayList<>();
    for (TreeBundles tree : trees) {
      if (!open.isEmpty() && !new BundleRun(open).takes(tree)) {
        runs.add(new BundleRun(List.copyOf(open)));
        open.clear();
      }
      open.add(tree);
    }
    if (!open.isEmpty()) {
      runs.add(new BundleRun(List.copyOf(open)));
    }
    return runs;
  }

  private boolean takes(TreeBundles tree) {
    return tree.output() == output()
        && members().size() + tree.all().size() <= MOST_BUNDLES
        && numbers() + tree.numbers() <= TreeBundles.MOST_NUMBERS;
  }

  public int output() {
    return trees.getFirst().output();
  }

  public long numbers() {
    return trees.stream().mapToLong(TreeBundles::numbers).sum();
  }

  /// The bundles of all trees.
  public List<Member> members() {
    List<Member> members = new ArrayList<>();
    for (TreeBundles tree : trees) {
      tree.all().forEach(bundle -> members.add(new Member(tree.program(), bundle)));
    }
    return members;
  }

  /// The most features on a path.
  public int widest() {
    return trees.stream().mapToInt(tree -> tree.program().widest()).max().orElseThrow();
  }
}

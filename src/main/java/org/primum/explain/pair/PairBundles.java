package org.primum.explain.pair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.primum.explain.tree.LeafPairs;
import org.primum.explain.tree.LeafPath;
import org.primum.explain.tree.TreeBundles;
import org.primum.explain.tree.TreeBundles.Bundle;
import org.primum.explain.tree.TreeBundles.Member;
import org.primum.explain.tree.TreeProgram;
import org.primum.explain.value.FeaturePairs;
import org.primum.model.Tree;

/// A tree of short paths cut into bundles of leaves whose interactions are looked up together.
public final class PairBundles {

  /// The longest key whose numbers are looked up in the processor's registers ([Lanes#look]).
  private static final int SHORT = 8;

  /// Where keys are longer, a bundle of so many splits spares more look-ups than it costs.
  private static final int SMALL = 3;

  private final TreeProgram program;
  private final List<Asked> all = new ArrayList<>();
  private final int[] at;

  /// Whether anything is asked for below a node.
  private final boolean[] wanted;

  public PairBundles(TreeProgram program, FeaturePairs pairs) {
    this.program = program;
    this.at = new int[program.tree().size()];
    this.wanted = new boolean[program.tree().size()];
    Arrays.fill(at, -1);
    cut(0, 0, pairs);
  }

  /// A bundle with what is asked of it.
  static final class Asked {

    private final Bundle bundle;
    private final int[] pairs;
    private final List<int[]> columns;

    Asked(Bundle bundle, int[] pairs, List<int[]> columns) {
      this.bundle = bundle;
      this.pairs = pairs;
      this.columns = columns;
    }

    Bundle bundle() {
      return bundle;
    }

    /// How many pairs it gives to.
    int size() {
      return pairs.length;
    }

    /// Which pair a column of its table is.
    int pair(int column) {
      return pairs[column];
    }

    /// To which column a member's pair at [LeafPairs#at] adds; negative for none.
    int column(int member, int at) {
      return columns.get(member)[at];
    }

    long numbers() {
      return (long) pairs.length << bundle.bits();
    }
  }

  private void cut(int node, int above, FeaturePairs pairs) {
    Tree tree = program.tree();
    int splits = TreeBundles.splits(tree, node);
    int bits = above + splits;
    if (splits == 0 || bits <= SHORT || (above + 1 >= SHORT && isSmall(splits, bits))) {
      at[node] = all.size();
      all.add(asked(program, TreeBundles.bundle(program, node, above), pairs));
      wanted[node] = all.getLast().size() > 0;
      return;
    }
    int below = Math.max(above, program.bit(node) + 1);
    cut(tree.left(node), below, pairs);
    cut(tree.right(node), below, pairs);
    wanted[node] = wanted[tree.left(node)] || wanted[tree.right(node)];
  }

  private static boolean isSmall(int splits, int bits) {
    return splits <= SMALL && bits <= LeafPath.TABLE_FEATURES;
  }

  private static Asked asked(TreeProgram program, Bundle bundle, FeaturePairs pairs) {
    List<int[]> columns = new ArrayList<>();
    TreeSet<Integer> distinct = new TreeSet<>();
    for (Member member : bundle.leaves()) {
      int[] targets = targets(program.leaf(member.leaf()), pairs);
      Arrays.stream(targets).filter(target -> target >= 0).forEach(distinct::add);
      columns.add(targets);
    }
    int[] sorted = distinct.stream().mapToInt(Integer::intValue).toArray();
    columns.forEach(targets -> Arrays.setAll(targets, at -> column(sorted, targets[at])));
    return new Asked(bundle, sorted, columns);
  }

  private static int column(int[] sorted, int pair) {
    return pair < 0 ? -1 : Arrays.binarySearch(sorted, pair);
  }

  /// Which pairs that are asked for those of a path belong to; negative for none.
  static int[] targets(LeafPath path, FeaturePairs pairs) {
    int[] targets = new int[LeafPairs.count(path.size())];
    for (int j = 1; j < path.size(); j++) {
      for (int i = 0; i < j; i++) {
        targets[LeafPairs.at(i, j)] = pairs.of(path.feature(i), path.feature(j));
      }
    }
    return targets;
  }

  TreeProgram program() {
    return program;
  }

  boolean isWanted(int node) {
    return wanted[node];
  }

  List<Asked> all() {
    return all;
  }

  /// Which bundle starts at a node; negative where none does.
  int at(int node) {
    return at[node];
  }

  /// The numbers its tables take.
  public long numbers() {
    return all.stream().mapToLong(Asked::numbers).sum();
  }

  /// The most bits of a key.
  public int bits() {
    return all.stream().mapToInt(asked -> asked.bundle().bits()).max().orElse(0);
  }
}

package org.primum.model.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.primum.model.ModelInvalidException;
import org.primum.model.TreeNodes;
import org.primum.model.wire.Wire;

/// The lists of `TreeEnsemble` (`ai.onnx.ml` 5), where splits and leaves stand in lists of their
/// own: walked from each root, and written down as the older operators have them.
final class JoinedTrees {

  private static final List<String> MODES =
      List.of(
          "BRANCH_LEQ",
          "BRANCH_LT",
          "BRANCH_GTE",
          "BRANCH_GT",
          "BRANCH_EQ",
          "BRANCH_NEQ",
          "BRANCH_MEMBER");

  private static final int MAX_SPLITS = 1 << 22;
  private static final int MEMBER = MODES.indexOf("BRANCH_MEMBER");

  private final int[] roots;
  private final int[] feature;
  private final int[] mode;
  private final double[] split;
  private final int[] whereTrue;
  private final int[] whereFalse;
  private final int[] trueIsLeaf;
  private final int[] falseIsLeaf;
  private final int[] missingTrue;
  private final int[] target;
  private final double[] weight;
  private final long[][] members;

  /// What was reached from the roots: in order the tree, the place in its list, and whether that is
  /// the list of leaves.
  private final List<Reached> reached = new ArrayList<>();

  private record Reached(int tree, int number, int place, boolean isLeaf) {}

  JoinedTrees(Node node) {
    this.roots = OnnxWeights.wholes(node, "tree_roots");
    this.feature = OnnxWeights.wholes(node, "nodes_featureids");
    this.mode = OnnxWeights.wholes(node, "nodes_modes");
    this.split = node.numbers("nodes_splits");
    this.whereTrue = OnnxWeights.wholes(node, "nodes_truenodeids");
    this.whereFalse = OnnxWeights.wholes(node, "nodes_falsenodeids");
    this.trueIsLeaf = OnnxWeights.wholes(node, "nodes_trueleafs");
    this.falseIsLeaf = OnnxWeights.wholes(node, "nodes_falseleafs");
    this.missingTrue = OnnxWeights.wholes(node, "nodes_missing_value_tracks_true");
    this.target = OnnxWeights.wholes(node, "leaf_targetids");
    this.weight = node.numbers("leaf_weights");
    requireSameLength();
    this.members = members(node.numbers("membership_values"));
  }

  private void requireSameLength() {
    int count = mode.length;
    int[] lengths = {
      feature.length,
      split.length,
      whereTrue.length,
      whereFalse.length,
      trueIsLeaf.length,
      falseIsLeaf.length,
      missingTrue.length == 0 ? count : missingTrue.length
    };
    if (count == 0 || roots.length == 0 || Arrays.stream(lengths).anyMatch(l -> l != count)) {
      throw new ModelInvalidException(
          "tree_roots and the nodes_* lists must be there, one entry a split, numbers as float or"
              + " double and modes as uint8");
    }
    if (count > MAX_SPLITS - roots.length) {
      throw new ModelInvalidException(
          "trees of more than " + MAX_SPLITS + " splits together are not read");
    }
    if (weight.length == 0 || target.length != weight.length) {
      throw new ModelInvalidException(
          "leaf_weights, as float or double, and leaf_targetids must be there, one entry a leaf");
    }
    int unknown = Arrays.stream(mode).filter(m -> m >= MODES.size()).findFirst().orElse(-1);
    if (unknown >= 0) {
      throw new ModelInvalidException("nodes_modes holds " + unknown + ", and 0 to 6 are known");
    }
  }

  /// The sets in the order of their splits, a NaN after each.
  private long[][] members(double[] values) {
    long[][] sets = new long[mode.length][];
    int next = 0;
    for (int i = 0; i < mode.length; i++) {
      if (mode[i] == MEMBER) {
        int start = next;
        while (next < values.length && !Double.isNaN(values[next])) {
          next++;
        }
        if (next == values.length) {
          throw membersDiffer();
        }
        sets[i] = TreeNodes.members(Arrays.copyOfRange(values, start, next++));
      }
    }
    if (next != values.length) {
      throw membersDiffer();
    }
    return sets;
  }

  private static ModelInvalidException membersDiffer() {
    return new ModelInvalidException(
        "membership_values must hold the numbers of each BRANCH_MEMBER split, a NaN after each");
  }

  NodeLists nodes() {
    walk();
    List<String> modes =
        reached.stream().map(r -> r.isLeaf ? NodeLists.LEAF : MODES.get(mode[r.place])).toList();
    NodeLists lists = new NodeLists(reached.size(), modes, true);
    for (int i = 0; i < reached.size(); i++) {
      Reached here = reached.get(i);
      lists.treeIds[i] = here.tree;
      lists.nodeIds[i] = here.number;
      if (!here.isLeaf) {
        lists.feature[i] = feature[here.place];
        lists.threshold[i] = split[here.place];
        lists.members[i] = members[here.place];
        lists.missingTrue[i] = missingTrue.length == 0 ? 0 : missingTrue[here.place];
        lists.whereTrue[i] = children[2 * i];
        lists.whereFalse[i] = children[2 * i + 1];
      }
    }
    return lists;
  }

  /// The numbers, in its tree, of the children of what was reached.
  private int[] children = {};

  private void walk() {
    boolean[] seen = new boolean[mode.length];
    children = new int[4 * mode.length + 2 * roots.length];
    for (int tree = 0; tree < roots.length; tree++) {
      walk(tree, seen);
    }
  }

  private void walk(int tree, boolean[] seen) {
    int first = reached.size();
    int root = roots[tree];
    boolean isLeaf =
        root < mode.length
            && trueIsLeaf[root] != 0
            && falseIsLeaf[root] != 0
            && whereTrue[root] == whereFalse[root];
    Deque<Reached> waiting = new ArrayDeque<>();
    reach(new Reached(tree, 0, isLeaf ? whereTrue[root] : root, isLeaf), seen, waiting);
    while (!waiting.isEmpty()) {
      Reached here = waiting.remove();
      int at = first + here.number;
      for (int side = 0; side < 2; side++) {
        int place = (side == 0 ? whereTrue : whereFalse)[here.place];
        boolean leaf = (side == 0 ? trueIsLeaf : falseIsLeaf)[here.place] != 0;
        children[2 * at + side] = reached.size() - first;
        reach(new Reached(tree, reached.size() - first, place, leaf), seen, waiting);
      }
    }
  }

  private void reach(Reached next, boolean[] seen, Deque<Reached> waiting) {
    int size = next.isLeaf ? weight.length : mode.length;
    if (next.place >= size) {
      throw new ModelInvalidException(
          "tree "
              + next.tree
              + " leads to "
              + (next.isLeaf ? "leaf " : "split ")
              + next.place
              + " of "
              + size);
    }
    if (!next.isLeaf) {
      if (seen[next.place]) {
        throw new ModelInvalidException(
            "split " + next.place + " is below two others, or is its own ancestor");
      }
      seen[next.place] = true;
      waiting.add(next);
    }
    if (reached.size() == Wire.MAX_ENTRIES) {
      throw new ModelInvalidException("more than " + Wire.MAX_ENTRIES + " nodes are not read");
    }
    reached.add(next);
  }

  /// Asked for after [#nodes].
  OnnxWeights weights() {
    int[] leaves =
        java.util.stream.IntStream.range(0, reached.size())
            .filter(i -> reached.get(i).isLeaf)
            .toArray();
    return new OnnxWeights(
        Arrays.stream(leaves).map(i -> reached.get(i).tree).toArray(),
        Arrays.stream(leaves).map(i -> reached.get(i).number).toArray(),
        Arrays.stream(leaves).map(i -> target[reached.get(i).place]).toArray(),
        Arrays.stream(leaves).mapToDouble(i -> weight[reached.get(i).place]).toArray());
  }
}

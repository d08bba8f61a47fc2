package org.primum.model.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.primum.model.DecisionRule;
import org.primum.model.MissingRule;
import org.primum.model.ModelInvalidException;
import org.primum.model.Tree;
import org.primum.model.TreeNodes;
import org.primum.model.wire.Wire;

/// The `nodes_*` lists, cut into trees. The nodes of a tree stand together, its root first, and
/// bear the numbers 0 to n - 1 in any order.
final class OnnxNodes {

  private static final int MAX_TREES = 1_000_000;

  private final DecisionRule rule;
  private final NodeLists lists;

  /// Where trees begin, and where the last one ends.
  private final int[] starts;

  private final Map<Integer, Integer> treeOfId = new HashMap<>();

  /// The place of node `n` of the tree that begins at `s` is `places[s + n]`.
  private final int[] places;

  OnnxNodes(NodeLists lists, DecisionRule rule) {
    this.rule = rule;
    this.lists = lists;
    this.starts = starts();
    this.places = new int[lists.count()];
    for (int tree = 0; tree < trees(); tree++) {
      number(tree);
    }
  }

  private int[] starts() {
    int[] treeIds = lists.treeIds;
    int[] found = new int[Math.min(treeIds.length, MAX_TREES) + 1];
    int trees = 0;
    for (int i = 0; i < treeIds.length; i++) {
      if (i > 0 && treeIds[i] == treeIds[i - 1]) {
        continue;
      }
      if (trees == MAX_TREES || treeOfId.put(treeIds[i], trees) != null) {
        throw new ModelInvalidException(
            "the nodes of tree " + treeIds[i] + " do not stand together, or there are too many");
      }
      found[trees++] = i;
    }
    found[trees] = treeIds.length;
    return Arrays.copyOf(found, trees + 1);
  }

  private void number(int tree) {
    int size = starts[tree + 1] - starts[tree];
    Arrays.fill(places, starts[tree], starts[tree + 1], -1);
    for (int i = 0; i < size; i++) {
      int id = lists.nodeIds[starts[tree] + i];
      if (id >= size || places[starts[tree] + id] >= 0) {
        throw new ModelInvalidException(
            "tree " + tree + ": its nodes must bear the numbers 0 to " + (size - 1));
      }
      places[starts[tree] + id] = i;
    }
  }

  int trees() {
    return starts.length - 1;
  }

  /// One more than the last feature that is read.
  int featuresRead() {
    int last = -1;
    for (int i = 0; i < lists.count(); i++) {
      last = lists.isLeaf(i) ? last : Math.max(last, lists.feature[i]);
    }
    if (last >= Graph.MAX_INPUTS) {
      throw new ModelInvalidException("a split reads column " + last);
    }
    return last + 1;
  }

  /// One tree an output that it adds to.
  ///
  /// @param factor of all weights
  List<Tree> trees(OnnxWeights weights, int outputs, double factor, int features) {
    List<Tree> all = new ArrayList<>();
    int[] order = byTree(weights);
    long nodes = 0;
    int next = 0;
    for (int tree = 0; tree < trees(); tree++) {
      Map<Integer, TreeNodes> byOutput = new TreeMap<>();
      for (; next < order.length && treeOf(weights, order[next]) == tree; next++) {
        int entry = order[next];
        int output = weights.outputs[entry];
        if (!byOutput.containsKey(output)) {
          nodes += starts[tree + 1] - starts[tree];
          requireFew(nodes, output, outputs);
          byOutput.put(output, nodes(tree));
        }
        byOutput.get(output).value[leaf(tree, weights.nodes[entry])] +=
            factor * weights.weights[entry];
      }
      for (var one : byOutput.entrySet()) {
        all.add(tree(tree, one.getKey(), one.getValue(), features));
      }
    }
    return all;
  }

  private static void requireFew(long nodes, int output, int outputs) {
    if (nodes > Wire.MAX_ENTRIES || output >= outputs) {
      throw new ModelInvalidException(
          "leaves add to output " + output + " of " + outputs + ", or there are too many");
    }
  }

  private int treeOf(OnnxWeights weights, int entry) {
    Integer tree = treeOfId.get(weights.trees[entry]);
    if (tree == null) {
      throw new ModelInvalidException(
          "a weight is of tree " + weights.trees[entry] + ", which has no nodes");
    }
    return tree;
  }

  /// The entries of the weights, those of the first tree first.
  private int[] byTree(OnnxWeights weights) {
    int[] ends = new int[trees() + 1];
    for (int entry = 0; entry < weights.size(); entry++) {
      ends[treeOf(weights, entry) + 1]++;
    }
    Arrays.parallelPrefix(ends, Integer::sum);
    int[] order = new int[weights.size()];
    for (int entry = 0; entry < order.length; entry++) {
      order[ends[treeOf(weights, entry)]++] = entry;
    }
    return order;
  }

  private int leaf(int tree, int id) {
    int size = starts[tree + 1] - starts[tree];
    if (id >= size || !lists.isLeaf(starts[tree] + places[starts[tree] + id])) {
      throw new ModelInvalidException("tree " + tree + ": a weight is of node " + id + ", no leaf");
    }
    return places[starts[tree] + id];
  }

  private Tree tree(int tree, int output, TreeNodes nodes, int features) {
    try {
      Tree checked = new Tree(rule, output, nodes, features);
      if (checked.size() != nodes.count()) {
        throw new ModelInvalidException("some nodes are not below the first");
      }
      return checked;
    } catch (ModelInvalidException e) {
      throw new ModelInvalidException("tree " + tree + ": " + e.getMessage(), e);
    }
  }

  private TreeNodes nodes(int tree) {
    int start = starts[tree];
    TreeNodes nodes = new TreeNodes(starts[tree + 1] - start);
    for (int i = 0; i < nodes.count(); i++) {
      nodes.cover[i] = lists.hits.length == 0 ? 0 : lists.hits[start + i];
      if (!lists.isLeaf(start + i)) {
        split(nodes, i, start, nodes.count());
      }
    }
    return nodes;
  }

  /// A split that asks for more, or for what a value is not, goes left where the answer is no, so
  /// that all ask for less or for members. What is missing is unlike every number: to that question
  /// the runtime and the standard's evaluator answer yes, whatever the list of missing values says.
  private void split(TreeNodes nodes, int node, int start, int size) {
    int i = start + node;
    String mode = lists.modes.get(i);
    boolean isSwapped =
        switch (mode) {
          case "BRANCH_LEQ", "BRANCH_LT", "BRANCH_EQ", "BRANCH_MEMBER" -> false;
          case "BRANCH_GT", "BRANCH_GTE", "BRANCH_NEQ" -> true;
          default ->
              throw new ModelInvalidException(
                  "splits by BRANCH_LEQ, LT, GT, GTE, EQ, NEQ and MEMBER are read, not '"
                      + Graph.brief(mode)
                      + "'");
        };
    int yes = place(start, lists.whereTrue[i], size);
    int no = place(start, lists.whereFalse[i], size);
    nodes.left[node] = isSwapped ? no : yes;
    nodes.right[node] = isSwapped ? yes : no;
    nodes.feature[node] = lists.feature[i];
    boolean missingYes = lists.isMissingTrue(i) || mode.equals("BRANCH_NEQ");
    nodes.missing[node] = missingYes != isSwapped ? MissingRule.NAN_LEFT : MissingRule.NAN_RIGHT;
    question(nodes, node, i, mode);
  }

  private void question(TreeNodes nodes, int node, int i, String mode) {
    switch (mode) {
      case "BRANCH_EQ", "BRANCH_NEQ" -> {
        nodes.categorical[node] = true;
        nodes.categories[node] = TreeNodes.members(new double[] {lists.threshold[i]});
      }
      case "BRANCH_MEMBER" -> {
        if (lists.members[i] == null) {
          throw new ModelInvalidException(
              "BRANCH_MEMBER is a split of TreeEnsemble, and this operator is an older one");
        }
        nodes.categorical[node] = true;
        nodes.categories[node] = lists.members[i];
      }
      default -> {
        boolean isAtMost = mode.equals("BRANCH_LEQ") || mode.equals("BRANCH_GT");
        nodes.threshold[node] = threshold(lists.threshold[i], isAtMost);
      }
    }
  }

  private int place(int start, int id, int size) {
    if (id >= size) {
      throw new ModelInvalidException("a split has the child " + id + " of " + size + " nodes");
    }
    return places[start + id];
  }

  /// The ensemble compares in one way; the other is the next float64 number, between which and the
  /// threshold no value lies.
  private double threshold(double stored, boolean isAtMost) {
    if (rule.isStrict()) {
      return isAtMost ? Math.nextUp(stored) : stored;
    }
    return isAtMost ? stored : Math.nextDown(stored);
  }
}

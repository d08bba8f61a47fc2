package org.primum.model.onnx;

import java.util.Arrays;
import java.util.List;
import org.primum.model.ModelInvalidException;

/// What is said of all nodes of all trees, leaves among them: one entry a node in each list.
final class NodeLists {

  static final String LEAF = "LEAF";

  final int[] treeIds;
  final int[] nodeIds;
  final int[] feature;
  final int[] whereTrue;
  final int[] whereFalse;

  /// Empty where nothing is said of missing values.
  final int[] missingTrue;

  final double[] threshold;

  /// Empty where nobody counted.
  final double[] hits;

  final List<String> modes;

  /// Of the nodes that ask for members of a set, what [org.primum.model.TreeNodes#members] made.
  final long[][] members;

  NodeLists(int count, List<String> modes, boolean isMissingKnown) {
    this.treeIds = new int[count];
    this.nodeIds = new int[count];
    this.feature = new int[count];
    this.whereTrue = new int[count];
    this.whereFalse = new int[count];
    this.missingTrue = new int[isMissingKnown ? count : 0];
    this.threshold = new double[count];
    this.hits = new double[0];
    this.modes = modes;
    this.members = new long[count][];
  }

  /// The lists of `TreeEnsembleClassifier` and `TreeEnsembleRegressor`.
  NodeLists(Node node) {
    this.treeIds = OnnxWeights.wholes(node, "nodes_treeids");
    this.nodeIds = OnnxWeights.wholes(node, "nodes_nodeids");
    this.feature = OnnxWeights.wholes(node, "nodes_featureids");
    this.whereTrue = OnnxWeights.wholes(node, "nodes_truenodeids");
    this.whereFalse = OnnxWeights.wholes(node, "nodes_falsenodeids");
    this.missingTrue = OnnxWeights.wholes(node, "nodes_missing_value_tracks_true");
    this.threshold = OnnxWeights.plainOrTensor(node, "nodes_values");
    this.hits = OnnxWeights.plainOrTensor(node, "nodes_hitrates");
    this.modes = node.texts("nodes_modes");
    this.members = new long[treeIds.length][];
    requireSameLength();
  }

  private void requireSameLength() {
    int count = treeIds.length;
    if (count == 0
        || nodeIds.length != count
        || feature.length != count
        || whereTrue.length != count
        || whereFalse.length != count
        || threshold.length != count
        || modes.size() != count
        || (missingTrue.length != 0 && missingTrue.length != count)
        || (hits.length != 0 && hits.length != count)) {
      throw new ModelInvalidException("the nodes_* lists must be there, one entry a node");
    }
  }

  int count() {
    return treeIds.length;
  }

  boolean isLeaf(int node) {
    return modes.get(node).equals(LEAF);
  }

  /// Whether any split asks whether a value is one of some numbers.
  boolean asksForMembers() {
    return modes.stream()
        .anyMatch(
            m -> m.equals("BRANCH_EQ") || m.equals("BRANCH_NEQ") || m.equals("BRANCH_MEMBER"));
  }

  boolean isMissingTrue(int node) {
    return missingTrue.length > 0 && missingTrue[node] != 0;
  }

  /// Exporters that know nothing write 1 everywhere.
  boolean hasCover() {
    return Arrays.stream(hits).distinct().limit(2).count() == 2;
  }
}

package org.primum.model.simple;

import org.primum.model.MissingRule;
import org.primum.model.TreeNodes;
import org.primum.model.value.JsonValues;

/// The arrays of one tree as the file has them.
final class SimpleTree {

  private int[] left = {};
  private int[] right = {};
  private int[] feature = {};
  private int[] missingLeft = {};
  private double[] threshold = {};
  private double[] value = {};
  private double[] cover = {};
  private int output;

  private SimpleTree() {}

  static SimpleTree read(JsonValues values) {
    SimpleTree tree = new SimpleTree();
    values.object(key -> tree.member(values, key));
    int count = tree.left.length;
    if (count == 0
        || tree.right.length != count
        || tree.feature.length != count
        || tree.missingLeft.length != count
        || tree.threshold.length != count
        || tree.value.length != count
        || (tree.cover.length != 0 && tree.cover.length != count)) {
      throw values.invalid(
          "children_left, children_right, feature, threshold, missing_go_to_left and value must"
              + " be there, and cover may be, one entry a node");
    }
    return tree;
  }

  private void member(JsonValues values, String key) {
    switch (key) {
      case "children_left" -> left = values.ints();
      case "children_right" -> right = values.ints();
      case "feature" -> feature = values.ints();
      case "missing_go_to_left" -> missingLeft = values.ints();
      case "threshold" -> threshold = values.doubles();
      case "value" -> value = values.doubles();
      case "cover" -> cover = values.doubles();
      case "output" -> output = values.whole();
      default -> throw values.invalid("no such key in a tree of simple-tree-json/1");
    }
  }

  int output() {
    return output;
  }

  boolean hasCover() {
    return cover.length > 0;
  }

  TreeNodes nodes(double scale) {
    TreeNodes nodes = new TreeNodes(left.length);
    for (int node = 0; node < left.length; node++) {
      nodes.left[node] = left[node];
      nodes.right[node] = right[node];
      nodes.feature[node] = feature[node];
      nodes.threshold[node] = threshold[node];
      nodes.value[node] = scale * value[node];
      nodes.cover[node] = hasCover() ? cover[node] : 0;
      nodes.missing[node] = missingLeft[node] != 0 ? MissingRule.NAN_LEFT : MissingRule.NAN_RIGHT;
    }
    return nodes;
  }
}

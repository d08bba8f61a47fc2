package org.primum.model.catboost;

import java.util.ArrayList;
import java.util.List;
import org.primum.model.ModelInvalidException;
import org.primum.model.value.JsonValues;

/// A symmetric tree: every level asks one question, the first of them the lowest bit of a leaf's
/// number.
final class CatboostTree {

  /// CatBoost's own limit is 16; there are `2^depth` leaves.
  private static final int MAX_DEPTH = 20;

  private final List<CatboostSplit> splits = new ArrayList<>();
  private final CatboostNodes made = new CatboostNodes();
  private double[] leaves = {};
  private double[] weights = {};

  private CatboostTree() {}

  static CatboostNodes read(JsonValues values) {
    CatboostTree tree = new CatboostTree();
    values.object(key -> tree.member(key, values));
    tree.requireShape();
    tree.grow(tree.splits.size(), 0);
    return tree.made;
  }

  private void member(String key, JsonValues values) {
    switch (key) {
      case "splits" -> {
        if (values.isNull()) {
          values.skip();
        } else {
          values.array(() -> splits.add(CatboostSplit.read(values)));
        }
      }
      case "leaf_values" -> leaves = values.doubles();
      case "leaf_weights" -> weights = values.doubles();
      default -> values.skip();
    }
  }

  private void requireShape() {
    int depth = splits.size();
    boolean fits =
        depth <= MAX_DEPTH
            && leaves.length >> depth > 0
            && (leaves.length >> depth) << depth == leaves.length
            && (weights.length == 0 || weights.length == 1 << depth);
    if (!fits) {
      throw new ModelInvalidException(
          "a tree of "
              + depth
              + " splits has "
              + leaves.length
              + " leaf values and "
              + weights.length
              + " leaf weights");
    }
  }

  /// @param level how many questions are left
  private void grow(int level, int leaf) {
    int node = made.add();
    if (level == 0) {
      int outputs = leaves.length >> splits.size();
      double weight = weights.length == 0 ? Double.NaN : weights[leaf];
      made.leaf(node, leaves, leaf * outputs, outputs, weight);
      return;
    }
    grow(level - 1, leaf);
    made.split(node, splits.get(level - 1), made.count());
    grow(level - 1, leaf | (1 << (level - 1)));
  }
}

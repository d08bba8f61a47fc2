package org.primum.model.xgboost;

import org.primum.model.MissingRule;
import org.primum.model.ModelInvalidException;
import org.primum.model.TreeNodes;
import org.primum.model.value.ValueReader;

/// The arrays of one tree as the file has them.
final class XgboostTree {

  /// XGBoost's own bound: larger codes are no categories (`OutOfRangeCat`).
  private static final int MAX_CODE = 1 << 24;

  /// All category sets of a model together: 128 MB of bits. A hostile file asks for more by few
  /// large codes.
  static final class CategoryBudget {
    private long words = 1L << 24;

    private void spend(int count) {
      words -= count;
      if (words < 0) {
        throw new ModelInvalidException("its category sets are larger than 128 MB");
      }
    }
  }

  private int[] left = {};
  private int[] right = {};
  private int[] feature = {};
  private int[] defaultLeft = {};
  private int[] splitType = {};
  private float[] condition = {};
  private float[] cover = {};
  private int[] categories = {};
  private int[] categoryNodes = {};
  private int[] categorySegments = {};
  private int[] categorySizes = {};

  private XgboostTree() {}

  static XgboostTree read(ValueReader values) {
    XgboostTree tree = new XgboostTree();
    values.object(key -> tree.readMember(values, key));
    int count = tree.left.length;
    if (count == 0
        || tree.right.length != count
        || tree.feature.length != count
        || tree.defaultLeft.length != count
        || tree.condition.length != count
        || tree.cover.length != count
        || (tree.splitType.length != 0 && tree.splitType.length != count)
        || tree.categorySegments.length != tree.categoryNodes.length
        || tree.categorySizes.length != tree.categoryNodes.length) {
      throw values.invalid(
          "left_children, right_children, split_indices, split_conditions, default_left and"
              + " sum_hessian must be there, one entry a node");
    }
    return tree;
  }

  private void readMember(ValueReader values, String key) {
    switch (key) {
      case "left_children" -> left = values.ints();
      case "right_children" -> right = values.ints();
      case "split_indices" -> feature = values.ints();
      case "default_left" -> defaultLeft = values.ints();
      case "split_type" -> splitType = values.ints();
      case "split_conditions" -> condition = values.floats();
      case "sum_hessian" -> cover = values.floats();
      case "categories" -> categories = values.ints();
      case "categories_nodes" -> categoryNodes = values.ints();
      case "categories_segments" -> categorySegments = values.ints();
      case "categories_sizes" -> categorySizes = values.ints();
      case "tree_param" -> readParameters(values);
      default -> values.skip();
    }
  }

  private static void readParameters(ValueReader values) {
    values.object(key -> {
      switch (key) {
        case "size_leaf_vector" -> {
          int size = values.whole();
          if (size > 1) {
            throw values.invalid("leaves that hold a vector are not read, got " + size);
          }
        }
        default -> values.skip();
      }
    });
  }

  /// @param weight what a dart ensemble multiplies the leaves by; in float32, as XGBoost does
  TreeNodes nodes(float weight, CategoryBudget budget) {
    TreeNodes nodes = new TreeNodes(left.length);
    for (int node = 0; node < left.length; node++) {
      nodes.left[node] = left[node];
      nodes.right[node] = right[node];
      nodes.feature[node] = feature[node];
      nodes.threshold[node] = condition[node];
      nodes.value[node] = (double) condition[node] * weight;
      nodes.cover[node] = cover[node];
      nodes.missing[node] = defaultLeft[node] != 0 ? MissingRule.NAN_LEFT : MissingRule.NAN_RIGHT;
      nodes.categorical[node] = splitType.length > 0 && splitType[node] == 1;
    }
    for (int i = 0; i < categoryNodes.length; i++) {
      int node = categoryNodes[i];
      if (node < 0 || node >= left.length) {
        throw new ModelInvalidException("categories_nodes names node " + node);
      }
      nodes.categories[node] = set(categorySegments[i], categorySizes[i], budget);
    }
    return nodes;
  }

  private long[] set(int begin, int size, CategoryBudget budget) {
    if (begin < 0 || size < 0 || begin > categories.length - size) {
      throw new ModelInvalidException(
          "a category segment of " + size + " from " + begin + " lies outside the file's list");
    }
    int largest = -1;
    for (int i = begin; i < begin + size; i++) {
      if (categories[i] < 0 || categories[i] >= MAX_CODE) {
        throw new ModelInvalidException("a category has the code " + categories[i]);
      }
      largest = Math.max(largest, categories[i]);
    }
    int words = (largest >> 6) + 1;
    budget.spend(words);
    long[] bits = new long[words];
    for (int i = begin; i < begin + size; i++) {
      bits[categories[i] >> 6] |= 1L << (categories[i] & 63);
    }
    return bits;
  }
}

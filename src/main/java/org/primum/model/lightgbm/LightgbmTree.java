package org.primum.model.lightgbm;

import java.util.Map;
import org.primum.model.MissingRule;
import org.primum.model.ModelInvalidException;
import org.primum.model.TreeNodes;

/// One tree of a LightGBM text file. Splits are numbered from 0, leaves beside them: a child of `-1
/// - l` is leaf `l`.
final class LightgbmTree {

  /// All category sets of a model together: 128 MB of bits.
  static final class CategoryBudget {
    private long words = 1L << 24;

    private void spend(long count) {
      words -= count;
      if (words < 0) {
        throw new ModelInvalidException("its category sets are larger than 128 MB");
      }
    }
  }

  private static final double[] NONE = {};

  private final Map<String, String> entries;
  private final CategoryBudget budget;
  private final int leaves;
  private final int splits;

  LightgbmTree(Map<String, String> entries, CategoryBudget budget) {
    this.entries = entries;
    this.budget = budget;
    this.leaves = whole(LightgbmReader.require(entries, "num_leaves"));
    this.splits = leaves - 1;
    if (leaves < 1) {
      throw new ModelInvalidException("num_leaves is " + leaves);
    }
    if (!entries.getOrDefault("is_linear", "0").equals("0")) {
      throw new ModelInvalidException("linear trees are not read");
    }
  }

  /// @param factor of all leaves
  TreeNodes nodes(double factor) {
    double[] value = numbers("leaf_value", leaves);
    TreeNodes nodes = new TreeNodes(splits + leaves);
    double[] leafCount = splits == 0 ? new double[] {1} : numbers("leaf_count", leaves);
    for (int leaf = 0; leaf < leaves; leaf++) {
      nodes.value[splits + leaf] = factor * value[leaf];
      nodes.cover[splits + leaf] = leafCount[leaf];
    }
    if (splits > 0) {
      addSplits(nodes);
    }
    return nodes;
  }

  private void addSplits(TreeNodes nodes) {
    double[] left = numbers("left_child", splits);
    double[] right = numbers("right_child", splits);
    double[] feature = numbers("split_feature", splits);
    double[] threshold = numbers("threshold", splits);
    double[] count = numbers("internal_count", splits);
    double[] decision = numbers("decision_type", splits);
    boolean hasCategories = whole(entries.getOrDefault("num_cat", "0")) > 0;
    double[] boundaries = hasCategories ? numbers("cat_boundaries", -1) : NONE;
    double[] words = hasCategories ? numbers("cat_threshold", -1) : NONE;
    for (int split = 0; split < splits; split++) {
      int type = whole(decision[split]);
      nodes.left[split] = child(left[split]);
      nodes.right[split] = child(right[split]);
      nodes.feature[split] = whole(feature[split]);
      nodes.threshold[split] = threshold[split];
      nodes.cover[split] = count[split];
      nodes.missing[split] = missing(type);
      nodes.categorical[split] = (type & 1) != 0;
      if (nodes.categorical[split]) {
        nodes.categories[split] = set(whole(threshold[split]), boundaries, words);
      }
    }
  }

  private int child(double value) {
    int child = whole(value);
    return child >= 0 ? child : splits + (-1 - child);
  }

  /// Bit 1 is the default direction, bits 2 and 3 the kind of missing values: none, zero, NaN.
  private static MissingRule missing(int type) {
    boolean left = (type & 2) != 0;
    return switch ((type >> 2) & 3) {
      case 0 -> MissingRule.NAN_IS_ZERO;
      case 1 -> left ? MissingRule.ZERO_LEFT : MissingRule.ZERO_RIGHT;
      case 2 -> left ? MissingRule.NAN_LEFT : MissingRule.NAN_RIGHT;
      default -> throw new ModelInvalidException("a decision type of " + type);
    };
  }

  /// Two words of 32 bits to one of 64.
  private long[] set(int index, double[] boundaries, double[] words) {
    if (index < 0 || index + 1 >= boundaries.length) {
      throw new ModelInvalidException("there is no category set " + index);
    }
    int begin = whole(boundaries[index]);
    int end = whole(boundaries[index + 1]);
    if (begin < 0 || end < begin || end > words.length) {
      throw new ModelInvalidException("category set " + index + " lies outside cat_threshold");
    }
    budget.spend((end - begin + 1) / 2);
    long[] set = new long[(end - begin + 1) / 2];
    for (int i = begin; i < end; i++) {
      if (!(words[i] >= 0 && words[i] < 0x1p32)) {
        throw new ModelInvalidException("cat_threshold holds no 32-bit words");
      }
      set[(i - begin) / 2] |= (long) words[i] << ((i - begin) % 2 * 32);
    }
    return set;
  }

  /// @param count how many there must be; -1 for any
  private double[] numbers(String key, int count) {
    String[] words = LightgbmReader.require(entries, key).strip().split(" ", -1);
    if (count >= 0 && words.length != count) {
      throw new ModelInvalidException(
          key + " holds " + words.length + " numbers, expected " + count);
    }
    double[] numbers = new double[words.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(words[i]);
    }
    return numbers;
  }

  static double number(String word) {
    try {
      return switch (word) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(word);
      };
    } catch (NumberFormatException e) {
      throw new ModelInvalidException("expected a number, got text", e);
    }
  }

  static int whole(String word) {
    return whole(number(word.strip()));
  }

  private static int whole(double value) {
    if (value != (int) value) {
      throw new ModelInvalidException("expected a whole number, got " + value);
    }
    return (int) value;
  }
}

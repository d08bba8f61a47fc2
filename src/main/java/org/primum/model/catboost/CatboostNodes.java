package org.primum.model.catboost;

import java.util.Arrays;
import org.primum.model.ModelInvalidException;
import org.primum.model.TreeNodes;

/// The nodes of one tree in preorder: splits, and leaves of one number an output.
final class CatboostNodes {

  private static final int LEAF = -1;

  private int[] number = new int[16];
  private int[] right = new int[16];
  private double[] border = new double[16];
  private double[] weight = new double[16];
  private double[] values = new double[16];
  private int count;
  private int numbers;
  private int outputs;

  int count() {
    return count;
  }

  /// How many numbers a leaf has.
  int outputs() {
    return outputs;
  }

  /// A node that is to become a split or a leaf.
  int add() {
    if (count == number.length) {
      number = Arrays.copyOf(number, 2 * count);
      right = Arrays.copyOf(right, 2 * count);
      border = Arrays.copyOf(border, 2 * count);
      weight = Arrays.copyOf(weight, 2 * count);
    }
    right[count] = LEAF;
    return count++;
  }

  /// Its left child follows it.
  void split(int node, CatboostSplit split, int rightChild) {
    number[node] = split.number();
    border[node] = split.border();
    right[node] = rightChild;
  }

  /// @param from so many numbers stand there
  /// @param cover NaN where it is not known
  void leaf(int node, double[] all, int from, int each, double cover) {
    if (each == 0 || (outputs > 0 && outputs != each)) {
      throw new ModelInvalidException(
          "a leaf of " + each + " numbers in a tree of " + outputs + " outputs");
    }
    outputs = each;
    while (numbers + each > values.length) {
      values = Arrays.copyOf(values, 2 * values.length);
    }
    System.arraycopy(all, from, values, numbers, each);
    number[node] = numbers;
    weight[node] = cover;
    numbers += each;
  }

  /// Whether the training rows of the leaves are known.
  boolean hasCover() {
    for (int node = 0; node < count; node++) {
      if (right[node] == LEAF && Double.isNaN(weight[node])) {
        return false;
      }
    }
    return true;
  }

  /// The tree of one output.
  TreeNodes nodes(int output, double scale, CatboostFeatures features) {
    TreeNodes made = new TreeNodes(count);
    boolean hasCover = hasCover();
    for (int node = count - 1; node >= 0; node--) {
      if (right[node] == LEAF) {
        made.value[node] = scale * values[number[node] + output];
        made.cover[node] = hasCover ? weight[node] : 0;
      } else {
        made.left[node] = node + 1;
        made.right[node] = right[node];
        made.feature[node] = features.column(number[node]);
        made.missing[node] = features.missing(number[node]);
        made.threshold[node] = (float) border[node];
        made.cover[node] = made.cover[node + 1] + made.cover[right[node]];
      }
    }
    return made;
  }
}

package org.primum.model.compact;

import java.util.List;
import org.primum.model.CoverKind;
import org.primum.model.DecisionRule;
import org.primum.model.MissingRule;
import org.primum.model.Tree;
import org.primum.model.TreeNodes;

/// One tree as bytes: its output, its nodes in preorder (0 for a leaf, else the feature and one),
/// how each split takes missing values, then thresholds, leaf values, covers and category sets.
final class CompactTree {

  /// A tree of one leaf.
  static final int FEWEST_BYTES = 8;

  /// A node in a long tree without cover.
  private static final int NODE_BYTES = 5;

  private static final int CATEGORICAL = 8;
  private static final int MOST_OUTPUTS = 1 << 20;

  private CompactTree() {}

  static void write(Tree tree, CoverKind cover, CompactWriter out) {
    out.whole(tree.output());
    out.whole(tree.size());
    for (int node = 0; node < tree.size(); node++) {
      out.whole(tree.isLeaf(node) ? 0 : tree.feature(node) + 1L);
    }
    Numbers numbers = new Numbers(tree.size());
    for (int node = 0; node < tree.size(); node++) {
      if (tree.isLeaf(node)) {
        numbers.add(tree.value(node));
      } else {
        boolean isCategorical = tree.isCategorical(node);
        out.whole(Codes.of(Codes.MISSING, tree.missing(node)) + (isCategorical ? CATEGORICAL : 0));
        numbers.add(isCategorical ? 0 : tree.threshold(node));
      }
    }
    out.numbers(numbers.all);
    if (cover != CoverKind.NONE) {
      Numbers covers = new Numbers(tree.size());
      for (int node = 0; node < tree.size(); node++) {
        covers.add(tree.cover(node));
      }
      out.numbers(covers.all);
    }
    categories(tree, out);
  }

  private static void categories(Tree tree, CompactWriter out) {
    for (int node = 0; node < tree.size(); node++) {
      if (!tree.isLeaf(node) && tree.isCategorical(node)) {
        long[] set = tree.categories(node);
        out.whole(set.length);
        for (long word : set) {
          out.fixed(word);
        }
      }
    }
  }

  private static final class Numbers {
    private final double[] all;
    private int next;

    Numbers(int count) {
      this.all = new double[count];
    }

    void add(double number) {
      all[next++] = number;
    }
  }

  static Tree read(DecisionRule rule, CoverKind cover, int features, CompactReader in) {
    int output = in.whole(MOST_OUTPUTS);
    TreeNodes nodes = new TreeNodes(in.count(NODE_BYTES));
    for (int node = 0; node < nodes.count(); node++) {
      nodes.feature[node] = in.whole(features) - 1;
    }
    link(nodes);
    rules(nodes, in);
    double[] numbers = in.numbers(nodes.count());
    double[] covers = cover == CoverKind.NONE ? new double[0] : in.numbers(nodes.count());
    System.arraycopy(covers, 0, nodes.cover, 0, covers.length);
    for (int node = 0; node < nodes.count(); node++) {
      (nodes.left[node] < 0 ? nodes.value : nodes.threshold)[node] = numbers[node];
    }
    categories(nodes, in);
    return new Tree(rule, output, nodes, features);
  }

  /// What follows a split is its left child; what follows a leaf is the right child of the last
  /// split that waits for one.
  private static void link(TreeNodes nodes) {
    int[] waiting = new int[nodes.count()];
    int count = 0;
    for (int node = 0; node < nodes.count(); node++) {
      if (node > 0 && nodes.feature[node - 1] >= 0) {
        nodes.left[node - 1] = node;
      } else if (node > 0) {
        if (count == 0) {
          throw CompactReader.broken();
        }
        nodes.right[waiting[--count]] = node;
      }
      if (nodes.feature[node] >= 0) {
        waiting[count++] = node;
      }
    }
    if (count > 0) {
      throw CompactReader.broken();
    }
  }

  private static void rules(TreeNodes nodes, CompactReader in) {
    List<MissingRule> rules = Codes.MISSING;
    for (int node = 0; node < nodes.count(); node++) {
      if (nodes.left[node] >= 0) {
        int rule = in.oneOf(CATEGORICAL + rules.size());
        if (rule % CATEGORICAL >= rules.size()) {
          throw CompactReader.broken();
        }
        nodes.categorical[node] = rule >= CATEGORICAL;
        nodes.missing[node] = rules.get(rule % CATEGORICAL);
      }
    }
  }

  private static void categories(TreeNodes nodes, CompactReader in) {
    for (int node = 0; node < nodes.count(); node++) {
      if (nodes.left[node] >= 0 && nodes.categorical[node]) {
        long[] set = new long[in.count(Long.BYTES)];
        for (int word = 0; word < set.length; word++) {
          set[word] = in.fixed();
        }
        nodes.categories[node] = set;
      }
    }
  }
}

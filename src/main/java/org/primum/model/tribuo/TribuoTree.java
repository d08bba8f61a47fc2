package org.primum.model.tribuo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.primum.model.DecisionRule;
import org.primum.model.MissingRule;
import org.primum.model.ModelInvalidException;
import org.primum.model.Tree;
import org.primum.model.TreeNodes;
import org.primum.model.wire.Wire;

/// One tree: a value above the threshold goes to the right, and an absent one is 0.
///
/// @param domain the features and labels by which the nodes' numbers go
/// @param nodes in the order of their numbers
record TribuoTree(TribuoDomain domain, List<TribuoPart> nodes) {

  private static final String SPLIT = "org.tribuo.common.tree.SplitNode";
  private static final String LEAF = "org.tribuo.common.tree.LeafNode";

  /// Tribuo 4.3 writes the class of a leaf for splits too; their messages tell them apart.
  private static final String LEAF_TYPE = "type.googleapis.com/tribuo.common.tree.LeafNodeProto";

  private static final String SPLIT_TYPE = "type.googleapis.com/tribuo.common.tree.SplitNodeProto";

  /// What a leaf adds to one output.
  interface LeafValue {
    double of(TribuoLeaf leaf);
  }

  /// @param model the content of a `TreeModel`
  static TribuoTree labels(Wire model) {
    Wire metadata = new Wire(new byte[0]);
    List<TribuoPart> nodes = new ArrayList<>();
    while (model.next()) {
      switch (model.field()) {
        case 1 -> metadata = model.message();
        case 2 -> nodes.add(TribuoPart.of(model.message()));
        default -> model.skip();
      }
    }
    return new TribuoTree(TribuoDomain.read(metadata), nodes);
  }

  /// @param model the content of an `IndependentRegressionTreeModel`: for each dimension its nodes
  static TribuoTree number(Wire model) {
    Wire metadata = new Wire(new byte[0]);
    List<TribuoPart> nodes = new ArrayList<>();
    int dimensions = 0;
    while (model.next()) {
      switch (model.field()) {
        case 1 -> metadata = model.message();
        case 2 -> {
          dimensions++;
          readDimension(model.message(), nodes);
        }
        default -> model.skip();
      }
    }
    if (dimensions != 1) {
      throw new ModelInvalidException(
          "regressions of one number are read, this one has " + dimensions);
    }
    return new TribuoTree(TribuoDomain.read(metadata), nodes);
  }

  private static void readDimension(Wire entry, List<TribuoPart> nodes) {
    while (entry.next()) {
      if (entry.field() != 2) {
        entry.skip();
        continue;
      }
      Wire list = entry.message();
      while (list.next()) {
        if (list.field() == 3) {
          nodes.add(TribuoPart.of(list.message()));
        } else {
          list.skip();
        }
      }
    }
  }

  /// The tree of one output.
  ///
  /// @param columns the ensemble's own number of each feature
  Tree tree(int output, Map<String, Integer> columns, LeafValue value) {
    TreeNodes made = new TreeNodes(nodes.size());
    for (int node = 0; node < nodes.size(); node++) {
      TribuoPart part = nodes.get(node);
      made.missing[node] = MissingRule.NAN_IS_ZERO;
      Wire content = part.of(LEAF, SPLIT);
      switch (part.type()) {
        case LEAF_TYPE -> made.value[node] = value.of(TribuoLeaf.read(content));
        case SPLIT_TYPE -> split(content, node, columns, made);
        default -> throw part.unknown("is neither a leaf nor a split here");
      }
    }
    return new Tree(DecisionRule.FLOAT64_AT_MOST, output, made, columns.size());
  }

  private void split(Wire split, int node, Map<String, Integer> columns, TreeNodes made) {
    long left = 0;
    long right = 0;
    long feature = 0;
    while (split.next()) {
      switch (split.field()) {
        case 3 -> right = split.whole();
        case 4 -> left = split.whole();
        case 5 -> feature = split.whole();
        case 6 -> {
          Wire.Numbers threshold = new Wire.Numbers();
          split.doubles(threshold);
          for (double one : threshold.all()) {
            made.threshold[node] = one;
          }
        }
        default -> split.skip();
      }
    }
    if (feature < 0 || feature >= domain.features().size()) {
      throw new ModelInvalidException(
          "node " + node + " reads feature " + feature + " of " + domain.features().size());
    }
    Integer column = columns.get(domain.features().get((int) feature));
    if (column == null) {
      throw new ModelInvalidException("a tree reads a feature that the ensemble does not know");
    }
    made.feature[node] = column;
    made.left[node] = child(left, node);
    made.right[node] = child(right, node);
  }

  private int child(long child, int node) {
    if (child <= 0 || child >= nodes.size()) {
      throw new ModelInvalidException("node " + node + " has child " + child);
    }
    return (int) child;
  }
}

package org.primum.model.tribuo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.model.CoverKind;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;
import org.primum.model.TreeNodes;
import org.primum.model.simple.FeatureNames;
import org.primum.model.wire.Wire;
import org.primum.model.xgboost.XgboostReader;

/// XGBoost within Tribuo: a booster in the binary form of XGBoost4J 1.6, which Tribuo 4.3 brings,
/// or in that of a later one in its place. An absent value is missing, as XGBoost has it.
///
/// Tribuo trains one margin a label under a softmax. Of two labels the margin here is the log-odds
/// of the second by name, their difference; of more those of all, in the order of their names.
final class TribuoXgboost {

  static final String MODEL = "org.tribuo.common.xgboost.XGBoostModel";

  private TribuoXgboost() {}

  static TreeEnsemble read(Wire model, Optional<List<String>> features) {
    Wire metadata = new Wire(new byte[0]);
    List<byte[]> boosters = new ArrayList<>();
    while (model.next()) {
      switch (model.field()) {
        case 1 -> metadata = model.message();
        case 3 -> boosters.add(model.octets());
        default -> model.skip();
      }
    }
    if (boosters.size() != 1) {
      throw new ModelInvalidException(
          "one booster is read, of labels or of one number; this file has " + boosters.size());
    }
    TribuoDomain domain = TribuoDomain.read(metadata);
    FeatureNames.features(domain.features().size(), domain.features(), features);
    TreeEnsemble booster =
        XgboostReader.readBuffer(
            boosters.getFirst(), "its XGBoost model", Optional.of(domain.features()));
    return domain.labels().isEmpty() ? booster : ofLabels(booster, domain);
  }

  private static TreeEnsemble ofLabels(TreeEnsemble booster, TribuoDomain domain) {
    List<Integer> numbers = List.copyOf(domain.labels().values());
    if (booster.link() != Link.SOFTMAX || booster.outputs() != numbers.size()) {
      throw new ModelInvalidException(
          "its XGBoost model has "
              + booster.outputs()
              + " margin(s) under "
              + booster.link()
              + " for "
              + numbers.size()
              + " labels; a softmax of all labels is read");
    }
    boolean isBinary = numbers.size() == 2;
    int outputs = isBinary ? 1 : numbers.size();
    double[] bases = new double[outputs];
    for (int output = 0; output < numbers.size(); output++) {
      double base = booster.baseMargin(numbers.get(output));
      bases[isBinary ? 0 : output] += isBinary && output == 0 ? -base : base;
    }
    int[] places = new int[numbers.size()];
    for (int place = 0; place < places.length; place++) {
      places[numbers.get(place)] = place;
    }
    List<Tree> trees = new ArrayList<>();
    for (Tree tree : booster.trees()) {
      int place = places[tree.output()];
      trees.add(moved(booster, tree, isBinary ? 0 : place, isBinary && place == 0 ? -1 : 1));
    }
    return TreeEnsemble.ofMargins(
        booster.features(),
        trees,
        booster.rule(),
        isBinary ? Link.LOGISTIC : Link.SOFTMAX,
        bases,
        CoverKind.HESSIAN);
  }

  /// The same tree for another output, its leaves times a sign.
  private static Tree moved(TreeEnsemble booster, Tree tree, int output, int sign) {
    TreeNodes nodes = new TreeNodes(tree.size());
    for (int node = 0; node < tree.size(); node++) {
      nodes.cover[node] = tree.cover(node);
      nodes.missing[node] = tree.missing(node);
      if (tree.isLeaf(node)) {
        nodes.value[node] = sign * tree.value(node);
      } else {
        nodes.left[node] = tree.left(node);
        nodes.right[node] = tree.right(node);
        nodes.feature[node] = tree.feature(node);
        nodes.threshold[node] = tree.threshold(node);
        nodes.categorical[node] = tree.isCategorical(node);
        nodes.categories[node] = tree.categories(node);
      }
    }
    return new Tree(booster.rule(), output, nodes, booster.features().size());
  }
}

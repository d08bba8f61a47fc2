package org.primum.model.simple;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.model.CoverKind;
import org.primum.model.DecisionRule;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;
import org.primum.model.value.JsonValues;

/// `simple-tree-json/1`: a margin is `base + scale * the leaves of its trees`.
final class TreeForm implements SimpleFile.Form {

  private static final String MISSING = "NaN -> left iff missing_go_to_left";

  private final JsonValues values;
  private final List<SimpleTree> trees = new ArrayList<>();
  private List<String> names = List.of();
  private DecisionRule rule = DecisionRule.FLOAT32_AT_MOST;
  private Link link = Link.PROBABILITY;
  private double[] base = {0};
  private double scale = 1;
  private int features = -1;
  private boolean hasRule;

  TreeForm(JsonValues values) {
    this.values = values;
  }

  @Override
  public void member(String key) {
    switch (key) {
      case "rule" -> {
        rule = rule(values.text());
        hasRule = true;
      }
      case "link" -> link = link(values.text());
      case "scale" -> scale = values.number();
      case "base" -> base = values.isArray() ? values.doubles() : new double[] {values.number()};
      case "n_features" -> features = values.whole();
      case "feature_names" -> names = FeatureNames.read(values);
      case "trees" -> values.array(() -> trees.add(SimpleTree.read(values)));
      case "tool", "output" -> values.skip();
      default -> throw values.invalid("no such key in simple-tree-json/1");
    }
  }

  private DecisionRule rule(String text) {
    return switch (text) {
      case "float32(x) <= threshold -> left; " + MISSING -> DecisionRule.FLOAT32_AT_MOST;
      case "x <= threshold -> left; " + MISSING -> DecisionRule.FLOAT64_AT_MOST;
      default ->
          throw values.invalid(
              "must be '[float32(x) or x] <= threshold -> left; " + MISSING + "', word for word");
    };
  }

  private Link link(String text) {
    return switch (text) {
      case "probability" -> Link.PROBABILITY;
      case "logit" -> Link.LOGISTIC;
      case "identity" -> Link.IDENTITY;
      case "log" -> Link.LOG;
      case "softmax" -> Link.SOFTMAX;
      default -> throw values.invalid("must be probability, logit, identity, log or softmax");
    };
  }

  @Override
  public Scorer model(Optional<List<String>> given) {
    if (!hasRule || features < 0 || features > SimpleReader.MAX_FEATURES) {
      throw new ModelInvalidException(
          "rule and n_features (at most " + SimpleReader.MAX_FEATURES + ") must be there");
    }
    if (base.length == 0 || (link == Link.SOFTMAX && base.length < 2)) {
      throw new ModelInvalidException(
          "base must hold one number, or one a class where there are several");
    }
    return TreeEnsemble.ofMargins(
        FeatureNames.features(features, names, given), checkedTrees(), rule, link, base, cover());
  }

  private List<Tree> checkedTrees() {
    List<Tree> checked = new ArrayList<>(trees.size());
    for (int i = 0; i < trees.size(); i++) {
      SimpleTree tree = trees.get(i);
      try {
        checked.add(new Tree(rule, tree.output(), tree.nodes(scale), features));
      } catch (ModelInvalidException e) {
        throw new ModelInvalidException("tree " + i + ": " + e.getMessage(), e);
      }
    }
    return checked;
  }

  private CoverKind cover() {
    return trees.stream().allMatch(SimpleTree::hasCover) ? CoverKind.COUNT : CoverKind.NONE;
  }
}

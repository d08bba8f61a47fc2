package org.primum.model.tribuo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.primum.model.CoverKind;
import org.primum.model.DecisionRule;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;
import org.primum.model.simple.FeatureNames;
import org.primum.model.wire.Wire;

/// Trees whose answers are averaged by weights: an ensemble, or one tree alone.
///
/// Of two labels the margin is the probability of the second by name (`no`, `yes`), of more that of
/// each in the order of their names; of a regression it is the number.
final class TribuoEnsemble {

  static final String ENSEMBLE = "org.tribuo.ensemble.WeightedEnsembleModel";
  private static final String TREE = "org.tribuo.common.tree.TreeModel";
  private static final String REGRESSION =
      "org.tribuo.regression.rtree.IndependentRegressionTreeModel";
  private static final String PACKAGE = "org.tribuo.classification.ensemble.";

  /// How answers become one.
  private enum Combiner {
    /// The mean of the leaves' scores.
    SCORES,
    /// The part of the trees that say the label.
    VOTES
  }

  private final List<TribuoTree> trees = new ArrayList<>();
  private final Wire.Numbers given = new Wire.Numbers();
  private Combiner combiner = Combiner.SCORES;
  private TribuoDomain domain;

  private TribuoEnsemble(TribuoDomain domain) {
    this.domain = domain;
  }

  static boolean isTree(TribuoPart model) {
    return model.name().equals(TREE) || model.name().equals(REGRESSION);
  }

  static TreeEnsemble ofOne(TribuoPart model, Optional<List<String>> features) {
    TribuoTree tree = tree(model);
    TribuoEnsemble ensemble = new TribuoEnsemble(tree.domain());
    ensemble.trees.add(tree);
    return ensemble.ensemble(features);
  }

  private static TribuoTree tree(TribuoPart model) {
    return model.name().equals(REGRESSION)
        ? TribuoTree.number(model.of(REGRESSION))
        : TribuoTree.labels(model.of(TREE));
  }

  static TreeEnsemble ofMany(Wire model, Optional<List<String>> features) {
    TribuoEnsemble ensemble =
        new TribuoEnsemble(new TribuoDomain(List.of(), List.of(), new java.util.TreeMap<>(), 0));
    ensemble.read(model);
    return ensemble.ensemble(features);
  }

  private void read(Wire model) {
    while (model.next()) {
      switch (model.field()) {
        case 1 -> domain = TribuoDomain.read(model.message());
        case 2 -> trees.add(tree(TribuoPart.of(model.message())));
        case 3 -> model.floats(given);
        case 4 -> combiner = combiner(TribuoPart.of(model.message()));
        default -> model.skip();
      }
    }
  }

  private static Combiner combiner(TribuoPart part) {
    return switch (part.name()) {
      case PACKAGE + "VotingCombiner" -> Combiner.VOTES;
      case PACKAGE + "FullyWeightedVotingCombiner",
          "org.tribuo.regression.ensemble.AveragingCombiner" ->
          Combiner.SCORES;
      default -> throw part.unknown("does not combine trees in a way that is read");
    };
  }

  private TreeEnsemble ensemble(Optional<List<String>> features) {
    Map<String, Integer> columns = new HashMap<>();
    domain.features().forEach(name -> columns.put(name, columns.size()));
    List<String> answers = answers();
    double[] weights = weights();
    List<Tree> made = new ArrayList<>();
    for (int i = 0; i < trees.size(); i++) {
      for (int output = 0; output < answers.size(); output++) {
        made.add(tree(trees.get(i), output, answers.get(output), weights[i], columns));
      }
    }
    return TreeEnsemble.ofMargins(
        FeatureNames.features(columns.size(), domain.features(), features),
        made,
        DecisionRule.FLOAT64_AT_MOST,
        domain.labels().isEmpty() ? Link.IDENTITY : Link.PROBABILITY,
        new double[answers.size()],
        CoverKind.NONE);
  }

  private Tree tree(
      TribuoTree tree, int output, String answer, double weight, Map<String, Integer> columns) {
    return switch (combiner) {
      case SCORES -> tree.tree(output, columns, leaf -> weight * leaf.score(answer));
      case VOTES -> tree.tree(output, columns, leaf -> leaf.label().equals(answer) ? weight : 0);
    };
  }

  /// What the outputs are the scores of; the empty name is a regression's number.
  private List<String> answers() {
    List<String> labels = List.copyOf(domain.labels().keySet());
    return switch (labels.size()) {
      case 0 -> List.of("");
      case 1 ->
          throw new ModelInvalidException("the model knows one label, and tells nothing apart");
      case 2 -> labels.subList(1, 2);
      default -> labels;
    };
  }

  /// They add up to 1.
  private double[] weights() {
    double[] weights = given.all();
    if (weights.length == 0) {
      weights = new double[trees.size()];
      java.util.Arrays.fill(weights, 1);
    }
    double sum = java.util.Arrays.stream(weights).sum();
    if (weights.length != trees.size() || trees.isEmpty() || !(sum > 0)) {
      throw new ModelInvalidException(
          trees.size() + " trees have " + weights.length + " weights, adding up to " + sum);
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}

package org.primum.model.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.primum.model.CoverKind;
import org.primum.model.DecisionRule;
import org.primum.model.Feature;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.TreeEnsemble;

/// What a tree ensemble operator says, made into an ensemble.
final class OnnxEnsemble {

  private static final int MAX_OUTPUTS = 10_000;
  private static final List<String> TRANSFORMS =
      List.of("NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT");
  private static final List<String> AGGREGATES = List.of("AVERAGE", "SUM", "MIN", "MAX");

  private final Graph graph;
  private final Node node;
  private final OnnxWeights weights;
  private final NodeLists lists;

  /// Which operator it is; one of the newest kind gives numbers, which may make a classifier.
  private enum Kind {
    CLASSIFIER,
    REGRESSOR,
    JOINED
  }

  private final Kind kind;

  OnnxEnsemble(Graph graph, Node node) {
    this.graph = graph;
    this.node = node;
    this.kind =
        switch (node.operator()) {
          case "TreeEnsembleClassifier" -> Kind.CLASSIFIER;
          case "TreeEnsembleRegressor" -> Kind.REGRESSOR;
          case "TreeEnsemble" -> Kind.JOINED;
          default ->
              throw new ModelInvalidException(
                  "the operator "
                      + Graph.brief(node.operator())
                      + " is not read; TreeEnsemble, TreeEnsembleClassifier and"
                      + " TreeEnsembleRegressor are");
        };
    if (kind == Kind.JOINED) {
      JoinedTrees trees = new JoinedTrees(node);
      this.lists = trees.nodes();
      this.weights = trees.weights();
    } else {
      this.lists = new NodeLists(node);
      this.weights = new OnnxWeights(node, kind == Kind.CLASSIFIER ? "class" : "target");
    }
  }

  TreeEnsemble ensemble(Optional<List<String>> given) {
    List<Graph.Input> inputs = graph.inputsOf(node);
    DecisionRule rule = rule(inputs.getFirst().type() == Graph.DOUBLE);
    OnnxNodes nodes = new OnnxNodes(lists, rule);
    int outputs = outputs();
    Link link = link(outputs);
    OnnxWeights kept = isBinary() && outputs == 1 ? weights.ofPositiveClass() : weights;
    double factor = factor(nodes.trees());
    List<Feature> features = features(inputs, nodes.featuresRead(), given);
    return TreeEnsemble.ofMargins(
        features,
        nodes.trees(kept, outputs, factor, features.size()),
        rule,
        link,
        base(outputs),
        lists.hasCover() ? CoverKind.COUNT : CoverKind.NONE);
  }

  private DecisionRule rule(boolean isDouble) {
    if (lists.asksForMembers()) {
      return isDouble ? DecisionRule.FLOAT64_MEMBERS : DecisionRule.FLOAT32_MEMBERS;
    }
    return isDouble ? DecisionRule.FLOAT64_AT_MOST : DecisionRule.FLOAT32_BELOW;
  }

  private boolean isBinary() {
    return switch (kind) {
      case CLASSIFIER -> classes() == 2;
      case REGRESSOR -> false;
      case JOINED ->
          numberOr("n_targets", 1) == 2
              && transform().equals("NONE")
              && weights.classesNamed() == 2
              && graph.namesTheLargest(node)
              && weights.areShares();
    };
  }

  private int classes() {
    int numbered = node.numbers("classlabels_int64s").length;
    return numbered > 0 ? numbered : node.texts("classlabels_strings").size();
  }

  /// A binary classifier has one margin, that of its second class; under softmax, two.
  private int outputs() {
    boolean isClassifier = kind == Kind.CLASSIFIER;
    double targets = isClassifier ? classes() : numberOr("n_targets", 1);
    if (!(targets >= (isClassifier ? 2 : 1) && targets <= MAX_OUTPUTS)) {
      throw new ModelInvalidException(targets + " classes or targets cannot be read");
    }
    return isBinary() && !transform().startsWith("SOFTMAX") ? 1 : (int) targets;
  }

  private double numberOr(String name, double otherwise) {
    double[] numbers = node.numbers(name);
    return numbers.length == 0 ? otherwise : numbers[0];
  }

  private String transform() {
    return word("post_transform", TRANSFORMS, 0);
  }

  /// The newest operator has numbers for words.
  private String word(String name, List<String> words, int otherwise) {
    if (kind != Kind.JOINED) {
      return node.text(name, words.get(otherwise));
    }
    double number = numberOr(name, otherwise);
    if (!(number >= 0 && number < words.size() && number == (int) number)) {
      throw new ModelInvalidException(name + " holds " + number);
    }
    return words.get((int) number);
  }

  private Link link(int outputs) {
    return switch (transform()) {
      case "NONE" -> areProbabilities() ? Link.PROBABILITY : Link.IDENTITY;
      case "LOGISTIC" -> logistic(outputs);
      case "SOFTMAX" -> softmax(outputs);
      default ->
          throw new ModelInvalidException(
              "post_transform NONE, LOGISTIC and SOFTMAX are read, not '"
                  + Graph.brief(transform())
                  + "'; explain the model as its own library saved it");
    };
  }

  private boolean areProbabilities() {
    return weights.areShares()
        && switch (kind) {
          case CLASSIFIER -> true;
          case REGRESSOR -> false;
          case JOINED -> numberOr("n_targets", 1) > 1 && graph.namesTheLargest(node);
        };
  }

  /// Where all weights of a single class are positive, runtimes take their sum as a probability
  /// whatever the transform says, and the standard does not.
  private Link logistic(int outputs) {
    if (outputs > 1) {
      throw new ModelInvalidException("LOGISTIC on several classes or targets is not read");
    }
    if (isBinary() && weights.classesNamed() == 1 && weights.areShares()) {
      throw new ModelInvalidException(
          "all weights are positive under LOGISTIC, which runtimes read differently from the"
              + " standard; explain the model as its own library saved it");
    }
    return Link.LOGISTIC;
  }

  private Link softmax(int outputs) {
    if (outputs < 2 || weights.classesNamed() < 2) {
      throw new ModelInvalidException("SOFTMAX needs weights of at least two classes");
    }
    return Link.SOFTMAX;
  }

  private double factor(int trees) {
    return switch (word("aggregate_function", AGGREGATES, 1)) {
      case "SUM" -> 1;
      case "AVERAGE" -> 1.0 / trees;
      default ->
          throw new ModelInvalidException(
              "aggregate_function must be SUM or AVERAGE: the least or largest of trees is no sum,"
                  + " which exact values need; explain it as a black box behind an endpoint");
    };
  }

  private double[] base(int outputs) {
    double[] values = node.numbers("base_values");
    double[] stored = values.length > 0 ? values : node.numbers("base_values_as_tensor");
    if (stored.length == 0) {
      return new double[outputs];
    }
    if (isBinary() && outputs == 1 && stored.length == 2) {
      return new double[] {stored[1]};
    }
    if (stored.length != outputs) {
      throw new ModelInvalidException(
          "base_values holds " + stored.length + " numbers for " + outputs + " output(s)");
    }
    return Arrays.copyOf(stored, outputs);
  }

  private static List<Feature> features(
      List<Graph.Input> inputs, int read, Optional<List<String>> given) {
    boolean isNamed = inputs.size() > 1 || inputs.getFirst().width() == 1;
    List<String> stored = isNamed ? inputs.stream().map(Graph.Input::name).toList() : List.of();
    if (isNamed && inputs.stream().anyMatch(i -> i.width() != 1)) {
      throw new ModelInvalidException("of several inputs each must have one column");
    }
    if (given.isPresent() && inputs.size() > 1 && !given.get().equals(stored)) {
      throw new ModelInvalidException(
          "the graph names its features by its inputs, and the given list differs in names or"
              + " order; leave the list out");
    }
    int open = Math.max(read, given.map(List::size).orElse(0));
    int width = isNamed ? inputs.size() : inputs.getFirst().width();
    List<String> names =
        given.orElse(stored.isEmpty() ? numbered(width < 0 ? open : width) : stored);
    if (names.size() != (width < 0 ? open : width)) {
      throw new ModelInvalidException(
          "the model reads " + width + " features, " + names.size() + " are named");
    }
    return names.stream().map(Feature::numeric).toList();
  }

  /// `f0`, `f1`, …: how features without names are called.
  private static List<String> numbered(int count) {
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add("f" + i);
    }
    return names;
  }
}

package org.primum.model.lightgbm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.primum.model.DecisionRule;
import org.primum.model.Feature;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;

/// Reads LightGBM's text format, version 4 and the like of version 3: numeric and categorical
/// splits, all ways of missing values, several classes, averaged output (random forest mode). A
/// sigmoid factor is in the leaves, so that the margin is the log-odds: with a factor other than 1
/// LightGBM's own raw score is the margin divided by it.
///
/// Not read, and refused with a sentence: linear trees, objectives without a known link.
public final class LightgbmReader {

  private static final int MAX_OUTPUTS = 10_000;

  private LightgbmReader() {}

  /// @param name how messages call the file
  /// @param features must be the names in the file, where given
  /// @throws ModelInvalidException where the bytes are no such model
  public static TreeEnsemble read(byte[] bytes, String name, Optional<List<String>> features) {
    try {
      return ensemble(new String(bytes, StandardCharsets.UTF_8), features);
    } catch (ModelInvalidException e) {
      throw new ModelInvalidException(name + ": " + e.getMessage(), e);
    }
  }

  private static TreeEnsemble ensemble(String text, Optional<List<String>> given) {
    int end = text.indexOf("end of trees");
    if (end < 0) {
      throw new ModelInvalidException("no line 'end of trees'; was the file cut off?");
    }
    String[] blocks = text.substring(0, end).split("\nTree=", -1);
    Map<String, String> header = entries(blocks[0]);
    List<String> names = List.of(require(header, "feature_names").split(" "));
    if (given.isPresent() && !given.get().equals(names)) {
      throw new ModelInvalidException(
          "the file names its features, and the given list differs from it in names or order;"
              + " leave the list out");
    }
    int outputs = LightgbmTree.whole(require(header, "num_tree_per_iteration"));
    if (outputs < 1 || outputs > MAX_OUTPUTS) {
      throw new ModelInvalidException("num_tree_per_iteration is " + outputs);
    }
    String[] objective = require(header, "objective").strip().split(" ");
    Link link = link(objective, outputs);
    double factor = link == Link.LOGISTIC ? sigmoid(objective) : 1;
    if (blocks[0].lines().anyMatch("average_output"::equals)) {
      factor /= Math.max(1, (blocks.length - 1) / outputs);
    }
    double[] baseScores = new double[outputs];
    Arrays.fill(baseScores, unmoved(link));
    return new TreeEnsemble(
        names.stream().map(Feature::numeric).toList(),
        trees(blocks, outputs, names.size(), factor),
        DecisionRule.FLOAT64_AT_MOST,
        link,
        baseScores);
  }

  /// The prediction whose margin is 0: LightGBM keeps its start value in the first leaves.
  private static double unmoved(Link link) {
    return switch (link) {
      case LOGISTIC -> 0.5;
      case LOG -> 1;
      case PROBABILITY, IDENTITY, SOFTMAX, ONE_VS_REST -> 0;
    };
  }

  /// @param factor of all leaves
  private static List<Tree> trees(String[] blocks, int outputs, int features, double factor) {
    List<Tree> trees = new ArrayList<>();
    var budget = new LightgbmTree.CategoryBudget();
    for (int i = 1; i < blocks.length; i++) {
      try {
        LightgbmTree tree = new LightgbmTree(entries(blocks[i]), budget);
        trees.add(
            new Tree(
                DecisionRule.FLOAT64_AT_MOST, (i - 1) % outputs, tree.nodes(factor), features));
      } catch (ModelInvalidException e) {
        throw new ModelInvalidException("tree " + (i - 1) + ": " + e.getMessage(), e);
      }
    }
    return trees;
  }

  /// The probability is `1 / (1 + exp(-sigmoid * sum of leaves))`: with the factor in the leaves,
  /// their sum is the log-odds.
  private static double sigmoid(String[] objective) {
    double factor = 1;
    for (String word : objective) {
      if (word.startsWith("sigmoid:")) {
        factor = LightgbmTree.number(word.substring("sigmoid:".length()));
      }
    }
    if (!(factor > 0 && Double.isFinite(factor))) {
      throw new ModelInvalidException("a sigmoid factor of " + factor);
    }
    return factor;
  }

  private static Link link(String[] words, int outputs) {
    Link link =
        switch (words[0]) {
          case "binary", "cross_entropy" -> Link.LOGISTIC;
          case "multiclass" -> Link.SOFTMAX;
          case "poisson", "gamma", "tweedie" -> Link.LOG;
          case "regression", "regression_l1", "huber", "fair", "quantile", "mape", "lambdarank" ->
              Link.IDENTITY;
          default -> throw new ModelInvalidException("the objective is not known here");
        };
    if (Arrays.asList(words).contains("sqrt")) {
      throw new ModelInvalidException("a target under sqrt is not read");
    }
    if ((link == Link.SOFTMAX) != (outputs > 1)) {
      throw new ModelInvalidException("the objective does not fit " + outputs + " output(s)");
    }
    return link;
  }

  private static Map<String, String> entries(String block) {
    Map<String, String> entries = new HashMap<>();
    block
        .lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(line -> {
          int at = line.indexOf('=');
          if (entries.put(line.substring(0, at), line.substring(at + 1)) != null) {
            throw new ModelInvalidException("a key occurs twice");
          }
        });
    return entries;
  }

  static String require(Map<String, String> entries, String key) {
    String value = entries.get(key);
    if (value == null) {
      throw new ModelInvalidException("no line '" + key + "='");
    }
    return value;
  }
}

package org.primum.model.xgboost;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.model.DecisionRule;
import org.primum.model.Feature;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;
import org.primum.model.TreeNodes;
import org.primum.model.value.JsonValues;
import org.primum.model.value.ValueReader;

/// What an XGBoost file says, gathered in the order of its keys; made into an ensemble when all is
/// known, since the trees stand before the number of features and the objective.
final class XgboostFile {

  /// More features than any model here has, and few enough that their names cost little memory.
  private static final int MAX_FEATURES = 1_000_000;

  private static final int MAX_CLASSES = 10_000;

  private final ValueReader values;
  private final List<XgboostTree> trees = new ArrayList<>();
  private final CategoryNames categoryNames = new CategoryNames();
  private List<String> featureNames = List.of();
  private int[] treeOutputs = {};
  private float[] treeWeights = {};
  private String baseScore = "";
  private String objective = "";
  private int features = -1;
  private int classes;
  private boolean hasLearner;

  XgboostFile(ValueReader values) {
    this.values = values;
  }

  void read() {
    values.object(key -> {
      switch (key) {
        case "learner" -> readLearner();
        default -> values.skip();
      }
    });
    values.end();
    if (!hasLearner) {
      throw new ModelInvalidException("no key 'learner'; an XGBoost model has one");
    }
  }

  private void readLearner() {
    hasLearner = true;
    values.object(key -> {
      switch (key) {
        case "feature_names" -> featureNames = readNames();
        case "gradient_booster" -> readBooster();
        case "learner_model_param" -> readLearnerParameters();
        case "objective" -> readObjective();
        default -> values.skip();
      }
    });
  }

  private List<String> readNames() {
    List<String> names = new ArrayList<>();
    values.array(() -> names.add(values.text()));
    return names;
  }

  private void readLearnerParameters() {
    values.object(key -> {
      switch (key) {
        case "base_score" -> baseScore = values.text();
        case "num_class" -> classes = values.whole();
        case "num_feature" -> features = values.whole();
        case "num_target" -> requireOne(values.whole(), "targets");
        default -> values.skip();
      }
    });
    if (features < 0 || features > MAX_FEATURES || classes < 0 || classes > MAX_CLASSES) {
      throw values.invalid(features + " features and " + classes + " classes cannot be read");
    }
  }

  private void requireOne(int count, String what) {
    if (count > 1) {
      throw values.invalid("models of several " + what + " are not read, got " + count);
    }
  }

  private void readObjective() {
    values.object(key -> {
      switch (key) {
        case "name" -> objective = values.text();
        default -> values.skip();
      }
    });
  }

  /// The booster is `{name, model}`; a dart of before 3.4 is `{name, gbtree: {name, model},
  /// weight_drop}`, later ones keep `weight_drop` inside `model`.
  private void readBooster() {
    values.object(key -> {
      switch (key) {
        case "name" -> requireTrees(values.text());
        case "gbtree" -> readBooster();
        case "model" -> readModel();
        case "weight_drop" -> treeWeights = values.floats();
        default -> values.skip();
      }
    });
  }

  private void requireTrees(String booster) {
    if (!booster.equals("gbtree") && !booster.equals("dart")) {
      throw values.invalid("the boosters gbtree and dart are read, not '" + brief(booster) + "'");
    }
  }

  private void readModel() {
    values.object(key -> {
      switch (key) {
        case "trees" -> values.array(() -> trees.add(XgboostTree.read(values)));
        case "tree_info" -> treeOutputs = values.ints();
        case "weight_drop" -> treeWeights = values.floats();
        case "cats" -> categoryNames.read(values);
        default -> values.skip();
      }
    });
  }

  TreeEnsemble ensemble(Optional<List<String>> given) {
    requirePerTree("tree_info", treeOutputs.length);
    if (treeWeights.length > 0) {
      requirePerTree("weight_drop", treeWeights.length);
    }
    if (features < 0) {
      throw new ModelInvalidException("learner.learner_model_param.num_feature is not there");
    }
    Link link = Objectives.link(objective);
    return new TreeEnsemble(
        features(given), checkedTrees(), DecisionRule.FLOAT32_BELOW, link, baseScores());
  }

  private void requirePerTree(String key, int entries) {
    if (entries != trees.size()) {
      throw new ModelInvalidException(
          key + " speaks of " + entries + " trees, the file holds " + trees.size());
    }
  }

  private List<Tree> checkedTrees() {
    var budget = new XgboostTree.CategoryBudget();
    List<Tree> checked = new ArrayList<>(trees.size());
    for (int i = 0; i < trees.size(); i++) {
      try {
        TreeNodes nodes = trees.get(i).nodes(treeWeights.length > 0 ? treeWeights[i] : 1f, budget);
        checked.add(new Tree(DecisionRule.FLOAT32_BELOW, treeOutputs[i], nodes, features));
      } catch (ModelInvalidException e) {
        throw new ModelInvalidException("tree " + i + ": " + e.getMessage(), e);
      }
    }
    return checked;
  }

  /// `0.5`, `5E-1`, `[5E-1]` or one for each class; a single one serves every class.
  private double[] baseScores() {
    int outputs = Math.max(1, classes);
    double[] scores = new double[outputs];
    float[] stored =
        new JsonValues(bracketed().getBytes(java.nio.charset.StandardCharsets.UTF_8), "base_score")
            .floats();
    if (stored.length != 1 && stored.length != outputs) {
      throw new ModelInvalidException(
          "base_score holds " + stored.length + " numbers for " + outputs + " output(s)");
    }
    for (int output = 0; output < outputs; output++) {
      scores[output] = stored[stored.length == 1 ? 0 : output];
    }
    return scores;
  }

  private String bracketed() {
    String text = baseScore.strip();
    return text.startsWith("[") ? text : "[\"" + text + "\"]";
  }

  private List<Feature> features(Optional<List<String>> given) {
    List<String> names = names(given);
    if (names.size() != features) {
      throw new ModelInvalidException(
          "the model reads " + features + " features, " + names.size() + " are named");
    }
    List<Feature> list = new ArrayList<>(features);
    for (int i = 0; i < features; i++) {
      list.add(categoryNames.feature(i, names.get(i)));
    }
    return list;
  }

  private List<String> names(Optional<List<String>> given) {
    if (given.isPresent() && !featureNames.isEmpty() && !given.get().equals(featureNames)) {
      throw new ModelInvalidException(
          "the file names its features, and the given list differs from it in names or order;"
              + " leave the list out");
    }
    if (!featureNames.isEmpty()) {
      return featureNames;
    }
    return given.orElseGet(this::numbered);
  }

  /// `f0`, `f1`, …: how XGBoost calls features without names.
  private List<String> numbered() {
    List<String> names = new ArrayList<>(features);
    for (int i = 0; i < features; i++) {
      names.add("f" + i);
    }
    return names;
  }

  static String brief(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}

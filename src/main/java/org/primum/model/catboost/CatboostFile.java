package org.primum.model.catboost;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.model.CoverKind;
import org.primum.model.DecisionRule;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;
import org.primum.model.TreeNodes;
import org.primum.model.simple.FeatureNames;
import org.primum.model.value.JsonValues;

/// What a CatBoost file says, gathered in the order of its keys. A margin is `bias + scale * the
/// leaves`; a value above a border goes right.
final class CatboostFile {

  private static final int MAX_CLASSES = 10_000;

  private final JsonValues values;
  private final CatboostFeatures features = new CatboostFeatures();
  private final List<CatboostNodes> trees = new ArrayList<>();
  private String loss = "";
  private double scale = 1;
  private double[] bias = {0};
  private boolean hasTrees;

  CatboostFile(JsonValues values) {
    this.values = values;
  }

  void read() {
    values.object(key -> {
      switch (key) {
        case "features_info" -> features.read(values);
        case "model_info" -> readInfo();
        case "oblivious_trees" -> readTrees(() -> trees.add(CatboostTree.read(values)));
        case "trees" -> readTrees(() -> trees.add(CatboostBranch.read(values)));
        case "scale_and_bias" -> readScaleAndBias();
        default -> values.skip();
      }
    });
    values.end();
    if (!hasTrees) {
      throw new ModelInvalidException("no key 'oblivious_trees' or 'trees'; CatBoost writes one");
    }
  }

  private void readTrees(Runnable tree) {
    hasTrees = true;
    values.array(tree);
  }

  private void readInfo() {
    values.object(key -> {
      switch (key) {
        case "params" -> readParameters();
        default -> values.skip();
      }
    });
  }

  private void readParameters() {
    values.object(key -> {
      switch (key) {
        case "loss_function" -> readLoss();
        default -> values.skip();
      }
    });
  }

  private void readLoss() {
    values.object(key -> {
      switch (key) {
        case "type" -> loss = values.text();
        default -> values.skip();
      }
    });
  }

  /// `[scale, bias]` or `[scale, [bias, …]]`.
  private void readScaleAndBias() {
    int[] next = {0};
    values.array(() -> {
      switch (next[0]++) {
        case 0 -> scale = values.number();
        case 1 -> bias = values.isArray() ? values.doubles() : new double[] {values.number()};
        default -> throw values.invalid("holds more than a scale and a bias");
      }
    });
    if (bias.length == 0 || bias.length > MAX_CLASSES) {
      throw values.invalid("a bias of " + bias.length + " outputs cannot be read");
    }
  }

  TreeEnsemble ensemble(Optional<List<String>> given) {
    int outputs = outputs();
    List<Tree> made = new ArrayList<>();
    for (int i = 0; i < trees.size(); i++) {
      CatboostNodes tree = trees.get(i);
      try {
        for (int output = 0; output < outputs; output++) {
          TreeNodes nodes = tree.nodes(output, scale, features);
          made.add(new Tree(DecisionRule.FLOAT32_AT_MOST, output, nodes, features.count()));
        }
      } catch (ModelInvalidException e) {
        throw new ModelInvalidException("tree " + i + ": " + e.getMessage(), e);
      }
    }
    return TreeEnsemble.ofMargins(
        FeatureNames.features(features.count(), features.names(), given),
        made,
        DecisionRule.FLOAT32_AT_MOST,
        link(),
        biases(outputs),
        trees.stream().allMatch(CatboostNodes::hasCover) ? CoverKind.COUNT : CoverKind.NONE);
  }

  private int outputs() {
    int outputs = trees.isEmpty() ? bias.length : trees.getFirst().outputs();
    for (CatboostNodes tree : trees) {
      if (tree.outputs() != outputs || outputs > MAX_CLASSES) {
        throw new ModelInvalidException(
            "one tree has " + outputs + " numbers a leaf, another " + tree.outputs());
      }
    }
    if (bias.length != 1 && bias.length != outputs) {
      throw new ModelInvalidException(
          "a bias of " + bias.length + " outputs for trees of " + outputs);
    }
    return outputs;
  }

  private double[] biases(int outputs) {
    double[] all = new double[outputs];
    for (int output = 0; output < outputs; output++) {
      all[output] = bias[bias.length == 1 ? 0 : output];
    }
    return all;
  }

  private Link link() {
    return switch (loss) {
      case "Logloss", "CrossEntropy", "MultiClassOneVsAll", "MultiLogloss", "MultiCrossEntropy" ->
          Link.LOGISTIC;
      case "MultiClass" -> Link.SOFTMAX;
      case "Poisson", "Tweedie" -> Link.LOG;
      default -> Link.IDENTITY;
    };
  }
}

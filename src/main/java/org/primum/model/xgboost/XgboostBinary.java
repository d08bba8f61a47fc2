package org.primum.model.xgboost;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.primum.model.DecisionRule;
import org.primum.model.Link;
import org.primum.model.MissingRule;
import org.primum.model.ModelInvalidException;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;
import org.primum.model.TreeNodes;
import org.primum.model.simple.FeatureNames;

/// The binary form of before XGBoost 2.1 (`LearnerIO::Save` of src/learner.cc, `RegTree::Save` of
/// src/tree/tree_model.cc), as buffers begin with it: `binf`, little-endian structures. It knows no
/// categories. Counts are believed only as far as there are bytes.
final class XgboostBinary {

  private static final byte[] MAGIC = "binf".getBytes(StandardCharsets.US_ASCII);
  private static final int LEARNER_BYTES = 136;
  private static final int BOOSTER_BYTES = 160;
  private static final int TREE_BYTES = 148;
  private static final int NODE_BYTES = 20;
  private static final int STATISTIC_BYTES = 16;
  private static final int MAX_FEATURES = 1_000_000;
  private static final int MAX_CLASSES = 10_000;
  private static final int DEFAULT_LEFT = 1 << 31;

  private final ByteBuffer bytes;

  XgboostBinary(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static boolean starts(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  TreeEnsemble ensemble(Optional<List<String>> names) {
    bytes.position(MAGIC.length);
    ByteBuffer learner = structure(LEARNER_BYTES);
    float base = learner.getFloat();
    int features = learner.getInt();
    int classes = learner.getInt();
    if (features < 0 || features > MAX_FEATURES || classes < 0 || classes > MAX_CLASSES) {
      throw new ModelInvalidException(
          features + " features and " + classes + " classes cannot be read");
    }
    Link link = Objectives.link(text());
    String booster = text();
    if (!booster.equals("gbtree") && !booster.equals("dart")) {
      throw new ModelInvalidException(
          "the boosters gbtree and dart are read, not '" + XgboostFile.brief(booster) + "'");
    }
    double[] bases = new double[Math.max(1, classes)];
    Arrays.fill(bases, base);
    return new TreeEnsemble(
        FeatureNames.features(features, List.of(), names),
        trees(features, booster.equals("dart")),
        DecisionRule.FLOAT32_BELOW,
        link,
        bases);
  }

  private List<Tree> trees(int features, boolean isDart) {
    int count = count(structure(BOOSTER_BYTES).getInt(), TREE_BYTES);
    List<TreeNodes> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      found.add(nodes());
    }
    ByteBuffer outputs = structure(count * Integer.BYTES);
    float[] weights = weights(count, isDart);
    List<Tree> trees = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TreeNodes nodes = found.get(i);
      for (int node = 0; node < nodes.count(); node++) {
        nodes.value[node] *= weights[i];
      }
      try {
        trees.add(new Tree(DecisionRule.FLOAT32_BELOW, outputs.getInt(), nodes, features));
      } catch (ModelInvalidException e) {
        throw new ModelInvalidException("tree " + i + ": " + e.getMessage(), e);
      }
    }
    return trees;
  }

  private float[] weights(int trees, boolean isDart) {
    float[] weights = new float[trees];
    Arrays.fill(weights, 1);
    if (isDart && trees > 0) {
      if (structure(Long.BYTES).getLong() != trees) {
        throw broken();
      }
      structure(trees * Float.BYTES).asFloatBuffer().get(weights);
    }
    return weights;
  }

  private TreeNodes nodes() {
    ByteBuffer parameters = structure(TREE_BYTES);
    int count = count(parameters.getInt(4), NODE_BYTES + STATISTIC_BYTES);
    if (parameters.getInt(20) > 1) {
      throw new ModelInvalidException("leaves that hold a vector are not read");
    }
    TreeNodes nodes = new TreeNodes(count);
    for (int i = 0; i < count; i++) {
      ByteBuffer node = structure(NODE_BYTES);
      nodes.left[i] = node.getInt(4);
      nodes.right[i] = node.getInt(8);
      int split = node.getInt(12);
      nodes.feature[i] = split & ~DEFAULT_LEFT;
      nodes.missing[i] = split < 0 ? MissingRule.NAN_LEFT : MissingRule.NAN_RIGHT;
      nodes.threshold[i] = node.getFloat(16);
      nodes.value[i] = node.getFloat(16);
    }
    for (int i = 0; i < count; i++) {
      nodes.cover[i] = structure(STATISTIC_BYTES).getFloat(4);
    }
    return nodes;
  }

  private String text() {
    long length = structure(Long.BYTES).getLong();
    if (length < 0 || length > bytes.remaining()) {
      throw broken();
    }
    byte[] text = new byte[(int) length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /// @param each bytes that every one of them takes at least
  private int count(int stored, int each) {
    if (stored < 0 || stored > bytes.remaining() / each) {
      throw broken();
    }
    return stored;
  }

  private ByteBuffer structure(int size) {
    if (bytes.remaining() < size) {
      throw broken();
    }
    ByteBuffer structure = bytes.slice(bytes.position(), size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + size);
    return structure;
  }

  private static ModelInvalidException broken() {
    return new ModelInvalidException(
        "this is not XGBoost's binary form; was it cut off or changed?");
  }
}

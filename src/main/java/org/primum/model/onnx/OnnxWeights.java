package org.primum.model.onnx;

import java.util.Arrays;
import org.primum.model.ModelInvalidException;

/// What leaves add: parallel lists of tree, node, output and weight.
final class OnnxWeights {

  final int[] trees;
  final int[] nodes;
  final int[] outputs;
  final double[] weights;

  /// @param kind `class` or `target`: how the operator calls its lists
  OnnxWeights(Node node, String kind) {
    this(
        wholes(node, kind + "_treeids"),
        wholes(node, kind + "_nodeids"),
        wholes(node, kind + "_ids"),
        plainOrTensor(node, kind + "_weights"));
  }

  OnnxWeights(int[] trees, int[] nodes, int[] outputs, double[] weights) {
    this.trees = trees;
    this.nodes = nodes;
    this.outputs = outputs;
    this.weights = weights;
    int count = weights.length;
    if (trees.length != count || nodes.length != count || outputs.length != count) {
      throw new ModelInvalidException(
          "the lists of tree, node, class or target, and weight of the leaves differ in length");
    }
  }

  static int[] wholes(Node node, String name) {
    double[] numbers = node.numbers(name);
    int[] wholes = new int[numbers.length];
    for (int i = 0; i < wholes.length; i++) {
      wholes[i] = (int) numbers[i];
      if (wholes[i] != numbers[i] || wholes[i] < 0) {
        throw new ModelInvalidException(name + " holds " + numbers[i]);
      }
    }
    return wholes;
  }

  /// Since `ai.onnx.ml` 3 numbers may stand in a tensor of doubles.
  static double[] plainOrTensor(Node node, String name) {
    double[] plain = node.numbers(name);
    return plain.length > 0 ? plain : node.numbers(name + "_as_tensor");
  }

  int size() {
    return weights.length;
  }

  /// Whether no weight is below 0: shares of training rows are not.
  boolean areShares() {
    return Arrays.stream(weights).allMatch(w -> w >= 0);
  }

  int classesNamed() {
    return (int) Arrays.stream(outputs).distinct().limit(3).count();
  }

  /// Of two classes, the weights of the second as output 0; where only one class has weights, they
  /// are the second's, whichever number they bear.
  OnnxWeights ofPositiveClass() {
    if (classesNamed() == 1) {
      return new OnnxWeights(trees, nodes, new int[weights.length], weights);
    }
    int[] kept =
        java.util.stream.IntStream.range(0, weights.length).filter(i -> outputs[i] == 1).toArray();
    return new OnnxWeights(
        Arrays.stream(kept).map(i -> trees[i]).toArray(),
        Arrays.stream(kept).map(i -> nodes[i]).toArray(),
        new int[kept.length],
        Arrays.stream(kept).mapToDouble(i -> weights[i]).toArray());
  }
}

package org.primum.model.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.primum.model.ModelInvalidException;
import org.primum.model.wire.Wire;

/// The operators, inputs and constants of a model, and the check that nothing but the one tree
/// ensemble decides its scores.
final class Graph {

  static final int FLOAT = 1;
  static final int DOUBLE = 11;
  static final int UINT8 = 2;

  /// It makes a label of scores, and leaves them as they are.
  private static final String LARGEST = "ArgMax";

  private static final int MAX_NODES = 1000;
  static final int MAX_INPUTS = 1_000_000;

  /// One input of the graph.
  ///
  /// @param width columns, or -1 where the file leaves it open
  record Input(String name, int type, int width) {}

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Input> inputs = new HashMap<>();
  private final Map<String, double[]> constants = new HashMap<>();

  private Graph() {}

  static Graph read(Wire model) {
    Graph graph = new Graph();
    boolean hasGraph = false;
    while (model.next()) {
      if (model.field() == 7) {
        graph.members(model.message());
        hasGraph = true;
      } else {
        model.skip();
      }
    }
    if (!hasGraph) {
      throw new ModelInvalidException("no graph in it; was the file cut off or changed?");
    }
    return graph;
  }

  private void members(Wire wire) {
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> {
          if (nodes.size() == MAX_NODES) {
            throw new ModelInvalidException("a graph of more than " + MAX_NODES + " operators");
          }
          nodes.add(Node.read(wire.message()));
        }
        case 5 -> constant(wire.message());
        case 11 -> input(wire.message());
        default -> wire.skip();
      }
    }
  }

  private void constant(Wire wire) {
    String name = "";
    Wire numbers = wire.again();
    while (wire.next()) {
      if (wire.field() == 8) {
        name = wire.text();
      } else {
        wire.skip();
      }
    }
    constants.put(name, Attribute.tensor(numbers));
  }

  private void input(Wire wire) {
    String name = "";
    int[] typeAndWidth = {0, -1};
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> name = wire.text();
        case 2 -> type(wire.message(), typeAndWidth);
        default -> wire.skip();
      }
    }
    if (inputs.size() == MAX_INPUTS) {
      throw new ModelInvalidException("a graph of more than " + MAX_INPUTS + " inputs");
    }
    inputs.put(name, new Input(name, typeAndWidth[0], typeAndWidth[1]));
  }

  /// TypeProto, its tensor type, the shape of that: the second dimension is the width.
  private static void type(Wire type, int[] typeAndWidth) {
    while (type.next()) {
      if (type.field() == 1) {
        Wire tensor = type.message();
        while (tensor.next()) {
          switch (tensor.field()) {
            case 1 -> typeAndWidth[0] = (int) tensor.whole();
            case 2 -> typeAndWidth[1] = width(tensor.message());
            default -> tensor.skip();
          }
        }
      } else {
        type.skip();
      }
    }
  }

  private static int width(Wire shape) {
    int dimension = 0;
    long width = -1;
    while (shape.next()) {
      if (shape.field() == 1 && dimension++ == 1) {
        Wire second = shape.message();
        while (second.next()) {
          if (second.field() == 1) {
            width = second.whole();
          } else {
            second.skip();
          }
        }
      } else {
        shape.skip();
      }
    }
    if (width < -1 || width > MAX_INPUTS) {
      throw new ModelInvalidException("an input of " + width + " columns");
    }
    return (int) width;
  }

  /// The tree ensemble.
  ///
  /// @throws ModelInvalidException where there is none, there are several, or its scores are not
  ///   the graph's
  Node trees() {
    List<Node> found = nodes.stream().filter(Node::isTrees).toList();
    if (found.size() != 1) {
      throw new ModelInvalidException(
          "one tree ensemble is read (TreeEnsemble, TreeEnsembleClassifier,"
              + " TreeEnsembleRegressor), the graph has "
              + found.size()
              + " among "
              + operators());
    }
    Node trees = found.getFirst();
    Set<String> scores = new HashSet<>(trees.outputs());
    for (Node node : nodes) {
      if (!node.isTrees() && node.inputs().stream().anyMatch(scores::contains)) {
        requireHarmless(node);
        if (!node.operator().equals(LARGEST)) {
          scores.addAll(node.outputs());
        }
      }
    }
    return trees;
  }

  /// Whether the largest of the trees' scores names a label: what makes a classifier of them.
  boolean namesTheLargest(Node trees) {
    return nodes.stream()
        .anyMatch(node ->
            node.operator().equals(LARGEST)
                && node.inputs().stream().anyMatch(trees.outputs()::contains));
  }

  private void requireHarmless(Node node) {
    boolean keeps =
        switch (node.operator()) {
          case LARGEST, "Identity", "Cast", "ZipMap", "ArrayFeatureExtractor", "Reshape" -> true;
          case "Mul" -> node.inputs().stream().anyMatch(this::isOne);
          default -> false;
        };
    if (!keeps) {
      throw new ModelInvalidException(
          "the operator "
              + brief(node.operator())
              + " changes the scores of the trees;"
              + " convert the tree model alone");
    }
  }

  private boolean isOne(String constant) {
    double[] numbers = constants.get(constant);
    return numbers != null && numbers.length > 0 && Arrays.stream(numbers).allMatch(x -> x == 1);
  }

  /// The inputs whose columns the trees read, in order: one, or one a feature.
  ///
  /// @throws ModelInvalidException where an operator stands between them
  List<Input> inputsOf(Node trees) {
    String read = trees.inputs().isEmpty() ? "" : trees.inputs().getFirst();
    Optional<Node> maker = maker(read);
    if (maker.isPresent() && maker.get().operator().equals("Concat")) {
      return maker.get().inputs().stream().map(this::input).toList();
    }
    return List.of(input(read));
  }

  private Input input(String name) {
    Optional<Node> maker = maker(name);
    Input input = inputs.get(name);
    if (maker.isEmpty() && input != null && !constants.containsKey(name)) {
      return input;
    }
    throw new ModelInvalidException(
        "the trees must read the graph's inputs as they stand, but "
            + maker.map(m -> "the operator " + brief(m.operator())).orElse("something unknown")
            + " makes what they read; convert the tree model alone, without scalers or encoders");
  }

  private Optional<Node> maker(String value) {
    return nodes.stream().filter(n -> n.outputs().contains(value)).findFirst();
  }

  private List<String> operators() {
    return nodes.stream().map(n -> brief(n.operator())).distinct().limit(10).toList();
  }

  static String brief(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}

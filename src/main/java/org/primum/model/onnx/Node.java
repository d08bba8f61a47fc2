package org.primum.model.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.primum.model.ModelInvalidException;
import org.primum.model.wire.Wire;

/// One operator of a graph.
record Node(
    String operator, List<String> inputs, List<String> outputs, Map<String, Attribute> attributes) {

  /// Operators hold few; a hostile file, many.
  private static final int MAX_NAMES = 100_000;

  static Node read(Wire wire) {
    String operator = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Attribute> attributes = new HashMap<>();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> add(inputs, wire.text());
        case 2 -> add(outputs, wire.text());
        case 4 -> operator = wire.text();
        case 5 -> {
          Attribute attribute = Attribute.read(wire.message());
          if (attributes.size() > 100 || attributes.put(attribute.name(), attribute) != null) {
            throw new ModelInvalidException("an attribute of a node occurs twice");
          }
        }
        default -> wire.skip();
      }
    }
    return new Node(operator, inputs, outputs, attributes);
  }

  private static void add(List<String> names, String name) {
    if (names.size() == MAX_NAMES) {
      throw new ModelInvalidException("a node of more than " + MAX_NAMES + " inputs");
    }
    names.add(name);
  }

  boolean isTrees() {
    return operator.startsWith("TreeEnsemble");
  }

  /// The numbers of an attribute; none where it is not there.
  double[] numbers(String name) {
    Attribute attribute = attributes.get(name);
    return attribute == null ? new double[0] : attribute.numbers();
  }

  List<String> texts(String name) {
    Attribute attribute = attributes.get(name);
    return attribute == null ? List.of() : attribute.texts();
  }

  String text(String name, String otherwise) {
    Attribute attribute = attributes.get(name);
    return attribute == null ? otherwise : attribute.text();
  }
}

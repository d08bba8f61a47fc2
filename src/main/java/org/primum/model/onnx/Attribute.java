package org.primum.model.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.primum.model.wire.Wire;

/// One attribute of a node: a number, a text, or a list of either; a list may stand in a tensor.
final class Attribute {

  private static final int MAX_DISTINCT = 10_000;

  private final String name;
  private final String text;
  private final double[] numbers;
  private final List<String> texts;

  private Attribute(String name, String text, double[] numbers, List<String> texts) {
    this.name = name;
    this.text = text;
    this.numbers = numbers;
    this.texts = texts;
  }

  String name() {
    return name;
  }

  String text() {
    return text;
  }

  /// What the attribute holds of numbers, alone or in a list.
  double[] numbers() {
    return numbers;
  }

  List<String> texts() {
    return texts;
  }

  static Attribute read(Wire wire) {
    String name = "";
    String text = "";
    double[] tensor = {};
    Wire.Numbers numbers = new Wire.Numbers();
    Texts texts = new Texts();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> name = wire.text();
        case 2, 7 -> wire.floats(numbers);
        case 3, 8 -> wire.wholes(numbers);
        case 4 -> text = wire.text();
        case 5 -> tensor = tensor(wire.message());
        case 9 -> texts.add(wire.text());
        default -> wire.skip();
      }
    }
    return new Attribute(name, text, tensor.length > 0 ? tensor : numbers.all(), texts.all);
  }

  /// Texts of a list, equal ones kept once: a mode for each node takes four bytes a node.
  private static final class Texts {
    private final List<String> all = new ArrayList<>();
    private final Map<String, String> distinct = new HashMap<>();

    private void add(String text) {
      if (all.size() == Wire.MAX_ENTRIES || distinct.size() == MAX_DISTINCT) {
        throw new org.primum.model.ModelInvalidException("a list of too many texts");
      }
      String known = distinct.putIfAbsent(text, text);
      all.add(known == null ? text : known);
    }
  }

  /// The float, double or uint8 numbers of a tensor; none where it holds others.
  static double[] tensor(Wire wire) {
    Wire.Numbers numbers = new Wire.Numbers();
    int type = 0;
    Wire raw = new Wire(new byte[0]);
    while (wire.next()) {
      switch (wire.field()) {
        case 2 -> type = (int) wire.whole();
        case 4 -> wire.floats(numbers);
        case 5 -> wire.wholes(type == Graph.UINT8 ? numbers : new Wire.Numbers());
        case 9 -> raw = wire.message();
        case 10 -> wire.doubles(numbers);
        default -> wire.skip();
      }
    }
    if (type == Graph.UINT8) {
      raw.octets(numbers);
    }
    raw.rest(type == Graph.DOUBLE, type == Graph.FLOAT, numbers);
    return numbers.all();
  }
}

package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.primum.data.NumberColumn;

/// What every part of a policy is written in: lists, words that name a choice, and values of
/// columns.
final class PolicyWords {

  private PolicyWords() {}

  interface Reader<T> {
    T read(JsonNode node);
  }

  /// What each node of a list says, in its order; none where there is no list.
  static <T> List<T> list(JsonNode nodes, Reader<T> reader) {
    List<T> all = new ArrayList<>();
    nodes.forEach(node -> all.add(reader.read(node)));
    return all;
  }

  /// A value as columns print it: `1` for 1 and for 1.0.
  static String value(JsonNode node) {
    return node.isNumber() ? NumberColumn.format(node.asDouble()) : node.asText();
  }

  /// The constant that a key names in lower case with hyphens, or the usual one where it is absent.
  /// The schema has refused every other word.
  static <E extends Enum<E>> E choice(Class<E> type, JsonNode node, String key, E usual) {
    return node.has(key) ? Enum.valueOf(type, constant(node.required(key).asText())) : usual;
  }

  static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}

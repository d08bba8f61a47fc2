package org.primum.fairness.policy;

import java.util.List;
import java.util.StringJoiner;

/// A group of people: a value of one attribute, or one value each of several.
///
/// @param attributes names of the attributes
/// @param values as printed, in the same order
public record Group(List<String> attributes, List<String> values) {

  public Group {
    attributes = List.copyOf(attributes);
    values = List.copyOf(values);
  }

  /// `race=Black`, or `race=Black,sex=F`.
  public String name() {
    StringJoiner name = new StringJoiner(",");
    for (int i = 0; i < attributes.size(); i++) {
      name.add(attributes.get(i) + "=" + values.get(i));
    }
    return name.toString();
  }
}

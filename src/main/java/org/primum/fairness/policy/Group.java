package org.primum.fairness.policy;

import java.util.List;
import java.util.StringJoiner;

/// A group of people: a value of one attribute, or one value each of several.
///
/// @param attributes names of the attributes
/// @param values as printed, in the same order
/// @param stratum what is alike in those it is compared with, as `acuity=high`; empty for everyone
public record Group(List<String> attributes, List<String> values, String stratum) {

  /// A group among all rows.
  public Group(List<String> attributes, List<String> values) {
    this(attributes, values, "");
  }

  public Group {
    attributes = List.copyOf(attributes);
    values = List.copyOf(values);
  }

  /// The same group among all rows.
  public Group amongAll() {
    return new Group(attributes, values);
  }

  /// `race=Black`, or `race=Black,sex=F`; in a stratum `race=Black|acuity=high`.
  public String name() {
    StringJoiner name = new StringJoiner(",");
    for (int i = 0; i < attributes.size(); i++) {
      name.add(attributes.get(i) + "=" + values.get(i));
    }
    return stratum.isEmpty() ? name.toString() : name + "|" + stratum;
  }
}

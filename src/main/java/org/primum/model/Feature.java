package org.primum.model;

import java.util.List;

/// One input of a model.
///
/// @param name the column it is read from
/// @param kind how the column's values become numbers
/// @param categories for a categorical feature, the known categories in code order; else empty
public record Feature(String name, Kind kind, List<String> categories) {

  public enum Kind {
    /// The value itself.
    NUMERIC,
    /// The index of the value in [Feature#categories].
    CATEGORICAL
  }

  public Feature {
    categories = List.copyOf(categories);
  }

  public static Feature numeric(String name) {
    return new Feature(name, Kind.NUMERIC, List.of());
  }

  public static Feature categorical(String name, List<String> categories) {
    return new Feature(name, Kind.CATEGORICAL, categories);
  }
}

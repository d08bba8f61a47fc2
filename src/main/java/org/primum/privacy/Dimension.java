package org.primum.privacy;

import java.util.List;

/// A column of a table and the categories it is counted by, as text.
public record Dimension(String column, List<String> categories) {

  /// The category of every value that was not declared, and of missing ones.
  public static final String OTHER = "other";

  public Dimension {
    categories = List.copyOf(categories);
    if (column.isEmpty()) {
      throw new IllegalArgumentException("a column needs a name");
    }
    if (categories.isEmpty()) {
      throw new IllegalArgumentException(
          column
              + ": categories must be declared; reading them from the data would tell whose"
              + " category nobody else has");
    }
    if (categories.contains(OTHER)) {
      throw new IllegalArgumentException(
          column + ": 'other' is where everything is counted that is not declared; leave it out");
    }
    if (categories.stream().distinct().count() < categories.size()) {
      throw new IllegalArgumentException(column + ": a category is declared twice");
    }
  }
}

package org.primum.fairness.policy;

import org.primum.gate.ConfigInvalidException;

/// A sensitive feature: a column and how its values become groups.
///
/// @param name how groups are called: `name=value`
/// @param column the column of the data
/// @param reference the group the others are compared with
/// @param missing what rows without a value are
public record Attribute(
    String name, String column, Grouping grouping, Reference reference, Missing missing) {

  /// The value that stands for no value.
  public static final String MISSING = "<missing>";

  /// The value that stands for all undeclared categories where they collapse.
  public static final String OTHER = "<other>";

  /// The group the others are compared with.
  public sealed interface Reference {

    /// The group of that value.
    record Named(String value) implements Reference {}

    /// The group with the most rows; the first in the order of the report where two have as many.
    record Largest() implements Reference {}
  }

  /// What rows without a value are. They are counted and shown either way.
  public enum Missing {
    /// A group like any other: every rule is applied to it.
    GROUP,
    /// A row of the tables, which no rule speaks of.
    REPORT
  }

  /// How many groups of it rules can speak of, whoever comes: those without a value too, where
  /// rules speak of them. 0 where the policy does not say who may come.
  public int most() {
    int most = grouping.most();
    return most > 0 && missing == Missing.GROUP ? most + 1 : most;
  }

  public Attribute {
    if (name.isBlank() || column.isBlank()) {
      throw new ConfigInvalidException("attributes: name and column must not be empty");
    }
    if (reference instanceof Reference.Named(String value)
        && !grouping.planned().isEmpty()
        && !grouping.planned().contains(value)) {
      throw new ConfigInvalidException(
          "attributes."
              + name
              + ".reference: '"
              + value
              + "' is none of its groups, which are "
              + String.join(" ", grouping.planned()));
    }
  }
}

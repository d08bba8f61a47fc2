package org.primum.fairness.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.primum.gate.ConfigInvalidException;

/// The columns around the sensitive ones.
///
/// @param condition what has to be alike in those who are compared: each combination of its groups
///   is a stratum, and groups are compared within it too
/// @param proxies columns that may tell a sensitive feature without naming it
/// @param together whether to ask how well all of them together tell it
public record Context(List<Attribute> condition, List<Attribute> proxies, Together together) {

  /// What is asked of all proxies at once.
  public enum Together {
    /// Nothing.
    NOT_ASKED,
    /// How well they tell the group.
    INPUTS,
    /// The same, and how well they and the score do.
    INPUTS_AND_SCORE
  }

  public static final Context NONE = new Context(List.of(), List.of());

  /// Columns of which nothing is asked together.
  public Context(List<Attribute> condition, List<Attribute> proxies) {
    this(condition, proxies, Together.NOT_ASKED);
  }

  /// More strata than this are refused: in none of them would be enough people.
  public static final int MAX_STRATA = 256;

  /// More values of a proxy than this are refused: it is an identifier.
  public static final int MAX_PROXY_VALUES = 4096;

  public Context {
    condition = List.copyOf(condition);
    proxies = List.copyOf(proxies);
    unique("condition", condition);
    unique("proxies.columns", proxies);
    if (together != Together.NOT_ASKED && proxies.isEmpty()) {
      throw new ConfigInvalidException(
          "proxies.together: name the columns that are asked together in proxies.columns");
    }
  }

  private static void unique(String key, List<Attribute> columns) {
    Set<String> names = new HashSet<>();
    for (Attribute column : columns) {
      if (!names.add(column.name())) {
        throw new ConfigInvalidException(key + ": '" + column.name() + "' occurs twice");
      }
    }
  }

  /// A column that is grouped by its values as found.
  public static Attribute asFound(String column) {
    return grouped(column, column, new Grouping.AsFound());
  }

  /// A column without a reference; rows that lack it are a group.
  public static Attribute grouped(String name, String column, Grouping grouping) {
    return new Attribute(
        name, column, grouping, new Attribute.Reference.Largest(), Attribute.Missing.GROUP);
  }
}

package org.primum.gate;

/// What a metric of a group is held against.
public sealed interface Comparison {

  /// Nothing: the metric itself.
  record Alone() implements Comparison {}

  /// Another group.
  ///
  /// @param kind `difference`, `ratio`, `max_min` or `min_max_ratio`
  /// @param reference the group it is compared with, named `attribute=value`, or `all` for
  ///   comparisons over all groups
  record With(String kind, String reference) implements Comparison {}
}

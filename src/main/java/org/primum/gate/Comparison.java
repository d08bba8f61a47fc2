package org.primum.gate;

/// What a metric of a group is held against.
public sealed interface Comparison {

  /// Nothing: the metric itself.
  record Alone() implements Comparison {}

  /// Another group.
  ///
  /// @param kind `difference`, `ratio`, `log_ratio`, `abs_difference`, `worst`, `max_min`,
  ///   `min_max_ratio`, `vs_overall` or `vs_rest`
  /// @param reference the group it is compared with, named `attribute=value`, or `all` for
  ///   comparisons over all groups
  record With(String kind, String reference) implements Comparison {}

  /// Which way a number points: what is taken from what. Empty where nothing is compared, or in a
  /// way this version does not know.
  default String orientation() {
    return switch (this) {
      case Alone() -> "";
      case With(String kind, String _) ->
          switch (kind) {
            case "difference" -> "group minus reference";
            case "ratio" -> "group over reference";
            case "log_ratio" -> "logarithm of group over reference";
            case "abs_difference" -> "group and reference apart, without sign";
            case "worst" -> "the group farthest from the reference, without sign";
            case "max_min" -> "largest group minus smallest";
            case "min_max_ratio" -> "smallest group over largest";
            case "vs_overall" -> "group minus everyone";
            case "baseline" -> "group minus the same group under the model in use";
            case "vs_rest" -> "group minus everyone else";
            default -> "";
          };
    };
  }
}

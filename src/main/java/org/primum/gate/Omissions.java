package org.primum.gate;

import java.util.List;

/// What a list of measurements does not hold, or holds only roughly.
///
/// @param suppressedBelow numbers of rows from 1 to below this are not told; 0 where all are
/// @param approximate groups of which some numbers are made of ranges of rows, so that no small
///   number can be computed from them
/// @param notMeasured what was not measured, and why
public record Omissions(
    int suppressedBelow, List<String> approximate, List<NotMeasured> notMeasured) {

  public static final Omissions NONE = new Omissions(0, List.of(), List.of());

  /// @param metric a metric's name, or what else was left open
  /// @param reason in words a reader of the report understands
  public record NotMeasured(String metric, String reason) {}

  public Omissions {
    approximate = List.copyOf(approximate);
    notMeasured = List.copyOf(notMeasured);
  }
}

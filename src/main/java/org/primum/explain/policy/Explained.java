package org.primum.explain.policy;

import java.util.List;
import java.util.Optional;
import org.primum.explain.drift.ShapleyDrift;
import org.primum.explain.summary.ShapleySummary;

/// What a policy is held against.
///
/// @param summary of all features
/// @param attributes that rows are grouped by
/// @param drift of each output against the baseline; empty where none was given
/// @param coverage of the predictions that were made; empty where nobody said which
public record Explained(
    ShapleySummary summary,
    List<String> attributes,
    List<ShapleyDrift> drift,
    Optional<Coverage> coverage) {

  public Explained {
    attributes = List.copyOf(attributes);
    drift = List.copyOf(drift);
  }

  /// How a measurement calls everyone at an output.
  String everyone(int output) {
    return summary.outputs().size() == 1 ? "overall" : "class=" + output;
  }

  /// How it calls a group.
  String group(int output, String name) {
    return summary.outputs().size() == 1 ? name : name + ",class=" + output;
  }

  int outputs() {
    return summary.outputs().size();
  }
}

package org.primum.promotion;

import org.primum.gate.Severity;
import org.primum.gate.Threshold;

/// A limit that a release policy sets on a number of a step's metrics table.
///
/// @param metric wire name, e.g. `auroc`
/// @param group `overall`, or a group named `attribute=value`
/// @param threshold the limit, itself acceptable
public record MetricRule(String metric, String group, Threshold threshold, Severity severity) {

  public MetricRule {
    if (metric.isBlank() || group.isBlank()) {
      throw new IllegalArgumentException("a rule names a metric and a group");
    }
  }
}

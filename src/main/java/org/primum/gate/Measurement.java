package org.primum.gate;

import java.util.OptionalLong;

/// One number of a metrics table: which metric, of whom, compared with whom, its value, interval
/// and denominator.
///
/// @param metric wire name, e.g. `tpr`
/// @param group `overall`, `attribute=value`, or `a=x,b=y`
/// @param n the denominator used; empty where the cell is suppressed or counting makes no sense
public record Measurement(
    String metric,
    String group,
    Comparison comparison,
    Measure value,
    Interval interval,
    OptionalLong n) {

  public static final String OVERALL = "overall";

  /// A metric of everyone, not compared.
  public static Measurement overall(String metric, Measure value, Interval interval, long n) {
    return new Measurement(
        metric, OVERALL, new Comparison.Alone(), value, interval, OptionalLong.of(n));
  }
}

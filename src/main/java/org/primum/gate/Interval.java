package org.primum.gate;

/// A confidence interval, or the lack of one.
public sealed interface Interval {

  /// @param low lower end, at most `high`
  /// @param high upper end; may be infinite for ratios
  record Bounds(double low, double high) implements Interval {
    public Bounds {
      if (!(low <= high)) {
        throw new IllegalArgumentException(
            "an interval runs from low to high, got [" + low + ", " + high + "]");
      }
    }
  }

  /// No interval is known for the value, or there is no value.
  record None() implements Interval {}
}

package org.primum.gate;

/// A limit that a measurement has to respect.
public sealed interface Threshold {

  /// @param limit the smallest acceptable value, itself acceptable
  record AtLeast(double limit) implements Threshold {
    public AtLeast {
      requireFinite(limit);
    }
  }

  /// @param limit the largest acceptable value, itself acceptable
  record AtMost(double limit) implements Threshold {
    public AtMost {
      requireFinite(limit);
    }
  }

  /// Something has to be there, without a number: evidence, a group, an approval.
  record Present() implements Threshold {}

  /// Whether a known value respects the limit. [Present] is respected by any known value.
  default boolean accepts(double value) {
    return switch (this) {
      case AtLeast(double limit) -> value >= limit;
      case AtMost(double limit) -> value <= limit;
      case Present() -> true;
    };
  }

  private static void requireFinite(double limit) {
    if (!Double.isFinite(limit)) {
      throw new IllegalArgumentException("a limit must be finite, got " + limit);
    }
  }
}

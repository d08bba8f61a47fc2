package org.primum.promotion;

import java.util.Locale;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// Decides a rule again from its value, interval and limit. What the evidence says of itself is
/// believed only where it is bad: a status may get worse, never better.
final class Recomputation {

  private Recomputation() {}

  /// The finding with the worse of its recorded and its recomputed status.
  static Finding of(Finding recorded) {
    Status again = again(recorded);
    Status worse = recorded.status().worse(again);
    if (worse == recorded.status()) {
      return recorded;
    }
    return new Finding(
        recorded.rule(),
        recorded.measurement(),
        recorded.threshold(),
        recorded.decide(),
        worse,
        recorded.severity(),
        "recorded as %s, but recomputed from its numbers it is %s (it read: %s)"
            .formatted(recorded.status(), worse, recorded.reason()));
  }

  private static Status again(Finding recorded) {
    Status bare = bare(recorded);
    if (bare.compareTo(Status.INCONCLUSIVE) < 0) {
      return bare;
    }
    if (recorded.status() == Status.WAIVED && namesItsWaiver(recorded)) {
      return Status.WAIVED;
    }
    return recorded.severity() == Severity.WARN ? Status.WARN : bare;
  }

  private static boolean namesItsWaiver(Finding recorded) {
    return recorded.reason().toLowerCase(Locale.ROOT).contains("waive");
  }

  /// The outcome of the numbers alone, before severity and waivers.
  private static Status bare(Finding recorded) {
    if (recorded.decide().equals("presence")) {
      return recorded.status();
    }
    return switch (recorded.measurement().value()) {
      case Measure.Unknown unknown -> Status.INCONCLUSIVE;
      case Measure.Known(double value) -> decided(recorded, value);
    };
  }

  private static Status decided(Finding recorded, double value) {
    Interval interval = recorded.measurement().interval();
    if (!holds(interval, value)) {
      return Status.INCONCLUSIVE;
    }
    Threshold limit = recorded.threshold();
    Status point = limit.accepts(value) ? Status.PASS : Status.FAIL;
    return switch (recorded.decide()) {
      case "point" -> point;
      case "exclude-harm" -> unlessHarmIsShown(limit, interval);
      case "show-safe" -> ifSafetyIsShown(limit, interval);
      case "both" -> point.worse(unlessHarmIsShown(limit, interval));
      // A way of deciding this version does not know cannot be redone, so it cannot pass.
      default -> Status.INCONCLUSIVE;
    };
  }

  /// An interval that does not hold its own value was not computed with it.
  private static boolean holds(Interval interval, double value) {
    return switch (interval) {
      case Interval.None() -> true;
      case Interval.Bounds(double low, double high) -> low <= value && value <= high;
    };
  }

  private static Status unlessHarmIsShown(Threshold limit, Interval interval) {
    return switch (interval) {
      case Interval.None() -> Status.INCONCLUSIVE;
      case Interval.Bounds bounds -> outside(limit, bounds) ? Status.FAIL : Status.PASS;
    };
  }

  private static Status ifSafetyIsShown(Threshold limit, Interval interval) {
    return switch (interval) {
      case Interval.None() -> Status.INCONCLUSIVE;
      case Interval.Bounds bounds when outside(limit, bounds) -> Status.FAIL;
      case Interval.Bounds bounds when inside(limit, bounds) -> Status.PASS;
      case Interval.Bounds bounds -> Status.INCONCLUSIVE;
    };
  }

  private static boolean outside(Threshold limit, Interval.Bounds bounds) {
    return !limit.accepts(bounds.low()) && !limit.accepts(bounds.high());
  }

  private static boolean inside(Threshold limit, Interval.Bounds bounds) {
    return limit.accepts(bounds.low()) && limit.accepts(bounds.high());
  }
}

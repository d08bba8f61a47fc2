package org.primum.promotion;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// Decides a rule again from its value, interval and limit. What the evidence says of itself is
/// believed only where it is bad: a status may get worse, never better.
final class Recomputation {

  /// How an audit names the waiver in a finding's reason.
  private static final Pattern WAIVER = Pattern.compile("waived until (\\d{4}-\\d{2}-\\d{2}) by ");

  private Recomputation() {}

  /// The finding with the worse of its recorded and its recomputed status.
  static Finding of(Finding recorded, LocalDate today) {
    Status again = again(recorded, today);
    Status worse = recorded.status().worse(again);
    if (worse == recorded.status()) {
      return recorded;
    }
    return recorded.with(
        worse,
        "recorded as %s, but recomputed from its numbers it is %s (it read: %s)"
            .formatted(recorded.status(), worse, recorded.reason()));
  }

  private static Status again(Finding recorded, LocalDate today) {
    Status bare = bare(recorded);
    if (bare.compareTo(Status.INCONCLUSIVE) < 0) {
      return bare;
    }
    if (recorded.status() == Status.WAIVED && isWaived(recorded, today)) {
      return Status.WAIVED;
    }
    return recorded.severity() == Severity.WARN ? Status.WARN : bare;
  }

  /// A waiver counts where the finding names it, until its last day has passed, UTC.
  private static boolean isWaived(Finding recorded, LocalDate today) {
    Matcher waiver = WAIVER.matcher(recorded.reason());
    try {
      return waiver.find() && !LocalDate.parse(waiver.group(1)).isBefore(today);
    } catch (DateTimeParseException _) {
      return false;
    }
  }

  /// The outcome of the numbers alone, before severity and waivers.
  private static Status bare(Finding recorded) {
    boolean byPresence = recorded.decide().equals("presence");
    if (byPresence != recorded.threshold() instanceof Threshold.Present) {
      // Nobody writes a limit that is not looked at, or a look at a limit that is not there.
      return Status.INCONCLUSIVE;
    }
    if (byPresence) {
      return recorded.status();
    }
    OptionalDouble value = value(recorded.measurement());
    return value.isEmpty() ? Status.INCONCLUSIVE : decided(recorded, value.getAsDouble());
  }

  /// The value that decides. A ratio over a rate of 0 is unbounded: it has no number, but an
  /// interval without an upper end; the logarithm of a ratio of 0, one without a lower end.
  private static OptionalDouble value(Measurement measurement) {
    return switch (measurement.value()) {
      case Measure.Known(double value) -> OptionalDouble.of(value);
      case Measure.Unknown _ ->
          measurement.comparison() instanceof Comparison.With(String kind, _)
                  && measurement.interval() instanceof Interval.Bounds bounds
              ? unbounded(kind, bounds)
              : OptionalDouble.empty();
    };
  }

  private static OptionalDouble unbounded(String kind, Interval.Bounds bounds) {
    boolean log = kind.equals("log_ratio");
    if ((log || kind.equals("ratio")) && bounds.high() == Double.POSITIVE_INFINITY) {
      return OptionalDouble.of(bounds.high());
    }
    return log && bounds.low() == Double.NEGATIVE_INFINITY
        ? OptionalDouble.of(bounds.low())
        : OptionalDouble.empty();
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
      case "both" -> point == Status.PASS ? point : unlessChanceExplainsIt(recorded);
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

  /// A value outside its limit fails where its whole interval is on the wrong side of parity (a
  /// difference of 0, a ratio of 1), or of the limit where that asks for more, or where nothing is
  /// compared.
  private static Status unlessChanceExplainsIt(Finding recorded) {
    Threshold limit =
        switch (recorded.measurement().comparison()) {
          case Comparison.Alone() -> recorded.threshold();
          case Comparison.With(String kind, _) -> stricter(recorded.threshold(), parity(kind));
        };
    return unlessHarmIsShown(limit, recorded.measurement().interval());
  }

  private static double parity(String kind) {
    return kind.equals("ratio") || kind.equals("min_max_ratio") ? 1 : 0;
  }

  private static Threshold stricter(Threshold limit, double parity) {
    return switch (limit) {
      case Threshold.AtLeast(double least) -> new Threshold.AtLeast(Math.max(least, parity));
      case Threshold.AtMost(double most) -> new Threshold.AtMost(Math.min(most, parity));
      case Threshold.Present present -> present;
    };
  }

  private static boolean outside(Threshold limit, Interval.Bounds bounds) {
    return !limit.accepts(bounds.low()) && !limit.accepts(bounds.high());
  }

  private static boolean inside(Threshold limit, Interval.Bounds bounds) {
    return limit.accepts(bounds.low()) && limit.accepts(bounds.high());
  }
}

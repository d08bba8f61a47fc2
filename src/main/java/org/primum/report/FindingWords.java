package org.primum.report;

import java.util.Locale;
import org.primum.data.NumberColumn;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// One finding as people read it in a list of findings. What does not exist is a dash, never a 0.
record FindingWords(Finding finding) {

  private static final String NOTHING = "–";

  /// How the rule came out, in a word or two.
  String outcome() {
    return switch (finding.status()) {
      case PASS -> "met";
      case WAIVED -> "waived";
      case WARN -> "warning";
      case INCONCLUSIVE -> "not known";
      case FAIL -> "not met";
    };
  }

  /// Whose number it is, e.g. `race=Black`, or `everyone`.
  String group() {
    String group = finding.measurement().group();
    return group.equals(Measurement.OVERALL) ? "everyone" : group;
  }

  /// The group, and the one it is held against.
  String groups() {
    return switch (finding.measurement().comparison()) {
      case Comparison.Alone() -> group();
      case Comparison.With(_, String reference) -> group() + " against " + reference;
    };
  }

  /// What was measured, e.g. `tpr difference`.
  String metric() {
    return switch (finding.measurement().comparison()) {
      case Comparison.Alone() -> finding.measurement().metric();
      case Comparison.With(String kind, _) -> finding.measurement().metric() + " " + kind;
    };
  }

  String value() {
    return switch (finding.measurement().value()) {
      case Measure.Known(double value) ->
          finding.threshold() instanceof Threshold.Present ? "there" : number(value);
      case Measure.Unknown _ -> NOTHING;
    };
  }

  String interval() {
    return switch (finding.measurement().interval()) {
      case Interval.Bounds(double low, double high) ->
          "["
              + (Double.isInfinite(low) ? "−∞" : number(low))
              + ", "
              + (Double.isInfinite(high) ? "∞" : number(high))
              + "]";
      case Interval.None() -> NOTHING;
    };
  }

  /// The limit in full, never rounded.
  String limit() {
    return switch (finding.threshold()) {
      case Threshold.AtLeast(double least) -> "at least " + NumberColumn.format(least);
      case Threshold.AtMost(double most) -> "at most " + NumberColumn.format(most);
      case Threshold.Present() -> "has to be there";
    };
  }

  String n() {
    return finding.measurement().n().isPresent()
        ? String.format(Locale.ROOT, "%,d", finding.measurement().n().getAsLong())
        : NOTHING;
  }

  /// Whether it is what readers look for first.
  boolean isOpen() {
    return finding.status() != Status.PASS;
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    boolean small = Math.abs(value) < 1e-4;
    return String.format(Locale.ROOT, small || Math.abs(value) >= 1e15 ? "%.2e" : "%.4f", value);
  }
}

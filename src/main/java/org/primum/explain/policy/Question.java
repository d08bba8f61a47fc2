package org.primum.explain.policy;

import java.util.List;
import java.util.Locale;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// One number that a rule asks for, and what may stand for it where there is none.
///
/// @param measurement with the interval that decides
/// @param unless the outcome where there is no value
/// @param subject what the number says, for a sentence that goes on with its value
record Question(Measurement measurement, Status unless, String subject) {

  /// What the rule says of it, one finding a limit.
  List<Finding> findings(ExplanationRule rule) {
    return rule.limits().stream().map(limit -> finding(rule, limit)).toList();
  }

  private Finding finding(ExplanationRule rule, Threshold limit) {
    boolean unknown = measurement.value() instanceof Measure.Unknown;
    Status bare = unknown ? unless : status(rule.decide(), limit);
    boolean warns = rule.severity() == Severity.WARN && bare.compareTo(Status.INCONCLUSIVE) >= 0;
    // What cannot be known and is accepted all the same is no number held against a limit.
    boolean accepted = unknown && bare == Status.PASS;
    return new Finding(
        rule.id(),
        measurement,
        accepted ? new Threshold.Present() : limit,
        accepted ? "presence" : rule.decide().word(),
        warns ? Status.WARN : bare,
        rule.severity(),
        reason(rule, limit, bare));
  }

  private Status status(ExplanationRule.Decide decide, Threshold limit) {
    double value = ((Measure.Known) measurement.value()).value();
    return switch (decide) {
      case POINT -> limit.accepts(value) ? Status.PASS : Status.FAIL;
      case EXCLUDE_HARM -> status(limit, Status.PASS);
      case SHOW_SAFE -> status(limit, Status.INCONCLUSIVE);
    };
  }

  /// @param between the outcome where the limit lies within the interval
  private Status status(Threshold limit, Status between) {
    return switch (measurement.interval()) {
      case Interval.None() -> Status.INCONCLUSIVE;
      case Interval.Bounds(double low, double high) -> {
        boolean lowFits = limit.accepts(low);
        boolean highFits = limit.accepts(high);
        yield lowFits == highFits ? (lowFits ? Status.PASS : Status.FAIL) : between;
      }
    };
  }

  private String reason(ExplanationRule rule, Threshold limit, Status bare) {
    String said =
        switch (measurement.value()) {
          case Measure.Unknown(String why) -> subject + " is not known: " + why;
          case Measure.Known(double value) ->
              subject + " is " + number(value) + interval() + "; " + words(limit) + outcome(bare);
        };
    return rule.message().isEmpty() ? said : said + ". " + rule.message();
  }

  private static String outcome(Status bare) {
    return switch (bare) {
      case PASS, WAIVED, WARN -> "";
      case INCONCLUSIVE -> ", and these rows do not show it";
      case FAIL -> ", which it is not";
    };
  }

  private String interval() {
    return switch (measurement.interval()) {
      case Interval.None() -> "";
      case Interval.Bounds(double low, double high) ->
          " (" + number(low) + " to " + number(high) + ")";
    };
  }

  private static String words(Threshold limit) {
    return switch (limit) {
      case Threshold.AtLeast(double least) -> "it has to be at least " + number(least);
      case Threshold.AtMost(double most) -> "it has to be at most " + number(most);
      case Threshold.Present() -> "it has to be there";
    };
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return String.format(Locale.ROOT, "%,d", (long) value);
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 1e-3 ? "%.4g" : "%.2e", value);
  }
}

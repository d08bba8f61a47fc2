package org.primum.fairness;

import org.primum.data.NumberColumn;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// Holds a contrast against its limit, in the four ways a rule can ask for.
final class Decisions {

  private Decisions() {}

  /// An outcome and why.
  record Decision(Status status, String reason) {}

  /// Whether harm is proven at this level, for Holm's procedure. Safety that was shown frees
  /// nothing: else a group that joins could narrow the interval of another, and let it pass.
  static boolean settled(Question.Open question, double level) {
    Bounds bounds = question.contrast().interval().at(level);
    return switch (question.rule().decide()) {
      case POINT, SHOW_SAFE -> false;
      case EXCLUDE_HARM -> outside(question.limit(), bounds);
      case BOTH -> outside(parityOrLimit(question), bounds);
    };
  }

  /// Whether the interval of this level alone proves what the rule asks to be proven: safety for
  /// `show-safe`, harm else.
  static boolean proven(Question.Open question, double level) {
    return question.rule().decide() == Rule.Decide.SHOW_SAFE
        ? inside(question.limit(), question.contrast().interval().at(level))
        : settled(question, level);
  }

  static Decision decide(Question.Open question, Bounds bounds) {
    Threshold limit = question.limit();
    boolean accepted = limit.accepts(question.contrast().point());
    return switch (question.rule().decide()) {
      case POINT ->
          accepted
              ? pass("the value respects " + words(limit))
              : fail(
                  "the value is "
                      + beyond(limit)
                      + "; decided by the value alone, which chance"
                      + " can put there");
      case EXCLUDE_HARM ->
          outside(limit, bounds)
              ? fail("the interval lies wholly " + beyond(limit))
              : pass("harm is not proven: the interval does not lie wholly " + beyond(limit));
      case SHOW_SAFE -> showSafe(limit, bounds);
      case BOTH -> both(question, accepted, bounds);
    };
  }

  private static Decision showSafe(Threshold limit, Bounds bounds) {
    if (inside(limit, bounds)) {
      return pass("the interval lies wholly within " + words(limit));
    }
    return outside(limit, bounds)
        ? fail("the interval lies wholly " + beyond(limit))
        : new Decision(
            Status.INCONCLUSIVE,
            "the interval reaches to both sides of "
                + number(limit)
                + ": neither harm nor safety is shown");
  }

  private static Decision both(Question.Open question, boolean accepted, Bounds bounds) {
    if (accepted) {
      return pass("the value respects " + words(question.limit()));
    }
    return outside(parityOrLimit(question), bounds)
        ? fail("the value is " + beyond(question.limit()) + ", and more than chance explains")
        : pass("the value is " + beyond(question.limit()) + ", but chance alone can explain it");
  }

  /// Parity, or the limit where that is the farther, or where nothing is compared.
  private static Threshold parityOrLimit(Question.Open question) {
    double parity = question.contrast().parity();
    if (Double.isNaN(parity)) {
      return question.limit();
    }
    return switch (question.limit()) {
      case Threshold.AtLeast(double limit) -> new Threshold.AtLeast(Math.max(parity, limit));
      case Threshold.AtMost(double limit) -> new Threshold.AtMost(Math.min(parity, limit));
      case Threshold.Present present -> present;
    };
  }

  static boolean outside(Threshold limit, Bounds bounds) {
    return switch (limit) {
      case Threshold.AtLeast(double min) -> bounds.high() < min;
      case Threshold.AtMost(double max) -> bounds.low() > max;
      case Threshold.Present() -> false;
    };
  }

  static boolean inside(Threshold limit, Bounds bounds) {
    return limit.accepts(bounds.low()) && limit.accepts(bounds.high());
  }

  private static String words(Threshold limit) {
    return switch (limit) {
      case Threshold.AtLeast(double min) -> "the limit of at least " + NumberColumn.format(min);
      case Threshold.AtMost(double max) -> "the limit of at most " + NumberColumn.format(max);
      case Threshold.Present() -> "presence";
    };
  }

  private static String beyond(Threshold limit) {
    return switch (limit) {
      case Threshold.AtLeast(double min) -> "below " + NumberColumn.format(min);
      case Threshold.AtMost(double max) -> "above " + NumberColumn.format(max);
      case Threshold.Present() -> "absent";
    };
  }

  private static String number(Threshold limit) {
    return switch (limit) {
      case Threshold.AtLeast(double min) -> NumberColumn.format(min);
      case Threshold.AtMost(double max) -> NumberColumn.format(max);
      case Threshold.Present() -> "presence";
    };
  }

  private static Decision pass(String reason) {
    return new Decision(Status.PASS, reason);
  }

  private static Decision fail(String reason) {
    return new Decision(Status.FAIL, reason);
  }
}

package org.primum.fairness;

import java.util.Locale;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Interval.Bounds;

/// Says a contrast of a metric that counts nobody: an area, a slope, a mean.
///
/// @param bounds the interval that decided
/// @param confidence how the reader is told what the interval is, e.g. "95 % interval"
record NumberSentence(Question.Open question, Bounds bounds, String confidence) {

  String text() {
    Question.Between between = question.between();
    String name = question.rule().metric().id();
    String of = between.one() + ": " + name + " is ";
    boolean log = question.rule().compare() == Rule.Compare.LOG_RATIO;
    double value = log ? Math.exp(question.contrast().point()) : question.contrast().point();
    Bounds ends = log ? PeopleSentence.exponentials(bounds) : bounds;
    String apart =
        between.one() + " and " + between.other() + " are " + three(value) + " apart in " + name;
    boolean unsigned = question.rule().metric().metric().scope() == Metric.Scope.PAIR;
    String what =
        switch (question.rule().compare()) {
          case NONE -> of + three(value);
          case DIFFERENCE, VS_OVERALL, VS_REST, BASELINE ->
              unsigned ? apart : of + apart(value) + " " + between.other();
          case MAX_MIN ->
              between.other()
                  + ": "
                  + name
                  + " is "
                  + apart(value)
                  + " "
                  + between.one()
                  + ", the groups furthest apart";
          case ABS_DIFFERENCE, WORST -> apart;
          case RATIO, LOG_RATIO, MIN_MAX_RATIO ->
              of + three(value) + " times that of " + between.other();
        };
    return what + " (" + confidence + " " + three(ends.low()) + " to " + end(ends) + ").";
  }

  private static String end(Bounds ends) {
    return Double.isInfinite(ends.high()) ? "no upper end" : three(ends.high());
  }

  private static String apart(double value) {
    return three(Math.abs(value)) + (value < 0 ? " below that of" : " above that of");
  }

  private static String three(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.equals("-0.000") ? "0.000" : text;
  }
}

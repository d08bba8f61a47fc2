package org.primum.fairness;

import java.util.Locale;
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
    double value = question.contrast().point();
    String what =
        switch (question.rule().compare()) {
          case NONE -> of + three(value);
          case DIFFERENCE, VS_OVERALL, VS_REST, BASELINE ->
              of + apart(value) + " " + between.other();
          case MAX_MIN ->
              between.other()
                  + ": "
                  + name
                  + " is "
                  + apart(value)
                  + " "
                  + between.one()
                  + ", the groups furthest apart";
          case ABS_DIFFERENCE, WORST ->
              between.one()
                  + " and "
                  + between.other()
                  + " are "
                  + three(value)
                  + " apart in "
                  + name;
          case RATIO, MIN_MAX_RATIO -> of + three(value) + " times that of " + between.other();
        };
    return what + " (" + confidence + " " + three(bounds.low()) + " to " + end() + ").";
  }

  private String end() {
    return Double.isInfinite(bounds.high()) ? "no upper end" : three(bounds.high());
  }

  private static String apart(double value) {
    return three(Math.abs(value)) + (value < 0 ? " below that of" : " above that of");
  }

  private static String three(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.equals("-0.000") ? "0.000" : text;
  }
}

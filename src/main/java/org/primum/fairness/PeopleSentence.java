package org.primum.fairness;

import java.util.Locale;
import java.util.Optional;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.People;
import org.primum.gate.Interval.Bounds;

/// Says a contrast in people: of 1,000 patients, so many more are missed.
final class PeopleSentence {

  private final People named;

  /// @param named what those with and without the outcome are called
  PeopleSentence(People named) {
    this.named = named;
  }

  /// What happens to whom, counted so that more is worse wherever one direction is.
  ///
  /// @param sign 1 where a higher rate means more of these events, -1 where it means fewer
  private record Event(String people, String verb, int sign) {}

  /// Empty where the metric counts nobody.
  private Optional<Event> event(Metric metric) {
    String with = named.having();
    String without = named.lacking();
    return switch (metric) {
      case TPR -> Optional.of(new Event(with, "missed", -1));
      case FNR -> Optional.of(new Event(with, "missed", 1));
      case FPR -> Optional.of(new Event(without, "flagged by mistake", 1));
      case TNR -> Optional.of(new Event(without, "flagged by mistake", -1));
      case PPV -> Optional.of(new Event("patients who are flagged", "flagged by mistake", -1));
      case NPV -> Optional.of(new Event("patients who are not flagged", "missed", -1));
      case ACCURACY -> Optional.of(new Event("patients", "judged wrongly", -1));
      case SELECTION_RATE -> Optional.of(new Event("patients", "flagged", 1));
      case FDR -> Optional.of(new Event("patients who are flagged", "flagged by mistake", 1));
      case FOR -> Optional.of(new Event("patients who are not flagged", "missed", 1));
      case ERROR_RATE -> Optional.of(new Event("patients", "judged wrongly", 1));
      case BASE_RATE -> Optional.of(new Event("patients", "recorded " + named.recorded(), 1));
      default -> Optional.empty();
    };
  }

  /// @param bounds the interval that decided
  /// @param confidence how the reader is told what the interval is, e.g. "95 % interval"
  String of(Question.Open question, Bounds bounds, String confidence) {
    Metric metric = question.rule().metric().metric();
    return event(metric)
        .map(event -> inPeople(question, event, bounds, confidence))
        .orElseGet(() -> new NumberSentence(question, bounds, confidence).text());
  }

  private static String inPeople(
      Question.Open question, Event event, Bounds bounds, String confidence) {
    Metric rate = question.rule().metric().metric();
    double value = question.contrast().point();
    Question.Between between = question.between();
    return switch (question.rule().compare()) {
      case NONE -> alone(event, value, bounds, between.one(), confidence);
      case DIFFERENCE ->
          difference(event, value, bounds, between.one(), "in " + between.other(), confidence);
      case VS_OVERALL, VS_REST ->
          difference(event, value, bounds, between.one(), "among " + between.other(), confidence);
      case BASELINE ->
          difference(event, value, bounds, between.one(), "with " + between.other(), confidence);
      case ABS_DIFFERENCE -> apart(event, value, bounds, between, confidence);
      case WORST ->
          "The group farthest from the reference: "
              + apart(event, value, bounds, between, confidence);
      case MAX_MIN ->
          "Between the groups furthest apart: "
              + difference(
                  event, value, bounds, between.other(), "in " + between.one(), confidence);
      case RATIO ->
          between.one()
              + " has "
              + times(value, bounds, rate, confidence)
              + " that of "
              + between.other()
              + ".";
      case LOG_RATIO ->
          between.one()
              + " has "
              + times(Math.exp(value), exponentials(bounds), rate, confidence)
              + " that of "
              + between.other()
              + ".";
      case MIN_MAX_RATIO ->
          between.one()
              + " has "
              + times(value, bounds, rate, confidence)
              + " that of "
              + between.other()
              + ", the groups furthest apart.";
    };
  }

  private static String alone(
      Event event, double value, Bounds bounds, String group, String confidence) {
    double share = event.sign() > 0 ? value : 1 - value;
    double low = event.sign() > 0 ? bounds.low() : 1 - bounds.high();
    double high = event.sign() > 0 ? bounds.high() : 1 - bounds.low();
    return "Of 1,000 "
        + event.people()
        + " in "
        + group
        + ", "
        + thousand(share)
        + " are "
        + event.verb()
        + " ("
        + confidence
        + " "
        + thousand(low)
        + " to "
        + thousand(high)
        + ").";
  }

  private static String difference(
      Event event, double value, Bounds bounds, String group, String other, String confidence) {
    double more = event.sign() * value;
    double low = event.sign() > 0 ? bounds.low() : -bounds.high();
    double high = event.sign() > 0 ? bounds.high() : -bounds.low();
    return "Of 1,000 "
        + event.people()
        + " in "
        + group
        + ", "
        + moreOrFewer(more)
        + " are "
        + event.verb()
        + " than "
        + other
        + " ("
        + confidence
        + " "
        + span(low, high, more < 0)
        + ").";
  }

  private static String apart(
      Event event, double value, Bounds bounds, Question.Between between, String confidence) {
    return between.one()
        + " and "
        + between.other()
        + " are "
        + thousand(value)
        + " of 1,000 "
        + event.people()
        + " apart in who is "
        + event.verb()
        + " ("
        + confidence
        + " "
        + thousand(bounds.low())
        + " to "
        + thousand(bounds.high())
        + ").";
  }

  private static String span(double low, double high, boolean fewer) {
    if (thousand(low).equals("0") || thousand(high).equals("0") || low < 0 != high < 0) {
      return moreOrFewer(low) + " to " + moreOrFewer(high);
    }
    return fewer
        ? thousand(-high) + " to " + thousand(-low)
        : thousand(low) + " to " + thousand(high);
  }

  private static String moreOrFewer(double share) {
    return thousand(Math.abs(share)) + (share < 0 ? " fewer" : " more");
  }

  /// A ratio is said as one, whatever it was decided on.
  static Bounds exponentials(Bounds logarithms) {
    return new Bounds(Math.exp(logarithms.low()), Math.exp(logarithms.high()));
  }

  private static String times(double value, Bounds bounds, Metric rate, String confidence) {
    String ratio = Double.isInfinite(value) ? "unboundedly many" : two(value);
    String high = Double.isInfinite(bounds.high()) ? "no upper end" : two(bounds.high());
    return ratio
        + " times the "
        + rate.id().replace('_', ' ')
        + " ("
        + confidence
        + " "
        + two(bounds.low())
        + " to "
        + high
        + ")";
  }

  private static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String thousand(double share) {
    return String.format(Locale.ROOT, "%,d", Math.round(share * 1000));
  }
}

package org.primum.fairness;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.policy.Statistics.Multiplicity;
import org.primum.gate.Significance;

/// The p-values of a family of questions, from their intervals: the level at which an interval
/// first proves what the rule asks for, and the level of the whole family at which the procedure
/// does. So p-value, interval and decision never disagree.
///
/// For rules that fail on proven harm it is Holm's adjusted p-value of harm; for rules that pass on
/// shown safety Bonferroni's of safety, as their levels are.
///
/// @param places of the questions; those of one place rank by the smaller of their p-values
record Adjustment(
    List<Question.Open> questions, List<Place> places, int size, Multiplicity multiplicity) {

  /// No level below this is looked at: quantiles so far out say nothing of data.
  private static final double SMALLEST = 1e-12;

  /// Nor any above: an interval there is nothing but its value and rounding. Such a p-value is 1.
  private static final double LARGEST = 0.999;

  private static final int HALVINGS = 36;

  Significance[] significance() {
    double[] p = questions.stream().mapToDouble(Adjustment::p).toArray();
    double[] adjusted = new double[p.length];
    double before = 0;
    int rejected = 0;
    for (Place place : ascending(p)) {
      int first = place.questions().getFirst();
      boolean harm = questions.get(first).rule().decide() != Rule.Decide.SHOW_SAFE;
      int step = harm ? rejected++ : 0;
      for (int i : place.questions()) {
        adjusted[i] = harm ? Math.max(before, paid(p[i], step)) : paid(p[i], step);
      }
      before = harm ? Math.max(before, paid(smallest(place, p), step)) : before;
    }
    return IntStream.range(0, p.length)
        .mapToObj(i -> new Significance.Known(p[i], adjusted[i]))
        .toArray(Significance[]::new);
  }

  private List<Place> ascending(double[] p) {
    return places.stream().sorted(Comparator.comparingDouble(place -> smallest(place, p))).toList();
  }

  private static double smallest(Place place, double[] p) {
    return place.questions().stream().mapToDouble(i -> p[i]).min().orElseThrow();
  }

  private double paid(double p, int rejected) {
    return switch (multiplicity) {
      case NONE -> p;
      case HOLM -> Math.min(1, p * (size - rejected));
    };
  }

  /// The smallest level at which the question's own interval proves what its rule asks for.
  private static double p(Question.Open question) {
    if (!Decisions.proven(question, LARGEST)) {
      return 1;
    }
    double low = SMALLEST;
    double high = LARGEST;
    if (Decisions.proven(question, low)) {
      return low;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = Math.sqrt(low * high);
      if (Decisions.proven(question, middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}

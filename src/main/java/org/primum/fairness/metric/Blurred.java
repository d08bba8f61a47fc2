package org.primum.fairness.metric;

import java.util.List;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.suppression.Range;
import org.primum.fairness.tally.Counts;
import org.primum.gate.Interval.Bounds;

/// A number other than a rate, of a group whose rows are told as ranges.
final class Blurred {

  /// Three decimals tell an area or a mean score, and no number of rows.
  private static final double STEPS = 1000;

  private Blurred() {}

  static Estimate of(Estimate exact, Metric metric, Shown group) {
    boolean rounds = metric.family() == Metric.Family.SCORE;
    return switch (exact) {
      case Estimate.Undefined(var _, Support support) when support.rows() > 0 ->
          RangedRate.untold(support);
      case Estimate.Undefined undefined -> undefined;
      case Estimate.Value value when rounds -> rounded(value, group);
      case Estimate.Value value -> RangedRate.untold(value.support());
      case Estimate.Rate rate -> RangedRate.untold(rate.support());
    };
  }

  private static Estimate rounded(Estimate.Value value, Shown group) {
    List<Support.Part> told =
        value.support().parts().stream().map(part -> told(part, group)).toList();
    if (told.isEmpty() || told.stream().anyMatch(part -> part.rows() < group.below())) {
      return RangedRate.untold(value.support());
    }
    return new Estimate.Value(
        rounded(value.value()),
        value.low(),
        value.high(),
        alpha -> outward(value.interval().at(alpha)),
        Support.of(told.toArray(Support.Part[]::new)));
  }

  /// The least there can be of a kind.
  private static Support.Part told(Support.Part part, Shown group) {
    Range range =
        switch (part.kind()) {
          case PATIENTS, OWN_ROWS -> group.rows();
          case POSITIVES -> group.over(Counts.POSITIVES);
          case NEGATIVES -> group.over(Counts.NEGATIVES);
          case PREDICTED_POSITIVES -> group.over(Counts.SELECTED);
          case PREDICTED_NEGATIVES -> group.over(Counts.NOT_SELECTED);
        };
    long rows = Math.min(part.rows(), range.low());
    return new Support.Part(part.kind(), rows, Math.min(part.effective(), (double) rows));
  }

  static double rounded(double value) {
    return Math.rint(value * STEPS) / STEPS;
  }

  static Bounds outward(Bounds bounds) {
    return new Bounds(
        Math.floor(bounds.low() * STEPS) / STEPS, Math.ceil(bounds.high() * STEPS) / STEPS);
  }
}

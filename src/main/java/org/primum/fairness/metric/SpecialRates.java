package org.primum.fairness.metric;

import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.Mover;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.gate.Interval.Bounds;

/// Numbers of the contingency table that are no single proportion of it.
final class SpecialRates {

  private final GroupTally everyone;

  /// @param everyone of whom a group's predicted positives are a share
  SpecialRates(GroupTally everyone) {
    this.everyone = everyone;
  }

  Estimate estimate(Metric metric, GroupTally group) {
    return switch (metric) {
      case BALANCED_ACCURACY -> balancedAccuracy(group);
      case F1 -> f1(group);
      case MCC, COHEN_KAPPA -> Agreement.of(metric, group);
      case PREDICTED_POSITIVE_SHARE ->
          Shares.ofGroup(group, everyone, Counts.SELECTED, metric.undefined());
      default -> throw new IllegalStateException(metric.id() + " is not one of these");
    };
  }

  /// Half the sum of two independent rates: the interval is recovered from theirs.
  private static Estimate balancedAccuracy(GroupTally group) {
    Proportion tpr = GroupRate.TPR.known(group);
    Proportion tnr = GroupRate.TNR.known(group);
    Support support =
        Support.of(
            Support.part(Support.Kind.POSITIVES, tpr), Support.part(Support.Kind.NEGATIVES, tnr));
    if (!tpr.defined() || !tnr.defined()) {
      return Values.undefined(Metric.BALANCED_ACCURACY, support);
    }
    double half = tnr.value() / 2;
    return Values.of(
        Metric.BALANCED_ACCURACY,
        (tpr.value() + tnr.value()) / 2,
        support,
        alpha -> {
          Bounds of = Values.wilson(tnr, alpha);
          Bounds minus = new Bounds(-of.high() / 2, -of.low() / 2);
          return Mover.difference(tpr.value() / 2, halved(Values.wilson(tpr, alpha)), -half, minus);
        });
  }

  private static Bounds halved(Bounds bounds) {
    return new Bounds(bounds.low() / 2, bounds.high() / 2);
  }

  /// `2 j / (1 + j)` of the share j of true positives among rows that are positive or predicted
  /// positive, which is a proportion with Wilson's interval.
  private static Estimate f1(GroupTally group) {
    DrawnShare share = new DrawnShare(group, Counts.TP, group, Counts.TP | Counts.FP | Counts.FN);
    Estimate estimate = share.estimate(Support.Kind.PATIENTS, Metric.F1.undefined());
    return estimate instanceof Estimate.Rate(Proportion j, Support support)
        ? Values.image(Metric.F1, j, support, x -> 2 * x / (1 + x))
        : estimate;
  }
}

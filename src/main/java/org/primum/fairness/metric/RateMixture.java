package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.List;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.Deviations;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.gate.Interval.Bounds;

/// Numbers of one group that are made of two of its rates. Where one of the two has no value,
/// neither has the number.
public final class RateMixture {

  /// All of them.
  public static final List<Metric> METRICS =
      List.of(Metric.AVERAGE_ODDS, Metric.AVERAGE_PREDICTIVE_VALUE, Metric.TREATMENT_EQUALITY);

  private RateMixture() {}

  /// The number of a group.
  ///
  /// @param metric one of [#METRICS]
  public static Estimate of(Metric metric, GroupTally group) {
    return switch (metric) {
      case AVERAGE_ODDS -> mean(GroupRate.TPR.estimate(group), GroupRate.FPR.estimate(group));
      case AVERAGE_PREDICTIVE_VALUE ->
          mean(GroupRate.PPV.estimate(group), GroupRate.FOR.estimate(group));
      case TREATMENT_EQUALITY -> odds(group);
      default -> throw new IllegalStateException(metric.id() + " is not of one group");
    };
  }

  /// The mean of two rates of different rows. The difference of two groups' means is the mean of
  /// the two differences, and so is its interval: variances recovered from the four intervals.
  private static Estimate mean(Estimate one, Estimate other) {
    List<Support.Part> parts = new ArrayList<>(one.support().parts());
    parts.addAll(other.support().parts());
    Support support =
        new Support(
            one.support().rows() + other.support().rows(),
            parts,
            Deviations.mean(one.support().deviations(), other.support().deviations()));
    for (Estimate part : List.of(one, other)) {
      if (part instanceof Estimate.Undefined(String reason, Support _)) {
        return new Estimate.Undefined(reason, support);
      }
    }
    double value = (one.value() + other.value()) / 2;
    return new Estimate.Value(value, 0, 1, alpha -> Mover.mean(one, other, alpha), support);
  }

  /// Missed for each one flagged by mistake: the odds of a share, and of the ends of its interval.
  private static Estimate odds(GroupTally group) {
    Estimate missed =
        new DrawnShare(group, Counts.FN, group, Counts.FN | Counts.FP)
            .estimate(Support.Kind.PATIENTS, Metric.TREATMENT_EQUALITY.undefined());
    if (!missed.defined() || missed.value() == 1) {
      return new Estimate.Undefined(Metric.TREATMENT_EQUALITY.undefined(), missed.support());
    }
    return new Estimate.Value(
        odds(missed.value()),
        0,
        Double.POSITIVE_INFINITY,
        alpha -> {
          Bounds share = missed.at(alpha);
          return new Bounds(odds(share.low()), odds(share.high()));
        },
        missed.support());
  }

  private static double odds(double share) {
    return share / (1 - share);
  }
}

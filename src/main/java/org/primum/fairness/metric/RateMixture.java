package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.List;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.ProportionIntervals;
import org.primum.fairness.tally.Counts;
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
  public static Estimate of(Metric metric, Counts counts) {
    return switch (metric) {
      case AVERAGE_ODDS -> mean(GroupRate.TPR.estimate(counts), GroupRate.FPR.estimate(counts));
      case AVERAGE_PREDICTIVE_VALUE ->
          mean(GroupRate.PPV.estimate(counts), GroupRate.FOR.estimate(counts));
      case TREATMENT_EQUALITY -> odds(counts.proportion(Counts.FN, Counts.FN | Counts.FP));
      default -> throw new IllegalStateException(metric.id() + " is not of one group");
    };
  }

  /// The mean of two rates of different rows. The difference of two groups' means is the mean of
  /// the two differences, and so is its interval: variances recovered from the four intervals.
  private static Estimate mean(Estimate one, Estimate other) {
    List<Support.Part> parts = new ArrayList<>(one.support().parts());
    parts.addAll(other.support().parts());
    Support support = Support.of(parts.toArray(Support.Part[]::new));
    for (Estimate part : List.of(one, other)) {
      if (part instanceof Estimate.Undefined(String reason, Support _)) {
        return new Estimate.Undefined(reason, support);
      }
    }
    double value = (one.value() + other.value()) / 2;
    return new Estimate.Value(value, 0, 1, alpha -> Mover.mean(one, other, alpha), support);
  }

  /// Missed for each one flagged by mistake: the odds of a share, and of the ends of its interval.
  private static Estimate odds(Proportion missed) {
    Support support = Support.of(Support.Kind.PATIENTS, missed);
    if (missed.events() == missed.total()) {
      return new Estimate.Undefined(Metric.TREATMENT_EQUALITY.undefined(), support);
    }
    return new Estimate.Value(
        odds(missed.value()),
        0,
        Double.POSITIVE_INFINITY,
        alpha -> {
          Bounds share = ProportionIntervals.wilson(missed, ProportionIntervals.quantile(alpha));
          return new Bounds(odds(share.low()), odds(share.high()));
        },
        support);
  }

  private static double odds(double share) {
    return share / (1 - share);
  }
}

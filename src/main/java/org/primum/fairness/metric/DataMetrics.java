package org.primum.fairness.metric;

import java.util.function.DoubleUnaryOperator;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.distribution.Divergence;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Measure;

/// Numbers of the data before any model: how large a group is, and how its labels are spread.
final class DataMetrics {

  private final GroupTally everyone;

  DataMetrics(GroupTally everyone) {
    this.everyone = everyone;
  }

  Estimate estimate(Metric metric, GroupTally group) {
    return switch (metric) {
      case LABEL_MISSING_RATE, PREDICTION_MISSING_RATE ->
          GroupRate.of(metric).orElseThrow().estimate(group);
      case REPRESENTATION -> share(metric, group);
      case CLASS_IMBALANCE -> imbalance(share(metric, group));
      case KL, JS -> divergence(metric, group);
      default -> throw new IllegalStateException(metric.id() + " is not of one group");
    };
  }

  private Estimate share(Metric metric, GroupTally group) {
    return Shares.ofGroup(group, everyone, Counts.ALL, metric.undefined());
  }

  private static Estimate imbalance(Estimate share) {
    return share instanceof Estimate.Rate(Proportion p, Support support)
        ? Values.image(Metric.CLASS_IMBALANCE, p, support, x -> 1 - 2 * x)
        : share;
  }

  /// The rate of everyone is taken as known: a group is a part of everyone, which makes the
  /// interval a little wide, by 1 / sqrt(1 - share of the group).
  private Estimate divergence(Metric metric, GroupTally group) {
    if (!(GroupRate.BASE_RATE.estimate(group)
        instanceof Estimate.Rate(Proportion p, Support support))) {
      return GroupRate.BASE_RATE.estimate(group);
    }
    double everyones = GroupRate.BASE_RATE.proportion(everyone.counts()).value();
    DoubleUnaryOperator from =
        rate -> metric == Metric.KL ? kullback(rate, everyones) : jensen(rate, everyones);
    return Values.of(
        metric,
        from.applyAsDouble(p.value()),
        support,
        alpha -> image(Values.wilson(p, alpha), everyones, from));
  }

  /// The distances over an interval: 0 where it holds everyone's rate.
  private static Bounds image(Bounds rates, double everyones, DoubleUnaryOperator from) {
    double one = from.applyAsDouble(rates.low());
    double other = from.applyAsDouble(rates.high());
    boolean holds = rates.low() <= everyones && everyones <= rates.high();
    return new Bounds(holds ? 0 : Math.min(one, other), Math.max(one, other));
  }

  private static Divergence between(double rate, double everyones) {
    return new Divergence(new double[] {rate, 1 - rate}, new double[] {everyones, 1 - everyones});
  }

  private static double kullback(double rate, double everyones) {
    return switch (between(rate, everyones).kullbackLeibler()) {
      case Measure.Known(double value) -> value;
      case Measure.Unknown _ -> Double.POSITIVE_INFINITY;
    };
  }

  private static double jensen(double rate, double everyones) {
    return between(rate, everyones).jensenShannon();
  }
}

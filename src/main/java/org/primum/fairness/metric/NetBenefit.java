package org.primum.fairness.metric;

import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.statistics.Mover;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.tally.Outcome;
import org.primum.gate.Interval.Bounds;

/// Net benefit of alerting from a threshold on: true alerts less false ones, each false one weighed
/// by the odds of the threshold. Vickers, Elkin 2006, *Decision curve analysis*, Medical Decision
/// Making 26:565-574, [doi:10.1177/0272989X06295361](https://doi.org/10.1177/0272989X06295361).
///
/// Intervals are recovered from Wilson's intervals of the parts (Zou, Donner 2008), so they do not
/// shrink to a point where nobody is alerted. Net benefit is the difference of two shares of the
/// same rows, which are negatively correlated; standardized by the base rate it is the sensitivity
/// less the false positive rate times the odds against the outcome, three numbers that are
/// uncorrelated.
final class NetBenefit {

  private final double odds;
  private final ScoredRows rows;
  private final double threshold;

  private NetBenefit(double threshold, ScoredRows rows) {
    this.odds = threshold / (1 - threshold);
    this.rows = rows;
    this.threshold = threshold;
  }

  static Estimate of(MetricRef ref, ScoredRows rows) {
    NetBenefit benefit = new NetBenefit(ref.at(), rows);
    return ref.metric() == Metric.NET_BENEFIT ? benefit.plain() : benefit.standardized();
  }

  private Estimate plain() {
    Support support = rows.labeledSupport();
    if (rows.labeledWeight() == 0) {
      return Values.undefined(Metric.NET_BENEFIT, support);
    }
    Proportion right = rows.reaching(threshold, Outcome.POSITIVE, rows.allLabeled());
    Proportion wrong = rows.reaching(threshold, Outcome.NEGATIVE, rows.allLabeled());
    double value = right.value() - odds * wrong.value();
    return Values.of(
        Metric.NET_BENEFIT,
        value,
        support,
        alpha ->
            Mover.difference(
                right.value(),
                Values.wilson(right, alpha),
                odds * wrong.value(),
                times(odds, Values.wilson(wrong, alpha)),
                correlation(right.value(), wrong.value())));
  }

  /// Of two shares of the same rows that exclude each other.
  private static double correlation(double one, double other) {
    double spread = (1 - one) * (1 - other);
    return spread == 0 ? 0 : Math.max(-1, -Math.sqrt(one * other / spread));
  }

  private Estimate standardized() {
    Support support = Support.of(rows.positivePart(), rows.negativePart());
    if (rows.positiveWeight() == 0) {
      return Values.undefined(Metric.STANDARDIZED_NET_BENEFIT, support);
    }
    Proportion tpr = rows.reaching(threshold, Outcome.POSITIVE, rows.allPositives());
    if (rows.negativeWeight() == 0) {
      return Values.image(Metric.STANDARDIZED_NET_BENEFIT, tpr, support, x -> x);
    }
    Proportion fpr = rows.reaching(threshold, Outcome.NEGATIVE, rows.allNegatives());
    double against = odds * (rows.negativeWeight() / rows.positiveWeight());
    return Values.of(
        Metric.STANDARDIZED_NET_BENEFIT,
        tpr.value() - against * fpr.value(),
        support,
        alpha ->
            Mover.difference(
                tpr.value(),
                Values.wilson(tpr, alpha),
                against * fpr.value(),
                times(odds, cost(fpr, alpha))));
  }

  /// The interval of the false positive rate times the odds against the outcome.
  private Bounds cost(Proportion fpr, double alpha) {
    Proportion base = rows.observed();
    Bounds wilson = Values.wilson(base, alpha);
    Bounds favor = new Bounds(odds(wilson.low()), odds(wilson.high()));
    return Mover.ratio(fpr.value(), Values.wilson(fpr, alpha), odds(base.value()), favor);
  }

  private static double odds(double p) {
    return p / (1 - p);
  }

  private static Bounds times(double factor, Bounds bounds) {
    return new Bounds(factor * bounds.low(), factor * bounds.high());
  }
}

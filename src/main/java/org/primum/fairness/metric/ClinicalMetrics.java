package org.primum.fairness.metric;

import java.util.List;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Outcome;
import org.primum.fairness.tally.ScoreScale;

/// What the model does for patients.
final class ClinicalMetrics {

  private final ScoredRows everyone;
  private final TopShare top;

  ClinicalMetrics(GroupTally everyone, ScoreScale scale) {
    this.everyone = ScoredRows.of(everyone, scale);
    this.top = new TopShare(everyone.scores());
  }

  Estimate estimate(MetricRef ref, ScoredRows rows) {
    return switch (ref.metric()) {
      case NET_BENEFIT, STANDARDIZED_NET_BENEFIT -> NetBenefit.of(ref, rows);
      case NNT_ALERT -> alertsEach(rows.group());
      case SENSITIVITY_AT_ALERT_RATE -> sensitivity(top.from(1 - ref.at()), rows);
      case ACCESS_SHARE -> access(top.from(ref.at()), rows);
      case NEED_AT -> NeedMetrics.from(top.from(ref.at()), rows);
      default -> throw new IllegalStateException(ref.id() + " is not of the clinic");
    };
  }

  /// What a group needs in each tenth of everyone's scores.
  List<NeedMetrics.Tenth> needByTenth(ScoredRows rows) {
    return NeedMetrics.byTenth(top, rows);
  }

  private static Estimate alertsEach(GroupTally group) {
    Proportion ppv = GroupRate.PPV.known(group);
    Support support = GroupRate.PPV.estimate(group).support();
    return ppv.events() > 0
        ? Values.image(Metric.NNT_ALERT, ppv, support, x -> 1 / x)
        : Values.undefined(Metric.NNT_ALERT, support);
  }

  private static Estimate sensitivity(double from, ScoredRows rows) {
    Proportion p = rows.reaching(from, Outcome.POSITIVE, rows.allPositives());
    return Estimate.of(p, Support.Kind.POSITIVES, Metric.SENSITIVITY_AT_ALERT_RATE.undefined());
  }

  private Estimate access(double from, ScoredRows rows) {
    ScoredRows.Amount all = everyone.reaching(from);
    ScoredRows.Amount own = rows.reaching(from);
    double weight = Math.min(own.weight(), all.weight());
    return Shares.of(
        new Proportion(weight, all.weight(), own.rows(), all.rows(), all.effective()),
        new Support.Part(Support.Kind.OWN_ROWS, own.rows(), own.effective()),
        Metric.ACCESS_SHARE.undefined());
  }
}

package org.primum.fairness.metric;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.ScoreScale;

/// Every metric of a group, by its name in a policy.
public final class GroupMetrics {

  private final GroupTally everyone;
  private final ScoreScale scale;

  /// @param everyone the tally of all rows, which quantiles and shares are taken from
  /// @param scale where scores are counted
  public GroupMetrics(GroupTally everyone, ScoreScale scale) {
    this.everyone = everyone;
    this.scale = scale;
  }

  /// The metrics that result files list, whether or not a rule speaks of them: all that the data
  /// can have, and those of the rules.
  public List<MetricRef> listed(FairnessPolicy policy) {
    Set<MetricRef> listed = new LinkedHashSet<>();
    for (GroupRate rate : GroupRate.values()) {
      listed.add(MetricRef.of(rate.metric()));
    }
    policy.rules().stream()
        .map(Rule::metric)
        .filter(ref -> ref.metric() != Metric.MISSING_RATE)
        .forEach(listed::add);
    return List.copyOf(listed);
  }

  /// The metric of a group.
  public Estimate estimate(MetricRef ref, GroupTally group) {
    Metric metric = ref.metric();
    return switch (metric.family()) {
      case RATE -> rate(metric, group);
      case DATA -> data(metric, group);
      case SCORE, CALIBRATION, CLINICAL, REGRESSION ->
          throw new IllegalStateException(metric.id() + " " + scale);
    };
  }

  /// The metric of a group as far as it may be told. What is made of numbers that are told as
  /// ranges is a range; metrics of the score are rounded then, and what neither can be done to is
  /// as if there were too few rows.
  ///
  /// @param all everyone, as far as it may be told
  public Estimate estimate(MetricRef ref, Shown group, Shown all) {
    Metric metric = ref.metric();
    if (GroupRate.of(metric).isPresent()) {
      return GroupRate.of(metric).get().estimate(group);
    }
    if (metric == Metric.REPRESENTATION) {
      return Shares.of(group, all, metric.undefined());
    }
    Estimate exact = estimate(ref, group.tally());
    return group.exact() && all.exact() ? exact : Blurred.of(exact, metric, group);
  }

  private Estimate rate(Metric metric, GroupTally group) {
    return GroupRate.of(metric).orElseThrow().estimate(group.counts());
  }

  private Estimate data(Metric metric, GroupTally group) {
    return switch (metric) {
      case LABEL_MISSING_RATE, PREDICTION_MISSING_RATE -> rate(metric, group);
      case REPRESENTATION -> Shares.of(group, everyone);
      default -> throw new IllegalStateException(metric.id() + " is not of one group");
    };
  }
}

package org.primum.fairness.metric;

import org.primum.fairness.policy.Metric;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;

/// Which part of all rows a group is.
public final class Shares {

  private Shares() {}

  /// The share of the group's rows, weighted where rows are, among all.
  public static Estimate of(GroupTally group, GroupTally everyone) {
    return Estimate.of(
        Counts.proportion(group.counts().over(Counts.ALL), everyone.counts().over(Counts.ALL)),
        Support.Kind.PATIENTS,
        Metric.REPRESENTATION.undefined());
  }
}

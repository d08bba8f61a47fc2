package org.primum.fairness.metric;

import org.primum.fairness.policy.Metric;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;

/// Which part of all rows a group is.
public final class Shares {

  private Shares() {}

  /// The share of the group's rows, weighted where rows are, among all.
  public static Estimate of(GroupTally group, GroupTally everyone) {
    return of(group, everyone, Metric.REPRESENTATION.undefined());
  }

  /// The share of some rows among all.
  ///
  /// @param undefined why there is none where nobody is there
  public static Estimate of(GroupTally some, GroupTally everyone, String undefined) {
    return new DrawnShare(some, Counts.ALL, everyone, Counts.ALL)
        .estimate(Support.Kind.PATIENTS, undefined);
  }
}

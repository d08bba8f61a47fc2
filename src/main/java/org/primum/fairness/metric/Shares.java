package org.primum.fairness.metric;

import org.primum.fairness.policy.Metric;
import org.primum.fairness.suppression.Range;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;

/// Which part of all rows a group is.
public final class Shares {

  private Shares() {}

  /// The share of the group's rows, weighted where rows are, among all.
  public static Estimate of(GroupTally group, GroupTally everyone) {
    return of(group, everyone, Metric.REPRESENTATION.undefined());
  }

  private static Estimate of(GroupTally group, GroupTally everyone, String undefined) {
    return Estimate.of(
        Counts.proportion(group.counts().over(Counts.ALL), everyone.counts().over(Counts.ALL)),
        Support.Kind.PATIENTS,
        undefined);
  }

  /// The same as far as both may be told.
  ///
  /// @param undefined why there is none where there are no rows
  public static Estimate of(Shown group, Shown everyone, String undefined) {
    Range part = group.rows();
    Range all = everyone.rows();
    if (part.exact() && all.exact()) {
      return of(group.tally(), everyone.tally(), undefined);
    }
    boolean known = part.bounded() && all.bounded();
    Range rest =
        known
            ? new Range(Math.max(0, all.low() - part.high()), Math.max(0, all.high() - part.low()))
            : new Range(0, Range.UNBOUNDED);
    return RangedRate.of(part, rest, Support.Kind.PATIENTS, everyone);
  }
}

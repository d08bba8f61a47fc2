package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.List;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.suppression.Range;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;

/// Which part of all rows a group's rows are.
///
/// The rows below the line are everyone's; the group's own stand beside them, so that a share is
/// hidden where the group is too small to be shown.
public final class Shares {

  private Shares() {}

  /// The share of some rows among all.
  ///
  /// @param undefined why there is none where nobody is there
  public static Estimate of(GroupTally some, GroupTally everyone, String undefined) {
    return new DrawnShare(some, Counts.ALL, everyone, Counts.ALL)
        .estimate(Support.Kind.PATIENTS, undefined);
  }

  /// The share of a group's cells among everyone's.
  static Estimate ofGroup(GroupTally group, GroupTally everyone, int cells, String undefined) {
    Estimate share =
        new DrawnShare(group, cells, everyone, cells).estimate(Support.Kind.PATIENTS, undefined);
    long rows = group.counts().over(cells).n();
    return beside(share, new Support.Part(Support.Kind.OWN_ROWS, rows, (double) rows));
  }

  /// @param own the group's rows among those of the share
  static Estimate of(Proportion p, Support.Part own, String undefined) {
    return beside(Estimate.of(p, Support.Kind.PATIENTS, undefined), own);
  }

  private static Estimate beside(Estimate share, Support.Part own) {
    List<Support.Part> parts = new ArrayList<>(share.support().parts());
    parts.add(own);
    Support support = new Support(share.support().rows(), parts, share.support().deviations());
    return switch (share) {
      case Estimate.Rate(Proportion p, var _) -> new Estimate.Rate(p, support);
      case Estimate.Undefined(String reason, var _) -> new Estimate.Undefined(reason, support);
      case Estimate.Value value ->
          new Estimate.Value(value.value(), value.low(), value.high(), value.interval(), support);
    };
  }

  /// The same as far as both may be told.
  public static Estimate of(Shown some, Shown everyone, String undefined) {
    Range part = some.rows();
    Range all = everyone.rows();
    Estimate exact = of(some.tally(), everyone.tally(), undefined);
    if (part.exact() && all.exact()) {
      return exact;
    }
    if (part.high() > 0 && part.low() < some.below()) {
      return RangedRate.untold(exact.support());
    }
    boolean known = part.bounded() && all.bounded();
    Range rest =
        known
            ? new Range(Math.max(0, all.low() - part.high()), Math.max(0, all.high() - part.low()))
            : new Range(0, Range.UNBOUNDED);
    return RangedRate.of(part, rest, exact.support(), everyone);
  }
}

package org.primum.fairness.metric;

import java.util.List;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.Sums;

/// Which part of all rows a group's rows are.
///
/// The rows below the line are everyone's; the group's own stand beside them, so that a share is
/// hidden where the group is too small to be shown.
final class Shares {

  private Shares() {}

  static Estimate of(Sums group, Sums everyone, String undefined) {
    Proportion p = Counts.proportion(group, everyone);
    return of(
        p, new Support.Part(Support.Kind.OWN_ROWS, group.n(), Counts.effective(group)), undefined);
  }

  /// @param own the group's rows among those of the share
  static Estimate of(Proportion p, Support.Part own, String undefined) {
    Support support = new Support(p.rows(), List.of(Support.part(Support.Kind.PATIENTS, p), own));
    if (p.defined()) {
      return new Estimate.Rate(p, support);
    }
    return new Estimate.Undefined(p.rows() > 0 ? "all weights are zero" : undefined, support);
  }
}

package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.List;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.gate.Interval.Bounds;

/// Conditional demographic disparity of a group: its share of the rejected minus its share of the
/// selected, in each stratum, averaged by the rows of the strata. Above 0 where the group is
/// rejected more often than those who are alike.
///
/// Wachter, Mittelstadt, Russell 2021, *Why fairness cannot be automated*, Computer Law and
/// Security Review 41:105567,
/// [doi:10.1016/j.clsr.2021.105567](https://doi.org/10.1016/j.clsr.2021.105567).
public final class ConditionalDisparity {

  private ConditionalDisparity() {}

  /// One stratum.
  ///
  /// @param group the group's rows in it
  /// @param everyone all rows in it
  public record Stratum(GroupTally group, GroupTally everyone) {}

  /// Over all strata. Without a value where in one of them nobody, or everybody, is selected: the
  /// stratum says nothing, and to leave it out would say that it says 0.
  public static Estimate of(List<Stratum> strata) {
    List<Disparity> parts = new ArrayList<>();
    double rows = 0;
    for (Stratum stratum : strata) {
      Disparity part = Disparity.of(stratum);
      parts.add(part);
      rows += part.rows();
    }
    Support support = support(strata);
    if (parts.isEmpty() || !parts.stream().allMatch(Disparity::defined)) {
      return new Estimate.Undefined(Metric.CDD.undefined(), support);
    }
    double all = rows;
    double value = parts.stream().mapToDouble(p -> p.rows() / all * p.difference()).sum();
    return new Estimate.Value(value, -1, 1, alpha -> interval(parts, all, value, alpha), support);
  }

  /// The variance recovered from the interval of each share in each stratum, weighted.
  private static Bounds interval(List<Disparity> parts, double rows, double value, double alpha) {
    double below = 0;
    double above = 0;
    for (Disparity part : parts) {
      Bounds bounds = Mover.difference(part.rejected(), part.selected(), alpha);
      double weight = part.rows() / rows;
      below = Math.hypot(below, weight * (part.difference() - bounds.low()));
      above = Math.hypot(above, weight * (bounds.high() - part.difference()));
    }
    return new Bounds(Math.max(-1, value - below), Math.min(1, value + above));
  }

  private static Support support(List<Stratum> strata) {
    GroupTally group =
        strata.stream().map(Stratum::group).reduce(GroupTally.NONE, GroupTally::plus);
    return GroupRate.SELECTION_RATE.estimate(group).support();
  }

  /// The group's share of the rejected and of the selected in one stratum.
  private record Disparity(Estimate rejected, Estimate selected, double rows) {

    static Disparity of(Stratum stratum) {
      return new Disparity(
          share(stratum, Counts.NOT_SELECTED),
          share(stratum, Counts.SELECTED),
          stratum
              .everyone()
              .counts()
              .over(Counts.SELECTED | Counts.NOT_SELECTED)
              .weight()
              .toDouble());
    }

    private static Estimate share(Stratum stratum, int cells) {
      return new DrawnShare(stratum.group(), cells, stratum.everyone(), cells)
          .estimate(Support.Kind.PATIENTS, Metric.CDD.undefined());
    }

    boolean defined() {
      return rejected.defined() && selected.defined();
    }

    double difference() {
      return rejected.value() - selected.value();
    }
  }
}

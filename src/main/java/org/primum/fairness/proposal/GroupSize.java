package org.primum.fairness.proposal;

import java.util.List;
import java.util.Map;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.Minimum;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Tally;

/// How many there are of a group.
///
/// @param value of the attribute
/// @param rows whatever they lack
/// @param having with the outcome and a prediction
/// @param lacking without it, with a prediction
/// @param judgedByMisses whether a rule on missed patients judges it
/// @param judgedByAlarms whether a rule on false alarms judges it
record GroupSize(
    String value,
    long rows,
    long having,
    long lacking,
    boolean judgedByMisses,
    boolean judgedByAlarms) {

  /// The groups of one attribute.
  ///
  /// @param at its position in the tally's layout
  static List<GroupSize> of(Tally tally, int at) {
    return tally.groups(List.of(at)).entrySet().stream().map(GroupSize::of).toList();
  }

  private static GroupSize of(Map.Entry<List<String>, GroupTally> group) {
    Counts counts = group.getValue().counts();
    Proportion having = counts.proportion(Counts.TP, Counts.TP | Counts.FN);
    Proportion lacking = counts.proportion(Counts.FP, Counts.FP | Counts.TN);
    return new GroupSize(
        group.getKey().getFirst(),
        counts.n(),
        having.rows(),
        lacking.rows(),
        having.effectiveRows() >= Minimum.USUAL.positives(),
        lacking.effectiveRows() >= Minimum.USUAL.negatives());
  }

  /// Whether people are known to be in it together; rows without a value only lack one.
  boolean isNamed() {
    return !value.equals(Attribute.MISSING);
  }
}

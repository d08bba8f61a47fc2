package org.primum.fairness;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.metric.Shown;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Threshold;

/// What a rule asks at one limit of one table of groups: of whom, and for which number.
record Asking(
    FairnessPolicy policy,
    Rule rule,
    GroupMetrics numbers,
    Disclosure disclosure,
    Threshold limit,
    GroupTable table) {

  /// The rule's number, as far as it may be told.
  Estimate estimate(Shown shown) {
    return numbers.estimate(rule.metric(), shown, disclosure.everyone());
  }

  /// A number of all groups would tell of those whose rows are told as ranges.
  Estimate whole(Shown shown) {
    Estimate estimate = estimate(shown);
    return shown.exact() ? estimate : numbers.untold(estimate);
  }

  /// The rule's number of each group that it speaks of.
  SequencedMap<Group, Estimate> spokenOf() {
    return spokenOf((_, shown) -> estimate(shown));
  }

  /// The groups that rules speak of: all but rows without a value where the policy only reports
  /// those.
  SequencedMap<Group, Estimate> spokenOf(BiFunction<Group, Shown, Estimate> number) {
    SequencedMap<Group, Estimate> groups = new LinkedHashMap<>();
    for (Group group : table.groups().keySet()) {
      if (!onlyReported(group)) {
        groups.put(group, number.apply(group, disclosure.group(group)));
      }
    }
    return groups;
  }

  private boolean onlyReported(Group group) {
    for (int i = 0; i < group.values().size(); i++) {
      Attribute attribute = policy.attribute(group.attributes().get(i));
      if (group.values().get(i).equals(Attribute.MISSING)
          && attribute.missing() == Attribute.Missing.REPORT) {
        return true;
      }
    }
    return false;
  }
}

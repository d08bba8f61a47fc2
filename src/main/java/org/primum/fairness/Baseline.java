package org.primum.fairness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.primum.data.NumberColumn;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.ScoreScale;
import org.primum.fairness.tally.Tally;
import org.primum.gate.ConfigInvalidException;

/// The model in use, by the same groups: what rules `against: baseline` hold the audited one
/// against.
final class Baseline {

  /// What findings and metrics call it.
  static final String NAME = "baseline";

  /// Nobody gave one.
  static final Baseline NONE = new Baseline(Map.of(), Optional.empty());

  private final Map<Group, GroupTally> groups;
  private final Optional<GroupMetrics> numbers;

  private Baseline(Map<Group, GroupTally> groups, Optional<GroupMetrics> numbers) {
    this.groups = groups;
    this.numbers = numbers;
  }

  /// @throws ConfigInvalidException where it was counted otherwise than the policy says
  static Baseline of(Tally tally, FairnessPolicy policy) {
    List<String> reasons = differences(tally, Tally.Layout.of(policy));
    if (!reasons.isEmpty()) {
      throw new ConfigInvalidException(
          "the baseline does not belong to this policy: "
              + String.join("; ", reasons)
              + "; make the tally of the model in use under this policy");
    }
    Map<Group, GroupTally> groups = new HashMap<>();
    for (List<String> of : policy.audited()) {
      groups.putAll(GroupTable.of(tally, policy, of).groups());
    }
    GroupMetrics numbers = new GroupMetrics(policy.data().target(), tally.overall(), tally.scale());
    return new Baseline(groups, Optional.of(numbers));
  }

  /// In words that name what a person has to change.
  private static List<String> differences(Tally baseline, Tally.Layout policy) {
    List<String> reasons = new ArrayList<>();
    Tally.Layout layout = baseline.layout();
    if (!layout.decision().equals(policy.decision())) {
      reasons.add(
          "its label, prediction, score, threshold, weight or cluster are others ("
              + layout.decision()
              + ", the policy has "
              + policy.decision()
              + ")");
    }
    if (!layout.attributes().equals(policy.attributes())) {
      reasons.add(
          "its groups are others ("
              + layout.attributes()
              + ", the policy has "
              + policy.attributes()
              + ")");
    }
    if (baseline.scale() instanceof ScoreScale.Binned) {
      policy.thresholds().stream()
          .filter(at -> !layout.thresholds().contains(at))
          .forEach(at -> reasons.add("it has no counts at the score " + NumberColumn.format(at)));
    }
    return reasons;
  }

  boolean given() {
    return numbers.isPresent();
  }

  /// The metric of a group under the model in use; empty where it saw nobody of the group.
  Optional<Estimate> estimate(MetricRef metric, Group group) {
    return Optional.ofNullable(groups.get(group))
        .flatMap(tally -> numbers.map(known -> known.estimate(metric, tally)));
  }
}

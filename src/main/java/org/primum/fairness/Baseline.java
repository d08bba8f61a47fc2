package org.primum.fairness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Optional<String> difference = comparable(tally, policy).difference(Tally.Layout.of(policy));
    if (difference.isPresent()) {
      throw new ConfigInvalidException(
          "the baseline was counted under a policy with "
              + difference.get()
              + "; count the rows of the model in use under this policy");
    }
    Map<Group, GroupTally> groups = new HashMap<>();
    for (List<String> of : policy.audited()) {
      groups.putAll(GroupTable.of(tally, policy, of).groups());
    }
    GroupMetrics numbers = new GroupMetrics(policy.data().target(), tally.overall(), tally.scale());
    return new Baseline(groups, Optional.of(numbers));
  }

  /// Thresholds of other rules do no harm where the counts are exact at those of the policy.
  private static Tally.Layout comparable(Tally baseline, FairnessPolicy policy) {
    Tally.Layout layout = baseline.layout();
    boolean exact =
        baseline.scale() instanceof ScoreScale.Exact
            || layout.thresholds().containsAll(policy.thresholds());
    return exact
        ? new Tally.Layout(layout.decision(), policy.thresholds(), layout.attributes())
        : layout;
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

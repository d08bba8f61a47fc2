package org.primum.fairness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.Support;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.gate.Finding;
import org.primum.gate.Status;

/// Who can be judged: a group with a number, on enough rows. Of the others it says what the policy
/// says of them.
record Judging(FairnessPolicy policy, Group reference, Phrasing phrasing) {

  static Judging of(Asking asking) {
    return new Judging(asking.policy(), asking.table().reference(), Phrasing.of(asking));
  }

  /// Keeps the groups that can be judged, and settles the others.
  ///
  /// @param settled where their findings go
  SequencedMap<Group, Estimate> judged(
      SequencedMap<Group, Estimate> groups, List<Question> settled) {
    SequencedMap<Group, Estimate> kept = new LinkedHashMap<>();
    groups.forEach((group, p) -> {
      Optional<Finding> why = unjudged(group, p);
      why.map(Question.Settled::new).ifPresent(settled::add);
      if (why.isEmpty()) {
        kept.put(group, p);
      }
    });
    return kept;
  }

  /// Why a group cannot be judged; empty where it can.
  Optional<Finding> unjudged(Group group, Estimate p) {
    boolean isReference = group.equals(reference) && phrasing.rule().compare().againstReference();
    return unjudged(group, p, isReference ? "the reference " + group.name() + " has " : "");
  }

  /// @param of whose numbers these are, where they are not the group's own
  Optional<Finding> unjudged(Group group, Estimate p, String of) {
    if (p instanceof Estimate.Undefined(String reason, Support support)) {
      Status status = policy.defaults().onUndefined().status();
      return Optional.of(phrasing.settled(group.name(), of + reason, status, support.rows()));
    }
    Status small = policy.defaults().onSmall().status();
    Enough enough = new Enough(policy);
    return enough
        .lacking(p.support())
        .map(part -> phrasing.settled(group.name(), of + enough.words(part), small, part.rows()));
  }
}

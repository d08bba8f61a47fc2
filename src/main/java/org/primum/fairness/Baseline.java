package org.primum.fairness;

import java.util.List;
import java.util.Optional;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.metric.GroupRate;
import org.primum.fairness.metric.RangedRate;
import org.primum.fairness.metric.Shown;
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
  static final Baseline NONE =
      new Baseline(Disclosure.of(GroupTally.NONE, List.of(), 0), Optional.empty());

  private final Disclosure disclosure;
  private final Optional<GroupMetrics> numbers;

  private Baseline(Disclosure disclosure, Optional<GroupMetrics> numbers) {
    this.disclosure = disclosure;
    this.numbers = numbers;
  }

  /// @throws ConfigInvalidException where it was counted otherwise than the policy says
  static Baseline of(Tally tally, FairnessPolicy policy) {
    Optional<String> difference = comparable(tally, policy).lacking(Tally.Layout.of(policy));
    if (difference.isPresent()) {
      throw new ConfigInvalidException(
          "the baseline was counted under a policy with "
              + difference.get()
              + "; count the rows of the model in use under this policy");
    }
    List<GroupTable> tables =
        policy.audited().stream().map(of -> GroupTable.of(tally, policy, of)).toList();
    Strata strata = Strata.of(tally, policy, tables);
    Disclosure disclosure = Disclosure.of(tally.overall(), tables, strata, policy.suppressBelow());
    GroupMetrics numbers =
        new GroupMetrics(
            policy.data().target(),
            tally.overall(),
            tally.scale(),
            policy.statistics().bootstrap());
    return new Baseline(disclosure, Optional.of(numbers));
  }

  /// Thresholds of other rules do no harm where the counts are exact at those of the policy.
  private static Tally.Layout comparable(Tally baseline, FairnessPolicy policy) {
    Tally.Layout layout = baseline.layout();
    boolean exact =
        baseline.scale() instanceof ScoreScale.Exact
            || layout.thresholds().containsAll(policy.thresholds());
    return exact
        ? new Tally.Layout(
            layout.decision(), policy.thresholds(), layout.attributes(), layout.scored())
        : layout;
  }

  boolean given() {
    return numbers.isPresent();
  }

  /// The metric of a group under the model in use; empty where it saw nobody of the group. Both
  /// models may have judged the same people: a small number that one of them hides, the other could
  /// tell, so where either has one nothing is told, not even why there is no number. A number that
  /// goes by everyone, as a share of all rows does, would tell of everyone too.
  ///
  /// @param now the group under the audited model
  /// @param everyoneNow all rows under the audited model
  Optional<Estimate> estimate(MetricRef metric, Group group, Shown now, Shown everyoneNow) {
    return Optional.ofNullable(disclosure.groups().get(group))
        .flatMap(before -> numbers.map(known -> estimate(known, metric, before, now, everyoneNow)));
  }

  private Estimate estimate(
      GroupMetrics numbers, MetricRef metric, Shown before, Shown now, Shown everyoneNow) {
    boolean ofTheGroup = GroupRate.of(metric.metric()).isPresent();
    boolean everyone = everyoneNow.exact() && disclosure.everyone().exact();
    Estimate told = numbers.estimate(metric, before, disclosure.everyone());
    return before.exact() && now.exact() && (ofTheGroup || everyone)
        ? told
        : RangedRate.untold(told.support());
  }
}

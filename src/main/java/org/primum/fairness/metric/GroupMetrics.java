package org.primum.fairness.metric;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.ScoreScale;

/// Every metric of a group, by its name in a policy.
public final class GroupMetrics {

  /// Groups whose scores are kept at hand; a table of more is read anew for each rule.
  private static final int KEPT = 64;

  private final ScoreScale scale;
  private final SpecialRates rates;
  private final DataMetrics data;
  private final ClinicalMetrics clinical;
  private final Map<GroupTally, ScoredRows> scored = new IdentityHashMap<>();

  /// @param everyone the tally of all rows, which quantiles and shares are taken from
  /// @param scale where scores are counted
  public GroupMetrics(GroupTally everyone, ScoreScale scale) {
    this.scale = scale;
    this.rates = new SpecialRates(everyone);
    this.data = new DataMetrics(everyone);
    this.clinical = new ClinicalMetrics(everyone, scale);
  }

  /// The metrics that result files list, whether or not a rule speaks of them: all that the data
  /// can have without an argument, net benefit where a patient is flagged, and those of the rules.
  public List<MetricRef> listed(FairnessPolicy policy) {
    Set<MetricRef> listed = new LinkedHashSet<>();
    for (Metric metric : Metric.values()) {
      if (hasWithoutArgument(policy, metric)) {
        listed.add(MetricRef.of(metric));
      }
    }
    if (policy.data().decision()
            instanceof AuditData.Decision.ByThreshold(String _, double threshold)
        && threshold > 0
        && threshold < 1) {
      listed.add(MetricRef.at(Metric.NET_BENEFIT, threshold));
      listed.add(MetricRef.at(Metric.STANDARDIZED_NET_BENEFIT, threshold));
    }
    policy.rules().stream()
        .map(Rule::metric)
        .filter(ref -> ref.metric() != Metric.MISSING_RATE)
        .forEach(listed::add);
    return List.copyOf(listed);
  }

  private static boolean hasWithoutArgument(FairnessPolicy policy, Metric metric) {
    boolean ofOneGroup = metric != Metric.MISSING_RATE && metric.family() != Metric.Family.REGRESSION;
    boolean hasColumns = policy.data().hasScores() || !metric.needsScore();
    return ofOneGroup && hasColumns && !metric.takesArgument();
  }

  /// The metric of a group.
  public Estimate estimate(MetricRef ref, GroupTally group) {
    Metric metric = ref.metric();
    return switch (metric.family()) {
      case RATE ->
          GroupRate.of(metric)
              .map(rate -> rate.estimate(group.counts()))
              .orElseGet(() -> rates.estimate(metric, group.counts()));
      case SCORE -> ScoreMetrics.estimate(metric, scored(group));
      case CALIBRATION -> CalibrationMetrics.estimate(metric, scored(group));
      case CLINICAL -> clinical.estimate(ref, scored(group));
      case DATA -> data.estimate(metric, group);
      case REGRESSION -> throw new IllegalStateException(metric.id() + " of a yes-or-no outcome");
    };
  }

  /// What a group needs in each tenth of everyone's scores; where the data says what patients need.
  public List<NeedMetrics.Tenth> needByTenth(GroupTally group) {
    return clinical.needByTenth(scored(group));
  }

  private ScoredRows scored(GroupTally group) {
    if (scored.size() >= KEPT) {
      scored.clear();
    }
    return scored.computeIfAbsent(group, g -> ScoredRows.of(g, scale));
  }
}

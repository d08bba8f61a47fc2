package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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

  private final AuditData.Target target;
  private final GroupTally everyone;
  private final ScoreScale scale;

  /// @param target what is predicted
  /// @param everyone the tally of all rows, which quantiles and shares are taken from
  /// @param scale where scores are counted
  public GroupMetrics(AuditData.Target target, GroupTally everyone, ScoreScale scale) {
    this.target = target;
    this.everyone = everyone;
    this.scale = scale;
  }

  /// The metrics that result files list, whether or not a rule speaks of them: all that the data
  /// can have, and those of the rules.
  public List<MetricRef> listed(FairnessPolicy policy) {
    Set<MetricRef> listed = new LinkedHashSet<>();
    switch (target) {
      case AuditData.Target.Event _ -> {
        for (GroupRate rate : GroupRate.values()) {
          listed.add(MetricRef.of(rate.metric()));
        }
      }
      case AuditData.Target.Classes classes -> listed.addAll(ofClasses(classes));
      case AuditData.Target.Quantity _ -> {
        for (Metric metric : Metric.values()) {
          if (metric.family() == Metric.Family.REGRESSION) {
            listed.add(MetricRef.of(metric));
          }
        }
      }
    }
    listed.add(MetricRef.of(Metric.LABEL_MISSING_RATE));
    listed.add(MetricRef.of(Metric.PREDICTION_MISSING_RATE));
    policy.rules().stream()
        .map(Rule::metric)
        .filter(ref -> ref.metric() != Metric.MISSING_RATE)
        .forEach(listed::add);
    return List.copyOf(listed);
  }

  private static List<MetricRef> ofClasses(AuditData.Target.Classes classes) {
    List<MetricRef> all = new ArrayList<>();
    all.add(MetricRef.of(Metric.ACCURACY));
    all.add(MetricRef.of(Metric.ERROR_RATE));
    List<String> names = new ArrayList<>(classes.names());
    names.add(AuditData.Target.Classes.MACRO);
    for (String name : names) {
      for (GroupRate rate : GroupRate.values()) {
        if (rate.metric().family() == Metric.Family.RATE) {
          all.add(new MetricRef(rate.metric(), new MetricRef.Argument.OfClass(name)));
        }
      }
    }
    return all;
  }

  /// The metric of a group.
  public Estimate estimate(MetricRef ref, GroupTally group) {
    Metric metric = ref.metric();
    return switch (metric.family()) {
      case RATE -> rate(ref, group);
      case REGRESSION -> new QuantityMetrics(group.quantity()).estimate(metric);
      case DATA -> data(metric, group);
      case SCORE, CALIBRATION, CLINICAL ->
          throw new IllegalStateException(metric.id() + " " + scale);
    };
  }

  private Estimate rate(MetricRef ref, GroupTally group) {
    if (target instanceof AuditData.Target.Classes classes) {
      ClassRates rates = new ClassRates(classes);
      return ref.argument() instanceof MetricRef.Argument.OfClass(String name)
          ? rates.rate(GroupRate.of(ref.metric()).orElseThrow(), name, group.classes())
          : rates.right(ref.metric(), group.classes());
    }
    return rate(ref.metric(), group);
  }

  private static Estimate rate(Metric metric, GroupTally group) {
    return GroupRate.of(metric).orElseThrow().estimate(group.counts());
  }

  private Estimate data(Metric metric, GroupTally group) {
    return switch (metric) {
      case LABEL_MISSING_RATE, PREDICTION_MISSING_RATE -> rate(metric, group);
      case REPRESENTATION -> Shares.of(group, everyone);
      default -> throw new IllegalStateException(metric.id() + " is not of one group");
    };
  }
}

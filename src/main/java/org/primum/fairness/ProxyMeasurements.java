package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.gate.Comparison;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;

/// What tells a sensitive feature without naming it, for result files: the columns a policy asks
/// about, all of them together where it asks that, and the score.
final class ProxyMeasurements {

  private final FairnessPolicy policy;
  private final ProxyNumbers numbers;
  private final Disclosure disclosure;
  private final List<GroupTable> tables;
  private final List<Measurement> metrics = new ArrayList<>();

  ProxyMeasurements(
      FairnessPolicy policy, ProxyNumbers numbers, Disclosure disclosure, List<GroupTable> tables) {
    this.policy = policy;
    this.numbers = numbers;
    this.disclosure = disclosure;
    this.tables = tables;
  }

  List<Measurement> all() {
    for (GroupTable table : tables) {
      if (table.of().size() == 1) {
        numbers.columns().forEach(column -> addColumn(column, table));
        addTogether(table);
        for (Group group : table.groups().keySet()) {
          add(MetricRef.of(Metric.AUC_SENSITIVE_FROM_SCORE), table, group);
          add(MetricRef.of(Metric.SCORE_RESIDUAL_DEPENDENCE), table, group);
          add(MetricRef.of(Metric.SCORE_RESIDUAL_P), table, group);
        }
      }
    }
    return metrics;
  }

  private void addColumn(String column, GroupTable table) {
    add(ref(Metric.CRAMERS_V, column), table);
    add(ref(Metric.MUTUAL_INFORMATION, column), table);
    for (Group group : table.groups().keySet()) {
      add(ref(Metric.AUC_SENSITIVE_FROM_FEATURE, column), table, group);
    }
  }

  private static MetricRef ref(Metric metric, String column) {
    return new MetricRef(metric, new MetricRef.Argument.OfColumn(column));
  }

  private void addTogether(GroupTable table) {
    List<Metric> asked =
        switch (policy.context().together()) {
          case NOT_ASKED -> List.of();
          case INPUTS -> List.of(Metric.AUC_SENSITIVE_FROM_ALL);
          case INPUTS_AND_SCORE ->
              List.of(Metric.AUC_SENSITIVE_FROM_ALL, Metric.AUC_SENSITIVE_FROM_ALL_WITH_SCORE);
        };
    for (Metric metric : asked) {
      MetricRef ref = MetricRef.of(metric);
      table.groups().keySet().forEach(group -> add(ref, table, group));
      addMean(ref, table);
    }
  }

  /// The mean over the groups; unknown where one of them is. Its interval is the mean of theirs,
  /// all paid for.
  private void addMean(MetricRef ref, GroupTable table) {
    List<Contrast> groups = new ArrayList<>();
    for (Group group : table.groups().keySet()) {
      Estimate estimate = numbers.of(ref, table, group);
      if (!estimate.defined() || hidden(group, estimate)) {
        addUnknown(ref, table.name(), "a group has no value, or none that may be told");
        return;
      }
      groups.add(Contrast.alone(estimate));
    }
    Contrast mean = Contrast.mean(groups);
    metrics.add(
        new Measurement(
            ref.id(),
            table.name(),
            new Comparison.Alone(),
            mean.shown(),
            mean.interval().at(policy.statistics().alpha()),
            rows(table.everyone().n())));
  }

  private void addUnknown(MetricRef ref, String group, String reason) {
    metrics.add(
        new Measurement(
            ref.id(),
            group,
            new Comparison.Alone(),
            new Measure.Unknown(reason),
            new Interval.None(),
            OptionalLong.empty()));
  }

  private OptionalLong rows(long rows) {
    return disclosure.everyone().exact() ? OptionalLong.of(rows) : OptionalLong.empty();
  }

  private void add(MetricRef ref, GroupTable table) {
    Estimate estimate = numbers.of(ref, table);
    metrics.add(
        new Measurement(
            ref.id(),
            table.name(),
            new Comparison.Alone(),
            estimate.measure(),
            interval(ref, estimate),
            rows(estimate.support().rows())));
  }

  private void add(MetricRef ref, GroupTable table, Group group) {
    Estimate estimate = numbers.of(ref, table, group);
    if (hidden(group, estimate)) {
      addUnknown(ref, group.name(), AuditMetrics.SUPPRESSED);
    } else {
      metrics.add(
          new Measurement(
              ref.id(),
              group.name(),
              new Comparison.Alone(),
              estimate.measure(),
              interval(ref, estimate),
              OptionalLong.of(estimate.support().rows())));
    }
  }

  private boolean hidden(Group group, Estimate estimate) {
    return estimate.support().small(policy.suppressBelow())
        || !disclosure.group(group).rows().exact();
  }

  private Interval interval(MetricRef ref, Estimate estimate) {
    boolean none = !estimate.defined() || ref.metric().method() == Metric.Method.P_VALUE;
    return none ? new Interval.None() : estimate.at(policy.statistics().alpha());
  }
}

package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.Separation;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.statistics.distribution.ContingencyTable;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.ProxyCounts;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Comparison;
import org.primum.gate.Interval;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;

/// What tells a sensitive feature without naming it: the columns a policy asks about, and the
/// score. Nobody is judged by these numbers; they say where to look.
final class ProxyMeasurements {

  private final FairnessPolicy policy;
  private final Tally tally;
  private final Disclosure disclosure;
  private final List<GroupTable> tables;
  private final List<Measurement> metrics = new ArrayList<>();

  ProxyMeasurements(
      FairnessPolicy policy, Tally tally, Disclosure disclosure, List<GroupTable> tables) {
    this.policy = policy;
    this.tally = tally;
    this.disclosure = disclosure;
    this.tables = tables;
  }

  List<Measurement> all() {
    for (int attribute = 0; attribute < policy.attributes().size(); attribute++) {
      GroupTable table = table(policy.attributes().get(attribute).name());
      for (ProxyCounts.Column column : tally.proxies().columns()) {
        addColumn(column, attribute, table);
      }
      for (Group group : table.groups().keySet()) {
        addScore(table, group);
      }
    }
    return metrics;
  }

  private GroupTable table(String attribute) {
    return tables.stream().filter(t -> t.of().equals(List.of(attribute))).findFirst().orElseThrow();
  }

  private void addColumn(ProxyCounts.Column column, int attribute, GroupTable table) {
    List<String> groups = table.groups().keySet().stream().map(g -> g.values().getFirst()).toList();
    double[][] counts = ProxyCounts.table(column, attribute, groups);
    String name = column.column().name();
    long rows = table.everyone().n();
    ContingencyTable all = new ContingencyTable(counts);
    boolean told = all.degreesOfFreedom() > 0;
    add(ref(Metric.CRAMERS_V, name), table.name(), told ? all.cramersV() : 0, rows);
    add(
        ref(Metric.MUTUAL_INFORMATION, name),
        table.name(),
        told ? all.mutualInformation() : 0,
        rows);
    for (int group = 0; group < groups.size(); group++) {
      double[][] split = new double[counts.length][2];
      for (int value = 0; value < counts.length; value++) {
        split[value][0] = counts[value][group];
        split[value][1] = sum(counts[value]) - counts[value][group];
      }
      Group of = new Group(table.of(), List.of(groups.get(group)));
      GroupTally members = table.groups().getOrDefault(of, GroupTally.NONE);
      add(ref(Metric.AUC_SENSITIVE_FROM_FEATURE, name), of, Separation.byValue(split), members.n());
    }
  }

  private static MetricRef ref(Metric metric, String column) {
    return new MetricRef(metric, new MetricRef.Argument.OfColumn(column));
  }

  private static double sum(double[] counts) {
    double sum = 0;
    for (double count : counts) {
      sum += count;
    }
    return sum;
  }

  private void addScore(GroupTable table, Group group) {
    GroupTally members = table.groups().getOrDefault(group, GroupTally.NONE);
    GroupTally rest = table.rest(group);
    add(
        MetricRef.of(Metric.AUC_SENSITIVE_FROM_SCORE),
        group,
        Separation.byScore(members, rest),
        members.n());
    add(
        MetricRef.of(Metric.SCORE_RESIDUAL_DEPENDENCE),
        group,
        Separation.withinLabel(members, rest),
        members.n());
  }

  private void add(MetricRef ref, String table, double value, long rows) {
    metrics.add(
        new Measurement(
            ref.id(),
            table,
            new Comparison.Alone(),
            new Measure.Known(rounded(value)),
            new Interval.None(),
            disclosure.everyone().exact() ? OptionalLong.of(rows) : OptionalLong.empty()));
  }

  private void add(MetricRef ref, Group group, Estimate estimate, long rows) {
    boolean few = rows > 0 && rows < policy.suppressBelow();
    boolean hidden = few || !disclosure.group(group).rows().exact();
    Measure value =
        estimate.defined() ? new Measure.Known(rounded(estimate.value())) : estimate.measure();
    Interval interval =
        estimate.defined()
            ? outward(estimate.at(policy.statistics().alpha()))
            : new Interval.None();
    metrics.add(
        new Measurement(
            ref.id(),
            group.name(),
            new Comparison.Alone(),
            hidden ? new Measure.Unknown(AuditMetrics.SUPPRESSED) : value,
            hidden ? new Interval.None() : interval,
            hidden ? OptionalLong.empty() : OptionalLong.of(rows)));
  }

  /// Three decimals tell how well a group is told, and no number of rows with a value: those may be
  /// few where the group is not.
  private static final double STEPS = 1000;

  private double rounded(double value) {
    return policy.suppressBelow() > 0 ? Math.rint(value * STEPS) / STEPS : value;
  }

  private Bounds outward(Bounds bounds) {
    return policy.suppressBelow() > 0
        ? new Bounds(
            Math.floor(bounds.low() * STEPS) / STEPS, Math.ceil(bounds.high() * STEPS) / STEPS)
        : bounds;
  }
}

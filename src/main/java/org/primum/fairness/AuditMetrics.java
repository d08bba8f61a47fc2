package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.primum.gate.Comparison;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;

/// Every rate of everyone, of each group, and of each group against its reference, whether or not a
/// rule speaks of it. Intervals are at the policy's confidence, each by itself. A number on fewer
/// rows than the policy shows is suppressed, and so is every comparison with it.
final class AuditMetrics {

  static final String SUPPRESSED = "suppressed";

  private final FairnessPolicy policy;
  private final double z;
  private final List<Measurement> metrics = new ArrayList<>();

  private AuditMetrics(FairnessPolicy policy) {
    this.policy = policy;
    this.z = ProportionIntervals.quantile(policy.statistics().alpha());
  }

  static List<Measurement> of(FairnessPolicy policy, Counts overall, List<GroupTable> tables) {
    AuditMetrics all = new AuditMetrics(policy);
    all.addGroup(Measurement.OVERALL, overall);
    for (GroupTable table : tables) {
      all.addTable(table, overall);
    }
    return all.metrics;
  }

  private void addTable(GroupTable table, Counts overall) {
    Counts reference = table.groups().getOrDefault(table.reference(), Counts.NONE);
    for (Map.Entry<Group, Counts> group : table.groups().entrySet()) {
      addGroup(group.getKey().name(), group.getValue());
      if (!group.getKey().equals(table.reference())) {
        addComparisons(group.getKey().name(), group.getValue(), table.reference(), reference);
      }
    }
    if (table.of().size() == 1) {
      Group missing = new Group(table.of(), List.of(Attribute.MISSING));
      add("missing_rate", missing.name(), missingRate(table, overall), "no rows");
    }
  }

  /// The share of rows without a value of the table's one attribute.
  static Proportion missingRate(GroupTable table, Counts overall) {
    Group missing = new Group(table.of(), List.of(Attribute.MISSING));
    Counts counts = table.groups().getOrDefault(missing, Counts.NONE);
    return Proportion.of(counts.over(Counts.ALL), overall.over(Counts.ALL));
  }

  private void addGroup(String name, Counts counts) {
    for (GroupRate rate : GroupRate.values()) {
      add(rate.id(), name, rate.proportion(counts), rate.undefined());
    }
    Sums all = counts.over(Counts.ALL);
    int unlabeled = Counts.ALL & ~(Counts.POSITIVES | Counts.NEGATIVES);
    int unscored = Counts.ALL & ~(Counts.SELECTED | Counts.NOT_SELECTED);
    add("label_missing_rate", name, Proportion.of(counts.over(unlabeled), all), "no rows");
    add("prediction_missing_rate", name, Proportion.of(counts.over(unscored), all), "no rows");
  }

  private void add(String metric, String group, Proportion p, String undefined) {
    Interval interval = p.defined() ? ProportionIntervals.wilson(p, z) : new Interval.None();
    add(metric, group, new Comparison.Alone(), p, p.measure(undefined), interval, small(p));
  }

  private boolean small(Proportion p) {
    return p.rows() > 0 && p.rows() < policy.suppressBelow();
  }

  private void addComparisons(String name, Counts counts, Group group, Counts reference) {
    for (GroupRate rate : GroupRate.values()) {
      Proportion p = rate.proportion(counts);
      Proportion q = rate.proportion(reference);
      boolean hidden = small(p) || small(q);
      Comparison difference = new Comparison.With("difference", group.name());
      Comparison ratio = new Comparison.With("ratio", group.name());
      if (p.defined() && q.defined()) {
        addKnown(rate.id(), name, difference, p, Contrast.difference(p, q), hidden);
        if (p.events() == 0 && q.events() == 0) {
          Measure none = new Measure.Unknown("both rates are 0");
          add(rate.id(), name, ratio, p, none, new Interval.None(), hidden);
        } else {
          addKnown(rate.id(), name, ratio, p, Contrast.ratio(p, q), hidden);
        }
      } else {
        String of = p.defined() ? "the reference has " : "";
        Measure none = new Measure.Unknown(of + rate.undefined());
        add(rate.id(), name, difference, p, none, new Interval.None(), hidden);
        add(rate.id(), name, ratio, p, none, new Interval.None(), hidden);
      }
    }
  }

  private void addKnown(
      String metric,
      String group,
      Comparison comparison,
      Proportion p,
      Contrast contrast,
      boolean hidden) {
    Interval interval = contrast.interval().at(policy.statistics().alpha());
    add(metric, group, comparison, p, contrast.shown(), interval, hidden);
  }

  private void add(
      String metric,
      String group,
      Comparison comparison,
      Proportion p,
      Measure value,
      Interval interval,
      boolean hidden) {
    metrics.add(
        hidden
            ? new Measurement(
                metric,
                group,
                comparison,
                new Measure.Unknown(SUPPRESSED),
                new Interval.None(),
                OptionalLong.empty())
            : new Measurement(
                metric, group, comparison, value, interval, OptionalLong.of(p.rows())));
  }
}

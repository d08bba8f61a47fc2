package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.metric.Shares;
import org.primum.fairness.metric.Shown;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.tally.GroupTally;
import org.primum.gate.Comparison;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;

/// Every metric of everyone, of each group, and of each group against its reference, whether or not
/// a rule speaks of it. Intervals are at the policy's confidence, each by itself. A number on fewer
/// rows than the policy shows is suppressed, and so is every comparison with it.
final class AuditMetrics {

  static final String SUPPRESSED = "suppressed";

  private final FairnessPolicy policy;
  private final GroupMetrics numbers;
  private final List<MetricRef> listed;
  private final Disclosure disclosure;
  private final Baseline baseline;
  private final List<Measurement> metrics = new ArrayList<>();

  private AuditMetrics(
      FairnessPolicy policy, GroupMetrics numbers, Disclosure disclosure, Baseline baseline) {
    this.policy = policy;
    this.numbers = numbers;
    this.listed = numbers.listed(policy);
    this.disclosure = disclosure;
    this.baseline = baseline;
  }

  static List<Measurement> of(
      FairnessPolicy policy,
      GroupMetrics numbers,
      Disclosure disclosure,
      List<GroupTable> tables,
      Strata strata,
      Baseline baseline) {
    AuditMetrics all = new AuditMetrics(policy, numbers, disclosure, baseline);
    all.addGroup(Measurement.OVERALL, all.estimates(disclosure.everyone()));
    all.addInequality();
    tables.forEach(all::addTable);
    tables.forEach(table -> all.addDisparity(table, strata));
    for (String name : strata.tallies().keySet()) {
      all.addGroup(
          Measurement.OVERALL + "|" + name, all.estimates(disclosure.group(Strata.everyone(name))));
    }
    strata.tables().forEach(each -> each.forEach(all::addTable));
    return all.metrics;
  }

  private List<Estimate> estimates(Shown group) {
    Shown everyone = disclosure.everyone();
    return listed.stream().map(metric -> numbers.estimate(metric, group, everyone)).toList();
  }

  /// Composites are of decisions on one event.
  private boolean ofEvents() {
    return policy.data().target() instanceof AuditData.Target.Event;
  }

  private void addInequality() {
    for (Metric metric : List.of(Metric.GEI, Metric.THEIL, Metric.COEFFICIENT_OF_VARIATION)) {
      MetricRef ref = MetricRef.of(metric);
      if (ofEvents() && !listed.contains(ref)) {
        addAlone(
            ref,
            Measurement.OVERALL,
            numbers.estimate(ref, disclosure.everyone(), disclosure.everyone()));
      }
    }
  }

  /// The conditional demographic disparity of each group, where the policy has a condition.
  private void addDisparity(GroupTable table, Strata strata) {
    if (ofEvents() && !strata.tables().isEmpty()) {
      for (Group group : table.groups().keySet()) {
        Estimate disparity = strata.conditionalDisparity(table, group, disclosure, numbers);
        addAlone(MetricRef.of(Metric.CDD), group.name(), disparity);
      }
    }
  }

  private void addTable(GroupTable table) {
    List<Estimate> ofReference = estimates(disclosure.group(table.reference()));
    for (Map.Entry<Group, GroupTally> group : table.groups().entrySet()) {
      String name = group.getKey().name();
      List<Estimate> estimates = estimates(disclosure.group(group.getKey()));
      addGroup(name, estimates);
      addAgainstBaseline(group.getKey(), estimates);
      if (!group.getKey().equals(table.reference())) {
        for (int i = 0; i < listed.size(); i++) {
          Pair pair = new Pair(listed.get(i), name, estimates.get(i), ofReference.get(i));
          addComparisons(pair, table.reference().name());
        }
      }
    }
    if (ofEvents()) {
      metrics.addAll(new TableMeasurements(policy, numbers, disclosure, table).all());
    }
    if (table.of().size() == 1 && table.stratum().isEmpty()) {
      Group missing = new Group(table.of(), List.of(Attribute.MISSING));
      addAlone(MetricRef.of(Metric.MISSING_RATE), missing.name(), missingRate(table, disclosure));
    }
  }

  /// The share of rows without a value of the table's one attribute.
  static Estimate missingRate(GroupTable table, Disclosure disclosure) {
    Group missing = new Group(table.of(), List.of(Attribute.MISSING));
    return Shares.of(
        disclosure.group(missing), disclosure.everyone(), Metric.MISSING_RATE.undefined());
  }

  private void addGroup(String name, List<Estimate> estimates) {
    for (int i = 0; i < listed.size(); i++) {
      addAlone(listed.get(i), name, estimates.get(i));
    }
  }

  private void addAlone(MetricRef metric, String group, Estimate estimate) {
    Interval interval =
        estimate.defined() ? estimate.at(policy.statistics().alpha()) : new Interval.None();
    add(
        metric,
        group,
        new Comparison.Alone(),
        estimate,
        estimate.measure(),
        interval,
        small(estimate));
  }

  private boolean small(Estimate estimate) {
    return estimate.support().small(policy.suppressBelow());
  }

  /// A metric of a group and of its reference.
  private record Pair(MetricRef metric, String group, Estimate estimate, Estimate reference) {}

  private void addComparisons(Pair pair, String reference) {
    Comparison difference = new Comparison.With("difference", reference);
    Comparison ratio = new Comparison.With("ratio", reference);
    if (!pair.estimate().defined() || !pair.reference().defined()) {
      String of = pair.estimate().defined() ? "the reference has " : "";
      Estimate missing = pair.estimate().defined() ? pair.reference() : pair.estimate();
      Measure none = new Measure.Unknown(of + reason(missing));
      addUnknown(pair, difference, none);
      addUnknown(pair, ratio, none);
    } else {
      addKnown(pair, difference, Contrast.difference(pair.estimate(), pair.reference()));
      Optional<String> noRatio = Contrast.noRatio(pair.estimate(), pair.reference());
      if (noRatio.isPresent()) {
        addUnknown(pair, ratio, new Measure.Unknown(noRatio.get()));
      } else {
        addKnown(pair, ratio, Contrast.ratio(pair.estimate(), pair.reference()));
      }
    }
  }

  /// Each metric minus that of the same group under the model in use, where there is one.
  private void addAgainstBaseline(Group group, List<Estimate> estimates) {
    Comparison comparison = new Comparison.With(Rule.Compare.BASELINE.id(), Baseline.NAME);
    for (int i = 0; i < listed.size() && baseline.given(); i++) {
      Estimate now = estimates.get(i);
      Optional<Estimate> before =
          baseline.estimate(listed.get(i), group, disclosure.group(group), disclosure.everyone());
      if (before.isEmpty()) {
        Measure none = new Measure.Unknown("the baseline has nobody of this group");
        addUnknown(new Pair(listed.get(i), group.name(), now, now), comparison, none);
      } else if (!now.defined() || !before.get().defined()) {
        String of = now.defined() ? "the baseline has " : "";
        Measure none = new Measure.Unknown(of + reason(now.defined() ? before.get() : now));
        addUnknown(new Pair(listed.get(i), group.name(), now, before.get()), comparison, none);
      } else {
        Pair pair = new Pair(listed.get(i), group.name(), now, before.get());
        addKnown(pair, comparison, Contrast.difference(now, before.get()));
      }
    }
  }

  private static String reason(Estimate estimate) {
    return estimate.measure() instanceof Measure.Unknown(String reason) ? reason : "";
  }

  private void addUnknown(Pair pair, Comparison comparison, Measure none) {
    add(pair, comparison, none, new Interval.None());
  }

  private void addKnown(Pair pair, Comparison comparison, Contrast contrast) {
    add(pair, comparison, contrast.shown(), contrast.interval().at(policy.statistics().alpha()));
  }

  private void add(Pair pair, Comparison comparison, Measure value, Interval interval) {
    boolean hidden = small(pair.estimate()) || small(pair.reference());
    add(pair.metric(), pair.group(), comparison, pair.estimate(), value, interval, hidden);
  }

  private void add(
      MetricRef metric,
      String group,
      Comparison comparison,
      Estimate estimate,
      Measure value,
      Interval interval,
      boolean hidden) {
    metrics.add(
        hidden
            ? new Measurement(
                metric.id(),
                group,
                comparison,
                new Measure.Unknown(SUPPRESSED),
                new Interval.None(),
                OptionalLong.empty())
            : new Measurement(
                metric.id(),
                group,
                comparison,
                value,
                interval,
                OptionalLong.of(estimate.support().rows())));
  }
}

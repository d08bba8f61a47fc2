package org.primum.fairness;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.metric.GroupRate;
import org.primum.fairness.metric.Support;
import org.primum.fairness.metric.TableMetrics;
import org.primum.fairness.policy.Composite;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.statistics.Proportion;
import org.primum.gate.Comparison;
import org.primum.gate.Interval;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;

/// The numbers of one table that are of more than one group: composites of each group and its
/// reference, and of all groups that can be judged at once.
final class TableMeasurements {

  /// The rates that are tested. Their complements (fnr of tpr, and so on) have the same p-values.
  private static final List<Metric> TESTED =
      List.of(
          Metric.SELECTION_RATE,
          Metric.TPR,
          Metric.FPR,
          Metric.PPV,
          Metric.NPV,
          Metric.ACCURACY,
          Metric.BASE_RATE);

  private final FairnessPolicy policy;
  private final GroupMetrics numbers;
  private final Disclosure disclosure;
  private final GroupTable table;
  private final List<Measurement> metrics = new ArrayList<>();

  TableMeasurements(
      FairnessPolicy policy, GroupMetrics numbers, Disclosure disclosure, GroupTable table) {
    this.policy = policy;
    this.numbers = numbers;
    this.disclosure = disclosure;
    this.table = table;
  }

  List<Measurement> all() {
    for (Composite composite : Composite.values()) {
      addComposite(composite);
    }
    if (policy.data().hasScores()) {
      addDistances();
    }
    listed().forEach(this::addTableMetric);
    return metrics;
  }

  /// What every table has, and what rules ask besides.
  private Set<MetricRef> listed() {
    Set<MetricRef> listed = new LinkedHashSet<>();
    listed.add(MetricRef.of(Metric.EDF));
    listed.add(MetricRef.of(Metric.EDF_AMPLIFICATION));
    if (table.of().size() == 1 && table.stratum().isEmpty()) {
      listed.add(MetricRef.of(Metric.BETWEEN_GROUP_GEI));
      listed.add(MetricRef.of(Metric.BETWEEN_GROUP_THEIL));
    }
    TESTED.forEach(rate -> listed.add(MetricRef.of(Metric.HOMOGENEITY, rate)));
    policy.rules().stream()
        .map(Rule::metric)
        .filter(ref -> ref.metric().scope() == Metric.Scope.TABLE)
        .forEach(listed::add);
    return listed;
  }

  // ---- composites

  private void addComposite(Composite composite) {
    Comparison apart =
        new Comparison.With(Rule.Compare.ABS_DIFFERENCE.id(), table.reference().name());
    List<Contrast> judged = new ArrayList<>();
    long rows = 0;
    for (Group group : table.groups().keySet()) {
      if (!group.equals(table.reference())) {
        Pair pair = pair(composite, group);
        add(composite.metric(), group.name(), apart, pair.contrast(), pair.reason(), pair.shown());
        if (pair.contrast().isPresent() && pair.enough()) {
          judged.add(pair.contrast().get());
          rows += pair.rows();
        }
      }
    }
    Comparison worst = new Comparison.With(Rule.Compare.WORST.id(), table.reference().name());
    Optional<Contrast> largest =
        judged.isEmpty() ? Optional.empty() : Optional.of(Contrast.largest(judged, judged.size()));
    String none = "no group can be held against the reference";
    add(composite.metric(), table.name(), worst, largest, none, OptionalLong.of(rows));
    addRange(composite);
  }

  /// A composite of a group and the reference.
  ///
  /// @param reason why there is none
  /// @param shown the rows, unless they are too few to be shown
  private record Pair(
      Optional<Contrast> contrast, String reason, boolean enough, long rows, OptionalLong shown) {}

  private Pair pair(Composite composite, Group group) {
    List<Contrast> parts = new ArrayList<>();
    String reason = "";
    boolean enough = true;
    boolean small = false;
    long rows = 0;
    for (MetricRef part : composite.parts()) {
      Estimate one = estimate(part, group);
      Estimate other = estimate(part, table.reference());
      rows += one.support().rows();
      for (Estimate each : List.of(one, other)) {
        enough &= new Enough(policy).lacking(each.support()).isEmpty();
        small |= each.support().small(policy.suppressBelow());
      }
      if (one.defined() && other.defined()) {
        parts.add(Contrast.apart(Contrast.difference(one, other)));
      } else if (reason.isEmpty()) {
        reason = one.defined() ? "the reference has " + reason(other) : reason(one);
      }
    }
    Optional<Contrast> contrast =
        parts.size() == composite.parts().size() && !small
            ? Optional.of(together(composite, parts))
            : Optional.empty();
    String why = small ? AuditMetrics.SUPPRESSED : reason;
    return new Pair(
        contrast, why, enough, rows, small ? OptionalLong.empty() : OptionalLong.of(rows));
  }

  private static Contrast together(Composite composite, List<Contrast> parts) {
    return composite.largest() ? Contrast.largest(parts, parts.size()) : Contrast.mean(parts);
  }

  /// The composite of the ranges over all groups that can be judged, as Fairlearn has it.
  private void addRange(Composite composite) {
    List<Contrast> ranges = new ArrayList<>();
    long rows = 0;
    for (MetricRef part : composite.parts()) {
      List<Estimate> estimates = judgeable(part).stream().map(g -> estimate(part, g)).toList();
      rows += estimates.stream().mapToLong(e -> e.support().rows()).sum();
      if (estimates.size() > 1) {
        int pairs = estimates.size() * (estimates.size() - 1) / 2;
        ranges.add(Contrast.range(estimates, pairs));
      }
    }
    Optional<Contrast> range =
        ranges.size() == composite.parts().size()
            ? Optional.of(together(composite, ranges))
            : Optional.empty();
    Comparison comparison = new Comparison.With(Rule.Compare.MAX_MIN.id(), "all");
    String none = "fewer than two groups can be judged";
    add(composite.metric(), table.name(), comparison, range, none, OptionalLong.of(rows));
  }

  private void add(
      Metric metric,
      String group,
      Comparison comparison,
      Optional<Contrast> contrast,
      String none,
      OptionalLong n) {
    metrics.add(
        new Measurement(
            metric.id(),
            group,
            comparison,
            contrast.map(Contrast::shown).orElseGet(() -> new Measure.Unknown(none)),
            contrast
                .<Interval>map(c -> c.interval().at(policy.statistics().alpha()))
                .orElse(new Interval.None()),
            n));
  }

  // ---- how far apart the scores are

  private void addDistances() {
    Comparison apart =
        new Comparison.With(Rule.Compare.ABS_DIFFERENCE.id(), table.reference().name());
    for (Metric metric : List.of(Metric.KS_SCORE, Metric.W1_SCORE)) {
      for (Group group : table.groups().keySet()) {
        if (!group.equals(table.reference())) {
          addDistance(metric, group, apart);
        }
      }
    }
  }

  private void addDistance(Metric metric, Group group, Comparison apart) {
    Estimate distance =
        numbers.distance(metric, disclosure.group(group), disclosure.group(table.reference()));
    boolean small = distance.support().small(policy.suppressBelow());
    Optional<Contrast> told =
        distance.defined() && !small ? Optional.of(Contrast.alone(distance)) : Optional.empty();
    String none = small ? AuditMetrics.SUPPRESSED : reason(distance);
    OptionalLong rows = small ? OptionalLong.empty() : OptionalLong.of(distance.support().rows());
    add(metric, group.name(), apart, told, none, rows);
  }

  // ---- all groups at once

  private Estimate estimate(MetricRef rate, Group group) {
    return numbers.estimate(rate, disclosure.group(group), disclosure.everyone());
  }

  private List<Group> judgeable(MetricRef rate) {
    Enough enough = new Enough(policy);
    return table.groups().keySet().stream()
        .filter(group -> estimate(rate, group).defined())
        .filter(group -> enough.lacking(estimate(rate, group).support()).isEmpty())
        .toList();
  }

  private void addTableMetric(MetricRef ref) {
    List<Group> judged =
        judgeable(TableMetrics.base(ref)).stream()
            .filter(group -> disclosure.group(group).exact())
            .toList();
    boolean withReference = judged.contains(table.reference());
    Estimate estimate =
        ref.metric() == Metric.MAX_T && !withReference
            ? new Estimate.Undefined("the reference cannot be judged", Support.of())
            : numbers.ofTable(ref, table.tallies(judged));
    boolean interval = estimate.defined() && ref.metric().method() != Metric.Method.P_VALUE;
    metrics.add(
        new Measurement(
            ref.id(),
            table.name(),
            new Comparison.Alone(),
            estimate.measure(),
            interval ? estimate.at(policy.statistics().alpha()) : new Interval.None(),
            OptionalLong.of(estimate.support().rows())));
    if (ref.metric() == Metric.MAX_T && estimate.defined()) {
      addBand(ref, judged);
    }
  }

  /// The simultaneous band of the differences that the test looks at.
  private void addBand(MetricRef ref, List<Group> judged) {
    GroupRate rate = GroupRate.of(TableMetrics.base(ref).metric()).orElseThrow();
    List<Group> groups = new ArrayList<>(judged);
    groups.remove(table.reference());
    List<Proportion> rates = TableMetrics.proportions(rate, table.tallies(judged));
    List<Bounds> band = TableMetrics.band(rates, policy.statistics().alpha());
    Comparison difference =
        new Comparison.With(Rule.Compare.DIFFERENCE.id(), table.reference().name());
    for (int i = 0; i < groups.size(); i++) {
      double value = rates.get(i + 1).value() - rates.getFirst().value();
      OptionalLong n = OptionalLong.of(rates.get(i + 1).rows());
      metrics.add(
          new Measurement(
              ref.id(),
              groups.get(i).name(),
              difference,
              new Measure.Known(value),
              band.get(i),
              n));
    }
  }

  private static String reason(Estimate estimate) {
    return estimate.measure() instanceof Measure.Unknown(String reason) ? reason : "";
  }
}

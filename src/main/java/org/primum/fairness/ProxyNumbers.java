package org.primum.fairness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.Separation;
import org.primum.fairness.metric.Support;
import org.primum.fairness.metric.ToldTogether;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.Context;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.statistics.distribution.ContingencyTable;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.ProxyCounts;
import org.primum.fairness.tally.ProxySample;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Interval.Bounds;

/// How well columns and the score tell the groups of an attribute; each number is made once, for
/// rules and result files alike.
final class ProxyNumbers {

  /// Three decimals tell how well a group is told, and no number of rows with a value: those may be
  /// few where the group is not.
  private static final double STEPS = 1000;

  private final FairnessPolicy policy;
  private final Tally tally;
  private final Map<String, Estimate> known = new HashMap<>();
  private final Map<String, ToldTogether> together = new HashMap<>();

  ProxyNumbers(FairnessPolicy policy, Tally tally) {
    this.policy = policy;
    this.tally = tally;
  }

  List<String> columns() {
    return policy.context().proxies().stream().map(Attribute::name).toList();
  }

  /// A number of all groups of an attribute.
  Estimate of(MetricRef ref, GroupTable table) {
    return known.computeIfAbsent(
        ref.id() + " " + table.name(), _ -> rounded(association(ref, table)));
  }

  private Estimate association(MetricRef ref, GroupTable table) {
    ContingencyTable counts = new ContingencyTable(counts(ref, table));
    GroupTally everyone = table.everyone();
    double effective = (double) everyone.n() * Separation.independent(everyone);
    Support support = Support.of(new Support.Part(Support.Kind.PATIENTS, everyone.n(), effective));
    return ref.metric() == Metric.CRAMERS_V
        ? new Estimate.Value(
            counts.cramersV(), 0, 1, alpha -> counts.cramersVInterval(alpha, effective), support)
        : new Estimate.Value(
            counts.degreesOfFreedom() > 0 ? counts.mutualInformation() : 0,
            0,
            Double.POSITIVE_INFINITY,
            alpha -> counts.mutualInformationInterval(alpha, effective),
            support);
  }

  /// Rows by value of the column, then group in the order of the table.
  private double[][] counts(MetricRef ref, GroupTable table) {
    ProxyCounts.Column column = tally.proxies().columns().get(columns().indexOf(column(ref)));
    return ProxyCounts.table(column, attribute(table), values(table));
  }

  private static String column(MetricRef ref) {
    return switch (ref.argument()) {
      case MetricRef.Argument.OfColumn(String name) -> name;
      case MetricRef.Argument.None _,
          MetricRef.Argument.At _,
          MetricRef.Argument.Alpha _,
          MetricRef.Argument.OfRate _,
          MetricRef.Argument.OfCell _,
          MetricRef.Argument.OfClass _ ->
          throw new IllegalStateException(ref.id() + " names no column");
    };
  }

  private int attribute(GroupTable table) {
    return policy.attributes().indexOf(policy.attribute(table.of().getFirst()));
  }

  private static List<String> values(GroupTable table) {
    return table.groups().keySet().stream().map(g -> g.values().getFirst()).toList();
  }

  /// A number of one group against everyone else.
  Estimate of(MetricRef ref, GroupTable table, Group group) {
    String key = ref.id() + " " + group.name();
    Estimate found = known.get(key);
    if (found == null) {
      found = rounded(separation(ref, table, group));
      known.put(key, found);
    }
    return found;
  }

  private Estimate separation(MetricRef ref, GroupTable table, Group group) {
    GroupTally members = table.groups().getOrDefault(group, GroupTally.NONE);
    return switch (ref.metric()) {
      case AUC_SENSITIVE_FROM_FEATURE ->
          Separation.byValue(
              split(counts(ref, table), values(table).indexOf(group.values().getFirst())),
              Separation.independent(members));
      case AUC_SENSITIVE_FROM_SCORE -> Separation.byScore(members, table.rest(group));
      case SCORE_RESIDUAL_DEPENDENCE -> Separation.withinLabel(members, table.rest(group));
      case SCORE_RESIDUAL_P -> Separation.withinLabelP(members, table.rest(group));
      case AUC_SENSITIVE_FROM_ALL -> together(table, false).of(group.values().getFirst());
      case AUC_SENSITIVE_FROM_ALL_WITH_SCORE -> together(table, true).of(group.values().getFirst());
      default -> throw new IllegalStateException(ref.id() + " does not tell groups");
    };
  }

  /// The group's rows of each value, and everyone else's.
  private static double[][] split(double[][] counts, int group) {
    double[][] split = new double[counts.length][2];
    for (int value = 0; value < counts.length; value++) {
      split[value][0] = counts[value][group];
      for (int other = 0; other < counts[value].length; other++) {
        split[value][1] += other == group ? 0 : counts[value][other];
      }
    }
    return split;
  }

  private ToldTogether together(GroupTable table, boolean withScore) {
    return together.computeIfAbsent(
        table.name() + " " + withScore,
        _ ->
            new ToldTogether(
                tally.sample(),
                policy.data().cluster() instanceof AuditData.Cluster.By,
                attribute(table),
                inputs(table),
                withScore));
  }

  /// All columns but the attribute's own.
  private List<Integer> inputs(GroupTable table) {
    String own = policy.attributes().get(attribute(table)).column();
    List<Integer> inputs = new ArrayList<>();
    for (int i = 0; i < policy.context().proxies().size(); i++) {
      if (!policy.context().proxies().get(i).column().equals(own)) {
        inputs.add(i);
      }
    }
    return inputs;
  }

  private Estimate rounded(Estimate estimate) {
    return policy.suppressBelow() > 0 && estimate instanceof Estimate.Value value
        ? new Estimate.Value(
            Math.rint(value.value() * STEPS) / STEPS,
            value.low(),
            value.high(),
            alpha -> outward(value.at(alpha)),
            value.support())
        : estimate;
  }

  private static Bounds outward(Bounds bounds) {
    return new Bounds(
        Math.floor(bounds.low() * STEPS) / STEPS, Math.ceil(bounds.high() * STEPS) / STEPS);
  }

  /// Which rows stand for all where there were too many kinds of them; empty where nobody asked, or
  /// none was left out.
  Optional<String> note() {
    ProxySample sample = tally.sample();
    if (policy.context().together() == Context.Together.NOT_ASKED || sample.limit().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "What all inputs together tell was learned from a sample of the rows, chosen by a hash of "
            + (policy.data().cluster() instanceof AuditData.Cluster.By
                ? "the patient"
                : "their inputs")
            + ": at most "
            + ProxySample.MOST
            + " kinds of row.");
  }
}

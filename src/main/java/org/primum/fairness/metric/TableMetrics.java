package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.statistics.ExactTest;
import org.primum.fairness.statistics.MaxT;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.bootstrap.CountBootstrap;
import org.primum.fairness.statistics.distribution.ContingencyTable;
import org.primum.fairness.tally.GroupTally;
import org.primum.gate.Interval.Bounds;

/// Numbers of all groups of a table at once.
public final class TableMetrics {

  /// Below this expected count chi-square is not to be trusted.
  private static final double THIN = 5;

  /// So many tables as far apart as the observed one make a p-value plain.
  private static final int PLAIN = 200;

  private final CountBootstrap bootstrap;
  private final Benefit benefit;

  /// @param bootstrap whose seed and number of replicates tests by permutation use too
  public TableMetrics(CountBootstrap bootstrap) {
    this.bootstrap = bootstrap;
    this.benefit = new Benefit(bootstrap);
  }

  /// The rate whose denominator the number stands on in each group.
  public static MetricRef base(MetricRef ref) {
    return switch (ref.argument()) {
      case MetricRef.Argument.OfRate(Metric rate) -> MetricRef.of(rate);
      case MetricRef.Argument.None _,
          MetricRef.Argument.At _,
          MetricRef.Argument.Alpha _,
          MetricRef.Argument.OfColumn _,
          MetricRef.Argument.OfClass _,
          MetricRef.Argument.OfCell _ ->
          switch (ref.metric()) {
            case BETWEEN_GROUP_GEI, BETWEEN_GROUP_THEIL -> MetricRef.of(Metric.ACCURACY);
            default -> MetricRef.of(Metric.SELECTION_RATE);
          };
    };
  }

  /// The number of a table.
  ///
  /// @param groups those that can be judged; the reference is the first of them where it can
  public Estimate of(MetricRef ref, List<GroupTally> groups) {
    return switch (ref.metric()) {
      case BETWEEN_GROUP_GEI, BETWEEN_GROUP_THEIL -> benefit.between(ref, groups);
      case EDF -> DifferentialFairnessMetric.selected(groups);
      case EDF_AMPLIFICATION -> DifferentialFairnessMetric.amplification(groups);
      case HOMOGENEITY -> homogeneity(groups, ref);
      case MAX_T -> maxT(proportions(ref, groups), ref);
      default -> throw new IllegalStateException(ref.id() + " is not of a table");
    };
  }

  private static List<Proportion> proportions(MetricRef ref, List<GroupTally> groups) {
    return proportions(GroupRate.of(base(ref).metric()).orElseThrow(), groups);
  }

  /// The rates of those groups that have one, known as well as their effective rows know them.
  public static List<Proportion> proportions(GroupRate rate, List<GroupTally> groups) {
    List<Proportion> defined = new ArrayList<>();
    for (GroupTally group : groups) {
      if (rate.estimate(group) instanceof Estimate.Rate(Proportion p, Support _)) {
        defined.add(p);
      }
    }
    return defined;
  }

  private Estimate homogeneity(List<GroupTally> groups, MetricRef ref) {
    List<Proportion> rates = proportions(ref, groups);
    Support support = support(rates);
    if (rates.size() < 2) {
      return new Estimate.Undefined(ref.metric().undefined(), support);
    }
    boolean counted =
        groups.stream().allMatch(group -> group.draws().isNone())
            && rates.stream().allMatch(TableMetrics::isCounted);
    ContingencyTable table =
        new ContingencyTable(rates.stream().map(p -> row(p, counted)).toArray(double[][]::new));
    boolean thin = counted && table.degreesOfFreedom() > 0 && table.smallestExpected() < THIN;
    if (thin && rates.size() == 2) {
      return probability(ExactTest.of(rates.getFirst(), rates.getLast()).twoSided(), support);
    }
    double p =
        thin
            ? table.sequentialP(bootstrap.seed(), bootstrap.replicates(), PLAIN)
            : table.chiSquareP();
    return probability(p, support);
  }

  private static boolean isCounted(Proportion p) {
    double rows = (double) p.rows();
    return p.effectiveRows() == rows && Math.rint(p.value() * rows) == (double) p.eventRows();
  }

  /// Events and the others: rows, or as many effective rows where rows do not count alike.
  private static double[] row(Proportion p, boolean counted) {
    double events =
        counted
            ? (double) p.eventRows()
            : Math.min(p.effectiveRows(), p.value() * p.effectiveRows());
    return new double[] {events, p.effectiveRows() - events};
  }

  private static Estimate maxT(List<Proportion> rates, MetricRef ref) {
    Support support = support(rates);
    if (rates.size() < 2) {
      return new Estimate.Undefined(ref.metric().undefined(), support);
    }
    double largest = 0;
    for (Proportion group : rates.subList(1, rates.size())) {
      double error = Math.sqrt(variance(group) + variance(rates.getFirst()));
      largest = Math.max(largest, Math.abs(group.value() - rates.getFirst().value()) / error);
    }
    return probability(maxT(rates).adjustedP(largest), support);
  }

  /// The simultaneous band of the differences from the first rate: all of them lie within theirs
  /// with the confidence that one interval has alone.
  ///
  /// @param rates of the reference and of one group or more, all defined
  public static List<Bounds> band(List<Proportion> rates, double alpha) {
    double reach = maxT(rates).critical(alpha);
    List<Bounds> band = new ArrayList<>();
    for (Proportion group : rates.subList(1, rates.size())) {
      double half = reach * Math.sqrt(variance(group) + variance(rates.getFirst()));
      double difference = group.value() - rates.getFirst().value();
      band.add(new Bounds(Math.max(-1, difference - half), Math.min(1, difference + half)));
    }
    return band;
  }

  private static MaxT maxT(List<Proportion> rates) {
    double[] all = rates.stream().mapToDouble(TableMetrics::variance).toArray();
    return new MaxT(all[0], Arrays.copyOfRange(all, 1, all.length));
  }

  /// With one event and one other row added, so that a rate of 0 or 1 is not taken for certain:
  /// Agresti and Caffo 2000, The American Statistician 54:280-288,
  /// [doi:10.1080/00031305.2000.10474560](https://doi.org/10.1080/00031305.2000.10474560).
  private static double variance(Proportion p) {
    double n = p.effectiveRows() + 2;
    double rate = (p.value() * p.effectiveRows() + 1) / n;
    return rate * (1 - rate) / n;
  }

  private static Support support(List<Proportion> rates) {
    return Support.of(
        rates.stream()
            .flatMap(p -> Support.of(Support.Kind.PATIENTS, p).parts().stream())
            .toArray(Support.Part[]::new));
  }

  /// A p-value has no interval; it stands for its own.
  private static Estimate probability(double p, Support support) {
    return new Estimate.Value(p, 0, 1, _ -> new Bounds(p, p), support);
  }
}

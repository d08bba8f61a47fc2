package org.primum.fairness.metric;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.statistics.bootstrap.Cells;
import org.primum.fairness.statistics.bootstrap.CountBootstrap;
import org.primum.fairness.statistics.bootstrap.Replicates;
import org.primum.fairness.statistics.distribution.GeneralizedEntropy;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Sums;
import org.primum.gate.Interval;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Measure;

/// How unequally the benefit `1 + prediction - label` is spread among people: 0 for who was missed,
/// 1 for who was judged rightly, 2 for who was flagged by mistake. Rows count by their weights,
/// which AIF360 leaves out.
///
/// Speicher et al. 2018, *A unified approach to quantifying algorithmic unfairness*, KDD,
/// [doi:10.1145/3219819.3220046](https://doi.org/10.1145/3219819.3220046).
public final class Benefit {

  private static final double[] BENEFITS = {0, 1, 2};
  private static final int[] CELLS = {Counts.FN, Counts.TN | Counts.TP, Counts.FP};

  private final CountBootstrap bootstrap;

  /// What was drawn last: several indexes of the same groups are asked one after the other.
  private List<GroupTally> lastGroups = List.of();

  /// By replicate, then group, then benefit.
  private double[][][] lastDrawn = new double[0][][];

  public Benefit(CountBootstrap bootstrap) {
    this.bootstrap = bootstrap;
  }

  /// The inequality among the rows of one group, with a count bootstrap interval.
  ///
  /// @param ref of `gei`, `theil` or `coefficient_of_variation`
  public Estimate within(MetricRef ref, GroupTally group) {
    Support support = support(group);
    double[] weights = weights(group);
    return switch (value(ref, BENEFITS, weights)) {
      case Measure.Unknown(String reason) -> new Estimate.Undefined(reason, support);
      case Measure.Known(double value) ->
          drawn(
              value,
              support,
              () -> replicates(List.of(group), drawn -> value(ref, BENEFITS, drawn[0])));
    };
  }

  /// The part of the inequality that lies between groups: as if everyone had the mean benefit of
  /// their group. Its interval reaches 0 exactly where the means do not differ by more than chance.
  ///
  /// @param ref of `between_group_gei` or `between_group_theil`
  /// @param groups all groups of a table
  public Estimate between(MetricRef ref, List<GroupTally> groups) {
    List<GroupTally> present = groups.stream().filter(g -> support(g).rows() > 0).toList();
    Support support =
        Support.of(
            groups.stream().flatMap(g -> support(g).parts().stream()).toArray(Support.Part[]::new));
    if (present.size() < 2) {
      return new Estimate.Undefined(ref.metric().undefined(), support);
    }
    double[][] weights = present.stream().map(Benefit::weights).toArray(double[][]::new);
    return switch (between(ref, weights)) {
      case Measure.Unknown(String reason) -> new Estimate.Undefined(reason, support);
      case Measure.Known(double value) -> {
        double p = equalMeans(present);
        Estimate drawn =
            drawn(value, support, () -> replicates(present, weighed -> between(ref, weighed)));
        yield new Estimate.Value(
            value,
            0,
            Double.POSITIVE_INFINITY,
            alpha -> {
              Bounds bounds = drawn.at(alpha);
              return p > alpha ? new Bounds(0, Math.max(value, bounds.high())) : bounds;
            },
            support);
      }
    };
  }

  private interface Drawing {
    Replicates draw();
  }

  /// Draws when an interval is first asked for.
  private static Estimate drawn(double value, Support support, Drawing drawing) {
    Replicates[] once = new Replicates[1];
    return new Estimate.Value(
        value,
        0,
        Double.POSITIVE_INFINITY,
        alpha -> {
          if (once[0] == null) {
            once[0] = drawing.draw();
          }
          return switch (once[0].interval(alpha)) {
            case Interval.None() -> new Bounds(0, Double.POSITIVE_INFINITY);
            case Bounds(double low, double high) ->
                new Bounds(Math.max(0, Math.min(low, value)), Math.max(value, high));
          };
        },
        support);
  }

  private interface Statistic {
    Measure of(double[][] drawn);
  }

  private Replicates replicates(List<GroupTally> groups, Statistic statistic) {
    double[][][] drawn = draw(groups);
    double[] values = new double[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      values[i] =
          statistic.of(drawn[i]) instanceof Measure.Known(double value) ? value : Double.NaN;
    }
    return new Replicates(values);
  }

  private double[][][] draw(List<GroupTally> groups) {
    if (!groups.equals(lastGroups)) {
      double[][][] all = new double[bootstrap.replicates()][groups.size()][];
      for (int g = 0; g < groups.size(); g++) {
        int at = g;
        bootstrap.each(
            "benefit " + g, cells(groups.get(g)), (i, drawn) -> all[i][at] = drawn.clone());
      }
      lastGroups = groups;
      lastDrawn = all;
    }
    return lastDrawn;
  }

  /// @param weights by group, then benefit
  private static Measure between(MetricRef ref, double[][] weights) {
    double[] means = new double[weights.length];
    double[] sizes = new double[weights.length];
    for (int g = 0; g < weights.length; g++) {
      sizes[g] = sum(weights[g]);
      means[g] = sizes[g] == 0 ? 0 : (weights[g][1] + 2 * weights[g][2]) / sizes[g];
    }
    return value(ref, means, sizes);
  }

  private static Measure value(MetricRef ref, double[] benefits, double[] weights) {
    double alpha = ref.argument() instanceof MetricRef.Argument.Alpha(double a) ? a : 2;
    return switch (ref.metric()) {
      case THEIL, BETWEEN_GROUP_THEIL -> GeneralizedEntropy.index(benefits, weights, 1);
      case COEFFICIENT_OF_VARIATION ->
          switch (GeneralizedEntropy.index(benefits, weights, 2)) {
            case Measure.Known(double index) -> new Measure.Known(Math.sqrt(2 * index));
            case Measure.Unknown unknown -> unknown;
          };
      default -> GeneralizedEntropy.index(benefits, weights, alpha);
    };
  }

  /// p-value that all groups have the same mean benefit: the weighted sum of squares between them
  /// over the variance within, as chi-square.
  private static double equalMeans(List<GroupTally> groups) {
    double all = 0;
    double sum = 0;
    double within = 0;
    double[] sizes = new double[groups.size()];
    double[] means = new double[groups.size()];
    for (int g = 0; g < sizes.length; g++) {
      double[] weights = weights(groups.get(g));
      double total = sum(weights);
      sizes[g] = support(groups.get(g)).parts().getFirst().effective();
      means[g] = (weights[1] + 2 * weights[2]) / total;
      double squares = (weights[1] + 4 * weights[2]) / total;
      within += sizes[g] * (squares - means[g] * means[g]);
      all += sizes[g];
      sum += sizes[g] * means[g];
    }
    double between = 0;
    for (int g = 0; g < sizes.length; g++) {
      between += sizes[g] * (means[g] - sum / all) * (means[g] - sum / all);
    }
    if (between == 0 || within <= 0) {
      return between == 0 ? 1 : 0;
    }
    double statistic = between / (within / all);
    return 1 - new ChiSquaredDistribution(null, sizes.length - 1).cumulativeProbability(statistic);
  }

  private static double sum(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }

  private static Support support(GroupTally group) {
    return GroupRate.ACCURACY.estimate(group).support();
  }

  private static double[] weights(GroupTally group) {
    return each(group.counts(), sums -> sums.weight().toDouble());
  }

  private static double[] each(Counts counts, ToDoubleFunction<Sums> of) {
    double[] all = new double[CELLS.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = of.applyAsDouble(counts.over(CELLS[i]));
    }
    return all;
  }

  /// Rows that count alike are redrawn as they are; weights and clusters with as much more variance
  /// as the share of right predictions has by them.
  private static Cells cells(GroupTally group) {
    double[] weights = weights(group);
    double[] rows = each(group.counts(), sums -> (double) sums.n());
    Support.Part known = support(group).parts().getFirst();
    if (group.draws().isNone() && known.effective() == (double) known.rows()) {
      return Cells.counted(Arrays.stream(rows).mapToLong(row -> (long) row).toArray());
    }
    double[] squares = each(group.counts(), sums -> sums.squaredWeight().toDouble());
    double all = sum(weights);
    double more = all * all / sum(squares) / known.effective();
    return Cells.weighted(weights, Arrays.stream(squares).map(s -> s * more).toArray());
  }
}

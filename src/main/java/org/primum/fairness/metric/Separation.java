package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.score.RocCurve;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Outcome;
import org.primum.fairness.tally.ScoreCounts;
import org.primum.gate.Interval.Bounds;

/// How well something tells a group from everyone else, as an area under a curve: one half is not
/// at all.
public final class Separation {

  private Separation() {}

  /// By a column: its values in the order of the group's share among those who have them, the best
  /// any model of this column alone could do on these rows. At least one half, and the more values
  /// the column has the more of it is chance. So the lower end of the interval is that of an area
  /// in which no row took part in the order it is judged by: [ColumnFolds].
  ///
  /// @param byValue rows of each value: of the group, and of everyone else
  /// @param part of the rows that would know as much were they independent, in (0, 1]
  public static Estimate byValue(double[][] byValue, double part) {
    List<double[]> ascending = new ArrayList<>(List.of(byValue));
    ascending.sort((a, b) -> Double.compare(a[0] / (a[0] + a[1]), b[0] / (b[0] + b[1])));
    double[] group = ascending.stream().mapToDouble(v -> v[0]).toArray();
    double[] others = ascending.stream().mapToDouble(v -> v[1]).toArray();
    double members = sum(group);
    double rest = sum(others);
    Estimate best =
        of(
            group,
            others,
            rest * part,
            Metric.AUC_SENSITIVE_FROM_FEATURE,
            0.5,
            Support.of(new Support.Part(Support.Kind.PATIENTS, (long) members, members * part)));
    return best instanceof Estimate.Value known
        ? new Estimate.Value(
            known.value(),
            0.5,
            1,
            alpha -> {
              Bounds bounds = known.at(alpha);
              double low = Math.min(bounds.low(), least(ascending, part, alpha));
              return new Bounds(low, bounds.high());
            },
            known.support())
        : best;
  }

  /// The lower end of what the column tells of rows nobody learned from.
  private static double least(List<double[]> values, double part, double alpha) {
    return ColumnFolds.area(values, part)
        .map(area -> area.interval(alpha).low())
        .filter(low -> low > 0.5)
        .orElse(0.5);
  }

  /// The part of a group's rows that would know as much were they independent, where what is told
  /// of them is the same in all rows of a patient.
  public static double independent(GroupTally group) {
    return group.draws().isNone() || group.n() == 0
        ? 1
        : Math.min(1, DrawnShare.clusters(group.draws(), Counts.ALL) / (double) group.n());
  }

  /// By the score: the chance that somebody of the group scores above somebody else.
  public static Estimate byScore(GroupTally group, GroupTally rest) {
    return byScore(group, rest, List.of(Outcome.values()), Metric.AUC_SENSITIVE_FROM_SCORE);
  }

  /// What the score still tells of the group among those with the same label: the farther from one
  /// half of the two areas. Without a value where a label is not in both.
  public static Estimate withinLabel(GroupTally group, GroupTally rest) {
    Metric metric = Metric.SCORE_RESIDUAL_DEPENDENCE;
    List<Estimate> areas = new ArrayList<>();
    for (Outcome label : List.of(Outcome.POSITIVE, Outcome.NEGATIVE)) {
      Estimate area = byScore(group, rest, List.of(label), metric);
      if (!area.defined()) {
        return area;
      }
      areas.add(area);
    }
    Support support = support(rows(group.scores(), List.of(Outcome.POSITIVE, Outcome.NEGATIVE)));
    double value =
        areas.stream().mapToDouble(area -> Math.abs(area.value() - 0.5)).max().orElseThrow();
    return new Estimate.Value(value, 0, 0.5, alpha -> farthest(areas, alpha), support);
  }

  /// Whether chance explains what the score still tells of the group among those with the same
  /// label: the smaller p-value of two Kolmogorov-Smirnov tests, one a label, times their number.
  /// It sees any difference of the distributions, in location or in spread; where scores are tied
  /// it is too large, never too small.
  ///
  /// Smirnov 1948, *Table for estimating the goodness of fit of empirical distributions*, Annals of
  /// Mathematical Statistics 19:279-281,
  /// [doi:10.1214/aoms/1177730256](https://doi.org/10.1214/aoms/1177730256).
  public static Estimate withinLabelP(GroupTally group, GroupTally rest) {
    Metric metric = Metric.SCORE_RESIDUAL_P;
    List<Outcome> labels = List.of(Outcome.POSITIVE, Outcome.NEGATIVE);
    Support support = support(rows(group.scores(), labels));
    ScoreCounts all = group.scores().plus(rest.scores());
    double smallest = 1;
    for (Outcome label : labels) {
      double[] members = weights(group.scores(), all, List.of(label));
      double[] others = weights(rest.scores(), all, List.of(label));
      if (sum(members) == 0 || sum(others) == 0) {
        return new Estimate.Undefined(metric.undefined(), support);
      }
      double size =
          1 / (1 / effective(group, List.of(label)) + 1 / effective(rest, List.of(label)));
      smallest = Math.min(smallest, smirnov(Math.sqrt(size) * distance(members, others)));
    }
    double p = Math.min(1, labels.size() * smallest);
    return new Estimate.Value(p, 0, 1, _ -> new Bounds(p, p), support);
  }

  /// The largest distance of two distribution functions.
  private static double distance(double[] one, double[] other) {
    double largest = 0;
    double below = 0;
    double otherBelow = 0;
    double all = sum(one);
    double otherAll = sum(other);
    for (int i = 0; i < one.length; i++) {
      below += one[i];
      otherBelow += other[i];
      largest = Math.max(largest, Math.abs(below / all - otherBelow / otherAll));
    }
    return largest;
  }

  private static double smirnov(double reach) {
    double below = new KolmogorovSmirnovTest().ksSum(reach, 1e-12, 100_000);
    return Math.clamp(1 - below, 0, 1);
  }

  private static Bounds farthest(List<Estimate> areas, double alpha) {
    double low = 0;
    double high = 0;
    for (Estimate area : areas) {
      Bounds bounds = area.at(alpha / areas.size());
      low = Math.max(low, Math.max(bounds.low() - 0.5, 0.5 - bounds.high()));
      high = Math.max(high, Math.max(bounds.high() - 0.5, 0.5 - bounds.low()));
    }
    return new Bounds(low, high);
  }

  private static Estimate byScore(
      GroupTally group, GroupTally rest, List<Outcome> labels, Metric metric) {
    ScoreCounts all = group.scores().plus(rest.scores());
    double[] members = weights(group.scores(), all, labels);
    double[] others = weights(rest.scores(), all, labels);
    Support support =
        Support.of(
            new Support.Part(
                Support.Kind.PATIENTS, rows(group.scores(), labels), effective(group, labels)));
    return of(members, others, effective(rest, labels), metric, 0, support);
  }

  private static Estimate of(
      double[] group,
      double[] others,
      double effectiveOthers,
      Metric metric,
      double least,
      Support support) {
    if (sum(group) == 0 || sum(others) == 0) {
      return new Estimate.Undefined(metric.undefined(), support);
    }
    RocCurve curve =
        RocCurve.weighted(group, others, support.parts().getFirst().effective(), effectiveOthers);
    double area = curve.area();
    return new Estimate.Value(
        area,
        least,
        1,
        alpha -> {
          Bounds bounds = curve.interval(alpha);
          return new Bounds(
              Math.min(area, Math.max(least, bounds.low())), Math.max(area, bounds.high()));
        },
        support);
  }

  private static Support support(long rows) {
    return Support.of(new Support.Part(Support.Kind.PATIENTS, rows, (double) rows));
  }

  /// The weights of one side at each position of both.
  private static double[] weights(ScoreCounts one, ScoreCounts all, List<Outcome> labels) {
    double[] weights = new double[all.size()];
    int to = 0;
    for (int i = 0; i < one.size(); i++) {
      while (all.at(to) < one.at(i)) {
        to++;
      }
      for (Outcome label : labels) {
        weights[to] += one.weight(i, label);
      }
    }
    return weights;
  }

  private static long rows(ScoreCounts scores, List<Outcome> labels) {
    return labels.stream().mapToLong(scores::rows).sum();
  }

  /// Rows with a score, fewer where they do not count alike or come in clusters: in the same part
  /// as among all rows of the group.
  private static double effective(GroupTally group, List<Outcome> labels) {
    Support.Part known = GroupRate.SELECTION_RATE.estimate(group).support().parts().getFirst();
    double part = known.rows() == 0 ? 1 : known.effective() / (double) known.rows();
    return (double) rows(group.scores(), labels) * part;
  }

  private static double sum(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }
}

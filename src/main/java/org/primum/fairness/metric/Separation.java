package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.List;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.score.RocCurve;
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
  /// the column has the more of it is chance.
  ///
  /// @param byValue rows of each value: of the group, and of everyone else
  public static Estimate byValue(double[][] byValue) {
    List<double[]> ascending = new ArrayList<>(List.of(byValue));
    ascending.sort((a, b) -> Double.compare(a[0] / (a[0] + a[1]), b[0] / (b[0] + b[1])));
    double[] group = ascending.stream().mapToDouble(v -> v[0]).toArray();
    double[] others = ascending.stream().mapToDouble(v -> v[1]).toArray();
    double members = sum(group);
    double rest = sum(others);
    return of(group, others, members, rest, Metric.AUC_SENSITIVE_FROM_FEATURE, 0.5);
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
    return of(members, others, effective(group, labels), effective(rest, labels), metric, 0);
  }

  private static Estimate of(
      double[] group,
      double[] others,
      double effectiveGroup,
      double effectiveOthers,
      Metric metric,
      double least) {
    Support support = support((long) Math.floor(effectiveGroup));
    if (sum(group) == 0 || sum(others) == 0) {
      return new Estimate.Undefined(metric.undefined(), support);
    }
    RocCurve curve = RocCurve.weighted(group, others, effectiveGroup, effectiveOthers);
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

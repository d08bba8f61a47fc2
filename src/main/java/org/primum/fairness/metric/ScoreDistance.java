package org.primum.fairness.metric;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.score.ScoreShift;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.Outcome;
import org.primum.fairness.tally.ScoreCounts;
import org.primum.gate.Interval.Bounds;

/// How far the scores of a group are from those of others, whatever the outcome: all rows with a
/// score, labeled or not.
final class ScoreDistance {

  private final Metric metric;
  private final Side group;
  private final Side others;

  private ScoreDistance(Metric metric, Side group, Side others) {
    this.metric = metric;
    this.group = group;
    this.others = others;
  }

  /// The rows of one side, and what may be told of how many they are.
  record Side(ScoredRows rows, Shown shown) {

    /// The rows the interval is made of: no more than may be told, since its width tells them.
    Support.Part part() {
      ScoreCounts scores = rows.group().scores();
      long n = Arrays.stream(Outcome.values()).mapToLong(scores::rows).sum();
      long told = shown.exact() ? n : Math.min(n, shown.rows().low());
      double known = rows.effective(Counts.ALL, n);
      return new Support.Part(
          Support.Kind.PATIENTS, told, told < n ? Math.min(known, (double) told) : known);
    }

    /// The weights at each position of both sides.
    double[] weights(double[] positions) {
      ScoreCounts scores = rows.group().scores();
      double[] weights = new double[positions.length];
      for (int i = 0; i < scores.size(); i++) {
        int at = Arrays.binarySearch(positions, rows.value(i));
        for (Outcome label : Outcome.values()) {
          weights[at] += scores.weight(i, label);
        }
      }
      return weights;
    }

    DoubleStream values() {
      return IntStream.range(0, rows.size()).mapToDouble(rows::value);
    }
  }

  /// @param metric `ks_score` or `w1_score`
  static Estimate of(Metric metric, Side group, Side others) {
    return new ScoreDistance(metric, group, others).estimate();
  }

  private Estimate estimate() {
    Support.Part one = group.part();
    Support.Part two = others.part();
    Support support = new Support(one.rows(), java.util.List.of(one, two));
    double[] positions =
        DoubleStream.concat(group.values(), others.values()).sorted().distinct().toArray();
    double[] first = group.weights(positions);
    double[] second = others.weights(positions);
    boolean told = group.shown().exact() && others.shown().exact();
    if (!told && (few(one, group) || few(two, others))) {
      return RangedRate.untold(support);
    }
    if (!(sum(first) > 0 && sum(second) > 0 && one.effective() > 0 && two.effective() > 0)) {
      return Values.undefined(metric, support);
    }
    ScoreShift shift = new ScoreShift(positions, first, second, one.effective(), two.effective());
    return told ? exact(shift, support) : blurred(shift, support);
  }

  private static boolean few(Support.Part part, Side side) {
    return part.rows() > 0 && part.rows() < side.shown().below();
  }

  private static double sum(double[] weights) {
    return Arrays.stream(weights).sum();
  }

  private double value(ScoreShift shift) {
    return metric == Metric.KS_SCORE ? shift.kolmogorovSmirnov() : shift.wasserstein();
  }

  private Bounds interval(ScoreShift shift, double alpha) {
    return metric == Metric.KS_SCORE
        ? shift.kolmogorovSmirnovInterval(alpha)
        : shift.wassersteinInterval(alpha);
  }

  private Estimate exact(ScoreShift shift, Support support) {
    return Values.of(metric, value(shift), support, alpha -> interval(shift, alpha));
  }

  private Estimate blurred(ScoreShift shift, Support support) {
    return Values.of(
        metric,
        Blurred.rounded(value(shift)),
        support,
        alpha -> Blurred.outward(interval(shift, alpha)));
  }
}

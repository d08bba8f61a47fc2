package org.primum.fairness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.metric.Shown;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.ProportionIntervals;
import org.primum.fairness.tally.Outcome;
import org.primum.fairness.tally.ScoreCounts;
import org.primum.fairness.tally.ScoreScale;
import org.primum.gate.Interval.Bounds;

/// What the scores of one group say at every threshold: how often they come true (reliability),
/// whom a threshold would find and alarm (ROC), and what acting on it would gain (decision curve,
/// Vickers and Elkin 2006,
/// [doi:10.1177/0272989X06295361](https://doi.org/10.1177/0272989X06295361)).
///
/// Only of groups of which every number may be told; steps that would tell a small number are left
/// out, or joined with the next.
///
/// @param group as printed
/// @param rows with a score and a label
/// @param positives among them
public record GroupCurves(
    String group, long rows, long positives, List<Bin> reliability, List<At> thresholds) {

  private static final int BINS = 10;
  private static final int HUNDREDTHS = 100;

  public GroupCurves {
    reliability = List.copyOf(reliability);
    thresholds = List.copyOf(thresholds);
  }

  /// Rows of neighboring scores.
  ///
  /// @param rows in it
  /// @param weight of them; `rows` where each counts one
  /// @param said their mean score
  /// @param happened the share of positives among them
  /// @param interval Wilson's, of `happened`
  public record Bin(long rows, double weight, double said, double happened, Bounds interval) {}

  /// Flagging from a score on.
  ///
  /// @param tpr share of the positives that is flagged
  /// @param fpr share of the negatives that is flagged
  /// @param netBenefit `tpr * p - fpr * (1 - p) * t / (1 - t)`, p the base rate
  /// @param ofAll the same if everybody were flagged
  /// @param interval of `netBenefit` at this threshold alone: pointwise
  public record At(
      double threshold, double tpr, double fpr, double netBenefit, double ofAll, Bounds interval) {}

  /// The share of positives, by weight where rows have one.
  public double baseRate() {
    return reliability.stream().mapToDouble(bin -> bin.weight() * bin.happened()).sum()
        / reliability.stream().mapToDouble(Bin::weight).sum();
  }

  /// Empty where there are no scores, one outcome only or one that weighs nothing, or numbers that
  /// may not be told.
  ///
  /// @param numbers where the intervals of net benefit come from
  /// @param alpha of the intervals
  static Optional<GroupCurves> of(
      String group, Shown shown, ScoreScale scale, GroupMetrics numbers, double alpha) {
    ScoreCounts scores = shown.tally().scores();
    long positives = scores.rows(Outcome.POSITIVE);
    long negatives = scores.rows(Outcome.NEGATIVE);
    int enough = Math.max(1, shown.below());
    boolean told = shown.exact() && positives >= enough && negatives >= enough;
    if (!told || weighNothing(scores, Outcome.POSITIVE) || weighNothing(scores, Outcome.NEGATIVE)) {
      return Optional.empty();
    }
    Reading reading = new Reading(scores, scale, enough);
    Benefit benefit = threshold -> benefit(threshold, shown, numbers).at(alpha);
    return Optional.of(
        new GroupCurves(
            group,
            positives + negatives,
            positives,
            reading.bins(alpha),
            reading.thresholds(benefit)));
  }

  private static boolean weighNothing(ScoreCounts scores, Outcome label) {
    return Arrays.stream(scores.weights(label)).allMatch(weight -> weight == 0);
  }

  private interface Benefit {
    Bounds at(double threshold);
  }

  private static Estimate benefit(double threshold, Shown shown, GroupMetrics numbers) {
    return numbers.estimate(MetricRef.at(Metric.NET_BENEFIT, threshold), shown.tally());
  }

  /// The scores of a group, read from one end to the other.
  private record Reading(ScoreCounts scores, ScoreScale scale, int enough) {

    /// Whether so many rows may be told: none, or enough.
    private boolean told(long rows) {
      return rows == 0 || rows >= enough;
    }

    /// About ten bins of as many rows each; a score is in one of them as a whole.
    private List<Bin> bins(double alpha) {
      List<Sum> sums = new ArrayList<>();
      long all = scores.rows(Outcome.POSITIVE) + scores.rows(Outcome.NEGATIVE);
      Sum sum = new Sum();
      for (int i = 0; i < scores.size(); i++) {
        sum.add(scores, scale, i);
        if (sum.rows() * BINS >= all && told(sum.positives) && told(sum.negatives)) {
          sums.add(sum);
          sum = new Sum();
        }
      }
      join(sums, sum);
      double z = ProportionIntervals.quantile(alpha);
      return sums.stream().filter(s -> s.weight > 0).map(s -> s.bin(z)).toList();
    }

    /// What is left at the end is a bin where it may be told, else a part of the one before.
    private void join(List<Sum> sums, Sum left) {
      Sum last = left;
      while (!sums.isEmpty()
          && !(last.rows() == 0 || (told(last.positives) && told(last.negatives)))) {
        last = sums.removeLast().plus(last);
      }
      if (last.rows() > 0) {
        sums.add(last);
      }
    }

    /// From the highest hundredth down, each that tells enough rows more than the one before.
    private List<At> thresholds(Benefit benefit) {
      double[] tp = tail(Outcome.POSITIVE);
      double[] fp = tail(Outcome.NEGATIVE);
      List<At> points = new ArrayList<>();
      int at = scores.size();
      long positives = 0;
      long negatives = 0;
      List<long[]> kept = new ArrayList<>();
      for (int step = HUNDREDTHS - 1; step >= 1; step--) {
        double threshold = (double) step / HUNDREDTHS;
        while (at > 0 && scores.at(at - 1) >= threshold) {
          at--;
          positives += scores.rows(at, Outcome.POSITIVE);
          negatives += scores.rows(at, Outcome.NEGATIVE);
        }
        if (told(positives) && told(negatives)) {
          points.add(point(threshold, tp, fp, at, benefit));
          kept.add(new long[] {positives, negatives});
          positives = 0;
          negatives = 0;
        }
      }
      while (at > 0) {
        at--;
        positives += scores.rows(at, Outcome.POSITIVE);
        negatives += scores.rows(at, Outcome.NEGATIVE);
      }
      while (!points.isEmpty() && !(told(positives) && told(negatives))) {
        points.removeLast();
        long[] more = kept.removeLast();
        positives += more[0];
        negatives += more[1];
      }
      return points.reversed();
    }

    /// Weights from each position on.
    private double[] tail(Outcome label) {
      double[] tail = new double[scores.size() + 1];
      for (int i = scores.size() - 1; i >= 0; i--) {
        tail[i] = tail[i + 1] + scores.weight(i, label);
      }
      return tail;
    }

    private static At point(double threshold, double[] tp, double[] fp, int from, Benefit benefit) {
      double n = tp[0] + fp[0];
      double odds = threshold / (1 - threshold);
      return new At(
          threshold,
          tp[from] / tp[0],
          fp[from] / fp[0],
          tp[from] / n - fp[from] / n * odds,
          tp[0] / n - fp[0] / n * odds,
          benefit.at(threshold));
    }
  }

  /// Neighboring scores together.
  private static final class Sum {
    private long positives;
    private long negatives;
    private double weight;
    private double happened;
    private double said;
    private double squares;

    void add(ScoreCounts scores, ScoreScale scale, int i) {
      long up = scores.rows(i, Outcome.POSITIVE);
      long down = scores.rows(i, Outcome.NEGATIVE);
      double high = scores.weight(i, Outcome.POSITIVE);
      double low = scores.weight(i, Outcome.NEGATIVE);
      positives += up;
      negatives += down;
      happened += high;
      weight += high + low;
      said += (high + low) * scale.value(scores.at(i));
      // Rows of one score and label have nearly one weight: what Kish's sum needs.
      squares += (up == 0 ? 0 : high * high / up) + (down == 0 ? 0 : low * low / down);
    }

    long rows() {
      return positives + negatives;
    }

    Sum plus(Sum other) {
      Sum sum = new Sum();
      sum.positives = positives + other.positives;
      sum.negatives = negatives + other.negatives;
      sum.weight = weight + other.weight;
      sum.happened = happened + other.happened;
      sum.said = said + other.said;
      sum.squares = squares + other.squares;
      return sum;
    }

    Bin bin(double z) {
      Proportion share =
          new Proportion(
              Math.min(happened, weight), weight, positives, rows(), weight * weight / squares);
      return new Bin(
          rows(), weight, said / weight, share.value(), ProportionIntervals.wilson(share, z));
    }
  }
}

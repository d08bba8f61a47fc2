package org.primum.fairness.metric;

import java.util.Arrays;
import java.util.Optional;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.suppression.Range;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;

/// A rate of one group: a proportion of its contingency table, in [0, 1].
///
/// A zero denominator has no rate: 0 would say that a group without positives is never missed
/// (Fairlearn returns 0 for both its true and its false negative rate). Rows without a label or a
/// prediction are left out of the rates that need one. Hardt, Price, Srebro 2016,
/// [arXiv:1610.02413](https://arxiv.org/abs/1610.02413), for the parity notions built on these.
/// What each means is told by its [Metric].
public enum GroupRate {
  SELECTION_RATE(
      Metric.SELECTION_RATE,
      Counts.SELECTED,
      Counts.SELECTED | Counts.NOT_SELECTED,
      Support.Kind.PATIENTS),
  TPR(Metric.TPR, Counts.TP, Counts.TP | Counts.FN, Support.Kind.POSITIVES),
  FPR(Metric.FPR, Counts.FP, Counts.FP | Counts.TN, Support.Kind.NEGATIVES),
  TNR(Metric.TNR, Counts.TN, Counts.FP | Counts.TN, Support.Kind.NEGATIVES),
  FNR(Metric.FNR, Counts.FN, Counts.TP | Counts.FN, Support.Kind.POSITIVES),
  PPV(Metric.PPV, Counts.TP, Counts.TP | Counts.FP, Support.Kind.PREDICTED_POSITIVES),
  NPV(Metric.NPV, Counts.TN, Counts.TN | Counts.FN, Support.Kind.PREDICTED_NEGATIVES),
  FDR(Metric.FDR, Counts.FP, Counts.TP | Counts.FP, Support.Kind.PREDICTED_POSITIVES),
  FOR(Metric.FOR, Counts.FN, Counts.TN | Counts.FN, Support.Kind.PREDICTED_NEGATIVES),
  ACCURACY(
      Metric.ACCURACY,
      Counts.TP | Counts.TN,
      Counts.TP | Counts.TN | Counts.FP | Counts.FN,
      Support.Kind.PATIENTS),
  ERROR_RATE(
      Metric.ERROR_RATE,
      Counts.FP | Counts.FN,
      Counts.TP | Counts.TN | Counts.FP | Counts.FN,
      Support.Kind.PATIENTS),
  BASE_RATE(
      Metric.BASE_RATE,
      Counts.POSITIVES,
      Counts.POSITIVES | Counts.NEGATIVES,
      Support.Kind.PATIENTS),
  LABEL_MISSING_RATE(
      Metric.LABEL_MISSING_RATE,
      Counts.ALL & ~(Counts.POSITIVES | Counts.NEGATIVES),
      Counts.ALL,
      Support.Kind.PATIENTS),
  PREDICTION_MISSING_RATE(
      Metric.PREDICTION_MISSING_RATE,
      Counts.ALL & ~(Counts.SELECTED | Counts.NOT_SELECTED),
      Counts.ALL,
      Support.Kind.PATIENTS);

  private final Metric metric;
  private final int events;
  private final int total;
  private final Support.Kind kind;

  GroupRate(Metric metric, int events, int total, Support.Kind kind) {
    this.metric = metric;
    this.events = events;
    this.total = total;
    this.kind = kind;
  }

  public Metric metric() {
    return metric;
  }

  /// The name in policies and result files.
  public String id() {
    return metric.id();
  }

  /// The rate that a metric is; empty where it is no rate of one contingency table.
  public static Optional<GroupRate> of(Metric metric) {
    return Arrays.stream(values()).filter(r -> r.metric == metric).findFirst();
  }

  public Proportion proportion(Counts counts) {
    return counts.proportion(events, total);
  }

  /// The proportion of a group with the rows it is known as well as, clusters and all.
  Proportion known(GroupTally group) {
    return estimate(group) instanceof Estimate.Rate(Proportion p, var _)
        ? p
        : proportion(group.counts());
  }

  /// The rate of a group of independent rows, or undefined where its denominator is zero.
  public Estimate estimate(Counts counts) {
    return Estimate.of(proportion(counts), kind, metric.undefined());
  }

  /// The rate of a group, or undefined where its denominator is zero.
  public Estimate estimate(GroupTally group) {
    return new DrawnShare(group, events, group, total).estimate(kind, metric.undefined());
  }

  /// The rate of a group as far as it may be told.
  public Estimate estimate(Shown shown) {
    Range happened = shown.over(events);
    Range not = shown.over(total & ~events);
    Estimate exact = estimate(shown.tally());
    return happened.exact() && not.exact()
        ? exact
        : RangedRate.of(happened, not, exact.support(), shown);
  }
}

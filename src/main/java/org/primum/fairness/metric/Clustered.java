package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.math3.distribution.TDistribution;
import org.primum.fairness.metric.Estimate.Rate;
import org.primum.fairness.metric.Estimate.Undefined;
import org.primum.fairness.metric.Estimate.Value;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.Deviations;
import org.primum.fairness.statistics.EffectiveRows;
import org.primum.fairness.tally.ClusterDraws;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupReplicates;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.ScoreScale;
import org.primum.gate.Interval.Bounds;

/// Metrics of a group whose rows come in clusters. The interval comes from the spread of the metric
/// over the bootstrap replicates, on the log-odds scale where it lies between two bounds, on the
/// logarithmic scale where it has a lower one; with Student's quantile of the number of clusters.
///
/// What the replicates cannot say (numbers that are not made of labels, predictions and scores, and
/// values at their bound) keeps its own interval, made longer as if all rows of a cluster said the
/// same: too long, never too short.
final class Clustered {

  /// Replicates in which the metric has to have a value.
  private static final double ENOUGH = 0.9;

  private final GroupTally group;
  private final boolean event;
  private final List<GroupTally> replicates;
  private final double clusters;

  /// @param event whether an event is predicted, and neither a class nor a number
  Clustered(GroupTally group, boolean event, ScoreScale scale) {
    this.group = group;
    this.event = event;
    this.replicates = GroupReplicates.of(group, scale);
    this.clusters = Math.max(1, DrawnShare.clusters(group.draws(), Counts.ALL));
  }

  /// @param values of the metric, as if rows were independent
  Estimate estimate(Metric metric, Function<GroupTally, Estimate> values) {
    Estimate plain = values.apply(group);
    if (plain instanceof Undefined || plain.support().deviations().drawn()) {
      return plain;
    }
    Deviations deviations = event && canBeDrawn(metric) ? deviations(values) : Deviations.NONE;
    return switch (plain) {
      case Undefined undefined -> undefined;
      case Rate rate -> rate(rate, deviations);
      case Value value when !deviations.drawn() && countsClusters(metric) -> value;
      case Value value -> value(alone(value, values), deviations);
    };
  }

  /// A share of everyone is not drawn with the group alone; classes, numbers and needs not at all.
  /// The errors of calibration that are sums of distances are larger in a replicate than in the
  /// data, by chance alone.
  private static boolean canBeDrawn(Metric metric) {
    return switch (metric.family()) {
      case RATE -> metric != Metric.PREDICTED_POSITIVE_SHARE;
      case SCORE, COMPOSITE -> true;
      case CALIBRATION -> metric != Metric.ECE && metric != Metric.MCE;
      case CLINICAL -> metric != Metric.ACCESS_SHARE;
      case REGRESSION, DATA, INEQUALITY, OMNIBUS, PROXY -> false;
    };
  }

  /// Numbers of scores and needs take the clusters for the rows they are known by where they are
  /// not drawn.
  private static boolean countsClusters(Metric metric) {
    return switch (metric.family()) {
      case SCORE, CALIBRATION, CLINICAL -> true;
      case RATE, REGRESSION, DATA, COMPOSITE, INEQUALITY, OMNIBUS, PROXY -> false;
    };
  }

  /// Around the mean of the replicates; none where too few have a value.
  private Deviations deviations(Function<GroupTally, Estimate> metric) {
    double[] values = new double[replicates.size()];
    double sum = 0;
    int defined = 0;
    for (int b = 0; b < values.length; b++) {
      Estimate drawn = metric.apply(replicates.get(b));
      values[b] = drawn.defined() ? drawn.value() : Double.NaN;
      sum += drawn.defined() ? drawn.value() : 0;
      defined += drawn.defined() ? 1 : 0;
    }
    if (defined < ENOUGH * values.length) {
      return Deviations.NONE;
    }
    for (int b = 0; b < values.length; b++) {
      values[b] = Double.isNaN(values[b]) ? 0 : values[b] - sum / defined;
    }
    return Deviations.of(values);
  }

  private Estimate rate(Rate rate, Deviations deviations) {
    double value = rate.p().value();
    double rows = (double) rate.p().rows() / (double) group.draws().together(Counts.ALL);
    double share = Math.min(1, clusters / (double) Math.max(1, group.n()));
    double known = (double) rate.p().rows() * share;
    double effective = EffectiveRows.clustered(value, deviations.variance(), known, rows);
    List<Support.Part> parts = new ArrayList<>();
    for (Support.Part part : rate.support().parts()) {
      double least = Math.min(part.effective(), effective);
      parts.add(new Support.Part(part.kind(), part.rows(), least));
    }
    return new Rate(
        rate.p().knownAs(effective), new Support(rate.support().rows(), parts, deviations));
  }

  /// The same number with the interval that independent rows would give it.
  private Value alone(Value value, Function<GroupTally, Estimate> values) {
    return values.apply(group.with(ClusterDraws.NONE)) instanceof Value alone ? alone : value;
  }

  private Estimate value(Value value, Deviations deviations) {
    return deviations.variance() > 0 && inside(value) ? drawn(value, deviations) : widened(value);
  }

  private static boolean inside(Value value) {
    return value.value() > value.low() && value.value() < value.high();
  }

  private Estimate drawn(Value value, Deviations deviations) {
    double few = clusters > 1 ? clusters / (clusters - 1) : clusters;
    double error = Math.sqrt(deviations.variance() * few);
    return new Value(
        value.value(),
        value.low(),
        value.high(),
        alpha -> bounds(value, error * quantile(alpha)),
        support(value, deviations));
  }

  private double quantile(double alpha) {
    TDistribution student = new TDistribution(null, Math.max(1, clusters - 1), 1e-15);
    return -student.inverseCumulativeProbability(alpha / 2);
  }

  /// Symmetric on the scale on which the metric has no bound.
  private static Bounds bounds(Value value, double half) {
    double below = value.value() - value.low();
    double above = value.high() - value.value();
    if (Double.isInfinite(below) && Double.isInfinite(above)) {
      return within(value, value.value() - half, value.value() + half);
    }
    if (Double.isInfinite(above)) {
      double factor = Math.exp(half / below);
      return within(value, value.low() + below / factor, value.low() + below * factor);
    }
    if (Double.isInfinite(below)) {
      double factor = Math.exp(half / above);
      return within(value, value.high() - above * factor, value.high() - above / factor);
    }
    double range = below + above;
    double step = half * range / (below * above);
    double low = below / above * Math.exp(-step);
    double high = below / above * Math.exp(step);
    return within(value, value.low() + range * low / (1 + low), value.high() - range / (1 + high));
  }

  /// Rounding puts no end on the other side of the value, or beyond what the metric can take.
  private static Bounds within(Value value, double low, double high) {
    return new Bounds(
        Math.clamp(low, value.low(), value.value()), Math.clamp(high, value.value(), value.high()));
  }

  /// As if all rows of a cluster said the same.
  private Estimate widened(Value value) {
    double rows = (double) Math.max(1, group.n());
    double longer = Math.sqrt(Math.max(1, rows / clusters));
    return new Value(
        value.value(),
        value.low(),
        value.high(),
        alpha -> {
          Bounds own = value.interval().at(alpha);
          double low = value.value() - (value.value() - own.low()) * longer;
          double high = value.value() + (own.high() - value.value()) * longer;
          return new Bounds(
              Math.clamp(low, value.low(), value.high()),
              Math.clamp(high, value.low(), value.high()));
        },
        support(value, Deviations.NONE));
  }

  private Support support(Value value, Deviations deviations) {
    double share = Math.min(1, clusters / (double) Math.max(1, group.n()));
    List<Support.Part> parts = new ArrayList<>();
    for (Support.Part part : value.support().parts()) {
      parts.add(new Support.Part(part.kind(), part.rows(), part.effective() * share));
    }
    return new Support(value.support().rows(), parts, deviations);
  }
}

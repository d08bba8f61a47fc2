package org.primum.fairness.metric;

import org.apache.commons.math3.distribution.TDistribution;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.tally.QuantitySums;
import org.primum.fairness.tally.QuantitySums.Moment;
import org.primum.gate.Interval.Bounds;

/// Metrics of a number that was predicted by a number, from the sums of a group.
///
/// Intervals are Student's, on Kish's effective sample size where rows are weighted; those of rmse
/// and r2 go through the delta method (their influence functions, van der Vaart 1998, *Asymptotic
/// Statistics*, section 20.1).
final class QuantityMetrics {

  private final QuantitySums sums;

  QuantityMetrics(QuantitySums sums) {
    this.sums = sums;
  }

  Estimate estimate(Metric metric) {
    if (metric == Metric.MEAN_PREDICTION) {
      return prediction();
    }
    if (sums.pairs() == 0 || weight() == 0) {
      return new Estimate.Undefined(reason(metric), pairs());
    }
    return switch (metric) {
      case MAE -> mean(metric, m(Moment.ABSOLUTE_E), m(Moment.E2));
      case BIAS -> mean(metric, m(Moment.E), m(Moment.E2));
      case RMSE -> rmse();
      case R2 -> r2();
      default -> throw new IllegalArgumentException(metric.id() + " is no metric of a number");
    };
  }

  private String reason(Metric metric) {
    return sums.pairs() > 0 ? "all weights are zero" : metric.undefined();
  }

  private double weight() {
    return sums.sum(Moment.WEIGHT);
  }

  /// The mean of a moment over the rows with label and prediction.
  private double m(Moment moment) {
    return sums.sum(moment) / weight();
  }

  private double effective() {
    return weight() * (weight() / sums.sum(Moment.SQUARED_WEIGHT));
  }

  private Support pairs() {
    double effective = sums.pairs() == 0 || weight() == 0 ? 0 : effective();
    return Support.of(new Support.Part(Support.Kind.PATIENTS, sums.pairs(), effective));
  }

  private Estimate prediction() {
    double weight = sums.sum(Moment.PREDICTION_WEIGHT);
    double effective =
        weight == 0 ? 0 : weight * (weight / sums.sum(Moment.PREDICTION_SQUARED_WEIGHT));
    Support support =
        Support.of(new Support.Part(Support.Kind.PATIENTS, sums.predictions(), effective));
    if (weight == 0) {
      Metric metric = Metric.MEAN_PREDICTION;
      String why = sums.predictions() > 0 ? "all weights are zero" : metric.undefined();
      return new Estimate.Undefined(why, support);
    }
    double mean = sums.sum(Moment.P) / weight;
    double variance = sums.sum(Moment.P2) / weight - mean * mean;
    return value(Metric.MEAN_PREDICTION, mean, variance, effective, support);
  }

  private Estimate mean(Metric metric, double mean, double square) {
    return value(metric, mean, square - mean * mean, effective(), pairs());
  }

  private Estimate rmse() {
    double mean = m(Moment.E2);
    Estimate squared = mean(Metric.RMSE, mean, m(Moment.E4));
    return new Estimate.Value(
        Math.sqrt(mean),
        Metric.RMSE.low(),
        Metric.RMSE.high(),
        alpha -> {
          Bounds bounds = squared.at(alpha);
          return new Bounds(Math.sqrt(Math.max(0, bounds.low())), Math.sqrt(bounds.high()));
        },
        pairs());
  }

  private Estimate r2() {
    double mean = m(Moment.Y);
    double variance = m(Moment.Y2) - mean * mean;
    double error = m(Moment.E2);
    if (sums.pairs() < 2 || !(variance > Math.ulp(1.0) * m(Moment.Y2))) {
      return new Estimate.Undefined(Metric.R2.undefined(), pairs());
    }
    double fourth =
        m(Moment.Y4)
            - 4 * mean * m(Moment.Y3)
            + 6 * mean * mean * m(Moment.Y2)
            - 3 * mean * mean * mean * mean;
    double both = m(Moment.E2_Y2) - 2 * mean * m(Moment.E2_Y) + mean * mean * m(Moment.E2);
    double ratio = error / variance;
    double influence =
        (m(Moment.E4) - error * error)
            - 2 * ratio * (both - error * variance)
            + ratio * ratio * (fourth - variance * variance);
    return value(Metric.R2, 1 - ratio, influence / (variance * variance), effective(), pairs());
  }

  /// A mean with Student's interval, within what the metric can take.
  ///
  /// @param variance of what is averaged; what rounding leaves below 0 is 0
  private static Estimate value(
      Metric metric, double mean, double variance, double effective, Support support) {
    if (!(effective > 1)) {
      return new Estimate.Value(
          mean, metric.low(), metric.high(), _ -> new Bounds(metric.low(), metric.high()), support);
    }
    double error = Math.sqrt(Math.max(0, variance) / (effective - 1));
    return new Estimate.Value(
        mean,
        metric.low(),
        metric.high(),
        alpha -> {
          double t =
              new TDistribution(null, effective - 1).inverseCumulativeProbability(1 - alpha / 2);
          double low = Math.max(metric.low(), mean - t * error);
          return new Bounds(low, Math.min(metric.high(), mean + t * error));
        },
        support);
  }
}

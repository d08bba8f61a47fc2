package org.primum.explain.drift;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.primum.explain.summary.MeanEstimate;
import org.primum.explain.summary.ShapleySpread;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.random.CounterRandom;

/// The normalized discounted cumulative gain of today's order of features: with the mean magnitudes
/// of the baseline as gains, the discounted sum in today's order over that in the baseline's, as
/// Amazon SageMaker defines it: [feature attribution
/// drift](https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-feature-attribution-drift.html).
final class DiscountedGain {

  private static final String NO_GAIN = "no feature mattered before";

  /// How features depend on each other is not kept. Two that move against each other differ by this
  /// much more than two that have nothing to do with each other, and no pair by more.
  private static final double AGAINST = Math.sqrt(2);

  private final List<MeanEstimate> baseline;
  private final List<MeanEstimate> now;

  /// @param baseline in the model's order
  /// @param now in the same order
  DiscountedGain(List<MeanEstimate> baseline, List<MeanEstimate> now) {
    this.baseline = baseline;
    this.now = now;
  }

  /// The gain with its interval, on both sides the larger of two quantiles: of what it is short of
  /// 1 where nothing has changed (both means drawn about that of all rows), and of how far it is
  /// off where the means are what they are now.
  DriftNumber number(int draws, CounterRandom random) {
    double[] before = means(baseline);
    double[] today = means(now);
    double best = discounted(before, order(before));
    if (best == 0) {
      return DriftNumber.of(new Measure.Unknown(NO_GAIN), _ -> new Interval.Bounds(0, 1));
    }
    double value = gain(before, today);
    if (baseline.getFirst().rows() < 2 || now.getFirst().rows() < 2) {
      return DriftNumber.of(new Measure.Known(value), _ -> new Interval.Bounds(0, 1));
    }
    ChanceDraws unchanged = unchanged(draws, random);
    ChanceDraws errors = errors(value, draws, random);
    return DriftNumber.of(
        new Measure.Known(value),
        alpha -> {
          double reach = Math.max(unchanged.quantile(alpha), errors.quantile(alpha));
          return new Interval.Bounds(Math.max(0, value - reach), Math.min(1, value + reach));
        },
        1 - unchanged.quantile(ShapleySpread.LEVEL));
  }

  private ChanceDraws unchanged(int draws, CounterRandom random) {
    List<MeanEstimate> pooled = IntStream.range(0, baseline.size()).mapToObj(this::pooled).toList();
    long before = baseline.getFirst().rows();
    long today = now.getFirst().rows();
    return ChanceDraws.of(
        draws, () -> 1 - gain(drawn(pooled, before, random), drawn(pooled, today, random)));
  }

  private ChanceDraws errors(double value, int draws, CounterRandom random) {
    long before = baseline.getFirst().rows();
    long today = now.getFirst().rows();
    return ChanceDraws.of(
        draws,
        () -> Math.abs(value - gain(drawn(baseline, before, random), drawn(now, today, random))));
  }

  /// The mean of both runs together, with the variance within them.
  private MeanEstimate pooled(int feature) {
    MeanEstimate one = baseline.get(feature);
    MeanEstimate other = now.get(feature);
    double rows = (double) one.rows() + other.rows();
    return new MeanEstimate(
        (one.mean() * one.rows() + other.mean() * other.rows()) / rows,
        (one.variance() * one.rows() + other.variance() * other.rows()) / rows,
        one.rows() + other.rows());
  }

  private static double[] drawn(List<MeanEstimate> means, long rows, CounterRandom random) {
    double[] drawn = new double[means.size()];
    for (int i = 0; i < drawn.length; i++) {
      MeanEstimate mean = means.get(i);
      double error = AGAINST * Math.sqrt(mean.variance() / rows);
      drawn[i] = error == 0 ? mean.mean() : Math.max(0, mean.mean() + error * random.gaussian());
    }
    return drawn;
  }

  private static double[] means(List<MeanEstimate> estimates) {
    return estimates.stream().mapToDouble(MeanEstimate::mean).toArray();
  }

  private static double gain(double[] gains, double[] today) {
    double best = discounted(gains, order(gains));
    return best == 0 ? 1 : Math.min(1, discounted(gains, order(today)) / best);
  }

  private static double discounted(double[] gains, int[] order) {
    double sum = 0;
    for (int i = 0; i < order.length; i++) {
      sum += gains[order[i]] * Math.log(2) / Math.log(i + 2.0);
    }
    return sum;
  }

  /// The most important first; ties in the model's order.
  static int[] order(double[] magnitudes) {
    return IntStream.range(0, magnitudes.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> magnitudes[i]).reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }
}

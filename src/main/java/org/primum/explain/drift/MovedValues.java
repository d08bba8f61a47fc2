package org.primum.explain.drift;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.primum.explain.summary.FeatureProfile;
import org.primum.explain.summary.ShapleyProfile;
import org.primum.explain.summary.ShapleyProfile.Part;
import org.primum.explain.summary.ShapleySpread;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.random.CounterRandom;

/// How far the Shapley values of a feature have moved: Wasserstein's first distance, the mean
/// difference between values of the same standing (Vallender 1974, [Calculation of the Wasserstein
/// distance between probability distributions on the line](https://doi.org/10.1137/1118101)).
///
/// The baseline is known in parts, each the mean of a share of its rows; it is compared with the
/// mean of the same share of today's. So what a part hides moves nothing, and only where values
/// move both ways within one part is the distance a little smaller than that of all rows.
final class MovedValues {

  /// About so many parts are drawn anew; more, halves of them having the spread that parts hide,
  /// change no quantile that can be seen.
  private static final int DRAWN = 16;

  /// What rounding leaves of equal means.
  private static final double ROUNDING = 1e-12;

  /// A sample as values with counts, from the smallest value to the largest.
  private static final class Sample {
    private final double[] values;
    private final double[] counts;

    private Sample(double[] values, double[] counts) {
      this.values = values;
      this.counts = counts;
    }

    static Sample of(List<Part> parts) {
      return new Sample(
          parts.stream().mapToDouble(Part::value).toArray(),
          parts.stream().mapToDouble(Part::rows).toArray());
    }

    /// Parts whose rows differ as much as the sample's do: what they hide is spread over all of
    /// them, half of the rows of each above its mean and half below.
    static Sample of(ShapleyProfile profile, double variance) {
      double hidden = Math.sqrt(Math.max(0, variance - between(profile)));
      if (hidden == 0) {
        return of(profile.parts());
      }
      double[][] halves =
          profile.parts().stream()
              .flatMap(part ->
                  Stream.of(
                      new double[] {part.value() - hidden, part.rows() / 2.0},
                      new double[] {part.value() + hidden, part.rows() / 2.0}))
              .toArray(double[][]::new);
      return sorted(halves);
    }

    private static double between(ShapleyProfile profile) {
      double rows = profile.rows();
      double mean = 0;
      for (Part part : profile.parts()) {
        mean += part.value() * part.rows() / rows;
      }
      double sum = 0;
      for (Part part : profile.parts()) {
        sum += (part.value() - mean) * (part.value() - mean) * part.rows();
      }
      return sum / (rows - 1);
    }

    private static Sample sorted(double[][] pairs) {
      Arrays.sort(pairs, Comparator.comparingDouble((double[] pair) -> pair[0]));
      return new Sample(
          Arrays.stream(pairs).mapToDouble(pair -> pair[0]).toArray(),
          Arrays.stream(pairs).mapToDouble(pair -> pair[1]).toArray());
    }

    double rows() {
      return Redrawn.sum(counts);
    }

    Sample and(Sample other) {
      double[][] pairs = new double[values.length + other.values.length][];
      for (int i = 0; i < pairs.length; i++) {
        Sample from = i < values.length ? this : other;
        int at = i < values.length ? i : i - values.length;
        pairs[i] = new double[] {from.values[at], from.counts[at]};
      }
      return sorted(pairs);
    }

    Sample drawn(double rows, CounterRandom random) {
      return new Sample(values, Redrawn.counts(random, counts, rows));
    }
  }

  private MovedValues() {}

  /// The distance with its interval.
  ///
  /// The distance between two samples is off that of what they were drawn from by at most the
  /// distance between the two errors, whose quantile is drawn: once from each sample for itself,
  /// and once from both together, as if nothing had changed. The larger of the two counts, since a
  /// small sample may have missed what is rare. One row says nothing of how rows differ.
  ///
  /// @param random the feature's own
  static DriftNumber of(
      FeatureProfile baseline, FeatureProfile now, int draws, CounterRandom random) {
    double value = distance(baseline.values(), now.values());
    if (baseline.values().rows() < 2 || now.values().rows() < 2) {
      return DriftNumber.of(new Measure.Known(value), _ -> new Interval.None());
    }
    double[] shares = shares(baseline.values());
    Sample before = Sample.of(baseline.values().merged(DRAWN, 1), baseline.variance());
    Sample today = Sample.of(now.values().merged(DRAWN, 1), now.variance());
    ChanceDraws unchanged = unchanged(shares, before, today, draws, random);
    ChanceDraws errors = errors(shares, before, today, draws, random);
    return DriftNumber.of(
        new Measure.Known(value),
        alpha -> {
          double reach = Math.max(unchanged.quantile(alpha), errors.quantile(alpha));
          return new Interval.Bounds(Math.max(0, value - reach), value + reach);
        },
        unchanged.quantile(ShapleySpread.LEVEL));
  }

  /// At least 0, in the unit of the values; 0 for equal ones.
  static double distance(ShapleyProfile baseline, ShapleyProfile now) {
    double[] shares = shares(baseline);
    double[] before = baseline.parts().stream().mapToDouble(Part::value).toArray();
    double[] today = means(shares, Sample.of(now.parts()));
    double sum = 0;
    double largest = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += shares[i] * Math.abs(before[i] - today[i]);
      largest = Math.max(largest, Math.max(Math.abs(before[i]), Math.abs(today[i])));
    }
    return sum <= ROUNDING * largest ? 0 : sum;
  }

  private static ChanceDraws unchanged(
      double[] shares, Sample baseline, Sample now, int draws, CounterRandom random) {
    Sample both = baseline.and(now);
    double[] none = new double[shares.length];
    return ChanceDraws.of(
        draws,
        () ->
            apart(
                shares,
                means(shares, both.drawn(baseline.rows(), random)),
                none,
                means(shares, both.drawn(now.rows(), random)),
                none));
  }

  private static ChanceDraws errors(
      double[] shares, Sample baseline, Sample now, int draws, CounterRandom random) {
    double[] before = means(shares, baseline);
    double[] today = means(shares, now);
    return ChanceDraws.of(
        draws,
        () ->
            apart(
                shares,
                means(shares, baseline.drawn(baseline.rows(), random)),
                before,
                means(shares, now.drawn(now.rows(), random)),
                today));
  }

  private static double apart(
      double[] shares, double[] one, double[] ownMeans, double[] other, double[] theirMeans) {
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += shares[i] * Math.abs(one[i] - ownMeans[i] - (other[i] - theirMeans[i]));
    }
    return sum;
  }

  private static double[] shares(ShapleyProfile profile) {
    double rows = profile.rows();
    return profile.parts().stream().mapToDouble(part -> part.rows() / rows).toArray();
  }

  /// The means of the smallest values, of those after them and so on, a share of the rows each.
  private static double[] means(double[] shares, Sample sample) {
    double[] values = sample.values;
    double[] counts = sample.counts;
    double all = Redrawn.sum(counts);
    double[] means = new double[shares.length];
    int at = 0;
    double left = counts[0] / all;
    for (int i = 0; i < shares.length; i++) {
      double need = shares[i];
      double sum = 0;
      while (need > left && at + 1 < values.length) {
        sum += left * values[at];
        need -= left;
        at++;
        left = counts[at] / all;
      }
      means[i] = (sum + need * values[at]) / shares[i];
      left -= need;
    }
    return means;
  }
}

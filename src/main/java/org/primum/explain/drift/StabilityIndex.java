package org.primum.explain.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.primum.explain.summary.FeatureProfile;
import org.primum.explain.summary.ShapleyProfile;
import org.primum.explain.summary.ShapleyProfile.Part;
import org.primum.explain.summary.ShapleySpread;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.random.CounterRandom;

/// The population stability index over up to ten bins of about equally many rows of the baseline:
/// the sum of `(a - e) ln(a / e)` over the shares `e` of the baseline and `a` of now, half a row
/// added to each bin. At least 0; customs of credit scoring call 0.1 little and 0.25 much (Siddiqi
/// 2006, *Credit Risk Scorecards*), whatever the number of rows.
final class StabilityIndex {

  private static final int BINS = 10;

  /// Added to each bin, so that an empty one has no infinite weight.
  private static final double SMOOTHING = 0.5;

  private static final String ONE_PART = "the baseline has too few rows to tell how values spread";

  private StabilityIndex() {}

  /// The index with its interval.
  ///
  /// A baseline of so few rows that all are told in one part says nothing of bins.
  ///
  /// What it does not exceed by chance is drawn: both samples anew from the shares of both
  /// together, which are those of either where nothing has changed. With many rows in each bin that
  /// is about `(1/n + 1/m)` times a quantile of chi-square with a degree of freedom less than bins
  /// (Yurdakul and Naranjo 2020, [Statistical properties of the population stability
  /// index](https://econpapers.repec.org/article/rskjourn5/7725371.htm)). The root of the index
  /// behaves as a distance, so the interval reaches that far either way on the scale of roots.
  ///
  /// @param random the feature's own
  static DriftNumber of(
      FeatureProfile baseline, FeatureProfile now, int draws, CounterRandom random) {
    if (baseline.values().parts().size() == 1 && baseline.variance() > 0) {
      return DriftNumber.of(new Measure.Unknown(ONE_PART), _ -> new Interval.None());
    }
    List<Double> edges = edges(baseline.values());
    double[] before = counts(baseline.values(), edges);
    double[] today = counts(now.values(), edges);
    double value = index(before, today);
    double[] both = new double[before.length];
    Arrays.setAll(both, bin -> before[bin] + today[bin]);
    ChanceDraws unchanged =
        ChanceDraws.of(
            draws,
            () ->
                index(
                    Redrawn.counts(random, both, Redrawn.sum(before)),
                    Redrawn.counts(random, both, Redrawn.sum(today))));
    return DriftNumber.of(
        new Measure.Known(value),
        alpha -> around(value, unchanged.quantile(alpha)),
        unchanged.quantile(ShapleySpread.LEVEL));
  }

  private static Interval.Bounds around(double value, double reach) {
    double low = Math.max(0, Math.sqrt(value) - Math.sqrt(reach));
    double high = Math.sqrt(value) + Math.sqrt(reach);
    return new Interval.Bounds(Math.min(low * low, value), Math.max(value, high * high));
  }

  static double index(ShapleyProfile baseline, ShapleyProfile now) {
    List<Double> edges = edges(baseline);
    return index(counts(baseline, edges), counts(now, edges));
  }

  private static double index(double[] before, double[] today) {
    double expectedRows = Redrawn.sum(before) + SMOOTHING * before.length;
    double actualRows = Redrawn.sum(today) + SMOOTHING * today.length;
    double index = 0;
    for (int bin = 0; bin < before.length; bin++) {
      double expected = (before[bin] + SMOOTHING) / expectedRows;
      double actual = (today[bin] + SMOOTHING) / actualRows;
      index += (actual - expected) * Math.log(actual / expected);
    }
    return Math.max(0, index);
  }

  /// The ends of those parts of the baseline where another tenth of its rows is passed. A feature
  /// whose values were all the same has bins below, about and above that value.
  private static List<Double> edges(ShapleyProfile baseline) {
    List<Part> parts = baseline.parts();
    if (parts.size() == 1) {
      double value = parts.getFirst().value();
      double about = Math.max(Math.abs(value) / 16, 0x1p-30);
      return List.of(value - about, value + about);
    }
    List<Double> edges = new ArrayList<>();
    long below = 0;
    for (int i = 0; i + 1 < parts.size(); i++) {
      below += parts.get(i).rows();
      if (below * BINS >= baseline.rows() * (edges.size() + 1L)) {
        edges.add(baseline.ends().get(i));
      }
    }
    return edges;
  }

  /// The mean of a part lies between its end and that of the part before, so it is on the side of
  /// every end where its rows are.
  private static double[] counts(ShapleyProfile profile, List<Double> edges) {
    double[] counts = new double[edges.size() + 1];
    for (Part part : profile.parts()) {
      int bin = (int) edges.stream().filter(edge -> part.value() > edge).count();
      counts[bin] += part.rows();
    }
    return counts;
  }
}

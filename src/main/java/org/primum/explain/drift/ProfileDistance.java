package org.primum.explain.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.primum.explain.ShapleyProfile;
import org.primum.explain.ShapleyProfile.Part;

/// How far two distributions of one feature's Shapley values are apart. Each is known in parts of
/// neighboring values, which both distances take for one value, their mean.
final class ProfileDistance {

  private static final int BINS = 10;

  /// Added to each bin, so that an empty one has no infinite weight.
  private static final double SMOOTHING = 0.5;

  private ProfileDistance() {}

  /// Wasserstein's first distance: how far values have to be moved on average to make one
  /// distribution of the other, in the unit of the margin. The area between the distribution
  /// functions (Vallender 1974, [Calculation of the Wasserstein distance between probability
  /// distributions on the line](https://doi.org/10.1137/1118101)). 0 for equal ones.
  static double wasserstein(ShapleyProfile one, ShapleyProfile other) {
    TreeMap<Double, Double> steps = new TreeMap<>();
    one.parts().forEach(p -> steps.merge(p.value(), share(p, one), Double::sum));
    other.parts().forEach(p -> steps.merge(p.value(), -share(p, other), Double::sum));
    double area = 0;
    double apart = 0;
    double from = 0;
    for (var step : steps.entrySet()) {
      area += Math.abs(apart) * (step.getKey() - from);
      apart += step.getValue();
      from = step.getKey();
    }
    return area;
  }

  private static double share(Part part, ShapleyProfile of) {
    return (double) part.rows() / of.rows();
  }

  /// The population stability index over up to ten bins of about equally many rows of the baseline:
  /// the sum of `(a - e) ln(a / e)` over the shares `e` of the baseline and `a` of now, half a row
  /// added to each bin. At least 0; customs of credit scoring call 0.1 little and 0.25 much
  /// (Siddiqi 2006, *Credit Risk Scorecards*).
  static double stabilityIndex(ShapleyProfile baseline, ShapleyProfile now) {
    List<Double> edges = edges(baseline);
    double[] expected = shares(baseline, edges);
    double[] actual = shares(now, edges);
    double index = 0;
    for (int bin = 0; bin < expected.length; bin++) {
      index += (actual[bin] - expected[bin]) * Math.log(actual[bin] / expected[bin]);
    }
    return Math.max(0, index);
  }

  /// Values between the parts of the baseline where another tenth of its rows is passed. A feature
  /// whose values were all the same has bins below, about and above that value.
  private static List<Double> edges(ShapleyProfile baseline) {
    List<Part> parts = baseline.parts();
    if (parts.getFirst().value() == parts.getLast().value()) {
      double value = parts.getFirst().value();
      double about = Math.max(Math.abs(value) / 16, 0x1p-30);
      return List.of(value - about, value + about);
    }
    List<Double> edges = new ArrayList<>();
    long below = 0;
    for (int i = 0; i + 1 < parts.size(); i++) {
      below += parts.get(i).rows();
      if (below * BINS >= baseline.rows() * (edges.size() + 1L)) {
        edges.add(parts.get(i).value() / 2 + parts.get(i + 1).value() / 2);
      }
    }
    return edges;
  }

  private static double[] shares(ShapleyProfile profile, List<Double> edges) {
    double[] shares = new double[edges.size() + 1];
    java.util.Arrays.fill(shares, SMOOTHING);
    for (Part part : profile.parts()) {
      int bin = (int) edges.stream().filter(edge -> part.value() > edge).count();
      shares[bin] += part.rows();
    }
    double all = profile.rows() + SMOOTHING * shares.length;
    return java.util.Arrays.stream(shares).map(s -> s / all).toArray();
  }
}

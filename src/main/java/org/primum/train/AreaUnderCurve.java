package org.primum.train;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.primum.gate.Interval;
import org.primum.gate.Measure;

/// The area under the receiver operating characteristic: the chance that a random positive row
/// scores above a random negative one, ties counting one half. In [0, 1], best 1, chance 0.5.
///
/// The interval is DeLong's at 95 %, cut to [0, 1]. It takes rows as independent: with several rows
/// a patient it is a little too narrow.
///
/// Source: DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44:837, by the midranks of Sun and Xu
/// 2014, [doi:10.1109/LSP.2014.2337313](https://doi.org/10.1109/LSP.2014.2337313).
///
/// @param value unknown where either class is absent
/// @param interval none where a class has fewer than two rows
public record AreaUnderCurve(Measure value, Interval interval) {

  private static final double Z = new NormalDistribution().inverseCumulativeProbability(0.975);

  /// @param scores finite, one a row
  /// @param positives one a row
  public static AreaUnderCurve of(double[] scores, boolean[] positives) {
    int count = 0;
    for (boolean positive : positives) {
      count += positive ? 1 : 0;
    }
    if (count == 0 || count == positives.length) {
      String which = count == 0 ? "no positives" : "no negatives";
      return new AreaUnderCurve(new Measure.Unknown(which), new Interval.None());
    }
    return delong(split(scores, positives, true, count), split(scores, positives, false, count));
  }

  private static AreaUnderCurve delong(double[] positives, double[] negatives) {
    Arrays.sort(positives);
    Arrays.sort(negatives);
    double[] ofPositives = placements(positives, negatives);
    double[] ofNegatives = placements(negatives, positives);
    double area = mean(ofPositives);
    var value = new Measure.Known(area);
    if (positives.length < 2 || negatives.length < 2) {
      return new AreaUnderCurve(value, new Interval.None());
    }
    double variance =
        variance(ofPositives, area) / positives.length
            + variance(ofNegatives, 1 - area) / negatives.length;
    double half = Z * Math.sqrt(variance);
    var bounds = new Interval.Bounds(Math.max(0, area - half), Math.min(1, area + half));
    return new AreaUnderCurve(value, bounds);
  }

  /// For each value, the share of the others below it, ties counting one half. Both sorted.
  private static double[] placements(double[] values, double[] others) {
    double[] placements = new double[values.length];
    int below = 0;
    int upTo = 0;
    for (int i = 0; i < values.length; i++) {
      while (below < others.length && others[below] < values[i]) {
        below++;
      }
      upTo = Math.max(upTo, below);
      while (upTo < others.length && others[upTo] <= values[i]) {
        upTo++;
      }
      placements[i] = (below + 0.5 * (upTo - below)) / others.length;
    }
    return placements;
  }

  private static double[] split(double[] scores, boolean[] positives, boolean which, int count) {
    double[] part = new double[which ? count : scores.length - count];
    int next = 0;
    for (int row = 0; row < scores.length; row++) {
      if (positives[row] == which) {
        part[next++] = scores[row];
      }
    }
    return part;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double variance(double[] values, double mean) {
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }
}

package org.primum.fairness.statistics.bootstrap;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.primum.fairness.statistics.Normal;
import org.primum.gate.Interval;

/// The values of one statistic over the replicates of a bootstrap, in the order of the replicates.
///
/// A replicate that leaves the statistic undefined (no positives drawn) is marked, counted and left
/// out of the interval.
public final class Replicates {

  /// Tail replicates below which a quantile is not read off but continued.
  private static final double RESOLVED = 25;

  private final double[] values;
  private final double[] sorted;

  /// @param values one a replicate; NaN marks an undefined one
  public Replicates(double[] values) {
    this.values = values.clone();
    sorted = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
  }

  /// A statistic of several groups, replicate by replicate; undefined where one of them is.
  ///
  /// @param groups with the same number of replicates, at least one
  /// @param statistic of the values of all groups, in their order; the array is used again
  public static Replicates across(List<Replicates> groups, ToDoubleFunction<double[]> statistic) {
    double[] combined = new double[groups.getFirst().values.length];
    double[] one = new double[groups.size()];
    for (int i = 0; i < combined.length; i++) {
      boolean defined = true;
      for (int g = 0; g < one.length; g++) {
        one[g] = groups.get(g).values[i];
        defined &= !Double.isNaN(one[g]);
      }
      combined[i] = defined ? statistic.applyAsDouble(one) : Double.NaN;
    }
    return new Replicates(combined);
  }

  /// How many replicates leave the statistic undefined.
  public int undefined() {
    return values.length - sorted.length;
  }

  /// How many replicates there are, undefined ones too.
  public int size() {
    return values.length;
  }

  /// The quantile of the defined replicates, linear between neighbors as in NumPy.
  ///
  /// @param p in [0, 1]
  /// @throws IllegalStateException where no replicate is defined
  public double quantile(double p) {
    if (sorted.length == 0) {
      throw new IllegalStateException("no replicate is defined");
    }
    double at = p * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /// The mean of the defined replicates.
  ///
  /// @throws IllegalStateException where no replicate is defined
  public double mean() {
    return Arrays.stream(sorted)
        .average()
        .orElseThrow(() -> new IllegalStateException("no replicate is defined"));
  }

  /// The percentile interval at level `alpha`. None where less than half of the replicates are
  /// defined: what they say then is said on a condition few of them meet.
  ///
  /// A quantile with fewer than 25 replicates beyond it is noise, and a family of many comparisons
  /// asks for such. It is continued instead: the distance from the median to the last quantile with
  /// 25 replicates beyond it grows as the normal quantile does. Exact for normal replicates, an
  /// approximation else.
  ///
  /// Not for a range over groups or another statistic that cannot be below 0: its replicates never
  /// cover 0 (a percentile interval of max minus min excludes equality always).
  ///
  /// @param alpha in (0, 1)
  public Interval interval(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha lies between 0 and 1, got " + alpha);
    }
    if (2 * sorted.length < values.length || sorted.length == 0) {
      return new Interval.None();
    }
    double resolved = Math.min(0.5, RESOLVED / sorted.length);
    double tail = alpha / 2;
    if (tail >= resolved) {
      return new Interval.Bounds(quantile(tail), quantile(1 - tail));
    }
    double stretch =
        resolved == 0.5 ? 1 : Normal.upperQuantile(tail) / Normal.upperQuantile(resolved);
    double median = quantile(0.5);
    return new Interval.Bounds(
        median - stretch * (median - quantile(resolved)),
        median + stretch * (quantile(1 - resolved) - median));
  }
}

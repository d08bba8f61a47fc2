package org.primum.fairness;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.Support;
import org.primum.fairness.statistics.Proportion;
import org.primum.gate.Interval.Bounds;

/// How often intervals of two groups hold the truth, exactly: every pair of counts, weighed by its
/// binomial probability. Nothing is random.
///
/// @param min over the grid of true rates
/// @param p true rates where it is lowest
/// @param q the reference's
record Coverage(double min, double p, double q, double mean) {

  static final double[] RATES = {.05, .10, .20, .30, .50, .70, .80, .90, .95};

  /// The interval of a comparison of two counts, or all numbers where it has none.
  interface Comparison {
    Bounds of(Estimate group, Estimate reference);
  }

  static Estimate rate(long events, long rows) {
    return Estimate.of(Proportion.of(events, rows), Support.Kind.PATIENTS, "no rows");
  }

  /// @param truth of the two rates
  static Coverage exact(int n, int m, Comparison comparison, DoubleBinaryOperator truth) {
    Bounds[][] bounds = new Bounds[n + 1][m + 1];
    for (int i = 0; i <= n; i++) {
      for (int j = 0; j <= m; j++) {
        bounds[i][j] = comparison.of(rate(i, n), rate(j, m));
      }
    }
    Coverage lowest = new Coverage(1, 0, 0, 0);
    double sum = 0;
    for (double p : RATES) {
      for (double q : RATES) {
        double covered = covered(bounds, binomial(n, p), binomial(m, q), truth.applyAsDouble(p, q));
        sum += covered;
        lowest = covered < lowest.min() ? new Coverage(covered, p, q, 0) : lowest;
      }
    }
    double mean = sum / (RATES.length * RATES.length);
    return new Coverage(lowest.min(), lowest.p(), lowest.q(), mean);
  }

  private static double covered(Bounds[][] bounds, double[] first, double[] second, double truth) {
    double covered = 0;
    for (int i = 0; i < first.length; i++) {
      for (int j = 0; j < second.length; j++) {
        boolean holds = bounds[i][j].low() - 1e-12 <= truth && truth <= bounds[i][j].high() + 1e-12;
        covered += holds ? first[i] * second[j] : 0;
      }
    }
    return covered;
  }

  private static double[] binomial(int n, double p) {
    double[] all = new double[n + 1];
    for (int k = 0; k <= n; k++) {
      all[k] = Cohorts.probability(n, p, k);
    }
    return all;
  }

  static Coverage difference(int n, int m) {
    return exact(n, m, (a, b) -> Contrast.difference(a, b).interval().at(.05), (p, q) -> p - q);
  }

  static Coverage ratio(int n, int m) {
    return exact(
        n,
        m,
        (a, b) ->
            Contrast.noRatio(a, b).isPresent()
                ? new Bounds(0, Double.POSITIVE_INFINITY)
                : Contrast.ratio(a, b).interval().at(.05),
        (p, q) -> p / q);
  }

  /// A group of `n` against everyone, the rest being `m`.
  static Coverage overall(int n, int m) {
    return exact(
        n,
        m,
        (group, rest) ->
            Contrast.overall(group, rest, everyone(group, rest, n, m)).interval().at(.05),
        (p, q) -> p - (n * p + m * q) / (n + m));
  }

  private static Estimate everyone(Estimate group, Estimate rest, int n, int m) {
    return rate(Math.round(group.value() * n + rest.value() * m), n + m);
  }

  /// The share of draws in which the interval of largest minus smallest, of all pairs, holds the
  /// true one.
  static double range(int[] rows, double[] rates, int draws, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double truth =
        java.util.Arrays.stream(rates).max().orElseThrow()
            - java.util.Arrays.stream(rates).min().orElseThrow();
    int pairs = rows.length * (rows.length - 1) / 2;
    int covered = 0;
    for (int d = 0; d < draws; d++) {
      List<Estimate> groups = new java.util.ArrayList<>();
      for (int g = 0; g < rows.length; g++) {
        groups.add(rate(Cohorts.binomial(random, rows[g], rates[g]), rows[g]));
      }
      Bounds bounds = Contrast.range(groups, pairs).interval().at(.05);
      covered += bounds.low() <= truth && truth <= bounds.high() ? 1 : 0;
    }
    return (double) covered / draws;
  }
}

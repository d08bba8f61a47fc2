package org.primum.fairness.statistics;

/// Exact tests of one two-by-two table with all margins given: which split of the events between
/// two groups is how likely where the groups are alike.
///
/// Fisher 1935, *The logic of inductive inference*, JRSS 98:39-82,
/// [doi:10.2307/2342435](https://doi.org/10.2307/2342435). Rows count unweighted. The probabilities
/// are built from the likeliest split outwards by the recurrence of neighboring ones, so no
/// factorial is ever formed; splits less likely than 1e-300 of the likeliest count as impossible.
///
/// @param less P(at most as many events in the first group as observed), in [0, 1]
/// @param greater P(at least as many), in [0, 1]
/// @param observed P(exactly as many)
/// @param unlikelier P(a split less likely than the observed one)
/// @param alike P(a split as likely as the observed one), which it is part of
public record ExactTest(
    double less, double greater, double observed, double unlikelier, double alike) {

  private static final double NEGLIGIBLE = 1e-300;
  private static final double SAME = 1e-7;

  /// @param p1 unweighted counts
  /// @param p2 unweighted counts
  public static ExactTest of(Proportion p1, Proportion p2) {
    return new Split(p1.rows(), p2.rows(), p1.eventRows() + p2.eventRows()).test(p1.eventRows());
  }

  /// Two-sided p-value: all splits that are at most as likely as the observed one.
  public double twoSided() {
    return Math.min(1, unlikelier + alike);
  }

  /// The hypergeometric distribution of the events in the first group.
  private record Split(long first, long second, long events) {

    long min() {
      return Math.max(0, events - second);
    }

    long max() {
      return Math.min(events, first);
    }

    long mode() {
      double mode = (events + 1.0) * (first + 1.0) / (first + second + 2.0);
      return Math.clamp((long) mode, min(), max());
    }

    /// P(k + 1) / P(k).
    double step(long k) {
      return (double) (events - k)
          / (double) (k + 1)
          * ((double) (first - k) / (double) (second - events + k + 1));
    }

    ExactTest test(long observed) {
      double at = relative(observed);
      Sums sums = new Sums(observed, at);
      long mode = mode();
      double weight = 1;
      for (long k = mode; k <= max() && weight > NEGLIGIBLE; k++) {
        sums.add(k, weight);
        weight *= step(k);
      }
      weight = 1;
      for (long k = mode - 1; k >= min() && weight > NEGLIGIBLE; k--) {
        weight /= step(k);
        sums.add(k, weight);
      }
      return sums.test();
    }

    /// Probability of `k` over that of the mode.
    private double relative(long k) {
      double weight = 1;
      long mode = mode();
      for (long i = mode; i < k && weight > 0; i++) {
        weight *= step(i);
      }
      for (long i = mode - 1; i >= k && weight > 0; i--) {
        weight /= step(i);
      }
      return weight;
    }
  }

  /// Sums over the splits, relative to the likeliest.
  private static final class Sums {
    private final long observed;
    private final double at;
    private double below;
    private double above;
    private double unlikelier;
    private double alike;

    Sums(long observed, double at) {
      this.observed = observed;
      this.at = at;
    }

    void add(long k, double weight) {
      if (k < observed) {
        below += weight;
      } else if (k > observed) {
        above += weight;
      }
      if (weight < at * (1 - SAME)) {
        unlikelier += weight;
      } else if (weight <= at * (1 + SAME)) {
        alike += weight;
      }
    }

    ExactTest test() {
      double all = below + at + above;
      return new ExactTest(
          Math.min(1, (below + at) / all),
          Math.min(1, (above + at) / all),
          at / all,
          unlikelier / all,
          alike / all);
    }
  }
}

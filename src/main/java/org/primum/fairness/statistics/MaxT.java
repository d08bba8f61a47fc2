package org.primum.fairness.statistics;

import java.util.Arrays;

/// Comparisons of several groups with one reference at once: the largest of the standardized
/// differences. They are correlated because they share the reference, and one band for all of them
/// is narrower than Bonferroni's.
///
/// Differences i and j correlate by l(i) l(j), where l(i)^2 is the reference's part of the variance
/// of difference i. Given the reference's error the differences are independent, so one integral
/// over that error gives the distribution of the largest: Dunnett 1955, *A multiple comparison
/// procedure for comparing several treatments with a control*, JASA 50:1096-1121,
/// [doi:10.1080/01621459.1955.10501294](https://doi.org/10.1080/01621459.1955.10501294), in its
/// limit for many rows. No simulation: the same numbers every time.
public final class MaxT {

  private static final double REACH = 9;
  private static final double COARSEST = 0.25;
  private static final double FINEST = 1e-3;
  private static final double HARDLY_ANY = 1e-12;

  private final double[] loadings;

  /// Step of the integral: the trapezoid rule on smooth functions over the whole line is right to
  /// all digits once a step is a third of the narrowest thing to see.
  private final double step;

  /// @param reference squared standard error of the reference, at least 0
  /// @param groups squared standard errors of the groups, each at least 0 and above 0 together with
  ///   the reference's; at least one
  public MaxT(double reference, double... groups) {
    if (groups.length == 0) {
      throw new IllegalArgumentException("no group to compare with the reference");
    }
    loadings = new double[groups.length];
    for (int i = 0; i < groups.length; i++) {
      if (!(groups[i] >= 0 && reference >= 0 && groups[i] + reference > 0)) {
        throw new IllegalArgumentException("variances " + reference + ", " + groups[i]);
      }
      loadings[i] = Math.sqrt(reference / (reference + groups[i]));
    }
    double largest = Arrays.stream(loadings).max().orElse(0);
    double width = Math.sqrt(1 - largest * largest) / Math.max(largest, COARSEST);
    step = Math.clamp(width / 3, FINEST, COARSEST);
  }

  /// P(the largest |difference / standard error| > t) where no group differs: the adjusted p-value
  /// of a difference of `t` standard errors. In [0, 1].
  ///
  /// @param t at least 0
  public double adjustedP(double t) {
    double sum = 0;
    for (double u = -REACH; u <= REACH; u += step) {
      sum += Normal.density(u) * (1 - allWithin(t, u));
    }
    return Math.clamp(sum * step, 0, 1);
  }

  /// The half-width of the simultaneous band, in standard errors: the `t` with [#adjustedP] of
  /// `alpha`, between the unadjusted normal quantile and Bonferroni's.
  ///
  /// @param alpha in (0, 1)
  public double critical(double alpha) {
    double low = Normal.twoSidedQuantile(alpha);
    double high = Normal.twoSidedQuantile(alpha / loadings.length) + HARDLY_ANY;
    while (high - low > HARDLY_ANY) {
      double middle = (low + high) / 2;
      if (adjustedP(middle) > alpha) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /// P(all within [-t, t]), the error of the reference being `u`.
  private double allWithin(double t, double u) {
    double product = 1;
    for (double loading : loadings) {
      product *= within(loading, t, u);
    }
    return product;
  }

  private static double within(double loading, double t, double u) {
    double own = Math.sqrt(1 - loading * loading);
    double center = loading * u;
    if (own < 1e-9) {
      return Math.abs(center) <= t ? 1 : 0;
    }
    return Math.max(0, Normal.below((t - center) / own) - Normal.below((-t - center) / own));
  }
}

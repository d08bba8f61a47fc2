package org.primum.fairness.statistics;

import org.apache.commons.math3.special.Beta;
import org.primum.gate.Interval.Bounds;

/// The exact interval of a proportion: it covers the truth at least as often as it says, whatever
/// the truth and however few the rows, and pays for it in width.
///
/// Clopper, Pearson 1934, *The use of confidence or fiducial limits illustrated in the case of the
/// binomial*, Biometrika 26:404-413, [doi](https://doi.org/10.1093/biomet/26.4.404). With weights
/// it runs on Kish's effective counts, which need not be whole: Korn, Graubard 1998, *Confidence
/// intervals for proportions with small expected number of positive counts estimated from survey
/// data*, Survey Methodology 24:193-201; then it is no longer exact but stays conservative.
///
/// Commons Math 3.6.1 throws where nothing or everything happened; here those ends are exactly 0
/// and 1.
public final class ClopperPearson {

  private static final double NEVER_LONGER = 1e-16;

  private ClopperPearson() {}

  /// The interval within [0, 1].
  ///
  /// @param p defined
  /// @param alpha two-sided level in (0, 1): each tail holds `alpha / 2`
  public static Bounds interval(Proportion p, double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha lies between 0 and 1, got " + alpha);
    }
    double n = p.effectiveRows();
    double k = p.value() * n;
    double start = ProportionIntervals.wilson(p, Normal.twoSidedQuantile(alpha)).low();
    double end = ProportionIntervals.wilson(p, Normal.twoSidedQuantile(alpha)).high();
    double low = p.events() == 0 ? 0 : betaQuantile(alpha / 2, k, n - k + 1, start);
    double high = p.events() == p.total() ? 1 : betaQuantile(1 - alpha / 2, k + 1, n - k, end);
    return new Bounds(low, high);
  }

  /// `x` with I_x(a, b) = p, by Newton's method on log I inside a bracket that only shrinks.
  private static double betaQuantile(double p, double a, double b, double start) {
    double below = 0;
    double above = 1;
    double x = start > 0 && start < 1 ? start : a / (a + b);
    double logBeta = Beta.logBeta(a, b);
    for (int step = 0; step < 400 && above - below > NEVER_LONGER * above; step++) {
      double at = Beta.regularizedBeta(x, a, b);
      if (at < p) {
        below = x;
      } else {
        above = x;
      }
      double logDensity = (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta;
      double next = x - at * Math.log(at / p) / Math.exp(logDensity);
      boolean inside = next > below && next < above;
      double moved = inside ? next : (below + above) / 2;
      if (Math.abs(moved - x) <= 2 * Math.ulp(x)) {
        return moved;
      }
      x = moved;
    }
    return x;
  }
}

package org.primum.explain.drift;

import java.util.List;
import org.primum.explain.summary.MeanEstimate;
import org.primum.explain.summary.RankRange;
import org.primum.gate.Interval;

/// Which orders of the features two runs do not rule out, and what Kendall's tau and the overlap of
/// the leading features come to among them. However features depend on each other, the mean
/// magnitudes of all features in both runs lie within their intervals at once in a share of `1 -
/// alpha` of samples (Bonferroni, Student), as [RankRange] has it (Klein, Wright and Wieczorek
/// 2020).
final class OrderRange {

  private final List<MeanEstimate> baseline;
  private final List<MeanEstimate> now;

  OrderRange(List<MeanEstimate> baseline, List<MeanEstimate> now) {
    this.baseline = baseline;
    this.now = now;
  }

  /// Kendall's tau-b. A pair whose intervals meet may stand in either order; what lies between, a
  /// tie, never gives more or less than the two.
  Interval.Bounds kendall(double alpha) {
    double[] before = halves(baseline, alpha);
    double[] today = halves(now, alpha);
    double least = 0;
    double most = 0;
    double untiedBefore = 0;
    double untiedNow = 0;
    for (int i = 0; i < now.size(); i++) {
      for (int j = 0; j < i; j++) {
        Pair then = Pair.of(baseline, before, i, j);
        Pair there = Pair.of(now, today, i, j);
        untiedBefore += then == Pair.TIED ? 0 : 1;
        untiedNow += there == Pair.TIED ? 0 : 1;
        if (then != Pair.TIED && there != Pair.TIED) {
          boolean known = then != Pair.EITHER && there != Pair.EITHER;
          least += known && then == there ? 1 : -1;
          most += known && then != there ? -1 : 1;
        }
      }
    }
    double scale = Math.sqrt(untiedBefore * untiedNow);
    return scale == 0
        ? new Interval.Bounds(-1, 1)
        : new Interval.Bounds(Math.max(-1, least / scale), Math.min(1, most / scale));
  }

  private enum Pair {
    FIRST,
    SECOND,
    TIED,
    EITHER;

    static Pair of(List<MeanEstimate> means, double[] halves, int i, int j) {
      double apart = means.get(i).mean() - means.get(j).mean();
      double reach = halves[i] + halves[j];
      if (Math.abs(apart) > reach) {
        return apart > 0 ? FIRST : SECOND;
      }
      return reach == 0 ? TIED : EITHER;
    }
  }

  private static double[] halves(List<MeanEstimate> means, double alpha) {
    double quantile =
        means.isEmpty() ? 0 : MeanEstimate.quantile(means.getFirst().rows(), each(means, alpha));
    return means.stream()
        .mapToDouble(mean -> mean.rows() < 2 ? quantile : quantile * mean.standardError())
        .toArray();
  }

  private static double each(List<MeanEstimate> means, double alpha) {
    return alpha / 2 / means.size();
  }

  /// The share of the baseline's first `top` features that are among today's: no fewer than are
  /// surely among the first of both, or than there is room for; no more than are not surely in the
  /// one and out of the other.
  Interval.Bounds overlap(int top, double alpha) {
    List<RankRange> before = RankRange.of(baseline, alpha / 2);
    List<RankRange> today = RankRange.of(now, alpha / 2);
    int common = Math.max(0, 2 * top - now.size());
    int both = 0;
    int gone = 0;
    int come = 0;
    for (int i = 0; i < now.size(); i++) {
      boolean wasIn = before.get(i).high() <= top;
      boolean isIn = today.get(i).high() <= top;
      both += wasIn && isIn ? 1 : 0;
      gone += wasIn && today.get(i).low() > top ? 1 : 0;
      come += isIn && before.get(i).low() > top ? 1 : 0;
    }
    double least = Math.max(common, both);
    return new Interval.Bounds(least / top, (double) (top - Math.max(gone, come)) / top);
  }
}

package org.primum.explain.summary;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/// Guesses with which other feature a feature's effect changes most, for the color of a picture,
/// without interaction values, after shap's `approximate_interactions` (Lundberg et al.), which
/// leaves out stretches with missing values where this one takes the mean for them.
///
/// Rows are put in the order of the feature's values and cut into stretches, within which its own
/// value changes little; what still changes its Shapley value there must be another feature. The
/// guess is the one whose values correlate most with it, in magnitude, summed over the stretches.
public final class InteractionHint {

  private static final int LONGEST_STRETCH = 50;

  private InteractionHint() {}

  /// The position in `others` of the feature that seems to interact most; empty where none
  /// correlates at all.
  ///
  /// @param phi the feature's Shapley values
  /// @param values the feature's values in the same order; NaN where missing
  /// @param others the values of other features in the same order
  public static OptionalInt of(double[] phi, double[] values, List<double[]> others) {
    Integer[] order = new Integer[phi.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> values[i]).thenComparing(i -> i));
    double[] effect = ordered(phi, order);
    int best = -1;
    double most = 0;
    for (int i = 0; i < others.size(); i++) {
      double strength = strength(effect, ordered(others.get(i), order));
      best = strength > most ? i : best;
      most = Math.max(most, strength);
    }
    return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }

  private static double[] ordered(double[] values, Integer[] order) {
    return Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
  }

  /// By the value, or by whether it is missing, whichever tells more.
  private static double strength(double[] effect, double[] other) {
    double[] missing = Arrays.stream(other).map(v -> Double.isNaN(v) ? 1 : 0).toArray();
    int stretch = Math.max(1, Math.min(LONGEST_STRETCH, effect.length / 10));
    double byValue = 0;
    double byMissing = 0;
    for (int from = 0; from < effect.length; from += stretch) {
      int to = Math.min(effect.length, from + stretch);
      byValue += correlation(effect, other, from, to);
      byMissing += correlation(effect, missing, from, to);
    }
    return Math.max(byValue, byMissing);
  }

  /// The magnitude of Pearson's correlation over some positions, with the mean of the known values
  /// in the place of missing ones; 0 where either does not vary.
  private static double correlation(double[] a, double[] b, int from, int to) {
    double meanA = Arrays.stream(a, from, to).average().orElse(0);
    double meanB = Arrays.stream(b, from, to).filter(v -> !Double.isNaN(v)).average().orElse(0);
    double both = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = from; i < to; i++) {
      double away = Double.isNaN(b[i]) ? 0 : b[i] - meanB;
      both += (a[i] - meanA) * away;
      squaresA += (a[i] - meanA) * (a[i] - meanA);
      squaresB += away * away;
    }
    double scale = Math.sqrt(squaresA) * Math.sqrt(squaresB);
    return scale > 0 ? Math.abs(both) / scale : 0;
  }
}

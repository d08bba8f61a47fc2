package org.primum.fairness.statistics.distribution;

import java.util.Arrays;
import org.primum.gate.Measure;

/// Inequality of a benefit among people: the generalized entropy index. 0 where all have the same,
/// without an upper limit of its own; scaling all benefits changes nothing.
///
/// For a classifier the benefit of a person is `1 + prediction - label`: 2 for a false alarm, 0 for
/// a miss. Speicher et al. 2018, *A unified approach to quantifying algorithmic unfairness*, KDD,
/// [doi:10.1145/3219819.3220046](https://doi.org/10.1145/3219819.3220046), equation 2.
public final class GeneralizedEntropy {

  private GeneralizedEntropy() {}

  /// The index of benefits `values` that `counts` people have each.
  ///
  /// `alpha` 1 is Theil's index mean(r ln r), 0 the mean logarithmic deviation -mean(ln r), any
  /// other mean(r^alpha - 1) / (alpha (alpha - 1)), with r the benefit over its mean. AIF360 0.6.1
  /// divides by the mean once more for alpha 0; here it is as defined. Unknown without people,
  /// where the mean is 0, and for alpha of 0 or less where somebody has no benefit.
  ///
  /// @param values each at least 0, finite
  /// @param counts people or weights, each at least 0, as many as values
  /// @param alpha how much weight the large benefits have, finite
  public static Measure index(double[] values, double[] counts, double alpha) {
    benefits(values, counts, alpha);
    double people = Arrays.stream(counts).sum();
    double sum = 0;
    boolean nothing = false;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * counts[i];
      nothing |= values[i] == 0 && counts[i] > 0;
    }
    if (people == 0) {
      return new Measure.Unknown("no people");
    }
    if (sum == 0) {
      return new Measure.Unknown("nobody has a benefit");
    }
    return nothing && alpha <= 0
        ? new Measure.Unknown("somebody has no benefit, and its logarithm is infinite")
        : new Measure.Known(total(values, counts, sum / people, alpha) / people);
  }

  private static void benefits(double[] values, double[] counts, double alpha) {
    if (values.length != counts.length || !Double.isFinite(alpha)) {
      throw new IllegalArgumentException(
          values.length + " values, " + counts.length + " counts, alpha " + alpha);
    }
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && counts[i] >= 0 && Double.isFinite(values[i] * counts[i]))) {
        throw new IllegalArgumentException("benefit " + values[i] + " of " + counts[i]);
      }
    }
  }

  private static double total(double[] values, double[] counts, double mean, double alpha) {
    double total = 0;
    for (int i = 0; i < values.length; i++) {
      total += counts[i] == 0 ? 0 : counts[i] * term(values[i] / mean, alpha);
    }
    return Math.max(0, total);
  }

  private static double term(double r, double alpha) {
    if (alpha == 1) {
      return r == 0 ? 0 : r * Math.log(r);
    }
    return alpha == 0 ? -Math.log(r) : (Math.pow(r, alpha) - 1) / (alpha * (alpha - 1));
  }
}

package org.primum.fairness.statistics.distribution;

import java.util.Arrays;
import org.primum.gate.Measure;

/// How far one distribution over categories or bins is from another; both given as counts or
/// weights over the same categories. 0 where they are the same. No interval comes with these:
/// redraw the counts.
public final class Divergence {

  private final double[] p;
  private final double[] q;

  /// @param p counts of the first, each at least 0, above 0 in all
  /// @param q counts of the second over the same categories
  public Divergence(double[] p, double[] q) {
    if (p.length != q.length) {
      throw new IllegalArgumentException(p.length + " categories against " + q.length);
    }
    this.p = shares(p);
    this.q = shares(q);
  }

  private static double[] shares(double[] counts) {
    double sum = Arrays.stream(counts).sum();
    boolean negative = Arrays.stream(counts).anyMatch(count -> !(count >= 0));
    if (negative || !(sum > 0 && Double.isFinite(sum))) {
      throw new IllegalArgumentException("counts are not negative and not all 0");
    }
    return Arrays.stream(counts).map(count -> count / sum).toArray();
  }

  /// The Kullback-Leibler divergence of the first from the second in nats, at least 0. Unknown
  /// where a category occurs in the first alone: it is infinite then.
  ///
  /// Kullback, Leibler 1951, Annals of Mathematical Statistics 22:79-86,
  /// [doi](https://doi.org/10.1214/aoms/1177729694).
  public Measure kullbackLeibler() {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      if (p[i] > 0 && q[i] == 0) {
        return new Measure.Unknown("a category occurs in one of the two alone");
      }
      sum += term(p[i], q[i]);
    }
    return new Measure.Known(Math.max(0, sum));
  }

  /// The Jensen-Shannon divergence in nats, in [0, ln 2]: ln 2 where no category occurs in both.
  ///
  /// Lin 1991, *Divergence measures based on the Shannon entropy*, IEEE Transactions on Information
  /// Theory 37:145-151, [doi](https://doi.org/10.1109/18.61115).
  public double jensenShannon() {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double middle = (p[i] + q[i]) / 2;
      sum += (term(p[i], middle) + term(q[i], middle)) / 2;
    }
    return Math.clamp(sum, 0, Math.log(2));
  }

  /// The total variation distance, in [0, 1]: the share that would have to change category.
  public double totalVariation() {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += Math.abs(p[i] - q[i]);
    }
    return Math.min(1, sum / 2);
  }

  /// The population stability index, at least 0: the divergence of each from the other, added. The
  /// limits .1 and .25 are engineering custom, not tests. Unknown where a category occurs in one
  /// alone.
  ///
  /// Jeffreys 1946, Proceedings of the Royal Society A 186:453-461,
  /// [doi](https://doi.org/10.1098/rspa.1946.0056).
  public Measure populationStability() {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      if ((p[i] == 0) != (q[i] == 0)) {
        return new Measure.Unknown("a category occurs in one of the two alone");
      }
      sum += term(p[i], q[i]) + term(q[i], p[i]);
    }
    return new Measure.Known(Math.max(0, sum));
  }

  /// p ln(p / q), 0 where p is 0.
  private static double term(double p, double q) {
    return p == 0 ? 0 : p * Math.log(p / q);
  }
}

package org.primum.fairness.statistics;

/// The binomial distribution where it is not negligible, as a table: built from its mode outwards,
/// so that no factorial is formed. What lies outside of the table has a probability below 1e-16 in
/// all.
public final class Binomial {

  private static final double NEGLIGIBLE = 1e-22;

  private final long rows;
  private final long min;
  private final double[] probability;
  private final double[] atLeast;

  /// @param rows at least 0
  /// @param rate in [0, 1]
  public Binomial(long rows, double rate) {
    this.rows = rows;
    long mode = Math.min(rows, (long) ((rows + 1.0) * rate));
    long low = edge(mode, rate, -1);
    long high = edge(mode, rate, 1);
    min = low;
    probability = new double[Math.toIntExact(high - low + 1)];
    int middle = (int) (mode - low);
    probability[middle] = 1;
    for (int i = middle + 1; i < probability.length; i++) {
      probability[i] = probability[i - 1] * up(min + i - 1, rate);
    }
    for (int i = middle - 1; i >= 0; i--) {
      probability[i] = probability[i + 1] / up(min + i, rate);
    }
    atLeast = cumulated();
  }

  private double[] cumulated() {
    double[] sums = new double[probability.length + 1];
    for (int i = probability.length - 1; i >= 0; i--) {
      sums[i] = sums[i + 1] + probability[i];
    }
    double all = sums[0];
    for (int i = 0; i < probability.length; i++) {
      probability[i] /= all;
      sums[i] /= all;
    }
    return sums;
  }

  /// P(k + 1) / P(k).
  private double up(long k, double rate) {
    return (double) (rows - k) / (k + 1.0) * (rate / (1 - rate));
  }

  private long edge(long mode, double rate, int direction) {
    double weight = 1;
    long k = mode;
    while (weight > NEGLIGIBLE && k + direction >= 0 && k + direction <= rows) {
      weight *= direction > 0 ? up(k, rate) : 1 / up(k - 1, rate);
      if (weight > 0) {
        k += direction;
      }
    }
    return k;
  }

  public long rows() {
    return rows;
  }

  public long min() {
    return min;
  }

  public long max() {
    return min + probability.length - 1;
  }

  public double probability(long k) {
    return k < min() || k > max() ? 0 : probability[(int) (k - min)];
  }

  public double atLeast(long k) {
    return k <= min ? 1 : k > max() ? 0 : atLeast[(int) (k - min)];
  }
}

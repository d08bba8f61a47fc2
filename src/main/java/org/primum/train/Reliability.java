package org.primum.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Rows in order of their score, in bins of equal size: what the model said, and what happened.
public final class Reliability {

  private static final double Z = 1.959963984540054;

  private Reliability() {}

  /// @param n rows in the bin
  /// @param meanScore what the model said, in [0, 1]
  /// @param observed share of positive rows, in [0, 1]
  /// @param low lower end of its Wilson interval at 95 %
  /// @param high upper end
  public record Bin(int n, double meanScore, double observed, double low, double high) {}

  /// At most `bins` bins; rows with the same score may fall into two neighbours. None without rows.
  ///
  /// Source of the interval: Wilson 1927,
  /// [doi:10.1080/01621459.1927.10502953](https://doi.org/10.1080/01621459.1927.10502953).
  ///
  /// @param scores in [0, 1], one a row
  /// @param positives one a row
  public static List<Bin> of(double[] scores, boolean[] positives, int bins) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> scores[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<Bin> found = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      int from = (int) ((long) order.length * bin / bins);
      int to = (int) ((long) order.length * (bin + 1) / bins);
      if (to > from) {
        found.add(bin(order, from, to, scores, positives));
      }
    }
    return found;
  }

  private static Bin bin(int[] order, int from, int to, double[] scores, boolean[] positives) {
    int n = to - from;
    double sum = 0;
    int count = 0;
    for (int i = from; i < to; i++) {
      sum += scores[order[i]];
      count += positives[order[i]] ? 1 : 0;
    }
    double p = (double) count / n;
    double center = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
    double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4.0 * n * n)) / (1 + Z * Z / n);
    return new Bin(n, sum / n, p, Math.max(0, center - half), Math.min(1, center + half));
  }
}

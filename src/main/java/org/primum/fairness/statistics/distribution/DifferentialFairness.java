package org.primum.fairness.statistics.distribution;

import java.util.List;
import org.primum.fairness.statistics.Proportion;
import org.primum.gate.Measure;

/// The largest ratio of the probabilities of an outcome, or of its absence, between any two groups,
/// as a logarithm: epsilon, at least 0, best 0. An epsilon of 0.22 is the four-fifths ratio.
///
/// Foulds, Islam, Keya, Pan 2020, *An intersectional definition of fairness*, ICDE, definition 1.1,
/// [doi:10.1109/ICDE48307.2020.00203](https://doi.org/10.1109/ICDE48307.2020.00203).
public final class DifferentialFairness {

  private DifferentialFairness() {}

  /// Epsilon with the rates smoothed by a symmetric Dirichlet prior, so that a group where nothing
  /// happened does not make it infinite: (events + c / 2) / (total + c), as AIF360 with c = 1.
  ///
  /// It is the largest of many differences: it grows with the number of groups even where all are
  /// treated alike. Unknown with fewer than two groups that have rows.
  ///
  /// @param groups those without rows are left out
  /// @param concentration c, above 0
  public static Measure epsilon(List<Proportion> groups, double concentration) {
    if (!(concentration > 0)) {
      throw new IllegalArgumentException("the concentration is above 0, got " + concentration);
    }
    double[] rates =
        groups.stream()
            .filter(Proportion::defined)
            .mapToDouble(
                group -> (group.events() + concentration / 2) / (group.total() + concentration))
            .toArray();
    if (rates.length < 2) {
      return new Measure.Unknown("fewer than two groups");
    }
    double min = 1;
    double max = 0;
    for (double rate : rates) {
      min = Math.min(min, rate);
      max = Math.max(max, rate);
    }
    return new Measure.Known(Math.max(Math.log(max / min), Math.log1p(-min) - Math.log1p(-max)));
  }
}

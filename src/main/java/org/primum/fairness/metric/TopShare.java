package org.primum.fairness.metric;

import org.primum.fairness.tally.Outcome;
import org.primum.fairness.tally.ScoreCounts;

/// From which score on a row is among the highest of everyone.
///
/// The quantile `q` of everyone's scores is the highest score below which there is at most the
/// share q of all rows with a score, weighted where rows are; whoever has that score or a higher
/// one reaches it. Rows of equal score are never told apart, so that at least the share 1 - q of
/// everyone reaches it, and more where several share the score: of the scores 1, 2, 2, 3 the
/// quantile 0.5 is 2, which three reach. A share that is short of a limit by less than one
/// billionth counts as at the limit, because 0.07 of 100 rows is 7 and not the 7.000000000000001 of
/// floating point. Where scores are counted between the edges of a grid it is the lower edge of the
/// bin that the quantile is in.
final class TopShare {

  private static final double ROUNDING = 1e-9;

  private final double[] at;

  /// By position, the weight below it.
  private final double[] below;

  private final double total;

  TopShare(ScoreCounts everyone) {
    at = new double[everyone.size()];
    below = new double[everyone.size()];
    double sum = 0;
    for (int i = 0; i < at.length; i++) {
      at[i] = everyone.at(i);
      below[i] = sum;
      for (Outcome label : Outcome.values()) {
        sum += everyone.weight(i, label);
      }
    }
    total = sum;
  }

  /// The quantile: a position of the scale; 0 where nobody has a score.
  ///
  /// @param q in [0, 1)
  double from(double q) {
    int index = 0;
    while (index + 1 < at.length && below[index + 1] <= (q + ROUNDING) * total) {
      index++;
    }
    return at.length == 0 ? 0 : at[index];
  }
}

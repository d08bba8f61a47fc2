package org.primum.fairness.statistics;

import org.primum.gate.Measure;

/// Events among rows, weighted or not: the numerator and denominator of a rate.
///
/// @param events sum of the weights of the rows where it happened, at most `total`
/// @param total sum of the weights of all rows that count
/// @param eventRows how many rows it happened in, unweighted
/// @param rows how many rows count, unweighted
/// @param effectiveRows as [EffectiveRows] reckons them: equal to `rows` where all weights are
///   equal and all rows independent; 0 where `total` is 0
public record Proportion(
    double events, double total, long eventRows, long rows, double effectiveRows) {

  public Proportion {
    if (!(events >= 0 && events <= total && Double.isFinite(total))) {
      throw new IllegalArgumentException(events + " events among " + total);
    }
    if (eventRows < 0 || eventRows > rows) {
      throw new IllegalArgumentException(eventRows + " rows among " + rows);
    }
  }

  /// A plain count.
  ///
  /// @param events from 0 to `total`
  public static Proportion of(long events, long total) {
    return new Proportion((double) events, (double) total, events, total, (double) total);
  }

  /// The same share, known as well as that many independent rows would know it.
  public Proportion knownAs(double independentRows) {
    return new Proportion(events, total, eventRows, rows, independentRows);
  }

  /// Whether there is a denominator.
  public boolean defined() {
    return total > 0;
  }

  /// `events / total` in [0, 1]; only where [#defined].
  public double value() {
    return events / total;
  }

  public Measure measure(String reason) {
    return Measure.ratio(events, total, rows > 0 ? "all weights are zero" : reason);
  }
}

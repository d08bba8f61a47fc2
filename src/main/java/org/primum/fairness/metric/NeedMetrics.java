package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.List;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.Mean;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.NeedCounts;

/// What patients need at which score.
///
/// A score that learned from costs can be right about costs and still give the same score to
/// patients of whom one is sicker, because less was spent on the other. At equal score the need of
/// the groups should be equal. Obermeyer, Powers, Vogeli, Mullainathan 2019, *Dissecting racial
/// bias in an algorithm used to manage the health of populations*, Science 366:447-453,
/// [doi:10.1126/science.aax2342](https://doi.org/10.1126/science.aax2342).
public final class NeedMetrics {

  /// Into how many parts everyone's scores are cut.
  public static final int TENTHS = 10;

  /// Needs that vary by less, relative to their size, are all the same.
  private static final double ROUNDING = 1e-13;

  private NeedMetrics() {}

  /// The mean need of a group in a tenth of everyone's scores.
  ///
  /// @param from the score the tenth begins with; it ends where the next begins
  public record Tenth(double from, Estimate need) {}

  /// The mean need of those whose score reaches a position.
  static Estimate from(double position, ScoredRows rows) {
    return between(position, Double.POSITIVE_INFINITY, rows);
  }

  /// The tenths of everyone's scores. Where many have the same score some of them are empty.
  static List<Tenth> byTenth(TopShare top, ScoredRows rows) {
    List<Tenth> tenths = new ArrayList<>();
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      double from = tenth == 0 ? 0 : top.from((double) tenth / TENTHS);
      boolean last = tenth == TENTHS - 1;
      double to = last ? Double.POSITIVE_INFINITY : top.from((double) (tenth + 1) / TENTHS);
      tenths.add(new Tenth(from, between(from, to, rows)));
    }
    return tenths;
  }

  private static Estimate between(double from, double to, ScoredRows rows) {
    NeedCounts need = rows.group().need();
    long known = 0;
    double weight = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < need.size(); i++) {
      if (need.at(i) >= from && need.at(i) < to) {
        known += need.rows(i);
        weight += need.weight(i);
        sum += need.need(i);
        squares += need.squaredNeed(i);
      }
    }
    double effective = rows.effective(Counts.ALL, known);
    Support support = Support.of(new Support.Part(Support.Kind.PATIENTS, known, effective));
    if (weight == 0) {
      return Values.undefined(Metric.NEED_AT, support);
    }
    double apart = squares - sum * (sum / weight);
    Mean spread = new Mean(weight, 0, apart > ROUNDING * squares ? apart : 0, effective);
    return Values.mean(Metric.NEED_AT, sum / weight, spread, support);
  }
}

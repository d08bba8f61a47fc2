package org.primum.fairness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Measure;

/// A number that is held against a limit, with the interval around it at any level.
///
/// @param shown the number, or why none can be printed
/// @param point the number for decisions; infinite for a ratio over a rate of 0
/// @param parity what it would be if all groups were treated alike; NaN where nothing is compared
/// @param interval around it
public record Contrast(Measure shown, double point, double parity, IntervalAt interval) {

  /// The two-sided interval that misses the truth with probability at most about `alpha`.
  @FunctionalInterface
  public interface IntervalAt {
    Bounds at(double alpha);
  }

  /// The rate of a group itself, with Wilson's interval.
  ///
  /// @param p defined
  static Contrast alone(Proportion p) {
    return known(
        p.value(),
        Double.NaN,
        alpha -> ProportionIntervals.wilson(p, ProportionIntervals.quantile(alpha)));
  }

  /// `group - reference` in [-1, 1], parity 0, with Newcombe's interval.
  static Contrast difference(Proportion group, Proportion reference) {
    return known(
        group.value() - reference.value(),
        0,
        alpha ->
            ProportionIntervals.newcombe(group, reference, ProportionIntervals.quantile(alpha)));
  }

  /// `group / reference`, parity 1, with Katz's interval. Over a reference rate of 0 the ratio has
  /// no finite value: it is unbounded, never capped, and its interval has a lower end above 0 only
  /// where Fisher's exact test says that the group's rate is the larger.
  ///
  /// @param group not 0 where the reference is 0
  static Contrast ratio(Proportion group, Proportion reference) {
    if (reference.events() > 0) {
      return known(
          group.value() / reference.value(),
          1,
          alpha -> ProportionIntervals.katz(group, reference, ProportionIntervals.quantile(alpha)));
    }
    double p = ProportionIntervals.fisherNoneInSecond(group, reference);
    return new Contrast(
        new Measure.Unknown(UNBOUNDED),
        Double.POSITIVE_INFINITY,
        1,
        alpha -> {
          Bounds katz =
              ProportionIntervals.katz(group, reference, ProportionIntervals.quantile(alpha));
          return p <= alpha / 2 ? katz : new Bounds(0, Double.POSITIVE_INFINITY);
        });
  }

  static final String UNBOUNDED = "unbounded: the rate of the reference is 0";

  /// Largest minus smallest rate in [0, 1], best 0. Its interval comes from the Newcombe intervals
  /// of all pairs at alpha over the number of pairs (Bonferroni), so that it covers 0 where no pair
  /// differs; a bootstrap of the range never does.
  ///
  /// @param rates two or more, defined
  /// @param pairs how many pairs are paid for, at least those of `rates`
  static Contrast range(Collection<Proportion> rates, int pairs) {
    List<Proportion> all = List.copyOf(rates);
    double max = all.stream().mapToDouble(Proportion::value).max().orElseThrow();
    double min = all.stream().mapToDouble(Proportion::value).min().orElseThrow();
    return known(
        max - min,
        0,
        alpha -> {
          double z = ProportionIntervals.quantile(alpha / pairs);
          List<Bounds> each = pairwise(all, (a, b) -> ProportionIntervals.newcombe(a, b, z));
          return new Bounds(
              Math.max(0, each.stream().mapToDouble(Bounds::low).max().orElseThrow()),
              each.stream().mapToDouble(Bounds::high).max().orElseThrow());
        });
  }

  /// Smallest over largest rate in [0, 1], best 1; interval as for [#range], with Katz.
  ///
  /// @param rates two or more, defined, not all 0
  static Contrast ratioRange(Collection<Proportion> rates, int pairs) {
    List<Proportion> all = List.copyOf(rates);
    double max = all.stream().mapToDouble(Proportion::value).max().orElseThrow();
    double min = all.stream().mapToDouble(Proportion::value).min().orElseThrow();
    return known(
        min / max,
        1,
        alpha -> {
          double z = ProportionIntervals.quantile(alpha / pairs);
          List<Bounds> each = pairwise(all, (a, b) -> ProportionIntervals.katz(a, b, z));
          return new Bounds(
              each.stream().mapToDouble(Bounds::low).min().orElseThrow(),
              Math.min(1, each.stream().mapToDouble(Bounds::high).min().orElseThrow()));
        });
  }

  private interface OfTwo {
    Bounds of(Proportion one, Proportion other);
  }

  private static List<Bounds> pairwise(List<Proportion> rates, OfTwo interval) {
    List<Bounds> bounds = new ArrayList<>();
    for (int i = 0; i < rates.size(); i++) {
      for (int j = 0; j < rates.size(); j++) {
        if (i != j) {
          bounds.add(interval.of(rates.get(i), rates.get(j)));
        }
      }
    }
    return bounds;
  }

  private static Contrast known(double value, double parity, IntervalAt interval) {
    return new Contrast(new Measure.Known(value), value, parity, interval);
  }
}

package org.primum.fairness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.Mover;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.ProportionIntervals;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Measure;

/// A number that is held against a limit, with the interval around it at any level.
///
/// @param shown the number, or why none can be printed
/// @param point the number for decisions; infinite for a ratio over a rate of 0
/// @param parity what it would be if all groups were treated alike; NaN where nothing is compared
/// @param interval around it, at any level
public record Contrast(Measure shown, double point, double parity, Estimate.IntervalAt interval) {

  /// The number of a group itself.
  ///
  /// @param estimate defined
  static Contrast alone(Estimate estimate) {
    return known(estimate.value(), Double.NaN, estimate::decisive);
  }

  /// `group - reference`, parity 0, with the interval recovered from the decisive ones of the two.
  static Contrast difference(Estimate group, Estimate reference) {
    return known(
        group.value() - reference.value(), 0, alpha -> Mover.difference(group, reference, alpha));
  }

  /// How far group and reference are apart, at least 0, parity 0: what the interval of the
  /// difference says without its sign. It reaches 0 where that of the difference does.
  static Contrast apart(Contrast difference) {
    return known(
        Math.abs(difference.point()),
        0,
        alpha -> {
          Bounds bounds = difference.interval().at(alpha);
          double nearest = Math.max(0, Math.max(bounds.low(), -bounds.high()));
          return new Bounds(nearest, Math.max(Math.abs(bounds.low()), Math.abs(bounds.high())));
        });
  }

  /// The same number as a distance of two groups: parity 0, which its own interval reaches where
  /// chance alone explains it.
  Contrast asDistance() {
    return new Contrast(shown, point, 0, interval);
  }

  /// The largest of several numbers of the same parity. Each interval is paid for (Bonferroni), so
  /// that the largest covers parity where none of them differs from it.
  ///
  /// @param parts one or more
  /// @param paid how many are paid for, at least those of `parts`
  static Contrast largest(Collection<Contrast> parts, int paid) {
    return known(
        parts.stream().mapToDouble(Contrast::point).max().orElseThrow(),
        parity(parts),
        alpha -> {
          List<Bounds> each = bounds(parts, alpha / paid);
          return new Bounds(
              each.stream().mapToDouble(Bounds::low).max().orElseThrow(),
              each.stream().mapToDouble(Bounds::high).max().orElseThrow());
        });
  }

  /// The smallest of several numbers, as [#largest].
  static Contrast smallest(Collection<Contrast> parts, int paid) {
    double value = parts.stream().mapToDouble(Contrast::point).min().orElseThrow();
    return known(
        value,
        parity(parts),
        alpha -> {
          List<Bounds> each = bounds(parts, alpha / paid);
          return new Bounds(
              each.stream().mapToDouble(Bounds::low).min().orElseThrow(),
              each.stream().mapToDouble(Bounds::high).min().orElseThrow());
        });
  }

  /// The mean of several numbers of the same parity; its interval holds the mean of the ends of
  /// theirs, all of them paid for (Bonferroni). Wider than needed, and it covers parity where none
  /// of them differs from it, which the sum of distances never does by itself.
  ///
  /// @param parts one or more
  static Contrast mean(Collection<Contrast> parts) {
    return known(
        parts.stream().mapToDouble(Contrast::point).average().orElseThrow(),
        parity(parts),
        alpha -> {
          List<Bounds> each = bounds(parts, alpha / parts.size());
          return new Bounds(
              each.stream().mapToDouble(Bounds::low).average().orElseThrow(),
              each.stream().mapToDouble(Bounds::high).average().orElseThrow());
        });
  }

  private static double parity(Collection<Contrast> parts) {
    return parts.iterator().next().parity();
  }

  private static List<Bounds> bounds(Collection<Contrast> parts, double alpha) {
    return parts.stream().map(part -> part.interval().at(alpha)).toList();
  }

  /// `group - everyone`, parity 0. A group is a part of everyone: a proportion differs from that of
  /// everyone by its difference to the rest times the share of the rest, and so does its interval.
  /// Other metrics take the interval against everyone as if the two were independent, which is too
  /// wide, never too short.
  static Contrast overall(Estimate group, Estimate rest, Estimate everyone) {
    if (group instanceof Estimate.Rate(Proportion p, var _)
        && rest instanceof Estimate.Rate(Proportion q, var _)) {
      double share = q.total() / (p.total() + q.total());
      return known(
          group.value() - everyone.value(),
          0,
          alpha -> {
            Bounds bounds = Mover.difference(group, rest, alpha);
            return new Bounds(share * bounds.low(), share * bounds.high());
          });
    }
    return difference(group, everyone);
  }

  /// `group / reference`, parity 1, with the interval recovered from those of the two. Over a
  /// reference rate of 0 the ratio has no finite value: it is unbounded, never capped, and its
  /// interval has a lower end above 0 only where Fisher's exact test says that the group's rate is
  /// the larger.
  ///
  /// @param group not 0 where the reference is 0
  static Contrast ratio(Estimate group, Estimate reference) {
    if (reference instanceof Estimate.Rate(Proportion q, var _)
        && group instanceof Estimate.Rate(Proportion p, var _)
        && q.events() == 0) {
      return unbounded(group, reference, oneSided(p, q));
    }
    return known(
        group.value() / reference.value(), 1, alpha -> ratioBounds(group, reference, alpha));
  }

  /// The natural logarithm of a ratio and of its ends, parity 0: it decides as the ratio does, and
  /// half is as far from parity as twice. Of a ratio of 0 it is unbounded, as over a rate of 0.
  static Contrast logarithm(Contrast ratio) {
    double value = Math.log(ratio.point());
    Measure shown =
        ratio.point() == 0
            ? new Measure.Unknown("unbounded: the rate of the group is 0")
            : ratio.shown() instanceof Measure.Known ? new Measure.Known(value) : ratio.shown();
    return new Contrast(
        shown,
        value,
        0,
        alpha -> {
          Bounds bounds = ratio.interval().at(alpha);
          return new Bounds(Math.log(bounds.low()), Math.log(bounds.high()));
        });
  }

  /// Events of weight 0 happened, and count for nothing: then nothing is known of the ratio.
  private static double oneSided(Proportion group, Proportion reference) {
    return reference.eventRows() > 0 ? 1 : ProportionIntervals.fisherNoneInSecond(group, reference);
  }

  private static Contrast unbounded(Estimate group, Estimate reference, double p) {
    return new Contrast(
        new Measure.Unknown(UNBOUNDED),
        Double.POSITIVE_INFINITY,
        1,
        alpha ->
            p <= alpha / 2
                ? ratioBounds(group, reference, alpha)
                : new Bounds(0, Double.POSITIVE_INFINITY));
  }

  /// For rates Donner and Zou's (2012): it excludes 1 where, and only where, the interval of the
  /// difference excludes 0. Katz's covers a rate of .98 in 30 rows in 45 of 100 samples: where
  /// everybody in a group has the event, it has no width.
  private static Bounds ratioBounds(Estimate one, Estimate other, double alpha) {
    return one instanceof Estimate.Rate && other instanceof Estimate.Rate
        ? org.primum.fairness.statistics.Mover.ratio(
            one.value(),
            one.decisive(alpha),
            other.value(),
            other.decisive(alpha),
            Mover.correlation(one, other))
        : Mover.ratio(one, other, alpha);
  }

  /// Why a ratio of two numbers says nothing; empty where it says something.
  static Optional<String> noRatio(Estimate group, Estimate reference) {
    if (group.value() == 0 && reference.value() == 0) {
      return Optional.of("both rates are 0");
    }
    boolean rates = group instanceof Estimate.Rate && reference instanceof Estimate.Rate;
    return rates || (group.value() > 0 && reference.value() > 0)
        ? Optional.empty()
        : Optional.of("a ratio needs two numbers above 0");
  }

  static final String UNBOUNDED = "unbounded: the rate of the reference is 0";

  /// Largest minus smallest value, at least 0, best 0. Its interval comes from the intervals of the
  /// differences of all pairs at alpha over the number of pairs (Bonferroni), so that it covers 0
  /// where no pair differs; a bootstrap of the range never does.
  ///
  /// @param estimates two or more, defined
  /// @param pairs how many pairs are paid for, at least those of `estimates`
  static Contrast range(Collection<Estimate> estimates, int pairs) {
    List<Estimate> all = List.copyOf(estimates);
    double max = all.stream().mapToDouble(Estimate::value).max().orElseThrow();
    double min = all.stream().mapToDouble(Estimate::value).min().orElseThrow();
    return known(
        max - min,
        0,
        alpha -> {
          List<Bounds> each =
              pairwise(all, (a, b) -> difference(a, b).interval().at(alpha / pairs));
          return new Bounds(
              Math.max(0, each.stream().mapToDouble(Bounds::low).max().orElseThrow()),
              each.stream().mapToDouble(Bounds::high).max().orElseThrow());
        });
  }

  /// Smallest over largest value in [0, 1], best 1; interval as for [#range], from the ratios.
  ///
  /// @param estimates two or more, defined, none negative, not all 0
  static Contrast ratioRange(Collection<Estimate> estimates, int pairs) {
    List<Estimate> all = List.copyOf(estimates);
    double max = all.stream().mapToDouble(Estimate::value).max().orElseThrow();
    double min = all.stream().mapToDouble(Estimate::value).min().orElseThrow();
    return known(
        min / max,
        1,
        alpha -> {
          List<Bounds> each = pairwise(all, (a, b) -> ratioBounds(a, b, alpha / pairs));
          double low = each.stream().mapToDouble(Bounds::low).min().orElseThrow();
          double high = each.stream().mapToDouble(Bounds::high).min().orElseThrow();
          return new Bounds(low, Math.min(1, Math.max(low, high))); // a point, but for rounding
        });
  }

  private interface OfTwo {
    Bounds of(Estimate one, Estimate other);
  }

  private static List<Bounds> pairwise(List<Estimate> estimates, OfTwo interval) {
    List<Bounds> bounds = new ArrayList<>();
    for (int i = 0; i < estimates.size(); i++) {
      for (int j = 0; j < estimates.size(); j++) {
        if (i != j) {
          bounds.add(interval.of(estimates.get(i), estimates.get(j)));
        }
      }
    }
    return bounds;
  }

  private static Contrast known(double value, double parity, Estimate.IntervalAt interval) {
    return new Contrast(new Measure.Known(value), value, parity, interval);
  }
}

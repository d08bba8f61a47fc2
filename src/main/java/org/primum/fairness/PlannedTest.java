package org.primum.fairness;

import java.util.List;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.Support;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.statistics.Binomial;
import org.primum.fairness.statistics.Proportion;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Threshold;

/// How often one decision of a rule would come out, were the rates what one assumes: the sum over
/// the outcomes of two binomials, each decided as an audit decides it.
///
/// @param compare what is compared
/// @param limit what is acceptable
/// @param decide as the rule says
/// @param alpha level of the interval, after adjustment for the family
/// @param pairs of groups that a range pays for; 1 for all else
/// @param referenceRows rows of the reference for each row of the group
record PlannedTest(
    Rule.Compare compare,
    Threshold limit,
    Rule.Decide decide,
    double alpha,
    int pairs,
    double referenceRows) {

  /// What an audit can say.
  enum Claim {
    /// Safety is shown: the interval, or for `point` the value, is within the limit.
    SAFETY,
    /// Harm is proven: the interval, or for `point` the value, is outside of it.
    HARM
  }

  /// The chance of a claim.
  ///
  /// @param n rows of the group, above 0
  /// @param rate of the group
  /// @param reference rate of the reference
  double chance(Claim claim, long n, double rate, double reference) {
    Binomial group = new Binomial(n, rate);
    if (compare == Rule.Compare.NONE) {
      double sum = 0;
      for (long k = group.min(); k <= group.max(); k++) {
        if (claims(claim, k, n, 0, 0)) {
          sum += group.probability(k);
        }
      }
      return sum;
    }
    Binomial other = new Binomial(Math.max(1, Math.round((double) n * referenceRows)), reference);
    double sum = new Sweep(claim, group, other).sum();
    return Math.clamp(claim == Claim.SAFETY ? sum : 1 - sum, 0, 1);
  }

  /// Whether an audit of these counts would make the claim.
  boolean claims(Claim claim, long events, long rows, long otherEvents, long otherRows) {
    Estimate group = estimate(events, rows);
    if (compare == Rule.Compare.NONE) {
      return holds(claim, Contrast.alone(group));
    }
    boolean ratio = compare.isRatio();
    boolean undefined = ratio && events == 0 && otherEvents == 0;
    return !undefined && holds(claim, contrast(group, estimate(otherEvents, otherRows)));
  }

  /// For each count of the group, the counts of the reference for which safety is shown, or harm is
  /// not proven: an interval, whose ends move one way as the count of the group grows.
  private final class Sweep {
    private final Claim claim;
    private final Binomial group;
    private final Binomial other;

    Sweep(Claim claim, Binomial group, Binomial other) {
      this.claim = claim;
      this.group = group;
      this.other = other;
    }

    double sum() {
      double sum = 0;
      long low = 0;
      long high = -1;
      for (long k = group.min(); k <= group.max(); k++) {
        long inside = member(k, low, high);
        if (inside >= 0) {
          low = edge(k, inside, low, -1);
          high = edge(k, inside, high, 1);
          sum += group.probability(k) * (other.atLeast(low) - other.atLeast(high + 1));
        }
      }
      return sum;
    }

    /// A count for which it holds; -1 where there is none.
    private long member(long k, long low, long high) {
      long even = Math.round((double) k / (double) group.rows() * (double) other.rows());
      for (long x : new long[] {even, low, high, other.min(), other.max(), 0, other.rows()}) {
        if (x >= 0 && x <= other.rows() && isIn(k, x)) {
          return x;
        }
      }
      return -1;
    }

    /// The last count on that side for which it holds, searched from where it was before.
    private long edge(long k, long inside, long before, int side) {
      long end = side < 0 ? Math.max(0, other.min()) : Math.min(other.rows(), other.max());
      if ((end - inside) * side <= 0 || isIn(k, end)) {
        return (end - inside) * side <= 0 ? inside : end;
      }
      long yes = inside;
      if ((before - inside) * side > 0 && (end - before) * side > 0 && isIn(k, before)) {
        yes = before;
      }
      long step = 1;
      while ((end - (yes + side * step)) * side > 0 && isIn(k, yes + side * step)) {
        yes += side * step;
        step *= 2;
      }
      long no = (end - (yes + side * step)) * side > 0 ? yes + side * step : end;
      while (Math.abs(no - yes) > 1) {
        long middle = (yes + no) / 2;
        if (isIn(k, middle)) {
          yes = middle;
        } else {
          no = middle;
        }
      }
      return yes;
    }

    private boolean isIn(long k, long x) {
      return claims(claim, k, group.rows(), x, other.rows()) == (claim == Claim.SAFETY);
    }
  }

  private Contrast contrast(Estimate group, Estimate reference) {
    return switch (compare) {
      case NONE -> Contrast.alone(group);
      case DIFFERENCE, VS_REST -> Contrast.difference(group, reference);
      case ABS_DIFFERENCE -> Contrast.apart(Contrast.difference(group, reference));
      case WORST ->
          Contrast.largest(List.of(Contrast.apart(Contrast.difference(group, reference))), pairs);
      case RATIO -> Contrast.ratio(group, reference);
      case LOG_RATIO -> Contrast.logarithm(Contrast.ratio(group, reference));
      case MAX_MIN -> Contrast.range(List.of(group, reference), pairs);
      case MIN_MAX_RATIO -> Contrast.ratioRange(List.of(group, reference), pairs);
      case VS_OVERALL -> Contrast.overall(group, reference, together(group, reference));
      case BASELINE -> throw new IllegalStateException("not planned");
    };
  }

  private static Estimate together(Estimate one, Estimate other) {
    return one instanceof Estimate.Rate(Proportion p, var _)
            && other instanceof Estimate.Rate(Proportion q, var _)
        ? estimate(Math.round(p.events() + q.events()), p.rows() + q.rows())
        : one;
  }

  private boolean holds(Claim claim, Contrast contrast) {
    boolean accepted = limit.accepts(contrast.point());
    if (decide == Rule.Decide.POINT) {
      return accepted == (claim == Claim.SAFETY);
    }
    Bounds bounds = contrast.interval().at(alpha);
    return switch (claim) {
      case SAFETY -> Decisions.inside(limit, bounds);
      case HARM ->
          decide == Rule.Decide.BOTH
              ? !accepted && Decisions.outside(parityOrLimit(contrast.parity()), bounds)
              : Decisions.outside(limit, bounds);
    };
  }

  /// As an audit decides `both`.
  private Threshold parityOrLimit(double parity) {
    if (Double.isNaN(parity)) {
      return limit;
    }
    return switch (limit) {
      case Threshold.AtLeast(double min) -> new Threshold.AtLeast(Math.max(parity, min));
      case Threshold.AtMost(double max) -> new Threshold.AtMost(Math.min(parity, max));
      case Threshold.Present present -> present;
    };
  }

  private static Estimate estimate(long events, long rows) {
    return Estimate.of(Proportion.of(events, rows), Support.Kind.PATIENTS, "no rows");
  }
}

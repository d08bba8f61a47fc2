package org.primum.fairness;

import java.util.List;
import java.util.OptionalLong;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Threshold;

/// How many patients a policy needs, from the policy and what one assumes of them.
///
/// Every chance is that of the audit's own decision, by its own intervals at its own level: Holm's
/// first step for proofs of harm, Bonferroni for shows of safety.
///
/// @param lines one for each rule, attribute and limit that is planned
/// @param unplanned rules that are not, each with why
public record FairnessPlan(PlanAssumptions assumptions, List<Line> lines, List<String> unplanned) {

  /// Powers that are planned for.
  public static final List<Double> POWERS = List.of(0.8, 0.9);

  /// Patients a group at which a plan says what can be seen.
  public static final List<Long> SIZES =
      List.of(100L, 300L, 1_000L, 3_000L, 10_000L, 30_000L, 100_000L);

  static final long MOST = 4_000_000;

  /// Rates nearer to 0 or 1 than this are no assumption about people.
  static final double EDGE = 1e-6;

  /// One limit of one rule on one attribute or intersection.
  ///
  /// @param over `race`, or `race,sex`
  /// @param groups how many there are taken to be
  /// @param level of each interval, after adjustment
  /// @param reference assumed rate of the reference
  /// @param share of patients who are in the denominator
  /// @param safety rows to show that there is none, were the groups alike
  /// @param harm rows to prove it, were the truth as far beyond the limit as assumed
  /// @param visible the smallest gap that is proven with a power of 80 % at each of [#SIZES]
  public record Line(
      Rule rule,
      String over,
      Threshold limit,
      int groups,
      double level,
      double reference,
      double share,
      Need safety,
      Need harm,
      List<Gap> visible) {
    public Line {
      visible = List.copyOf(visible);
    }

    /// Patients of a group for so many rows of the denominator.
    public long patients(long rows) {
      return (long) Math.ceil((double) rows / share - 1e-9);
    }

    /// The chance that safety is shown, were the groups alike.
    public double chanceOfSafety(long patients) {
      return safety.chance(rows(patients));
    }

    /// The chance that harm is proven, were the truth as assumed.
    public double chanceOfHarm(long patients) {
      return harm.chance(rows(patients));
    }

    private long rows(long patients) {
      return Math.max(1, Math.round((double) patients * share));
    }
  }

  /// What it takes to claim something.
  ///
  /// @param rate the assumed rate of the group; outside of (0, 1) there is no such group
  /// @param truth the assumed value of what the rule bounds
  /// @param rows of the group's denominator at each of [#POWERS]; empty where [#MOST] are too few
  /// @param test the decision
  /// @param minimum rows below which an audit does not judge
  public record Need(
      Claimed claimed,
      double rate,
      double reference,
      double truth,
      List<OptionalLong> rows,
      Chance test,
      long minimum) {
    public Need {
      rows = List.copyOf(rows);
    }

    /// Whether there can be such a group.
    public boolean isPossible() {
      return rate > EDGE && rate < 1 - EDGE;
    }

    public double chance(long n) {
      return n < minimum || !isPossible() ? 0 : test.at(n);
    }
  }

  /// What is claimed.
  public enum Claimed {
    SAFETY,
    HARM
  }

  /// A chance at a number of rows.
  @FunctionalInterface
  public interface Chance {
    double at(long rows);
  }

  /// A gap that can be seen.
  ///
  /// @param patients of the group
  /// @param beyond how far beyond the limit; NaN where none within [0, 1] can be proven
  public record Gap(long patients, double beyond) {}

  public FairnessPlan {
    lines = List.copyOf(lines);
    unplanned = List.copyOf(unplanned);
  }

  public static FairnessPlan of(FairnessPolicy policy, PlanAssumptions assumptions) {
    return new Planning(policy, assumptions).plan();
  }
}

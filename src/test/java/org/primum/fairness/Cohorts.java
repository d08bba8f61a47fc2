package org.primum.fairness;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.ExactSum;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Outcome;
import org.primum.fairness.tally.ScoreScale;
import org.primum.fairness.tally.Sums;
import org.primum.fairness.tally.Tally;

/// A made-up population in which the truth is known, and cohorts drawn from it: each group has a
/// fixed number of people, and its positives, found and falsely flagged are binomial. The
/// contingency tables are drawn, never rows, so the cost does not depend on the number of people.
///
/// @param groups under one attribute, `g`
record Cohorts(List<Population> groups) {

  /// What is true of a group.
  ///
  /// @param people in every cohort
  /// @param baseRate probability of the outcome
  /// @param tpr probability that a positive is found
  /// @param fpr probability that a negative is flagged
  record Population(String name, int people, double baseRate, double tpr, double fpr) {

    Population withTpr(double other) {
      return new Population(name, people, baseRate, other, fpr);
    }
  }

  /// One group of the United States.
  private record Share(String name, double percent) {}

  /// The population of the United States by race and ethnicity, in percent: U.S. Census Bureau,
  /// 2020 Census Redistricting Data (Public Law 94-171), table P2: Hispanic or Latino of any race,
  /// and not Hispanic or Latino by race.
  private static final List<Share> US =
      List.of(
          new Share("White", 57.8),
          new Share("Hispanic", 18.7),
          new Share("Black", 12.1),
          new Share("Asian", 5.9),
          new Share("Several", 4.1),
          new Share("AIAN", 0.7),
          new Share("Other", 0.5),
          new Share("NHPI", 0.2));

  static final String US_CATEGORIES =
      "[White, Hispanic, Black, Asian, Several, AIAN, Other, NHPI], reference: White";

  /// Eight groups, alike in everything but their number.
  static Cohorts us(int n, double baseRate, double tpr, double fpr) {
    return new Cohorts(
        US.stream()
            .map(s ->
                new Population(
                    s.name(), (int) Math.round(n * s.percent() / 100), baseRate, tpr, fpr))
            .toList());
  }

  static final String FIVE_CATEGORIES = "[g0, g1, g2, g3, g4], reference: g0, missing: report";

  /// Five groups of 60, 18, 12, 7 and 3 %, base rate 15 %, true positive rate .70, false positive
  /// rate .10, but for the true positive rate of the fourth.
  static Cohorts five(int n, double tprOfFourth) {
    double[] shares = {.60, .18, .12, .07, .03};
    List<Population> groups = new ArrayList<>();
    for (int g = 0; g < shares.length; g++) {
      int people = (int) Math.round(n * shares[g]);
      groups.add(new Population("g" + g, people, .15, g == 3 ? tprOfFourth : .70, .10));
    }
    return new Cohorts(groups);
  }

  Cohorts withTpr(String group, double tpr) {
    return new Cohorts(
        groups.stream().map(g -> g.name().equals(group) ? g.withTpr(tpr) : g).toList());
  }

  /// A cohort.
  Tally draw(FairnessPolicy policy, SplittableRandom random) {
    SortedMap<List<String>, GroupTally> cells = new TreeMap<>(Tally.ORDER);
    for (Population group : groups) {
      long positives = binomial(random, group.people(), group.baseRate());
      long negatives = group.people() - positives;
      long found = binomial(random, positives, group.tpr());
      long flagged = binomial(random, negatives, group.fpr());
      cells.put(
          List.of(group.name()), tally(found, flagged, positives - found, negatives - flagged));
    }
    return new Tally(Tally.Layout.of(policy), new ScoreScale.Exact(), cells);
  }

  /// A group of unweighted rows without scores.
  static GroupTally tally(long tp, long fp, long fn, long tn) {
    Sums[] cells = new Sums[Counts.CELLS];
    java.util.Arrays.fill(cells, Sums.NONE);
    cells[Counts.index(Outcome.POSITIVE, Outcome.POSITIVE)] = sums(tp);
    cells[Counts.index(Outcome.NEGATIVE, Outcome.POSITIVE)] = sums(fp);
    cells[Counts.index(Outcome.POSITIVE, Outcome.NEGATIVE)] = sums(fn);
    cells[Counts.index(Outcome.NEGATIVE, Outcome.NEGATIVE)] = sums(tn);
    return GroupTally.of(new Counts(List.of(cells)));
  }

  private static Sums sums(long n) {
    return new Sums(n, ExactSum.of(n), ExactSum.of(n), ExactSum.ZERO, ExactSum.ZERO, ExactSum.ZERO);
  }

  /// A binomial number: the uniform one is spent on the most likely value first, then on its
  /// neighbors, outward, so the cost grows with the standard deviation only.
  static long binomial(SplittableRandom random, long n, double p) {
    if (n == 0 || p <= 0) {
      return 0;
    }
    if (p >= 1) {
      return n;
    }
    long mode = Math.min(n, (long) Math.floor((n + 1) * p));
    double odds = p / (1 - p);
    double up = probability(n, p, mode);
    double down = up;
    double u = random.nextDouble() - up;
    long above = mode;
    long below = mode;
    while (u > 0 && (above < n || below > 0)) {
      if (above < n) {
        up *= (double) (n - above) / (double) (above + 1) * odds;
        above++;
        u -= up;
        if (u <= 0) {
          return above;
        }
      }
      if (below > 0) {
        down *= (double) below / (double) (n - below + 1) / odds;
        below--;
        u -= down;
        if (u <= 0) {
          return below;
        }
      }
    }
    return mode;
  }

  static double probability(long n, double p, long k) {
    return new BinomialDistribution(null, Math.toIntExact(n), p).probability(Math.toIntExact(k));
  }

  /// `0.70` for 0.7, as policies have it.
  static String text(double number) {
    return BigDecimal.valueOf(number).toPlainString();
  }
}

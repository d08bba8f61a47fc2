package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.gate.Interval.Bounds;

/// How often each interval of proportions holds the truth, summed over all outcomes (no simulation)
/// on a grid of truths. docs/statistics.md prints what is found here, and these tests hold it to
/// that.
final class CoverageTest {

  private static final double Z = Normal.twoSidedQuantile(0.05);
  private static final double[] RATES = {0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98};

  /// The interval of one proportion.
  @FunctionalInterface
  private interface One {
    Bounds of(Proportion p);
  }

  /// The interval of two proportions.
  @FunctionalInterface
  private interface Two {
    Bounds of(Proportion first, Proportion second);
  }

  private static Bounds wilson(Proportion p) {
    return ProportionIntervals.wilson(p, Z);
  }

  private static Bounds corrected(Proportion p) {
    return ProportionIntervals.skewnessCorrected(p, Z);
  }

  private static Bounds moverRatio(Proportion p1, Proportion p2) {
    return Mover.ratio(p1.value(), wilson(p1), p2.value(), wilson(p2));
  }

  @Test
  void oneProportion() throws IOException {
    for (int n : new int[] {30, 50, 100, 300, 1000}) {
      assertDocumented(one("Wilson", CoverageTest::wilson, n), 0.93, 0.86);
      Found exact = one("Clopper-Pearson", p -> ClopperPearson.interval(p, 0.05), n);
      assertDocumented(exact, 0.95, 0.95);
      assertDocumented(one("Skewness corrected", CoverageTest::corrected, n), 0.93, 0.86);
    }
  }

  @Test
  void differencesOfTwoProportions() throws IOException {
    int[] sizes = {30, 60, 150};
    Two newcombe = (p1, p2) -> ProportionIntervals.newcombe(p1, p2, Z);
    assertDocumented(two("Newcombe, difference", newcombe, false, sizes), 0.93, 0.90);
    Two corrected =
        (p1, p2) -> Mover.difference(p1.value(), corrected(p1), p2.value(), corrected(p2));
    assertDocumented(
        two("MOVER, skewness corrected, difference", corrected, false, sizes), 0.93, 0.90);
    Two score = (p1, p2) -> ScoreIntervals.difference(p1, p2, Z);
    assertDocumented(two("Miettinen-Nurminen, difference", score, false, 30, 60), 0.93, 0.93);
  }

  @Test
  void ratiosOfTwoProportions() throws IOException {
    int[] sizes = {30, 60, 150};
    Two katz = (p1, p2) -> ProportionIntervals.katz(p1, p2, Z);
    assertDocumented(two("Katz, ratio", katz, true, sizes), 0.93, 0.78);
    assertDocumented(
        two("MOVER of Wilson's, ratio", CoverageTest::moverRatio, true, sizes), 0.93, 0.93);
    Two corrected = (p1, p2) -> Mover.ratio(p1.value(), corrected(p1), p2.value(), corrected(p2));
    assertDocumented(two("MOVER, skewness corrected, ratio", corrected, true, sizes), 0.93, 0.90);
    Two score = (p1, p2) -> ScoreIntervals.ratio(p1, p2, Z);
    assertDocumented(two("Miettinen-Nurminen, ratio", score, true, 30, 60), 0.93, 0.93);
  }

  /// Eight groups of 20,000 people with the shares of the United States, base rate .4, as in
  /// docs/fairness-simulations.md: the chance that a fair model is accused, which is at most the
  /// sum over its comparisons, is half of alpha where each end of the interval errs as it should,
  /// however many comparisons share alpha. Exact. Newcombe's grows with the family.
  @ParameterizedTest
  @CsvSource({
    ".7, .1, 14, .0210, .0312",
    ".95, .02, 14, .0200, .0543",
    ".95, .02, 1000, .0178, .2910",
    ".98, .01, 14, .0194, .0760",
    ".98, .01, 1000, .0164, .5730"
  })
  void claimsOfHarmErrAsRarelyAsTheyMay(
      double tpr, double fpr, int family, double here, double newcombe) {
    double z = Normal.twoSidedQuantile(.05 / family);
    double corrected = accused(tpr, fpr, p -> ProportionIntervals.skewnessCorrected(p, z));
    double plain = accused(tpr, fpr, p -> ProportionIntervals.wilson(p, z));
    assertThat(corrected * family / 14).isCloseTo(here, within(5e-5)).isLessThan(.025);
    assertThat(plain * family / 14).isCloseTo(newcombe, within(5e-5));
  }

  /// Fourteen comparisons, less those of groups too small: positives found less often than in the
  /// reference, negatives flagged more often.
  private static double accused(double tpr, double fpr, One interval) {
    double sum = 0;
    for (int people : new int[] {3740, 2420, 1180, 820, 140, 100}) {
      for (boolean positives : new boolean[] {true, false}) {
        double share = positives ? .4 : .6;
        int n = (int) Math.round(people * share);
        int reference = (int) Math.round(11560 * share);
        sum += accused(n, reference, positives ? tpr : fpr, positives, interval);
      }
    }
    return sum;
  }

  private static double accused(int n, int reference, double rate, boolean less, One interval) {
    Binomial group = new Binomial(n, rate);
    Binomial other = new Binomial(reference, rate);
    double sum = 0;
    for (long k = group.min(); k <= group.max(); k++) {
      Proportion p = Proportion.of(k, n);
      for (long x = other.min(); x <= other.max(); x++) {
        Proportion q = Proportion.of(x, reference);
        Bounds bounds = Mover.difference(p.value(), interval.of(p), q.value(), interval.of(q));
        boolean claimed = less ? bounds.high() < 0 : bounds.low() > 0;
        sum += claimed ? group.probability(k) * other.probability(x) : 0;
      }
    }
    return sum;
  }

  /// What a grid showed.
  private static final class Found {
    private final String name;
    private double sum;
    private double least = 2;
    private String where = "";
    private int below;
    private int points;

    Found(String name) {
      this.name = name;
    }

    void add(double coverage, String at) {
      sum += coverage;
      points++;
      below += coverage < 0.93 ? 1 : 0;
      if (coverage < least - 1e-9) {
        least = coverage;
        where = at;
      }
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "| %s | %.1f %% | %.1f %% (%s) | %d of %d |",
          name,
          100 * sum / points,
          100 * least,
          where,
          below,
          points);
    }
  }

  private static Found one(String name, One interval, int n) {
    Found found = new Found(name + ", n = " + n);
    Bounds[] bounds = new Bounds[n + 1];
    for (int k = 0; k <= n; k++) {
      bounds[k] = interval.of(Proportion.of(k, n));
    }
    for (int step = 1; step < 200; step++) {
      double truth = step / 200.0;
      Binomial outcomes = new Binomial(n, truth);
      double coverage = 0;
      for (int k = 0; k <= n; k++) {
        coverage += holds(bounds[k], truth) ? outcomes.probability(k) : 0;
      }
      found.add(coverage, "p = " + truth);
    }
    return found;
  }

  private static Found two(String name, Two interval, boolean ratio, int... sizes) {
    Found found = new Found(name);
    for (int n1 : sizes) {
      for (int n2 : sizes) {
        Bounds[][] bounds = new Bounds[n1 + 1][n2 + 1];
        for (int i = 0; i <= n1; i++) {
          for (int j = 0; j <= n2; j++) {
            bounds[i][j] = interval.of(Proportion.of(i, n1), Proportion.of(j, n2));
          }
        }
        for (double p1 : RATES) {
          for (double p2 : RATES) {
            double truth = ratio ? p1 / p2 : p1 - p2;
            double coverage = coverage(bounds, new Binomial(n1, p1), new Binomial(n2, p2), truth);
            found.add(coverage, "%s of %d, %s of %d".formatted(p1, n1, p2, n2));
          }
        }
      }
    }
    return found;
  }

  private static double coverage(Bounds[][] bounds, Binomial first, Binomial second, double truth) {
    double coverage = 0;
    for (int i = 0; i < bounds.length; i++) {
      for (int j = 0; j < bounds[i].length; j++) {
        coverage += holds(bounds[i][j], truth) ? first.probability(i) * second.probability(j) : 0;
      }
    }
    return coverage;
  }

  private static boolean holds(Bounds bounds, double truth) {
    return bounds.low() <= truth + 1e-12 && truth - 1e-12 <= bounds.high();
  }

  private static void assertDocumented(Found found, double mean, double least) throws IOException {
    assertThat(found.sum / found.points).as(found.row()).isGreaterThanOrEqualTo(mean);
    assertThat(found.least).as(found.row()).isGreaterThanOrEqualTo(least);
    if (System.getProperty("primum.print") != null) {
      System.out.println("ROW " + found.row());
    } else {
      assertThat(Files.readString(Path.of("docs/statistics.md"))).contains(found.row());
    }
  }
}

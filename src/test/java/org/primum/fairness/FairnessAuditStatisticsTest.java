package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.ProportionIntervals;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Status;

/// What the decisions promise on average, on simulated cohorts. All draws are seeded, so a result
/// never changes; the probabilities say how a wrong implementation of the same seed would have to
/// be lucky, and how a right one would have to be unlucky when the seed is changed.
@Tag("statistical")
final class FairnessAuditStatisticsTest {

  private static final double[] SHARES = {.60, .18, .12, .07, .03};

  /// Five groups of 60, 18, 12, 7 and 3 %, base rate 15 %, true positive rate .70 for all but the
  /// fourth, which has `tpr`.
  private static Tally cohort(FairnessPolicy policy, Random random, int n, double tpr) {
    List<String> rows = new ArrayList<>();
    for (int g = 0; g < SHARES.length; g++) {
      int people = (int) Math.round(n * SHARES[g]);
      int positives = binomial(random, people, .15);
      int found = binomial(random, positives, g == 3 ? tpr : .70);
      int flagged = binomial(random, people - positives, .10);
      rows.add("g" + g + ",1,1," + found);
      rows.add("g" + g + ",1,0," + (positives - found));
      rows.add("g" + g + ",0,1," + flagged);
      rows.add("g" + g + ",0,0," + (people - positives - flagged));
    }
    return Fixtures.tally(Rows.repeated("g,label,prediction", rows.toArray(String[]::new)), policy);
  }

  private static int binomial(Random random, int n, double p) {
    int k = 0;
    for (int i = 0; i < n; i++) {
      k += random.nextDouble() < p ? 1 : 0;
    }
    return k;
  }

  /// @param limit the largest gap allowed, of tpr downward and of fpr upward
  private static FairnessPolicy policy(String decide, String limit) {
    return Audits.policy(
        """
        attributes: [{name: g, column: g, reference: g0}]
        minimum: {n: 1, positives: 1, negatives: 1}
        suppress: {below: 0}
        defaults: {onUndefined: warn}
        rules:
          - {id: t, metric: tpr, compare: difference, over: g, min: -%s, decide: %s}
          - {id: f, metric: fpr, compare: difference, over: g, max: %s, decide: %s}
        """
            .formatted(limit, decide, limit, decide));
  }

  private static double share(FairnessPolicy policy, int n, double tpr, Status status) {
    Random random = new Random(n + 17);
    int cohorts = 1000;
    int found = 0;
    for (int i = 0; i < cohorts; i++) {
      Tally tally = cohort(policy, random, n, tpr);
      found += FairnessAudit.audit(tally, policy, Audits.TODAY).status() == status ? 1 : 0;
    }
    return (double) found / cohorts;
  }

  /// Fair cohorts, limit 0: the family-wise false alarm is at most 5 %. Of 1,000 cohorts at exactly
  /// 5 % more than 7.2 % fail with probability below .001 (normal bound 3.1 sd of .0069). Newcombe
  /// under Bonferroni was measured at 2.3 to 3.8 % by another implementation.
  @ParameterizedTest
  @ValueSource(ints = {2_000, 5_000})
  void excludeHarmAccusesAFairModelInAtMostFivePercent(int n) {
    assertThat(share(policy("exclude-harm", "0"), n, .70, Status.FAIL)).isLessThan(.072);
  }

  /// The point rule on the same cohorts, for the record of docs/fairness-audit.md: it fails most.
  @Test
  void pointRulesAccuseAFairModelMostly() {
    assertThat(share(policy("point", "0.05"), 2_000, .70, Status.FAIL)).isGreaterThan(.5);
  }

  /// A gap of 15 points in the group of 7 %; with 10,000 rows that group has about 105 positives.
  /// The other implementation found 73 % of such gaps for a family of one rule; two rules cost
  /// some.
  @Test
  void excludeHarmFindsAGap() {
    assertThat(share(policy("exclude-harm", "0"), 10_000, .55, Status.FAIL)).isGreaterThan(.55);
  }

  /// A fair model is never accused by show-safe at a limit of 10 points: below .001 in 1,000
  /// cohorts.
  @Test
  void showSafeDoesNotAccuseAFairModel() {
    assertThat(share(policy("show-safe", "0.10"), 2_000, .70, Status.FAIL)).isLessThan(.02);
  }

  /// Wilson 95 %: exact coverage by summing the binomial, so nothing is random. Its mean over p is
  /// close to nominal; single p near 0 and 1 dip, which Brown, Cai and DasGupta 2001, figure 5,
  /// show.
  @ParameterizedTest
  @CsvSource({"30", "100", "400"})
  void wilsonCoversTheTruth(int n) {
    double z = ProportionIntervals.quantile(.05);
    double sum = 0;
    int count = 0;
    for (double p = .05; p <= .9501; p += .01) {
      double coverage = 0;
      for (int k = 0; k <= n; k++) {
        Bounds bounds = ProportionIntervals.wilson(Proportion.of(k, n), z);
        coverage += bounds.low() <= p && p <= bounds.high() ? probability(n, k, p) : 0;
      }
      assertThat(coverage).as("n " + n + " p " + p).isGreaterThan(.90);
      sum += coverage;
      count++;
    }
    assertThat(sum / count).isBetween(.945, .960);
  }

  /// Newcombe 95 %, exact coverage over pairs of rates.
  @ParameterizedTest
  @CsvSource({"30,30", "40,200"})
  void newcombeCoversTheTruth(int n1, int n2) {
    double z = ProportionIntervals.quantile(.05);
    Bounds[][] bounds = new Bounds[n1 + 1][n2 + 1];
    for (int i = 0; i <= n1; i++) {
      for (int j = 0; j <= n2; j++) {
        bounds[i][j] = ProportionIntervals.newcombe(Proportion.of(i, n1), Proportion.of(j, n2), z);
      }
    }
    double sum = 0;
    int count = 0;
    for (double p = .05; p < .96; p += .15) {
      for (double q = .05; q < .96; q += .15) {
        double coverage = 0;
        for (int i = 0; i <= n1; i++) {
          for (int j = 0; j <= n2; j++) {
            boolean covers = bounds[i][j].low() <= p - q && p - q <= bounds[i][j].high();
            coverage += covers ? probability(n1, i, p) * probability(n2, j, q) : 0;
          }
        }
        assertThat(coverage).as(p + " against " + q).isGreaterThan(.92);
        sum += coverage;
        count++;
      }
    }
    assertThat(sum / count).isBetween(.945, .965);
  }

  private static double probability(int n, int k, double p) {
    return new org.apache.commons.math3.distribution.BinomialDistribution(null, n, p)
        .probability(k);
  }
}

package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.fairness.PlannedTest.Claim;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// A reference and a group, or one group and a limit.
final class FairnessPlanTest {

  private static final String POLICY =
      """
      apiVersion: primum.dev/v1alpha1
      kind: FairnessPolicy
      metadata: {name: test, revision: 1}
      data: {label: {column: label, positive: 1}, prediction: {column: flagged, positive: 1}}
      attributes: [{name: g, column: g, categories: [A, B], reference: A, missing: report}]
      minimum: {n: 1, positives: 1, negatives: 1}
      rules: [%s]
      """;

  private static FairnessPlan plan(String rules, PlanAssumptions assumptions) {
    return FairnessPlan.of(Audits.whole(POLICY.formatted(rules)), assumptions);
  }

  private static FairnessPlan.Line line(String rule) {
    return plan("{id: r, over: g, " + rule + "}", PlanAssumptions.USUAL).lines().getFirst();
  }

  /// The same chances summed in Python: SciPy 1.17.1's binomials, and intervals from the roots of
  /// Gart and Nam's score by `brentq`. Two rows of the reference for one of the group, alpha .01.
  @ParameterizedTest
  @CsvSource({
    "-0.05, 0.7, 0.7, 400, 0.206718152711, 0.000006447130",
    "-0.1, 0.7, 0.45, 90, 0.000000365269, 0.416273568420",
    "-0.05, 0.3, 0.1, 57, 0.000000185274, 0.399418582687"
  })
  void differencesAreThoseOfAnotherSum(
      double min, double reference, double rate, long n, double safety, double harm) {
    PlannedTest test =
        new PlannedTest(
            Rule.Compare.DIFFERENCE, new Threshold.AtLeast(min), Rule.Decide.SHOW_SAFE, 0.01, 1, 2);
    assertThat(test.chance(Claim.SAFETY, n, rate, reference)).isCloseTo(safety, within(1e-9));
    assertThat(test.chance(Claim.HARM, n, rate, reference)).isCloseTo(harm, within(1e-9));
  }

  /// Every outcome of two small groups, one after the other, by the binomial of Commons Math.
  @ParameterizedTest
  @CsvSource({
    "DIFFERENCE, SHOW_SAFE, min, -0.2",
    "DIFFERENCE, SHOW_SAFE, max, 0.2",
    "DIFFERENCE, BOTH, min, -0.1",
    "DIFFERENCE, POINT, min, -0.1",
    "VS_OVERALL, EXCLUDE_HARM, min, -0.05",
    "VS_REST, EXCLUDE_HARM, max, 0.1",
    "RATIO, EXCLUDE_HARM, min, 0.8",
    "RATIO, SHOW_SAFE, max, 1.5",
    "MAX_MIN, SHOW_SAFE, max, 0.3",
    "MAX_MIN, EXCLUDE_HARM, max, 0.05",
    "MIN_MAX_RATIO, EXCLUDE_HARM, min, 0.9",
    "NONE, SHOW_SAFE, min, 0.4",
    "NONE, EXCLUDE_HARM, max, 0.3"
  })
  void noOutcomeIsForgottenOrCountedTwice(
      Rule.Compare compare, Rule.Decide decide, String end, double bound) {
    Threshold limit =
        end.equals("min") ? new Threshold.AtLeast(bound) : new Threshold.AtMost(bound);
    PlannedTest test = new PlannedTest(compare, limit, decide, 0.1, 3, 2);
    for (Claim claim : Claim.values()) {
      for (double rate : new double[] {0.15, 0.5, 0.8}) {
        assertThat(test.chance(claim, 30, rate, 0.45))
            .as(claim + " at " + rate)
            .isCloseTo(everyOutcome(test, claim, rate, 0.45), within(1e-9));
      }
    }
  }

  private static double everyOutcome(PlannedTest test, Claim claim, double rate, double reference) {
    BinomialDistribution group = new BinomialDistribution(30, rate);
    BinomialDistribution other = new BinomialDistribution(60, reference);
    double sum = 0;
    for (int k = 0; k <= 30; k++) {
      if (test.compare() == Rule.Compare.NONE) {
        sum += test.claims(claim, k, 30, 0, 1) ? group.probability(k) : 0;
      } else {
        for (int x = 0; x <= 60; x++) {
          sum += test.claims(claim, k, 30, x, 60) ? group.probability(k) * other.probability(x) : 0;
        }
      }
    }
    return sum;
  }

  /// Seven races and rows without one: eight, less the reference. With the sexes and rows without
  /// one 8 x 3 = 24, or as many as the intersection may have. A plan counts as the audit does.
  @ParameterizedTest
  @CsvSource({"race, '', 7", "'[race, sex]', '', 23", "'[race, sex]', ', maxGroups: 15', 14"})
  void whoMayComeSharesTheAllowance(String over, String cap, int comparisons) {
    FairnessPolicy policy =
        Audits.policy(
            """
            attributes:
              - {name: race, column: race, reference: a, categories: [a, b, c, d, e, f, g]}
              - {name: sex, column: sex, reference: F, categories: [F, M]}
            intersections: [{of: [race, sex]%s}]
            rules: [{id: r, over: %s, metric: tpr, compare: difference, min: 0, max: 0.1}]
            """
                .formatted(cap, over));
    FairnessPlan.Line line = FairnessPlan.of(policy, PlanAssumptions.USUAL).lines().getFirst();
    assertThat(line.level()).isCloseTo(0.05 / comparisons, within(1e-12));
    AuditResult audit =
        Audits.audit(
            policy, Rows.repeated("race,sex,label,prediction", "a,F,1,1,900", "b,F,1,1,900"));
    assertThat(audit.judgements())
        .anyMatch(j -> j.sentence().contains("adjusted for " + comparisons + " comparisons"));
  }

  /// Fleiss, Levin, Paik (2003), table A.3: to see 0.5 against 0.7 at alpha .05 with a power of 80
  /// % takes 103 a group with, and 93 without the correction for continuity. The interval of a
  /// decision, which has none, excludes a limit of 0 as often.
  @Test
  void aLimitOfZeroNeedsWhatTextbooksSay() {
    FairnessPlan.Line line =
        plan(
                "{id: r, over: g, metric: tpr, compare: difference, min: 0, decide: exclude-harm}",
                new PlanAssumptions(0.5, Map.of(Metric.TPR, 0.7), 1, 2, 0.2))
            .lines()
            .getFirst();
    assertThat(line.level()).isCloseTo(0.05, within(1e-12));
    assertThat((double) line.harm().rows().getFirst().orElseThrow()).isCloseTo(93, within(4.0));
    assertThat(line.patients(93)).isEqualTo(186);
  }

  /// 300 audits of patients as the plan assumes, with the rows it asks for: 80 % of them prove the
  /// harm. A right plan fails this test with a probability below 0.001 (3.1 standard errors).
  @Test
  @Tag("slow")
  @Tag("statistical")
  void anAuditProvesWhatThePlanPromised() {
    String rule =
        "{id: r, over: g, metric: tpr, compare: difference, min: -0.1, decide: exclude-harm}";
    FairnessPolicy policy = Audits.whole(POLICY.formatted(rule));
    FairnessPlan.Line line = FairnessPlan.of(policy, PlanAssumptions.USUAL).lines().getFirst();
    int n = (int) line.harm().rows().getFirst().orElseThrow();
    Random random = new Random(20261122);
    int proven = 0;
    for (int i = 0; i < 300; i++) {
      List<String> rows = new ArrayList<>();
      for (int row = 0; row < n; row++) {
        rows.add("A,1," + (random.nextDouble() < 0.7 ? 1 : 0));
        rows.add("B,1," + (random.nextDouble() < line.harm().rate() ? 1 : 0));
      }
      Tally tally = Fixtures.tally(Rows.of("g,label,flagged", rows.toArray(String[]::new)), policy);
      AuditResult result = FairnessAudit.audit(tally, policy, LocalDate.EPOCH);
      proven += result.status() == Status.FAIL ? 1 : 0;
    }
    assertThat(line.harm().rate()).isCloseTo(0.5, within(1e-12));
    assertThat(proven / 300.0).isCloseTo(0.8, within(0.075));
  }

  /// 3 + 1 of exclude-harm over two attributes, and no word of the one by point.
  @Test
  void theLevelIsThatOfAllDecisionsOfTheAudit() {
    FairnessPolicy policy =
        Audits.whole(
            POLICY
                .formatted(
                    "{id: a, metric: tpr, compare: difference, over: h, min: -0.1},"
                        + "{id: b, metric: fpr, compare: max_min, over: g, max: 0.1},"
                        + "{id: c, metric: ppv, compare: ratio, over: g, min: 0.8, decide: point}")
                .replace("attributes: [", "attributes: [{name: h, column: h}, "));
    FairnessPlan four = FairnessPlan.of(policy, new PlanAssumptions(0.2, Map.of(), 1, 4, 0));
    assertThat(four.lines().stream().map(line -> Math.rint(line.level() * 1e9) / 1e9))
        .containsExactly(0.0125, 0.0125, 0.05);
    assertThat(four.lines().getFirst().groups()).isEqualTo(4);
  }

  /// With a base rate of 1/4, tpr 0.8 and fpr 0.2: 0.25 x 0.8 + 0.75 x 0.2 = 0.35 are flagged, of
  /// whom 0.2 / 0.35 are positive.
  @Test
  void ratesFollowFromBaseRateAndErrors() {
    PlanAssumptions assumed =
        new PlanAssumptions(0.25, Map.of(Metric.TPR, 0.8, Metric.TNR, 0.8), 1, 2, 0);
    assertThat(assumed.rate(Metric.SELECTION_RATE)).isCloseTo(0.35, within(1e-12));
    assertThat(assumed.rate(Metric.PPV)).isCloseTo(0.2 / 0.35, within(1e-12));
    assertThat(assumed.rate(Metric.FOR)).isCloseTo(0.05 / 0.65, within(1e-12));
    assertThat(assumed.rate(Metric.ACCURACY)).isCloseTo(0.8, within(1e-12));
    assertThat(assumed.share(Metric.NPV)).isCloseTo(0.65, within(1e-12));
  }

  @Test
  void aLimitWithoutRoomIsNeverShownSafe() {
    FairnessPlan.Line line = line("metric: tpr, compare: difference, min: 0, decide: show-safe");
    assertThat(line.safety().rows()).allMatch(java.util.OptionalLong::isEmpty);
  }

  @Test
  void aTruthThatNoGroupCanHaveIsSaid() {
    FairnessPlan.Line line = line("metric: fpr, compare: difference, min: -0.2, decide: show-safe");
    assertThat(line.harm().isPossible()).isFalse();
  }

  @Test
  void morePatientsSeeASmallerGap() {
    List<Double> gaps =
        line("metric: tpr, compare: difference, min: -0.05, decide: exclude-harm")
            .visible()
            .stream()
            .map(FairnessPlan.Gap::beyond)
            .filter(g -> !Double.isNaN(g))
            .toList();
    assertThat(gaps).hasSizeGreaterThan(4).isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @Test
  void whatIsNoRateIsNotPlannedAndSaysSo() {
    FairnessPlan plan =
        plan(
            "{id: r, metric: missing_rate, over: g, max: 0.1}, {id: s, metric: tpr, over: g, min: 0.5}",
            PlanAssumptions.USUAL);
    assertThat(plan.lines()).hasSize(1);
    assertThat(plan.unplanned()).hasSize(1).first().asString().startsWith("r: ");
  }
}

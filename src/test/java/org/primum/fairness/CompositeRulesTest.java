package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.primum.fairness.Audits.audit;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Measure;
import org.primum.gate.Status;

/// Group a: 8 of 10 positives found, 2 of 10 negatives flagged. Group b: 5 of 10 found, 4 of 10
/// flagged. So the true positive rate is 0.3 lower in b and the false positive rate 0.2 higher.
final class CompositeRulesTest {

  private static final Rows TWO_GROUPS =
      Rows.repeated(
          "g,label,prediction",
          "a,1,1,8",
          "a,1,0,2",
          "a,0,1,2",
          "a,0,0,8",
          "b,1,1,5",
          "b,1,0,5",
          "b,0,1,4",
          "b,0,0,6");

  private static final Rows NO_POSITIVES_IN_B =
      Rows.repeated(
          "g,label,prediction", "a,1,1,8", "a,1,0,2", "a,0,1,2", "a,0,0,8", "b,0,1,2", "b,0,0,8");

  private static AuditResult judged(Rows rows, String... rules) {
    return audit(
        """
        attributes: [{name: g, column: g, reference: a}]
        minimum: {n: 0, positives: 0, negatives: 0}
        suppress: {below: 0}
        rules:
        """
            + "  - "
            + String.join("\n  - ", rules)
            + "\n",
        rows);
  }

  private static List<Finding> of(AuditResult result, String rule) {
    return result.findings().stream().filter(f -> f.rule().equals(rule)).toList();
  }

  private static double value(Finding finding) {
    return ((Measure.Known) finding.measurement().value()).value();
  }

  @Test
  void equalizedOddsIsMetWhereEachOfItsPartsIs() {
    AuditResult result =
        judged(TWO_GROUPS, "{id: r, metric: equalized_odds, over: g, max: 0.25, decide: point}");
    assertThat(of(result, "r"))
        .extracting(f -> f.measurement().metric(), Finding::status)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("tpr", Status.FAIL),
            org.assertj.core.groups.Tuple.tuple("fpr", Status.PASS));
    assertThat(of(result, "r"))
        .allMatch(f -> f.reason().startsWith("equalized_odds: "))
        .allMatch(
            f -> f.measurement().comparison().equals(new Comparison.With("abs_difference", "g=a")));
    assertThat(value(of(result, "r").getFirst())).isCloseTo(0.3, within(1e-12));
    assertThat(value(of(result, "r").getLast())).isCloseTo(0.2, within(1e-12));
  }

  /// AIF360 says max(|dFPR|, NaN) = |dFPR| = 0 here: equal odds for a group nobody knows them of.
  @Test
  void whereAPartHasNoValueTheCompositeHasNone() {
    AuditResult result =
        judged(
            NO_POSITIVES_IN_B,
            "{id: max, metric: equalized_odds, over: g, max: 0.9, decide: point}",
            "{id: mean, metric: AAOD, over: g, max: 0.9, decide: point}",
            "{id: signed, metric: AOD, over: g, min: -0.9, decide: point}",
            "{id: range, metric: equalized_odds_difference, over: g, max: 0.9, decide: point}");
    assertThat(result.status()).isEqualTo(Status.INCONCLUSIVE);
    for (String rule : List.of("max", "mean", "signed", "range")) {
      assertThat(of(result, rule)).as(rule).anyMatch(f -> f.status() == Status.INCONCLUSIVE);
    }
    assertThat(CohortRuns.metric(result, "equalized_odds", "g=b", "abs_difference").value())
        .isEqualTo(new Measure.Unknown("no positives"));
  }

  @Test
  void aSignedMeanCancelsAndAMeanOfDistancesDoesNot() {
    AuditResult result =
        judged(
            TWO_GROUPS,
            "{id: signed, metric: AOD, over: g, min: -0.1, decide: point}",
            "{id: apart, metric: AAOD, over: g, max: 0.1, decide: point}");
    Finding signed = of(result, "signed").getFirst();
    assertThat(value(signed)).as("(-0.3 + 0.2) / 2").isCloseTo(-0.05, within(1e-12));
    assertThat(signed.status()).isEqualTo(Status.PASS);
    assertThat(signed.reason()).startsWith("AOD: ");
    Finding apart = of(result, "apart").getFirst();
    assertThat(value(apart)).as("(0.3 + 0.2) / 2").isCloseTo(0.25, within(1e-12));
    assertThat(apart.status()).isEqualTo(Status.FAIL);
  }

  /// Selected: 10 of 20 in a, 9 of 20 in b. DPPL is a minus b = 0.05.
  @Test
  void clarifysDpplFailsOnTheSideThatClarifyMeans() {
    AuditResult result =
        judged(
            TWO_GROUPS,
            "{id: harmed, metric: DPPL, over: g, max: 0.04, decide: point}",
            "{id: fine, metric: DPPL, over: g, max: 0.06, decide: point}",
            "{id: favored, metric: DPPL, over: g, min: -0.04, decide: point}");
    Finding harmed = of(result, "harmed").getFirst();
    assertThat(value(harmed)).isCloseTo(-0.05, within(1e-12));
    assertThat(harmed.status()).isEqualTo(Status.FAIL);
    assertThat(harmed.measurement().comparison().orientation()).isEqualTo("group minus reference");
    assertThat(of(result, "fine").getFirst().status()).isEqualTo(Status.PASS);
    assertThat(of(result, "favored").getFirst().status()).isEqualTo(Status.PASS);
  }

  /// Missed 2 and flagged by mistake 2 in a, 5 and 4 in b.
  @Test
  void treatmentEqualityIsMissedForEachFlaggedByMistake() {
    AuditResult result =
        judged(
            TWO_GROUPS,
            "{id: r, metric: treatment_equality, compare: ratio, over: g, max: 1.2, decide: point}");
    assertThat(CohortRuns.value(CohortRuns.metric(result, "treatment_equality", "g=a", "")))
        .hasValueCloseTo(1.0, within(1e-12));
    assertThat(CohortRuns.value(CohortRuns.metric(result, "treatment_equality", "g=b", "")))
        .hasValueCloseTo(1.25, within(1e-12));
    assertThat(of(result, "r").getFirst().status()).isEqualTo(Status.FAIL);
  }

  @Test
  void theWorstGroupIsTheOneFarthestFromTheReference() {
    Rows three =
        Rows.repeated("g,label,prediction", "a,1,1,8", "a,1,0,2", "b,1,1,5", "b,1,0,5", "c,1,1,10");
    AuditResult result =
        judged(three, "{id: r, metric: tpr, compare: worst, over: g, max: 0.25, decide: point}");
    Finding worst = of(result, "r").getFirst();
    assertThat(value(worst)).isCloseTo(0.3, within(1e-12));
    assertThat(worst.status()).isEqualTo(Status.FAIL);
    assertThat(worst.measurement().group()).isEqualTo("g");
  }

  /// Two groups of 100,000 alike: no distance is a proven harm, although it is never below 0.
  @Test
  void distancesOfGroupsThatAreAlikeProveNoHarm() {
    Rows alike =
        Rows.repeated(
            "g,label,prediction",
            "a,1,1,5000",
            "a,1,0,5000",
            "a,0,1,5000",
            "a,0,0,5000",
            "b,1,1,5010",
            "b,1,0,4990",
            "b,0,1,4990",
            "b,0,0,5010");
    AuditResult result =
        judged(
            alike,
            "{id: max, metric: equalized_odds, over: g, max: 0, decide: exclude-harm}",
            "{id: mean, metric: AAOD, over: g, max: 0, decide: exclude-harm}",
            "{id: range, metric: equalized_odds_difference, over: g, max: 0, decide: exclude-harm}",
            "{id: edf, metric: edf, over: g, max: 0, decide: exclude-harm}",
            "{id: gei, metric: between_group_gei, over: g, max: 0, decide: exclude-harm}");
    assertThat(result.findings()).allMatch(f -> f.status() == Status.PASS);
  }
}

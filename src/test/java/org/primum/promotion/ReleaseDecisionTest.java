package org.primum.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.primum.promotion.ReleaseWorld.AN_HOUR_AGO;
import static org.primum.promotion.ReleaseWorld.DATASET;
import static org.primum.promotion.ReleaseWorld.FAIRNESS_POLICY;
import static org.primum.promotion.ReleaseWorld.MODEL;
import static org.primum.promotion.ReleaseWorld.NOW;
import static org.primum.promotion.ReleaseWorld.OTHER_DATASET;
import static org.primum.promotion.ReleaseWorld.OTHER_MODEL;
import static org.primum.promotion.ReleaseWorld.at;
import static org.primum.promotion.ReleaseWorld.audit;
import static org.primum.promotion.ReleaseWorld.auditOf;
import static org.primum.promotion.ReleaseWorld.bounds;
import static org.primum.promotion.ReleaseWorld.evidence;
import static org.primum.promotion.ReleaseWorld.finding;
import static org.primum.promotion.ReleaseWorld.known;
import static org.primum.promotion.ReleaseWorld.metric;
import static org.primum.promotion.ReleaseWorld.noise;
import static org.primum.promotion.ReleaseWorld.policy;
import static org.primum.promotion.ReleaseWorld.presented;
import static org.primum.promotion.ReleaseWorld.shap;
import static org.primum.promotion.ReleaseWorld.train;
import static org.primum.promotion.ReleaseWorld.withSubject;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.Digest;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;

/// Everything but what a test changes is the honest evidence of [ReleaseWorld], which passes. Each
/// attack of research on governance that this decision can see has a test here.
final class ReleaseDecisionTest {

  private static final Verdict.Expiry NEVER = new Verdict.Expiry.Never();

  @Test
  void honestEvidencePasses() {
    ReleaseDecision decision = decide(evidence());
    assertThat(decision.status()).isEqualTo(Status.PASS);
    assertThat(decision.passes()).isTrue();
    assertThat(decision.appraisals()).extracting(Appraisal::standing).containsOnly(Standing.FOUND);
    assertThat(decision.findings())
        .extracting("rule")
        .containsExactly(
            "train:evidence",
            "train:auroc",
            "fairness-audit:evidence",
            "fairness-audit:equal-opportunity",
            "shap-batch:evidence",
            "dp-noise:evidence");
  }

  @Test
  void theOrderOfEvidenceDoesNotMatter() {
    assertThat(decide(evidence().reversed())).isEqualTo(decide(evidence()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "fairness-audit", "shap-batch", "dp-noise"})
  void aMissingStepIsInconclusive(String step) {
    List<Evidence> all = evidence();
    all.removeIf(e -> e.source().equals(step));
    ReleaseDecision decision = decide(all);
    assertThat(decision.status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(decision.appraisals())
        .anySatisfy(a -> {
          assertThat(a.step()).isEqualTo(step);
          assertThat(a.standing()).isEqualTo(Standing.MISSING);
        });
  }

  @Test
  void noEvidenceAtAllIsInconclusive() {
    assertThat(decide(List.of()).status()).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void aFailRewrittenAsPassIsRecomputed() {
    var forged = auditOf(finding("show-safe", known(-0.084), bounds(-0.121, -0.047), Status.PASS));
    // -0.047 is above -0.05: the interval straddles the limit, safety is not shown.
    assertThat(decide(with(forged)).status()).isEqualTo(Status.INCONCLUSIVE);

    var worse = auditOf(finding("show-safe", known(-0.084), bounds(-0.121, -0.06), Status.PASS));
    assertThat(decide(with(worse)).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void aFailAtTheTopOfAVerdictWhoseFailingRuleWasDeletedIsBelieved() {
    var audit = audit();
    var deleted =
        new Evidence.Presented(
            audit.source(), audit.digest(), audit.verdict(), Status.FAIL, List.of(), List.of());
    assertThat(decide(with(deleted)).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void anAuditWithoutRulesShowsNothing() {
    assertStanding(auditOf(), Standing.UNUSABLE);
  }

  @Test
  void evidenceOfAnotherModelIsForeign() {
    assertStanding(withSubject(shap(), Map.of(Subject.MODEL, OTHER_MODEL)), Standing.FOREIGN);
  }

  @Test
  void evidenceThatNamesNoModelIsForeign() {
    assertStanding(withSubject(shap(), Map.of(Subject.DATASET, DATASET)), Standing.FOREIGN);
  }

  @Test
  void anAuditAfterAnotherPolicyThanThePinnedOneIsForeign() {
    Digest weakened = Digest.of("a weaker policy");
    assertStanding(
        withSubject(
            audit(),
            Map.of(Subject.MODEL, MODEL, Subject.DATASET, DATASET, Subject.POLICY, weakened)),
        Standing.FOREIGN);
    assertStanding(
        withSubject(audit(), Map.of(Subject.MODEL, MODEL, Subject.DATASET, DATASET)),
        Standing.FOREIGN);
  }

  @Test
  void aNoisyReleaseOfADatasetThatNoAuditNamesIsForeign() {
    assertStanding(withSubject(noise(), Map.of(Subject.DATASET, OTHER_DATASET)), Standing.FOREIGN);
    assertStanding(withSubject(noise(), Map.of()), Standing.FOREIGN);
  }

  /// Noise is drawn over the patients' table; the audit reads that table scored.
  @Test
  void aNoisyReleaseMayBeOfTheDataThatTheAuditedTableWasScoredFrom() {
    var subject = new TreeMap<>(audit().verdict().subject().digests());
    subject.put(Subject.SOURCE, OTHER_DATASET);
    var evidence = new ArrayList<Evidence>(List.of(train(), withSubject(audit(), subject), shap()));
    evidence.add(withSubject(noise(), Map.of(Subject.DATASET, OTHER_DATASET)));
    assertThat(decide(evidence).status()).isEqualTo(Status.PASS);
  }

  @Test
  void anAuditThatIsItselfForeignLendsItsDatasetToNobody() {
    var foreign =
        withSubject(
            audit(),
            Map.of(
                Subject.MODEL,
                OTHER_MODEL,
                Subject.DATASET,
                DATASET,
                Subject.POLICY,
                FAIRNESS_POLICY));
    ReleaseDecision decision = decide(with(foreign));
    assertThat(decision.appraisals().getLast().step()).isEqualTo("dp-noise");
    assertThat(decision.appraisals().getLast().standing()).isEqualTo(Standing.FOREIGN);
  }

  @Test
  void aNoisyReleaseThatNamesAnotherModelIsForeign() {
    assertStanding(
        withSubject(noise(), Map.of(Subject.DATASET, DATASET, Subject.MODEL, OTHER_MODEL)),
        Standing.FOREIGN);
  }

  @Test
  void anOldPassIsExpired() {
    assertStanding(at(shap(), NOW.minus(Duration.ofDays(31)), NEVER), Standing.EXPIRED);
    assertStanding(
        at(shap(), AN_HOUR_AGO, new Verdict.Expiry.At(NOW.minusSeconds(1))), Standing.EXPIRED);
    assertStanding(at(shap(), AN_HOUR_AGO, new Verdict.Expiry.At(NOW)), Standing.EXPIRED);
  }

  @Test
  void evidenceFromTheFutureBeyondClockSkewIsExpired() {
    assertStanding(at(shap(), NOW.plus(Duration.ofMinutes(6)), NEVER), Standing.EXPIRED);
    assertThat(decide(with(at(shap(), NOW.plus(Duration.ofMinutes(4)), NEVER))).passes()).isTrue();
  }

  @Test
  void aReleaseWithoutPrivacyCannotCount() {
    var noise = noise();
    assertStanding(
        new Evidence.Presented(
            noise.source(),
            noise.digest(),
            noise.verdict(),
            Status.PASS,
            List.of(),
            List.of("its noise was switched off")),
        Standing.UNUSABLE);
  }

  @Test
  void evidenceThatCannotBeReadIsInconclusiveEvenWhereAllElseIsThere() {
    List<Evidence> all = evidence();
    all.add(new Evidence.Unusable("broken", "it holds no verdict.json"));
    ReleaseDecision decision = decide(all);
    assertThat(decision.status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(decision.appraisals().getLast().reason()).isEqualTo("it holds no verdict.json");
  }

  @Test
  void ofTwoAuditsBothHaveToPass() {
    var failing = auditOf(finding("point", known(-0.08), new Interval.None(), Status.FAIL));
    List<Evidence> all = evidence();
    all.add(failing);
    assertThat(decide(all).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void evidenceNobodyAskedForHasToHoldAsWell() {
    List<Evidence> all = evidence();
    all.add(
        presented(
            "calibration",
            Map.of(Subject.MODEL, MODEL),
            List.of(finding("point", known(-0.08), new Interval.None(), Status.FAIL)),
            List.of()));
    assertThat(decide(all).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void aMetricOfTrainingBelowItsLimitFails() {
    assertThat(decide(with(trainWith(new Measure.Known(0.69)))).status()).isEqualTo(Status.FAIL);
    assertThat(decide(with(trainWith(new Measure.Known(0.70)))).status()).isEqualTo(Status.PASS);
  }

  @Test
  void aMetricWithoutAValueOrWithoutARowIsInconclusive() {
    assertThat(decide(with(trainWith(new Measure.Unknown("one class only")))).status())
        .isEqualTo(Status.INCONCLUSIVE);
    var empty = presented("train", Map.of(Subject.MODEL, MODEL), List.of(), List.of());
    assertThat(decide(with(empty)).status()).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void ofTwoRowsOfOneMetricBothHaveToHold() {
    var twice =
        presented(
            "train",
            Map.of(Subject.MODEL, MODEL),
            List.of(),
            List.of(
                metric("auroc", new Measure.Known(0.99)), metric("auroc", new Measure.Known(0.5))));
    assertThat(decide(with(twice)).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void withoutAModelAtHandTheOneAllEvidenceNamesIsGated() {
    ReleaseDecision decision =
        ReleaseDecision.decide(policy(), new Candidate.AsInEvidence(), evidence(), NOW);
    assertThat(decision.passes()).isTrue();
    assertThat(decision.model()).isEqualTo(Slot.of(MODEL));
  }

  @Test
  void evidenceOfTwoModelsGatesNeither() {
    ReleaseDecision decision =
        ReleaseDecision.decide(
            policy(),
            new Candidate.AsInEvidence(),
            with(withSubject(shap(), Map.of(Subject.MODEL, OTHER_MODEL))),
            NOW);
    assertThat(decision.status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(decision.model()).isEqualTo(new Slot.Empty());
    assertThat(decision.findings().getFirst().reason())
        .contains("2 models", MODEL.value(), OTHER_MODEL.value());
  }

  @Test
  void aPolicyThatAsksForNothingIsRejected() {
    assertThatThrownBy(() -> new ReleasePolicy("empty", 1, List.of()))
        .hasMessageContaining("passes everything");
    assertThatThrownBy(() ->
            new ReleasePolicy(
                "twice", 1, List.of(Requirement.of("train"), Requirement.of("train"))))
        .hasMessageContaining("required twice");
  }

  private static Evidence.Presented trainWith(Measure auroc) {
    return presented(
        "train", Map.of(Subject.MODEL, MODEL), List.of(), List.of(metric("auroc", auroc)));
  }

  /// The honest evidence with that of one step replaced.
  private static List<Evidence> with(Evidence.Presented other) {
    List<Evidence> all = evidence();
    all.replaceAll(e -> e.source().equals(other.source()) ? other : e);
    return all;
  }

  private static void assertStanding(Evidence.Presented changed, Standing standing) {
    ReleaseDecision decision = decide(with(changed));
    assertThat(decision.status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(decision.appraisals())
        .filteredOn(a -> a.source().equals(changed.source()))
        .extracting(Appraisal::standing)
        .containsExactly(standing);
  }

  private static ReleaseDecision decide(List<Evidence> evidence) {
    return ReleaseDecision.decide(policy(), new Candidate.Given(MODEL), evidence, NOW);
  }
}

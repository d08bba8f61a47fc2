package org.primum.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.primum.promotion.ReleaseWorld.MODEL;
import static org.primum.promotion.ReleaseWorld.NOW;
import static org.primum.promotion.ReleaseWorld.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Status;
import org.primum.gate.Subject;

/// Whatever the evidence says, less or worse evidence never turns a refusal into a pass.
final class ReleaseDecisionPropertiesTest {

  private static final double STEP = 0.01;

  @Property(tries = 500)
  void removingTheEvidenceOfAStepNeverPasses(
      @ForAll("evidences") List<Evidence> evidence, @ForAll("index") int index) {
    String step = List.of("train", "fairness-audit", "shap-batch", "dp-noise").get(index);
    evidence.removeIf(e -> ((Evidence.Presented) e).verdict().step().equals(step));
    assertThat(decide(evidence).passes()).isFalse();
  }

  @Property(tries = 500)
  void removingOnePieceThatHoldsByItselfNeverTurnsARefusalIntoAPass(
      @ForAll("evidences") List<Evidence> evidence, @ForAll("index") int index) {
    ReleaseDecision before = decide(evidence);
    Evidence.Presented removed = (Evidence.Presented) evidence.remove(index);
    boolean held = Recomputed.of(removed).compareTo(Status.INCONCLUSIVE) < 0;
    if (!before.passes() && held) {
      assertThat(decide(evidence).passes()).isFalse();
    }
  }

  @Property(tries = 1000)
  void loweringAValueThatMustBeHighNeverImproves(
      @ForAll("findings") Finding finding, @ForAll("drops") double drop) {
    Status before = decide(withAudit(finding)).status();
    Status after = decide(withAudit(lowered(finding, drop))).status();
    assertThat(after.worse(before)).isEqualTo(after);
  }

  @Property(tries = 1000)
  void nothingIsEverBetterThanRecorded(@ForAll("findings") Finding finding) {
    Status after = Recomputation.of(finding, LocalDate.EPOCH).status();
    assertThat(after.worse(finding.status())).isEqualTo(after);
  }

  @Property(tries = 500)
  void theOrderNeverMatters(@ForAll("evidences") List<Evidence> evidence) {
    assertThat(decide(evidence.reversed())).isEqualTo(decide(evidence));
  }

  @Provide
  Arbitrary<Integer> index() {
    return Arbitraries.integers().between(0, 3);
  }

  @Provide
  Arbitrary<Double> drops() {
    return Arbitraries.integers().between(0, 20).map(i -> i * STEP);
  }

  @Provide
  Arbitrary<Finding> findings() {
    Arbitrary<Double> value = Arbitraries.integers().between(-20, 10).map(i -> i * STEP);
    Arbitrary<Double> half = Arbitraries.integers().between(0, 10).map(i -> i * STEP);
    return Combinators.combine(
            Arbitraries.of("point", "exclude-harm", "show-safe", "both", "unheard-of"),
            value,
            half,
            Arbitraries.of(Status.class))
        .as((decide, middle, width, status) ->
            ReleaseWorld.finding(
                decide,
                new Measure.Known(middle),
                new Interval.Bounds(middle - width, middle + width),
                status));
  }

  @Provide
  Arbitrary<List<Evidence>> evidences() {
    return Combinators.combine(
            findings(), Arbitraries.integers().between(60, 80).map(i -> i * STEP))
        .as((finding, auroc) -> {
          List<Evidence> all = withAudit(finding);
          all.set(
              0,
              ReleaseWorld.presented(
                  "train",
                  Map.of(Subject.MODEL, MODEL),
                  List.of(),
                  List.of(ReleaseWorld.metric("auroc", new Measure.Known(auroc)))));
          return all;
        });
  }

  private static Finding lowered(Finding finding, double drop) {
    Measure.Known value = (Measure.Known) finding.measurement().value();
    Interval.Bounds interval = (Interval.Bounds) finding.measurement().interval();
    return ReleaseWorld.finding(
        finding.decide(),
        new Measure.Known(value.value() - drop),
        new Interval.Bounds(interval.low() - drop, interval.high() - drop),
        finding.status());
  }

  private static List<Evidence> withAudit(Finding finding) {
    List<Evidence> all = new ArrayList<>(ReleaseWorld.evidence());
    all.set(1, ReleaseWorld.auditOf(finding));
    return all;
  }

  private static ReleaseDecision decide(List<Evidence> evidence) {
    return ReleaseDecision.decide(policy(), new Candidate.Given(MODEL), evidence, NOW);
  }

  /// What one piece of evidence says when only its own rules and those of the policy count.
  private static final class Recomputed {
    static Status of(Evidence.Presented evidence) {
      Requirement requirement =
          policy().require().stream()
              .filter(r -> r.step().equals(evidence.verdict().step()))
              .findFirst()
              .orElseThrow();
      List<Finding> findings = new ArrayList<>(RuleFindings.ofItsOwn(evidence, NOW));
      findings.addAll(RuleFindings.ofPolicy(requirement, evidence));
      return findings.stream().map(Finding::status).reduce(Status.PASS, Status::worse);
    }
  }
}

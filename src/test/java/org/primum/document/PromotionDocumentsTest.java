package org.primum.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.primum.data.Digest;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Measurement;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.gate.Severity;
import org.primum.gate.Threshold;
import org.primum.model.ModelDirectory;
import org.primum.promotion.Freshness;
import org.primum.promotion.MetricRule;
import org.primum.promotion.Move;
import org.primum.promotion.Pointer;
import org.primum.promotion.Requirement;
import org.primum.promotion.Slot;

/// The documents of releases: the policy as FILES.md shows it, and what a registry keeps.
final class PromotionDocumentsTest {

  private static final String PIN = "sha256:" + "0123456789abcdef".repeat(4);

  @Test
  void readsThePolicyOfTheExample() {
    var policy =
        ReleasePolicyDocument.read(
            source(
                """
                kind: ReleasePolicy
                metadata: {name: readmission-release, revision: 1}
                require:
                  - {step: train, rules: [{metric: auroc, min: 0.70}, {metric: brier, max: 0.20}]}
                  - {step: fairness-audit, policy: "%s", maxAge: P30D}
                  - {step: shap-batch, maxAge: P30D}
                  - {step: dp-noise}
                """
                    .formatted(PIN)));
    assertThat(policy.name()).isEqualTo("readmission-release");
    assertThat(policy.require())
        .containsExactly(
            Requirement.of("train")
                .with(
                    rule("auroc", new Threshold.AtLeast(0.7)),
                    rule("brier", new Threshold.AtMost(0.2))),
            Requirement.of("fairness-audit")
                .with(new Requirement.Pin.Exactly(new Digest(PIN)))
                .with(Freshness.parse("P30D")),
            Requirement.of("shap-batch").with(Freshness.parse("P30D")),
            Requirement.of("dp-noise"));
  }

  @Test
  void readsBothEndsAGroupAndASeverityOfOneRule() {
    var policy =
        ReleasePolicyDocument.read(
            source(
                """
                apiVersion: primum.dev/v1alpha1
                kind: ReleasePolicy
                metadata: {name: a, revision: 1}
                require:
                  - step: train
                    rules: [{metric: o_e, group: "race=Black", min: 0.8, max: 1.25, severity: warn}]
                """));
    assertThat(policy.require().getFirst().rules())
        .containsExactly(
            new MetricRule("o_e", "race=Black", new Threshold.AtLeast(0.8), Severity.WARN),
            new MetricRule("o_e", "race=Black", new Threshold.AtMost(1.25), Severity.WARN));
  }

  @Test
  void rejectsAnotherKindOrVersion() {
    assertThatThrownBy(() ->
            ReleasePolicyDocument.read(
                source("kind: FairnessPolicy\nmetadata: {name: a, revision: 1}\n")))
        .isInstanceOf(ConfigInvalidException.class);
    assertThatThrownBy(() ->
            ReleasePolicyDocument.read(
                source(
                    """
                    apiVersion: primum.dev/v9
                    kind: ReleasePolicy
                    metadata: {name: a, revision: 1}
                    require: [{step: train}]
                    """)))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("apiVersion");
  }

  @Test
  void aPointerComesBackAsItWasAndHasTheKeysOfTheContract() {
    Pointer first = pointer();
    Pointer second = first.promote(Digest.of("b"), move("2"));
    for (Pointer pointer : List.of(first, second)) {
      byte[] bytes = PointerDocument.write(pointer);
      assertThat(PointerDocument.read(new Source("pointer", bytes))).isEqualTo(pointer);
    }
    List<String> keys = new java.util.ArrayList<>();
    Documents.read(new Source("pointer", PointerDocument.write(second)), "pointer")
        .fieldNames()
        .forEachRemaining(keys::add);
    assertThat(keys)
        .containsExactly(
            "name", "sequence", "model", "previous", "lastKnownGood", "decision", "nonce", "time");
  }

  @Test
  void aPointerThatWasEditedIsAProvenanceError() {
    String text = new String(PointerDocument.write(pointer()), StandardCharsets.UTF_8);
    for (String edited :
        List.of(
            "",
            text.substring(0, text.length() / 2),
            text.replace("\"sequence\" : 1", "\"sequence\" : 0"),
            text.replace("\"sequence\" : 1", "\"sequence\" : 1.5"),
            text.replace("2026-11-20T", "2026-13-20T"),
            text.replace("\"name\"", "\"extra\" : 1, \"name\""),
            text.replace("sha256:", "md5:"))) {
      assertThatThrownBy(() -> PointerDocument.read(source(edited)))
          .isInstanceOf(ProvenanceInvalidException.class);
    }
  }

  @Test
  void aListOfFilesHasToGiveTheDigestOfItsModel() {
    var model =
        new ModelDirectory(List.of(new ModelDirectory.Entry("model.json", 3, Digest.of("abc"))));
    byte[] bytes = CandidateDocument.write(model);
    assertThat(CandidateDocument.read(new Source("list", bytes), model.digest())).isEqualTo(model);
    assertThatThrownBy(() -> CandidateDocument.read(new Source("list", bytes), Digest.of("other")))
        .isInstanceOf(ProvenanceInvalidException.class);
    String renamed = new String(bytes, StandardCharsets.UTF_8).replace("model.json", "model.ubj");
    assertThatThrownBy(() -> CandidateDocument.read(source(renamed), model.digest()))
        .isInstanceOf(ProvenanceInvalidException.class);
  }

  @Test
  void theLastKnownGoodNamesItsSequenceOrIsWrittenAnew() {
    Pointer second = pointer().promote(Digest.of("b"), move("2"));
    assertThat(
            PointerDocument.sequenceOfLastKnownGood(
                new Source("lkg", PointerDocument.writeLastKnownGood(second))))
        .isEqualTo(2);
    assertThat(PointerDocument.sequenceOfLastKnownGood(source("{"))).isZero();
    assertThat(second.lastKnownGood()).isEqualTo(Slot.of(Digest.of("a")));
  }

  private static MetricRule rule(String metric, Threshold limit) {
    return new MetricRule(metric, Measurement.OVERALL, limit, Severity.BLOCK);
  }

  private static Pointer pointer() {
    return Pointer.first("readmission", Digest.of("a"), move("1"));
  }

  private static Move move(String nonce) {
    return new Move(Digest.of("decision"), nonce.repeat(32), Instant.parse("2026-11-20T12:00:00Z"));
  }

  private static Source source(String text) {
    return new Source("given", text.getBytes(StandardCharsets.UTF_8));
  }
}

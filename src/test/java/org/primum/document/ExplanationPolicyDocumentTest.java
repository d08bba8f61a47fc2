package org.primum.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.explain.policy.ExplanationMetric;
import org.primum.explain.policy.ExplanationPolicy;
import org.primum.explain.policy.ExplanationRule;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Severity;
import org.primum.gate.Threshold;

/// Policies as a board writes them.
final class ExplanationPolicyDocumentTest {

  private static final String POLICY =
      """
      apiVersion: primum.dev/v1alpha1
      kind: ExplanationPolicy
      metadata: {name: sepsis, revision: 2}
      rules:
        - {id: no-race, metric: rank, features: [race, postcode], min: 6, absent: pass}
        - {id: one, metric: share, max: 0.5, severity: warn, message: Too much rests on one lab.}
        - {id: alike, metric: ratio, over: sex, min: 0.5, max: 2}
        - {id: stable, metric: ndcg, min: 0.9}
      """;

  @Test
  void readsEveryKey() {
    ExplanationPolicy policy = read(POLICY);
    ExplanationRule first = policy.rules().getFirst();

    assertThat(policy.confidence()).isEqualTo(0.95);
    assertThat(first.features()).containsExactly("race", "postcode");
    assertThat(first.limits()).containsExactly(new Threshold.AtLeast(6));
    assertThat(first.absent()).isEqualTo(ExplanationRule.Absent.PASS);
    assertThat(first.decide()).isEqualTo(ExplanationRule.Decide.SHOW_SAFE);
    assertThat(policy.rules().get(1).severity()).isEqualTo(Severity.WARN);
    assertThat(policy.rules().get(2).over()).containsExactly("sex");
    assertThat(policy.rules().get(2).limits())
        .containsExactly(new Threshold.AtLeast(0.5), new Threshold.AtMost(2));
    assertThat(policy.rules().get(3).metric()).isEqualTo(ExplanationMetric.NDCG);
    assertThat(policy.rules().get(3).decide()).isEqualTo(ExplanationRule.Decide.POINT);
  }

  @Test
  void aLimitOfDriftMayAskForTheInterval() {
    String sure =
        POLICY.replace("metric: ndcg, min: 0.9", "metric: ndcg, min: 0.9, decide: show-safe");

    assertThat(read(sure).rules().get(3).decide()).isEqualTo(ExplanationRule.Decide.SHOW_SAFE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metric: ndcg, min: 0.9 | metric: ndgc, min: 0.9 | rules[3].metric",
        "metric: ndcg, min: 0.9 | metric: ndcg | rules[3]",
        "metric: ndcg, min: 0.9 | metric: ndcg, minimum: 0.9 | rules[3].minimum: unknown key",
        "metric: ndcg, min: 0.9 | metric: ndcg, min: 0.9, over: sex | rules.stable: over is of",
        "metric: ndcg, min: 0.9 | metric: rows, min: 9, decide: show-safe | chance has no part",
        "id: one | id: no-race | two rules are called 'no-race'",
        "revision: 2 | revision: 0 | metadata.revision",
        "kind: ExplanationPolicy | kind: FairnessPolicy | kind"
      })
  void whatIsWrongIsNamed(String right, String wrong, String named) {
    assertThatThrownBy(() -> read(POLICY.replace(right, wrong)))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageStartingWith("policy.yaml: ")
        .hasMessageContaining(named);
  }

  @Test
  void theStarterOfTheLocalPipelineIsOne() throws Exception {
    Path file = Path.of("pipelines/local/explanation-policy.yaml");

    assertThat(ExplanationPolicyDocument.read(Source.of(file, file.toString())).rules())
        .extracting(ExplanationRule::id)
        .containsExactly("enough", "not-one-feature");
  }

  /// Bytes changed, cut and doubled: a policy, or the one exception that says what is wrong.
  @Property(tries = 500, seed = "20261207")
  void damagedPoliciesAreRejectedInOneWay(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    String damaged = new String(damaged(POLICY, seed), StandardCharsets.UTF_8);
    try {
      assertThat(read(damaged).rules()).isNotEmpty();
    } catch (ConfigInvalidException e) {
      assertThat(e).hasMessageStartingWith("policy.yaml: ");
    }
  }

  @Property(tries = 500, seed = "20261208")
  void damagedSummariesAreRejectedInOneWay(@ForAll @LongRange(min = 0, max = 1_000_000) long seed)
      throws Exception {
    Path file = Files.createTempFile("summary", ".json");
    try {
      Files.write(file, damaged(SUMMARY, seed));
      assertThat(ShapleySummaryDocument.read(file, "summary.json").features()).isNotEmpty();
    } catch (ConfigInvalidException e) {
      assertThat(e).hasMessageStartingWith("summary.json: ");
    } finally {
      Files.delete(file);
    }
  }

  private static final String DIGEST = "sha256:" + "0".repeat(64);

  private static final String SUMMARY =
      """
      {"schema": "primum.dev/shap-summary/v1alpha2", "model": "%s", "dataset": "%s", "rows": 3,
       "mode": "path-dependent", "baseValue": 0.5, "features": [], "groups": [],
       "profile": [{"feature": "x", "meanAbs": 1, "stdAbs": 0, "std": 1.15,
         "values": [-1, 1], "upTo": [-1], "rows": [1, 2]}],
       "leftOut": [], "suppressed": {"below": 11, "groups": []}, "additivity": {"max": 0}}
      """
          .formatted(DIGEST, DIGEST);

  @Test
  void theSummaryThatIsDamagedHereIsWholeBefore() throws Exception {
    Path file = Files.createTempFile("summary", ".json");
    Files.writeString(file, SUMMARY);
    assertThat(ShapleySummaryDocument.read(file, "s").features()).isEqualTo(List.of("x"));
    Files.delete(file);
  }

  private static byte[] damaged(String text, long seed) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var random = new Random(seed);
    for (int i = 0; i <= random.nextInt(3); i++) {
      bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
    }
    return random.nextInt(4) == 0
        ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length))
        : bytes;
  }

  private static ExplanationPolicy read(String text) {
    return ExplanationPolicyDocument.read(
        new Source("policy.yaml", text.getBytes(StandardCharsets.UTF_8)));
  }
}

package org.primum.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Lines counted by hand, the first being 1.
final class RuleLinesTest {

  private static Map<String, Integer> lines(String text) {
    return RuleLines.of(new Source("policy.yaml", text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aRuleOfAFairnessPolicyIsWhereItsIdIs() {
    assertThat(
            lines(
                """
                # a comment
                kind: FairnessPolicy
                rules:
                  - {id: one, metric: tpr,
                     min: 0}

                  - metric: fpr
                    id: two
                """))
        .containsEntry("one", 4)
        .containsEntry("two", 8);
  }

  @Test
  void aRuleOfAReleasePolicyIsNamedAfterItsStep() {
    assertThat(
            lines(
                """
                kind: ReleasePolicy
                require:
                  - step: train
                    rules:
                      - {metric: auroc, min: 0.7}
                      - {metric: brier, max: 0.2}
                  - {step: dp-noise}
                """))
        .containsEntry("train", 3)
        .containsEntry("train:auroc", 5)
        .containsEntry("train:brier", 6)
        .containsEntry("dp-noise", 7);
  }

  @Test
  void jsonHasLinesToo() {
    assertThat(lines("{\n \"rules\": [\n  {\"id\": \"one\"}\n ]\n}")).containsEntry("one", 3);
  }
}

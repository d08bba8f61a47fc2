package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.primum.fairness.Audits.finding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.gate.Finding;
import org.primum.gate.Status;

/// Found among the positives: 60 of 100 in a, 8 of 40 in b. The interval of the difference ends at
/// -0.23. Eight may only be told as 1 to 10, and for ten of 38 it ends at -0.15.
final class UntoldHarmTest {

  private static AuditResult audit(int below, String severity) {
    return Audits.audit(
        """
        attributes: [{name: g, column: g, reference: a}]
        minimum: {n: 30, positives: 30, negatives: 30}
        suppress: {below: %d}
        rules:
          - {id: r, metric: tpr, compare: difference, over: g, min: -0.2, decide: exclude-harm, severity: %s}
        """
            .formatted(below, severity),
        Rows.repeated(
            "g,label,prediction",
            "a,1,1,60",
            "a,1,0,40",
            "a,0,0,100",
            "a,0,1,50",
            "b,1,1,8",
            "b,1,0,32",
            "b,0,0,100",
            "b,0,1,50"));
  }

  @ParameterizedTest
  @CsvSource({"0,block,FAIL", "11,block,INCONCLUSIVE", "0,warn,WARN", "11,warn,WARN"})
  void whatMayNotBeToldNeverTurnsHarmIntoAPass(int below, String severity, Status expected) {
    Finding found = finding(audit(below, severity), "r", "g=b");
    assertThat(found.status()).isEqualTo(expected);
  }

  @Test
  void theReasonSaysWhereToLook() {
    assertThat(finding(audit(11, "block"), "r", "g=b").reason())
        .contains("small numbers")
        .contains("suppress.below: 0");
  }
}

package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.primum.fairness.Audits.audit;
import static org.primum.fairness.Audits.finding;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.primum.gate.Finding;
import org.primum.gate.Significance;
import org.primum.gate.Status;

/// Wilson's interval excludes 1/2 exactly where the score test rejects it, and that test's z is (p
/// - 1/2) / sqrt(1/4 / n): for 30 of 100 it is -4, for 40 of 100 -2, for 60 of 100 2. The two-sided
///   p-values of the normal distribution are 6.334248e-5 for 4 and 0.04550026 for 2.
final class SignificanceTest {

  private static final double P_OF_4 = 6.334248366623996e-05;
  private static final double P_OF_2 = 0.04550026389635839;
  private static final Offset<Double> CLOSE = within(1e-9);

  private static final Rows THREE =
      Rows.repeated(
          "g,label,prediction",
          "a,1,1,30",
          "a,1,0,70",
          "b,1,1,40",
          "b,1,0,60",
          "c,1,1,60",
          "c,1,0,40");

  private static AuditResult judged(String decide, String multiplicity) {
    return audit(
        """
        attributes: [{name: g, column: g, reference: a}]
        statistics: {multiplicity: %s}
        rules: [{id: r, metric: tpr, over: g, min: 0.5, decide: %s}]
        """
            .formatted(multiplicity, decide),
        THREE);
  }

  private static Significance.Known significance(AuditResult result, String group) {
    return (Significance.Known) finding(result, "r", group).significance();
  }

  /// Holm over three: 3 x 6.3e-5, then 2 x 0.0455, then 1.
  @Test
  void harmIsAdjustedAsHolmDoes() {
    AuditResult result = judged("exclude-harm", "holm");
    assertThat(significance(result, "g=a").p()).isCloseTo(P_OF_4, CLOSE);
    assertThat(significance(result, "g=a").adjusted()).isCloseTo(3 * P_OF_4, CLOSE);
    assertThat(significance(result, "g=b").p()).isCloseTo(P_OF_2, CLOSE);
    assertThat(significance(result, "g=b").adjusted()).isCloseTo(2 * P_OF_2, CLOSE);
    assertThat(significance(result, "g=c").p()).as("no harm at any level").isEqualTo(1);
    assertThat(significance(result, "g=c").adjusted()).isEqualTo(1);
  }

  @Test
  void aRuleFailsWhereTheAdjustedPValueIsAtMostTheAllowance() {
    for (String multiplicity : new String[] {"holm", "none"}) {
      for (Finding finding : judged("exclude-harm", multiplicity).findings()) {
        Significance.Known known = (Significance.Known) finding.significance();
        assertThat(finding.status())
            .isEqualTo(known.adjusted() <= 0.05 ? Status.FAIL : Status.PASS);
      }
    }
    assertThat(finding(judged("exclude-harm", "holm"), "r", "g=b").status()).isEqualTo(Status.PASS);
    assertThat(finding(judged("exclude-harm", "none"), "r", "g=b").status()).isEqualTo(Status.FAIL);
  }

  @Test
  void safetyIsAdjustedByTheWholeFamily() {
    AuditResult result = judged("show-safe", "holm");
    assertThat(significance(result, "g=c").p()).isCloseTo(P_OF_2, CLOSE);
    assertThat(significance(result, "g=c").adjusted()).isCloseTo(3 * P_OF_2, CLOSE);
    assertThat(finding(result, "r", "g=c").status()).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void aValueAloneHasNoSignificance() {
    assertThat(finding(judged("point", "holm"), "r", "g=a").significance())
        .isEqualTo(new Significance.None());
  }
}

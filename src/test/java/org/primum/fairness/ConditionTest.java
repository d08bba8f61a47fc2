package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.primum.fairness.Audits.audit;
import static org.primum.fairness.Audits.finding;
import static org.primum.fairness.Audits.policy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.suppression.Range;
import org.primum.fairness.tally.Tally;
import org.primum.fairness.tally.TallyFile;
import org.primum.gate.Measure;
import org.primum.gate.Status;

/// Simpson's paradox. High acuity: 80 of 100 of a and 16 of 20 of b are selected; low acuity: 4 of
/// 20 of a and 20 of 100 of b. Within each acuity both groups have the same rate, 0.8 and 0.2; over
/// all it is 84/120 = 0.7 for a and 36/120 = 0.3 for b.
final class ConditionTest {

  private static final String COLUMNS = "g,acuity,label,prediction";

  private static final Rows PARADOX =
      Rows.repeated(
          COLUMNS,
          "a,high,1,1,80",
          "a,high,0,0,20",
          "a,low,1,1,4",
          "a,low,0,0,16",
          "b,high,1,1,16",
          "b,high,0,0,4",
          "b,low,1,1,20",
          "b,low,0,0,80");

  private static FairnessPolicy like(String rules) {
    return policy(
        """
        attributes: [{name: g, column: g, reference: a}]
        condition: [acuity]
        minimum: {n: 10, positives: 0, negatives: 0}
        suppress: {below: 0}
        rules:
        """
            + rules);
  }

  private static final String PARITY =
      "  - {id: all, metric: selection_rate, compare: difference, over: g, min: -0.1, decide: point}\n"
          + "  - {id: alike, metric: selection_rate, compare: difference, over: g, min: -0.1,"
          + " decide: point, within: condition}\n";

  @Test
  void comparesLikeWithLike() {
    AuditResult result = audit(like(PARITY), PARADOX);
    assertThat(finding(result, "all", "g=b").status()).isEqualTo(Status.FAIL);
    assertThat(finding(result, "alike", "g=b|acuity=high").status()).isEqualTo(Status.PASS);
    assertThat(finding(result, "alike", "g=b|acuity=low").status()).isEqualTo(Status.PASS);
    assertThat(finding(result, "alike", "g=b|acuity=low").measurement().comparison())
        .isEqualTo(new org.primum.gate.Comparison.With("difference", "g=a|acuity=low"));
  }

  @Test
  void everyNumberIsThereForEveryStratum() {
    AuditResult result = audit(like(PARITY), PARADOX);
    assertThat(CohortRuns.value(CohortRuns.metric(result, "selection_rate", "g=b|acuity=high", "")))
        .hasValue(0.8);
    assertThat(
            CohortRuns.value(CohortRuns.metric(result, "selection_rate", "overall|acuity=low", "")))
        .hasValue(0.2);
    assertThat(CohortRuns.value(CohortRuns.metric(result, "edf", "g|acuity=low", ""))).isPresent();
  }

  @Test
  void aSmallStratumIsInconclusiveAsAnyGroup() {
    AuditResult result =
        audit(
            like(PARITY),
            Rows.repeated(
                COLUMNS,
                "a,high,1,1,80",
                "a,high,0,0,20",
                "a,low,1,1,40",
                "a,low,0,0,40",
                "b,high,1,1,80",
                "b,high,0,0,20",
                "b,low,1,1,5"));
    assertThat(finding(result, "alike", "g=b|acuity=low").status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(result.exclusions().tooSmall())
        .as("the five of b with low acuity")
        .isEqualTo(Range.exactly(5));
  }

  /// High: rejected 20 and 4, selected 80 and 16: 4/24 - 16/96 = 0. Low the same: 80/96 - 20/24 =
  /// 0. Over all b is 84/120 of the rejected and 36/120 of the selected: 0.4.
  @Test
  void conditionalDisparityIsThatOfThoseWhoAreAlike() {
    AuditResult result = audit(like(PARITY), PARADOX);
    assertThat(CohortRuns.value(CohortRuns.metric(result, "cdd", "g=b", "")).orElseThrow())
        .isCloseTo(0, within(1e-12));
  }

  /// High: b is 4/14 of the rejected and 6/16 of the selected; low: 5/8 and 1/4. 30 and 12 rows.
  @Test
  void conditionalDisparityIsAveragedByTheRowsOfTheStrata() {
    AuditResult result =
        audit(
            like("  - {id: r, metric: cdd, over: g, max: 0.01, decide: point}\n"),
            Rows.repeated(
                COLUMNS,
                "a,high,1,1,10",
                "a,high,0,0,10",
                "b,high,1,1,6",
                "b,high,0,0,4",
                "a,low,1,1,3",
                "a,low,0,0,3",
                "b,low,1,1,1",
                "b,low,0,0,5"));
    double expected = (30 * (4 / 14.0 - 6 / 16.0) + 12 * (5 / 8.0 - 1 / 4.0)) / 42;
    assertThat(CohortRuns.value(CohortRuns.metric(result, "cdd", "g=b", "")).orElseThrow())
        .isCloseTo(expected, within(1e-12));
    assertThat(finding(result, "r", "g=b").status()).isEqualTo(Status.FAIL);
  }

  /// Five of b have low acuity. With 60 of b in all, 55 of high acuity would tell it.
  @Test
  void aSmallNumberInAStratumIsNotToldByTheOthers() {
    AuditResult result =
        audit(
            policy(
                """
                attributes: [{name: g, column: g, reference: a}]
                condition: [acuity]
                suppress: {below: 11}
                rules: [{id: r, metric: selection_rate, over: g, min: 0, decide: point}]
                """),
            Rows.repeated(
                COLUMNS,
                "a,high,1,1,80",
                "a,high,0,0,20",
                "a,low,1,1,40",
                "a,low,0,0,40",
                "b,high,1,1,30",
                "b,high,0,0,25",
                "b,low,1,1,5"));
    for (String group : List.of("g=b|acuity=low", "g=b|acuity=high")) {
      assertThat(CohortRuns.metric(result, "selection_rate", group, "").n())
          .as(group)
          .isNotEqualTo(OptionalLong.of(group.endsWith("low") ? 5 : 55));
    }
    assertThat(CohortRuns.metric(result, "cdd", "g=b", "").value())
        .isInstanceOf(Measure.Unknown.class);
  }

  @Test
  void conditionalDisparityIsUnknownWhereAStratumSelectsEverybody() {
    AuditResult result =
        audit(
            like(PARITY),
            Rows.repeated(COLUMNS, "a,high,1,1,20", "b,high,1,1,20", "a,low,1,1,9", "b,low,0,0,9"));
    assertThat(CohortRuns.metric(result, "cdd", "g=b", "").value())
        .isInstanceOf(Measure.Unknown.class);
  }

  @Test
  void strataGoThroughATallysFileAndMerge() {
    FairnessPolicy like = like(PARITY);
    Tally tally = Fixtures.tally(PARADOX, like);
    Tally read = TallyFile.read(TallyFile.write(tally), "tally.bin");
    assertThat(read).isEqualTo(tally);
    assertThat(FairnessAudit.audit(read, like, Audits.TODAY).findings())
        .isEqualTo(audit(like, PARADOX).findings());
    assertThat(Tally.empty(like).plus(tally)).isEqualTo(tally);
  }
}

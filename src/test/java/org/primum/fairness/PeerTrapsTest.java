package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.primum.fairness.Audits.audit;
import static org.primum.fairness.Audits.finding;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupRate;
import org.primum.fairness.metric.Support;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Tally;
import org.primum.fairness.tally.TallyFile;
import org.primum.gate.Comparison;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Measure;
import org.primum.gate.Status;

/// Where other tools were seen to give a wrong answer in silence. T1 on every cell is in
/// [FairlearnFixtureTest], T11 in [ProportionIntervalsTest]; T12 is a metric (generalized entropy)
/// that this version does not have and its policy schema refuses.
final class PeerTrapsTest {

  private static final String COLUMNS = "g,label,prediction";

  private static String policy(String rules) {
    return """
    attributes: [{name: g, column: g, reference: a}]
    minimum: {n: 1, positives: 1, negatives: 1}
    suppress: {below: 0}
    rules: [%s]
    """
        .formatted(rules);
  }

  /// The two micro cases of Fairlearn: label 0 0 0 | 1 1 0, prediction 0 1 0 | 0 0 0, where it says
  /// a difference of 0 (a phantom pass), and with b predicted 1 0 0 one of 0.5 (a phantom failure).
  @Test
  void t1AGroupWithoutPositivesIsNeitherAPassNorAFailure() {
    String rule =
        policy("{id: r, metric: tpr, compare: max_min, over: g, max: 0.1, decide: point}");
    AuditResult pass =
        audit(rule, Rows.of(COLUMNS, "a,0,0", "a,0,1", "a,0,0", "b,1,0", "b,1,0", "b,0,0"));
    AuditResult failure =
        audit(rule, Rows.of(COLUMNS, "a,0,0", "a,0,1", "a,0,0", "b,1,1", "b,1,0", "b,0,0"));
    assertThat(pass.status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(failure.status()).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void t2RowsWithoutAGroupAreInTheGroupsAndInTheTotal() {
    AuditResult result =
        audit(
            policy("{id: r, metric: accuracy, over: g, min: 0, decide: point}"),
            Rows.of(COLUMNS, "a,1,1", "b,1,1", ",1,1"));
    long inGroups =
        result.tables().getFirst().groups().values().stream().mapToLong(GroupTally::n).sum();
    assertThat(inGroups).isEqualTo(3).isEqualTo(result.overall().n());
  }

  /// 40/100, 45/100 and 50/100 do not differ by more than chance; a bootstrap of the range would
  /// put its lower end above 0.
  @Test
  void t3TheIntervalOfARangeCoversZeroWhereGroupsAreAlike() {
    Contrast range = Contrast.range(List.of(rate(40, 100), rate(45, 100), rate(50, 100)), 3);
    Bounds bounds = range.interval().at(0.05);
    assertThat(bounds.low()).isZero();
    assertThat(bounds.high()).isGreaterThan(range.point());
  }

  /// AIF360 says PPV 0 for nobody selected, and takes it into a difference.
  @Test
  void t4APredictiveValueOfNobodyIsUnknown() {
    AuditResult result =
        audit(
            policy("{id: r, metric: ppv, compare: difference, over: g, min: -0.1, decide: point}"),
            Rows.of(COLUMNS, "a,1,1", "b,1,0"));
    assertThat(finding(result, "r", "g=b").measurement().value())
        .isEqualTo(new Measure.Unknown("nobody was predicted positive"));
    assertThat(result.status()).isEqualTo(Status.INCONCLUSIVE);
  }

  /// AIF360's pipeline step computes a verdict that nothing reads, with `abs(nan) > 0.1`.
  @Test
  void t5AnUnknownNumberNeverPassesAGate() {
    for (String decide : List.of("point", "exclude-harm", "show-safe", "both")) {
      AuditResult result =
          audit(
              policy(
                  "{id: r, metric: tpr, compare: difference, over: g, min: -0.1, decide: "
                      + decide
                      + "}"),
              Rows.of(COLUMNS, "a,1,1", "b,0,0"));
      assertThat(result.status()).as(decide).isEqualTo(Status.INCONCLUSIVE);
    }
  }

  /// Aequitas: eight rows, nobody selected, no positives, `Overall Fairness: True`; x/0 becomes 10.
  @Test
  void t6AllUndefinedIsNotFair() {
    AuditResult result =
        audit(
            policy(
                "{id: t, metric: tpr, compare: ratio, over: g, min: 0.8, decide: point},"
                    + " {id: p, metric: ppv, compare: ratio, over: g, min: 0.8, decide: point}"),
            Rows.repeated(COLUMNS, "a,0,0,4", "b,0,0,4"));
    assertThat(result.findings()).isNotEmpty().allMatch(f -> f.status() == Status.INCONCLUSIVE);
  }

  /// TrustyAI takes the false negatives of the reference from the other group. Four distinct
  /// tables: tpr of b = 3/10, of a = 8/10.
  @Test
  void t7EachGroupIsMeasuredFromItsOwnTable() {
    AuditResult result =
        audit(
            policy("{id: r, metric: tpr, compare: difference, over: g, min: -0.1, decide: point}"),
            Rows.repeated(COLUMNS, "a,1,1,8", "a,1,0,2", "b,1,1,3", "b,1,0,7"));
    assertThat(finding(result, "r", "g=b").measurement().value())
        .isEqualTo(new Measure.Known(0.3 - 0.8));
  }

  /// Clarify says 0/0 = 0 and x/0 = infinity, which passes a minimum.
  @Test
  void t8ZeroOverZeroIsNotZero() {
    AuditResult result =
        audit(
            policy(
                "{id: r, metric: selection_rate, compare: min_max_ratio, over: g, min: 0.8,"
                    + " decide: point}"),
            Rows.of(COLUMNS, "a,1,0", "b,1,0"));
    assertThat(finding(result, "r", "g").measurement().value())
        .isEqualTo(new Measure.Unknown("all rates are 0"));
  }

  /// TFMA drops slices below its minimum, and its intervals never enter the gate.
  @Test
  void t9ASmallGroupStaysInTheVerdict() {
    String small =
        policy("{id: r, metric: tpr, compare: difference, over: g, min: -0.1, decide: show-safe}")
            .replace("positives: 1", "positives: 5");
    AuditResult result = audit(small, Rows.repeated(COLUMNS, "a,1,1,90", "b,1,1,90", "c,1,1,4"));
    assertThat(finding(result, "r", "g=c").status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(finding(result, "r", "g=b").measurement().interval()).isInstanceOf(Bounds.class);
  }

  /// Two groups one point apart differ "significantly" once there are enough rows; a limit of five
  /// points is not about that.
  @Test
  void t10MoreRowsDoNotTurnAHarmlessGapIntoAFailure() {
    for (long n : new long[] {1_000, 1_000_000, 1_000_000_000}) {
      Contrast gap = Contrast.difference(rate(n * 79 / 100, n), rate(n * 80 / 100, n));
      assertThat(gap.interval().at(0.05).high()).isGreaterThan(-0.05);
    }
  }

  /// Aif360 and TrustyAI subtract the privileged group, Clarify the other one, Fairlearn has no
  /// sign.
  @Test
  void t13EveryComparisonCarriesItsOrientation() {
    AuditResult result =
        audit(
            policy("{id: r, metric: tpr, compare: difference, over: g, min: -0.9, decide: point}"),
            Rows.repeated(COLUMNS, "a,1,1,8", "a,1,0,2", "b,1,1,3", "b,1,0,7"));
    assertThat(finding(result, "r", "g=b").measurement().comparison())
        .isEqualTo(new Comparison.With("difference", "g=a"));
    assertThat(result.metrics())
        .filteredOn(m -> m.comparison() instanceof Comparison.With)
        .allMatch(m -> !m.comparison().orientation().isEmpty())
        .extracting(m -> ((Comparison.With) m.comparison()).reference())
        .containsOnly("g=a", "all");
  }

  /// The verdict is a function of tally and policy: a tally that went through a file says the same.
  @Test
  void t14OnePolicyHasOneEvaluator() {
    FairnessPolicy policy =
        Fixtures.cohortPolicy(
            true,
            Fixtures.rule(
                "r",
                GroupRate.TPR,
                Rule.Compare.DIFFERENCE,
                "race",
                Rule.Decide.EXCLUDE_HARM,
                new org.primum.gate.Threshold.AtLeast(-0.05)));
    Tally tally = Fixtures.tally(Fixtures.cohort(), policy);
    Tally read = TallyFile.read(TallyFile.write(tally), "tally.bin");
    assertThat(FairnessAudit.audit(read, policy, Audits.TODAY))
        .isEqualTo(FairnessAudit.audit(tally, policy, Audits.TODAY));
  }

  /// Black against White: TPR 15/41 against 51/78. "All others" against White passes the
  /// four-fifths screen (AIF360 disparate impact 1.04), Black alone does not (0.499).
  @Test
  void oneSplitOfAllOthersDoesNotHideAGroup() {
    FairnessPolicy policy =
        Fixtures.cohortPolicy(
            false,
            Fixtures.rule(
                "r",
                GroupRate.SELECTION_RATE,
                Rule.Compare.RATIO,
                "race",
                Rule.Decide.BOTH,
                new org.primum.gate.Threshold.AtLeast(0.8)));
    AuditResult result =
        FairnessAudit.audit(Fixtures.tally(Fixtures.cohort(), policy), policy, Audits.TODAY);
    assertThat(finding(result, "r", "race=Black").status()).isEqualTo(Status.FAIL);
  }

  private static Estimate rate(long events, long rows) {
    return Estimate.of(Proportion.of(events, rows), Support.Kind.PATIENTS, "no rows");
  }
}

package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.primum.fairness.Audits.audit;
import static org.primum.fairness.Audits.finding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.data.DataInvalidException;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.suppression.Range;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;

/// The truth table of the gate, a test a row. Group A: 100 positives of which 80 found, 100
/// negatives of which 10 flagged; the other groups as each test says. `Rows.repeated` ends with how
/// often.
final class FairnessAuditTest {

  private static final String COLUMNS = "g,label,prediction";
  private static final String[] A = {"A,1,1,80", "A,1,0,20", "A,0,1,10", "A,0,0,90"};

  private static final String BASE =
      """
      attributes: [{name: g, column: g, reference: A}]
      minimum: {n: 20, positives: 20, negatives: 20}
      suppress: {below: 0}
      """;

  private static final String TPR =
      BASE
          + "rules: [{id: r, metric: tpr, compare: difference, over: g, min: -0.05, decide: point}]\n";

  private static Rows rows(String... more) {
    String[] all = new String[A.length + more.length];
    System.arraycopy(A, 0, all, 0, A.length);
    System.arraycopy(more, 0, all, A.length, more.length);
    return Rows.repeated(COLUMNS, all);
  }

  private static String rule(String rule) {
    return BASE + "rules: [" + rule + "]\n";
  }

  // 0/0

  @Test
  void aRateWithoutDenominatorIsUnknownAndInconclusive() {
    AuditResult result = audit(TPR, rows("B,0,1,10", "B,0,0,90"));
    Finding finding = finding(result, "r", "g=B");
    assertThat(finding.measurement().value()).isEqualTo(new Measure.Unknown("no positives"));
    assertThat(finding.status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(result.status()).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void onUndefinedCanFail() {
    AuditResult result =
        audit(TPR + "defaults: {onUndefined: fail}\n", rows("B,0,1,10", "B,0,0,90"));
    assertThat(result.status()).isEqualTo(Status.FAIL);
  }

  @Test
  void onUndefinedCanWarn() {
    AuditResult result =
        audit(TPR + "defaults: {onUndefined: warn}\n", rows("B,0,1,10", "B,0,0,90"));
    assertThat(result.status()).isEqualTo(Status.WARN);
  }

  @Test
  void anUndefinedReferenceLeavesNothingKnown() {
    AuditResult result = audit(TPR, Rows.repeated(COLUMNS, "A,0,0,100", "B,1,1,50", "B,1,0,50"));
    assertThat(finding(result, "r", "g=A").reason())
        .isEqualTo("the reference g=A has no positives");
    assertThat(result.status()).isEqualTo(Status.INCONCLUSIVE);
  }

  // ratio over a reference of 0

  @Test
  void aRatioOfTwoZerosIsUndefined() {
    String ratio = rule("{id: r, metric: fpr, compare: ratio, over: g, max: 1.25, decide: point}");
    AuditResult result = audit(ratio, Rows.repeated(COLUMNS, "A,0,0,100", "B,0,0,100"));
    assertThat(finding(result, "r", "g=B").measurement().value())
        .isEqualTo(new Measure.Unknown("both rates are 0"));
    assertThat(result.status()).isEqualTo(Status.INCONCLUSIVE);
  }

  /// B 30/100 against 0/100: Fisher's exact p = C(100,30)/C(200,30) < 1e-10, so the lower end
  /// counts.
  @Test
  void aRatioOverZeroIsUnboundedAndDecidedByTheExactTest() {
    String ratio =
        rule("{id: r, metric: fpr, compare: ratio, over: g, max: 1.25, decide: exclude-harm}");
    AuditResult result = audit(ratio, Rows.repeated(COLUMNS, "A,0,0,100", "B,0,1,30", "B,0,0,70"));
    Finding finding = finding(result, "r", "g=B");
    assertThat(finding.measurement().value())
        .isEqualTo(new Measure.Unknown("unbounded: the rate of the reference is 0"));
    assertThat(finding.measurement().interval())
        .isInstanceOfSatisfying(Interval.Bounds.class, b -> assertThat(b.high()).isInfinite());
    assertThat(finding.status()).isEqualTo(Status.FAIL);
  }

  /// B 1/100 against 0/100: the exact p-value is 100/200 = 1/2.
  @Test
  void aRatioOverZeroByOneCaseIsNotProvenHarm() {
    String ratio =
        rule("{id: r, metric: fpr, compare: ratio, over: g, max: 1.25, decide: exclude-harm}");
    AuditResult result = audit(ratio, Rows.repeated(COLUMNS, "A,0,0,100", "B,0,1,1", "B,0,0,99"));
    assertThat(finding(result, "r", "g=B").status()).isEqualTo(Status.PASS);
  }

  @Test
  void anUnboundedRatioFailsAPointRuleWithAMaximum() {
    String ratio = rule("{id: r, metric: fpr, compare: ratio, over: g, max: 9, decide: point}");
    AuditResult result = audit(ratio, Rows.repeated(COLUMNS, "A,0,0,100", "B,0,1,1", "B,0,0,99"));
    assertThat(finding(result, "r", "g=B").status()).isEqualTo(Status.FAIL);
  }

  // everyone 0

  @Test
  void nobodySelectedIsAKnownDifferenceAnUndefinedRatioAndSaid() {
    String both =
        BASE
            + "rules: [{id: d, metric: selection_rate, compare: difference, over: g, min: -0.1,"
            + " decide: point}, {id: q, metric: selection_rate, compare: ratio, over: g, min: 0.8,"
            + " decide: point}]\n";
    AuditResult result = audit(both, Rows.repeated(COLUMNS, "A,1,0,100", "B,1,0,100"));
    assertThat(finding(result, "d", "g=B").measurement().value()).isEqualTo(new Measure.Known(0));
    assertThat(finding(result, "d", "g=B").status()).isEqualTo(Status.PASS);
    assertThat(finding(result, "q", "g=B").status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(result.summary()).contains("Degenerate decision: nobody is predicted positive.");
  }

  // too small

  @Test
  void aSmallGroupIsInsufficientLeftOutOfTheRangeAndCounted() {
    String range = rule("{id: r, metric: tpr, compare: max_min, over: g, max: 0.1, decide: point}");
    AuditResult result = audit(range, rows("B,1,1,40", "B,1,0,10", "C,1,0,19"));
    assertThat(finding(result, "r", "g=C").reason())
        .isEqualTo("insufficient: 19 positives, 20 are needed");
    assertThat(finding(result, "r", "g").measurement().value()).isEqualTo(new Measure.Known(0));
    assertThat(result.status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(result.exclusions().tooSmall()).isEqualTo(Range.exactly(19));
    assertThat(result.summary())
        .contains("Of 269 rows, 19 (7.1 %) are in a group that a rule could not judge.");
  }

  @Test
  void theMinimumIsOnTheDenominatorOfTheMetric() {
    Rows rows = rows("B,1,1,19", "B,0,0,400");
    assertThat(audit(TPR, rows).status()).isEqualTo(Status.INCONCLUSIVE);
    String fpr =
        rule("{id: r, metric: fpr, compare: difference, over: g, max: 0.1, decide: point}");
    assertThat(audit(fpr, rows).status()).isEqualTo(Status.PASS);
  }

  /// Weights 1 and 9 in equal shares among events and others: for p = 1/2 the variance is that of
  /// Kish, (10 k)^2 / (82 k) = 1.22 k of 2 k rows; 24 of 40.
  @Test
  void theMinimumCountsEffectiveRows() {
    String weighted =
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: test, revision: 1}
        data:
          label: {column: label, positive: 1}
          prediction: {column: prediction, positive: 1}
          weight: {column: w}
        attributes: [{name: g, column: g, reference: A}]
        minimum: {n: 25, positives: 25, negatives: 25}
        rules: [{id: r, metric: tpr, compare: difference, over: g, min: -0.9, decide: point}]
        """;
    Rows rows =
        Rows.repeated(
            "g,label,prediction,w",
            "A,1,1,1,50",
            "B,1,1,1,10",
            "B,1,0,1,10",
            "B,1,1,9,10",
            "B,1,0,9,10");
    Finding finding = finding(audit(Audits.whole(weighted), rows), "r", "g=B");
    assertThat(finding.reason())
        .isEqualTo("insufficient: 24 positives (effective, after weighting), 25 are needed");
  }

  @Test
  void aCountBelowTheSuppressionLimitIsShownNowhere() {
    String suppress = TPR.replace("below: 0", "below: 11");
    AuditResult result = audit(suppress, rows("B,1,1,7", "B,0,0,400"));
    Finding finding = finding(result, "r", "g=B");
    assertThat(finding.measurement().n()).isEmpty();
    assertThat(finding.reason()).contains("fewer than 11").doesNotContain("7");
    for (Measurement metric : result.metrics()) {
      if (metric.group().equals("g=B") && metric.metric().equals("tpr")) {
        assertThat(metric.value()).isEqualTo(new Measure.Unknown("suppressed"));
        assertThat(metric.n()).isEmpty();
      }
    }
  }

  @Test
  void noRuleIsDecidedOnANumberThatIsSuppressed() {
    String none = TPR.replace("positives: 20", "positives: 1").replace("below: 0", "below: 11");
    AuditResult result = audit(none, rows("B,1,1,7", "B,0,0,400"));
    assertThat(finding(result, "r", "g=B").status()).isEqualTo(Status.INCONCLUSIVE);
  }

  // groups that are absent, undeclared, or have no name

  private static final String DECLARED =
      TPR.replace("column: g,", "column: g, categories: [A, B],");

  @Test
  void aDeclaredCategoryThatIsAbsentFails() {
    AuditResult result = audit(DECLARED, rows());
    assertThat(finding(result, "missing-group", "g=B").status()).isEqualTo(Status.FAIL);
  }

  /// Nobody of 45 to 64, 65 to 74 there, nobody below 18 and nobody of 75 or more: only the first
  /// is a population the audit lost, for the open ends name nobody.
  @Test
  void aBinBetweenTwoEdgesThatIsAbsentFailsAndAnOpenEndDoesNot() {
    String bins =
        """
        attributes: [{name: age, column: g, bins: [18, 45, 65, 75], reference: "[18,45)"}]
        minimum: {n: 20, positives: 20, negatives: 20}
        rules: [{id: r, metric: tpr, compare: difference, over: age, min: -0.5, decide: point}]
        """;
    AuditResult result =
        audit(bins, Rows.repeated(COLUMNS, "20,1,1,50", "20,0,0,50", "70,1,1,50", "70,0,0,50"));

    assertThat(result.findings().stream().filter(f -> f.rule().equals("missing-group")))
        .singleElement()
        .satisfies(f -> assertThat(f.measurement().group()).isEqualTo("age=[45,65)"))
        .satisfies(f -> assertThat(f.status()).isEqualTo(Status.FAIL));
  }

  @Test
  void onMissingGroupCanBeInconclusive() {
    AuditResult result = audit(DECLARED + "defaults: {onMissingGroup: inconclusive}\n", rows());
    assertThat(finding(result, "missing-group", "g=B").status()).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void anUndeclaredCategoryFailsAndHasItsOwnRow() {
    AuditResult result = audit(DECLARED, rows("B,1,1,100", "C,1,1,100"));
    Finding finding = finding(result, "unknown-category", "g=C");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.reason()).startsWith("unknown category");
    assertThat(finding(result, "r", "g=C").status()).isEqualTo(Status.PASS);
  }

  @Test
  void undeclaredCategoriesCollapseWhereThePolicySaysSo() {
    String collapse =
        DECLARED.replace("categories: [A, B],", "categories: [A, B], other: collapse,");
    AuditResult result = audit(collapse, rows("B,1,1,100", "C,1,1,60", "D,1,1,60"));
    assertThat(result.status()).isEqualTo(Status.PASS);
    assertThat(finding(result, "r", "g=<other>").measurement().n()).hasValue(120);
  }

  @Test
  void rowsWithoutAGroupAreAGroup() {
    AuditResult result = audit(TPR, rows(",1,1,50", ",1,0,50"));
    Finding finding = finding(result, "r", "g=<missing>");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.measurement().n()).hasValue(100);
  }

  @Test
  void rowsWithoutAGroupAreOnlyReportedWhereThePolicySaysSo() {
    String report = TPR.replace("column: g,", "column: g, missing: report,");
    AuditResult result = audit(report, rows("B,1,1,100", ",1,1,50", ",1,0,50"));
    assertThat(result.status()).isEqualTo(Status.PASS);
    assertThat(result.metrics().stream().map(Measurement::group)).contains("g=<missing>");
  }

  @Test
  void theShareOfRowsWithoutAGroupCanBeBounded() {
    String share = rule("{id: r, metric: missing_rate, over: g, max: 0.05, decide: point}");
    AuditResult result = audit(share, rows(",1,1,50"));
    Finding finding = finding(result, "r", "g=<missing>");
    assertThat(finding.measurement().value()).isEqualTo(new Measure.Known(0.2));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
  }

  // rows that lack a label or a prediction

  @Test
  void rowsWithoutALabelCountWhereNoLabelIsNeeded() {
    AuditResult result = audit(TPR, rows("B,1,1,40", "B,,1,60"));
    assertThat(metric(result, "selection_rate", "g=B").n()).hasValue(100);
    assertThat(metric(result, "tpr", "g=B").n()).hasValue(40);
    assertThat(metric(result, "label_missing_rate", "g=B").value())
        .isEqualTo(new Measure.Known(0.6));
    assertThat(result.exclusions().withoutLabel()).isEqualTo(Range.exactly(60));
    assertThat(result.summary())
        .containsPattern("60 \\([0-9.]+ %\\) have no label")
        .doesNotContain("no prediction");
  }

  @Test
  void rowsWithoutAPredictionCountTowardTheBaseRate() {
    AuditResult result = audit(TPR, rows("B,1,1,40", "B,1,,60"));
    assertThat(metric(result, "base_rate", "g=B").n()).hasValue(100);
    assertThat(metric(result, "tpr", "g=B").n()).hasValue(40);
    assertThat(result.exclusions().withoutPrediction()).isEqualTo(Range.exactly(60));
  }

  private static Measurement metric(AuditResult result, String metric, String group) {
    return result.metrics().stream()
        .filter(m -> m.metric().equals(metric) && m.group().equals(group))
        .filter(m -> m.comparison() instanceof org.primum.gate.Comparison.Alone)
        .findFirst()
        .orElseThrow();
  }

  // bad values

  @ParameterizedTest
  @CsvSource({
    "'A,2,0.5,1','label'",
    "'A,1,NaN,1','score'",
    "'A,1,Infinity,1','score'",
    "'A,1,1.5,1','score'",
    "'A,1,-0.5,1','score'",
    "'A,1,0.5,-3','w'",
    "'A,1,0.5,NaN','w'",
    "'A,1,0.5,Infinity','w'",
    "'A,1,0.5,','w'"
  })
  void aBadValueIsRejectedByColumnAndRowWithoutBeingQuoted(String bad, String column) {
    FairnessPolicy policy =
        Audits.whole(
            """
            apiVersion: primum.dev/v1alpha1
            kind: FairnessPolicy
            metadata: {name: test, revision: 1}
            data:
              label: {column: label, positive: 1}
              score: {column: score}
              decision: {threshold: 0.5}
              weight: {column: w}
            attributes: [{name: g, column: g}]
            rules: [{id: r, metric: tpr, over: g, min: 0.5}]
            """);
    Rows rows = Rows.of("g,label,score,w", "A,1,0.5,1", "A,1,0.5,1", "A,1,0.5,1", bad);
    assertThatThrownBy(() -> Fixtures.tally(rows, policy))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("rows.csv: column '" + column + "', row 4 ")
        .hasMessageNotContainingAny("-3", "1.5", "-0.5", "NaN", "Infinity");
  }

  @Test
  void aTableWithoutRowsIsRejected() {
    assertThatThrownBy(() -> Fixtures.tally(Rows.of(COLUMNS), Audits.policy(TPR)))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("has no rows");
  }

  @Test
  void aColumnThatIsNotThereIsNamed() {
    assertThatThrownBy(
            () -> Fixtures.tally(Rows.of("h,label,prediction", "x,1,1"), Audits.policy(TPR)))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("no column 'g'");
  }

  // rules that speak of nobody

  @Test
  void aRuleWithoutAGroupToHoldAgainstFails() {
    AuditResult result = audit(TPR, rows());
    assertThat(finding(result, "r", "g").status()).isEqualTo(Status.FAIL);
    assertThat(finding(result, "r", "g").reason()).startsWith("rule not evaluated");
  }

  @Test
  void aReferenceWithoutRowsFails() {
    AuditResult result = audit(TPR, Rows.repeated(COLUMNS, "B,1,1,50", "C,1,1,50"));
    assertThat(finding(result, "r", "g").reason())
        .isEqualTo("rule not evaluated: the reference g=A has no rows");
  }

  // waivers

  private static final String WAIVER =
      "waivers: [{rule: r, group: g=B, reason: reviewed, approvedBy: board, expires: %s}]\n";

  @Test
  void aWaiverInForceKeepsTheResultAndMarksIt() {
    AuditResult result = audit(TPR + WAIVER.formatted("2026-06-01"), rows("B,1,1,50", "B,1,0,50"));
    Finding finding = finding(result, "r", "g=B");
    assertThat(finding.status()).isEqualTo(Status.WAIVED);
    assertThat(finding.measurement().value())
        .isInstanceOfSatisfying(
            Measure.Known.class, k -> assertThat(k.value()).isCloseTo(-0.3, within(1e-12)));
    assertThat(finding.reason()).contains("waived until 2026-06-01 by board: reviewed");
  }

  @Test
  void anExpiredWaiverIsIgnored() {
    AuditResult result = audit(TPR + WAIVER.formatted("2026-05-31"), rows("B,1,1,50", "B,1,0,50"));
    assertThat(finding(result, "r", "g=B").status()).isEqualTo(Status.FAIL);
    assertThat(finding(result, "r", "g=B").reason()).contains("its waiver expired on 2026-05-31");
  }

  @Test
  void aWaiverSpeaksOfItsGroupOnly() {
    AuditResult result =
        audit(TPR + WAIVER.formatted("2026-12-31"), rows("B,1,1,100", "C,1,1,50", "C,1,0,50"));
    assertThat(finding(result, "r", "g=C").status()).isEqualTo(Status.FAIL);
  }

  // several rules

  @Test
  void theWorstFindingIsTheVerdict() {
    assertThat(Status.FAIL.worse(Status.INCONCLUSIVE)).isEqualTo(Status.FAIL);
    assertThat(Status.INCONCLUSIVE.worse(Status.WARN)).isEqualTo(Status.INCONCLUSIVE);
    AuditResult result = audit(TPR, rows("B,1,1,50", "B,1,0,50", "C,1,1,5"));
    assertThat(finding(result, "r", "g=C").status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(result.status()).isEqualTo(Status.FAIL);
  }

  @Test
  void aRuleThatOnlyWarnsNeverBlocks() {
    String warn = TPR.replace("decide: point", "decide: point, severity: warn");
    AuditResult result = audit(warn, rows("B,1,1,50", "B,1,0,50", "C,1,1,5"));
    assertThat(finding(result, "r", "g=B").severity()).isEqualTo(Severity.WARN);
    assertThat(result.status()).isEqualTo(Status.WARN);
  }

  /// The Theil index has no interval in closed form.
  @Test
  void drawsAnewAsThePolicySays() {
    assertThat(theil("replicates: 500, seed: 7")).isEqualTo(theil("seed: 7, replicates: 500"));
    assertThat(theil("replicates: 500, seed: 7"))
        .isNotEqualTo(theil("replicates: 500, seed: 8"))
        .isNotEqualTo(theil("replicates: 600, seed: 7"));
    assertThat(theil("replicates: 10000, seed: 20260901")).isEqualTo(theil(""));
  }

  private static Interval theil(String bootstrap) {
    String policy = TPR.replace("rules:", "statistics: {bootstrap: {" + bootstrap + "}}\nrules:");
    return audit(policy, rows("B,1,1,50", "B,1,0,50", "B,0,1,20")).metrics().stream()
        .filter(m -> m.metric().equals("theil") && m.group().equals("overall"))
        .findFirst()
        .orElseThrow()
        .interval();
  }

  // how a rule decides: intervals of 500/1000 and of 75/100 against 800/1000

  private static Finding decided(String decide, int found) {
    String policy =
        rule(
            "{id: r, metric: tpr, compare: difference, over: g, min: -0.05, decide: "
                + decide
                + "}");
    Rows rows =
        Rows.repeated(
            COLUMNS, "A,1,1,800", "A,1,0,200", "B,1,1," + found, "B,1,0," + (100 - found));
    return finding(audit(policy, rows), "r", "g=B");
  }

  /// 50/100 against .8: interval about [-.40, -.20]; 75/100: about [-.14, .03]; 95/100: [.08, .18].
  @ParameterizedTest
  @CsvSource({
    "point,50,FAIL",
    "point,74,FAIL",
    "point,76,PASS",
    "exclude-harm,50,FAIL",
    "exclude-harm,74,PASS",
    "exclude-harm,95,PASS",
    "show-safe,50,FAIL",
    "show-safe,74,INCONCLUSIVE",
    "show-safe,80,INCONCLUSIVE",
    "show-safe,95,PASS",
    "both,50,FAIL",
    "both,74,PASS",
    "both,71,FAIL",
    "both,76,PASS"
  })
  void decidesAsTheRuleAsks(String decide, int found, Status status) {
    assertThat(decided(decide, found).status()).isEqualTo(status);
  }

  @Test
  void boundsAreInclusive() {
    String policy = rule("{id: r, metric: tpr, over: g, min: 0.8, max: 0.8, decide: point}");
    AuditResult result = audit(policy, rows());
    assertThat(result.findings()).hasSize(2).allMatch(f -> f.status() == Status.PASS);
  }

  @Test
  void allSpeaksOfEveryAttributeAndIntersection() {
    String policy =
        """
        attributes: [{name: g, column: g, reference: A}, {name: h, column: h}]
        intersections: [{of: [g, h]}]
        minimum: {n: 1, positives: 1, negatives: 1}
        suppress: {below: 0}
        rules: [{id: r, metric: tpr, over: all, min: 0, decide: point}]
        """;
    Rows rows = Rows.repeated("g,h,label,prediction", "A,x,1,1,9", "B,x,1,1,9", "B,y,1,1,9");
    assertThat(audit(policy, rows).findings().stream().map(f -> f.measurement().group()))
        .containsExactly("g=A", "g=B", "h=x", "h=y", "g=A,h=x", "g=B,h=x", "g=B,h=y");
  }

  @Test
  void tooManyGroupsOfAnIntersectionAreRejected() {
    String policy =
        """
        attributes: [{name: g, column: g}, {name: h, column: h}]
        intersections: [{of: [g, h], maxGroups: 2}]
        rules: [{id: r, metric: tpr, over: g, min: 0}]
        """;
    Rows rows = Rows.of("g,h,label,prediction", "A,x,1,1", "B,x,1,1", "B,y,1,1");
    assertThatThrownBy(() -> audit(policy, rows))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("g and h make 3 groups, more than 2");
  }

  @Test
  void binsAreClosedOnTheLeftAndPrintedAsDocumented() {
    String policy =
        """
        attributes: [{name: age, column: age, bins: [18, 45, 65], reference: "[18,45)"}]
        minimum: {n: 1, positives: 1, negatives: 1}
        suppress: {below: 0}
        rules: [{id: r, metric: tpr, over: age, min: 0, decide: point}]
        """;
    Rows rows =
        Rows.of("age,label,prediction", "17.9,1,1", "18,1,1", "44,1,1", "45,1,1", "65,1,1", ",1,1");
    assertThat(audit(policy, rows).findings().stream().map(f -> f.measurement().group()))
        .containsExactly("age=<18", "age=[18,45)", "age=[45,65)", "age=>=65", "age=<missing>");
  }

  @Test
  void theLargestGroupIsTheReferenceByDefault() {
    String policy = TPR.replace(", reference: A", "");
    AuditResult result = audit(policy, rows("B,1,1,500"));
    assertThat(finding(result, "r", "g=A").measurement().comparison())
        .isEqualTo(new org.primum.gate.Comparison.With("difference", "g=B"));
  }

  // people

  /// 80 of 100 found against 50 of 100: 300 of 1,000 more are missed.
  @Test
  void saysWhoIsAffectedInPeople() {
    AuditResult result = audit(TPR, rows("B,1,1,50", "B,1,0,50"));
    assertThat(result.worst().getFirst().sentence())
        .startsWith(
            "Of 1,000 patients with label = 1 in g=B, 300 more are missed than in g=A (95 %"
                + " interval ");
  }

  /// The same, by the policy's own word: 60 of 100 flagged against 50 of 100.
  @Test
  void callsThemByThePolicysWord() {
    String yaml =
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: test, revision: 1}
        data:
          label: {column: label, positive: 1, people: readmitted patients}
          prediction: {column: prediction, positive: 1}
        """;
    AuditResult missed = Audits.audit(Audits.whole(yaml + TPR), rows("B,1,1,50", "B,1,0,50"));
    assertThat(missed.worst().getFirst().sentence())
        .startsWith("Of 1,000 readmitted patients in g=B, 300 more are missed than in g=A");
  }

  @Test
  void doesNotMentionWhatIsZero() {
    AuditResult result = audit(TPR, rows("B,1,1,80", "B,1,0,20"));
    assertThat(result.exclusions().sentence())
        .startsWith("All ")
        .endsWith(" rows could be judged.");
  }
}

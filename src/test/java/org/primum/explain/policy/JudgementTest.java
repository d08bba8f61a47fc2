package org.primum.explain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.primum.data.TextColumn;
import org.primum.explain.drift.ShapleyDrift;
import org.primum.explain.summary.ShapleySummary;
import org.primum.explain.summary.ShapleyTally;
import org.primum.explain.value.ShapleyValues;
import org.primum.gate.Finding;
import org.primum.gate.Measure;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// 2,000 rows; `lab` moves them by ±3, `age` by ±1, `race` by ±0.1 in ward `a` and ±0.3 in ward
/// `b`, `dust` by ±0.2 less or more with a spread so wide that its place beside `race` is not
/// known, and `none` never. Magnitudes but that of `dust` have no spread, so their means are exact.
final class JudgementTest {

  private static final List<String> FEATURES = List.of("age", "lab", "race", "dust", "none");

  @Test
  void aFeatureThatMustNotLeadPassesWhereItsBestRankIsBehind() {
    Finding finding = one(rule(ExplanationMetric.RANK, List.of("race"), atLeast(3)));

    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.reason()).contains("rank of 'race'").contains("at least 3");
  }

  @Test
  void itFailsWhereItsWorstRankIsInFront() {
    assertThat(one(rule(ExplanationMetric.RANK, List.of("age"), atLeast(3))).status())
        .isEqualTo(Status.FAIL);
  }

  @Test
  void andIsNotKnownWhereTheRowsDoNotShowIt() {
    assertThat(one(rule(ExplanationMetric.RANK, List.of("race"), atLeast(4))).status())
        .isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void eachProxyIsJudgedForItself() {
    List<Finding> findings =
        judge(rule(ExplanationMetric.RANK, List.of("age", "none"), atLeast(4)));

    assertThat(findings).extracting(Finding::status).containsExactly(Status.FAIL, Status.PASS);
    assertThat(findings.getFirst().measurement().metric()).isEqualTo("phi_rank.age");
  }

  @Test
  void aNameTheModelDoesNotKnowIsNoPassUnlessTheRuleSaysSo() {
    var strict = rule(ExplanationMetric.RANK, List.of("rase"), atLeast(3));
    var lenient = with(strict, ExplanationRule.Absent.PASS, Severity.BLOCK);

    assertThat(one(strict).status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(one(lenient).status()).isEqualTo(Status.PASS);
    assertThat(one(lenient).threshold()).isEqualTo(new Threshold.Present());
  }

  /// 3 of 3 + 1 + 0.2 + 0.2 or so: 0.68.
  @Test
  void theShareOfOneFeatureIsBounded() {
    Finding finding = one(rule(ExplanationMetric.SHARE, List.of(), atMost(0.6)));

    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.measurement().metric()).isEqualTo("phi_share.lab");
    assertThat(one(rule(ExplanationMetric.SHARE, List.of(), atMost(0.75))).status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void aWarningDoesNotBlock() {
    var rule =
        with(
            rule(ExplanationMetric.SHARE, List.of(), atMost(0.6)),
            ExplanationRule.Absent.INCONCLUSIVE,
            Severity.WARN);

    assertThat(one(rule).status()).isEqualTo(Status.WARN);
  }

  @Test
  void groupsAreHeldAgainstEveryoneElse() {
    assertThat(one(groups(ExplanationMetric.DIFFERENCE, atMost(0.1))).status())
        .isEqualTo(Status.FAIL);
    assertThat(judge(groups(ExplanationMetric.DIFFERENCE, atMost(0.25))))
        .allMatch(f -> f.status() == Status.PASS);
    assertThat(judge(groups(ExplanationMetric.RATIO, atMost(2)))).anyMatch(JudgementTest::fails);
    assertThat(judge(groups(ExplanationMetric.KS, atMost(0.1)))).anyMatch(JudgementTest::fails);
  }

  @Test
  void aGroupingThatIsNotThereIsNotKnown() {
    var rule =
        new ExplanationRule(
            "r",
            ExplanationMetric.KS,
            List.of(),
            List.of("sex"),
            List.of(atMost(1)),
            ExplanationRule.Decide.SHOW_SAFE,
            Severity.BLOCK,
            ExplanationRule.Absent.INCONCLUSIVE,
            "");

    assertThat(one(rule).status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(one(rule).reason()).contains("--cohorts");
  }

  @Test
  void driftWithoutABaselineIsNotKnown() {
    assertThat(one(rule(ExplanationMetric.NDCG, List.of(), atLeast(0.9))).status())
        .isEqualTo(Status.INCONCLUSIVE);
    assertThat(judge(rule(ExplanationMetric.PSI, List.of(), atMost(0.2))))
        .allMatch(f -> f.status() == Status.INCONCLUSIVE);
  }

  @Test
  void driftIsHeldAgainstItsLimits() {
    ShapleySummary summary = summary();
    var profile = summary.outputs().getFirst().profile();
    var explained =
        new Explained(
            summary,
            List.of("ward"),
            List.of(ShapleyDrift.of(profile, profile, 3, "")),
            Optional.empty());

    assertThat(judge(rule(ExplanationMetric.NDCG, List.of(), atLeast(0.9)), explained))
        .singleElement()
        .satisfies(f -> assertThat(f.status()).isEqualTo(Status.PASS))
        .satisfies(f -> assertThat(f.measurement().value()).isEqualTo(new Measure.Known(1)));
    assertThat(judge(rule(ExplanationMetric.WASSERSTEIN, List.of("lab"), atMost(0)), explained))
        .allMatch(f -> f.status() == Status.PASS);
  }

  @Test
  void rowsAndAdditivityAreValues() {
    assertThat(one(rule(ExplanationMetric.ROWS, List.of(), atLeast(2001))).status())
        .isEqualTo(Status.FAIL);
    assertThat(one(rule(ExplanationMetric.ADDITIVITY, List.of(), atMost(1e-9))).status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void rulesThatMeanNothingAreRejected() {
    assertThatThrownBy(() -> rule(ExplanationMetric.ROWS, List.of("age"), atLeast(1)))
        .hasMessageContaining("features are none of this metric");
    assertThatThrownBy(() -> rule(ExplanationMetric.RANK, List.of(), atLeast(1)))
        .hasMessageContaining("names its features");
    assertThatThrownBy(() -> new ExplanationPolicy("p", 1, 0.95, List.of()))
        .hasMessageContaining("passes everything");
  }

  private static boolean fails(Finding finding) {
    return finding.status() == Status.FAIL;
  }

  private static Threshold atLeast(double limit) {
    return new Threshold.AtLeast(limit);
  }

  private static Threshold atMost(double limit) {
    return new Threshold.AtMost(limit);
  }

  private static ExplanationRule groups(ExplanationMetric metric, Threshold limit) {
    return rule(metric, List.of(), limit);
  }

  private static ExplanationRule rule(
      ExplanationMetric metric, List<String> features, Threshold limit) {
    return new ExplanationRule(
        "r",
        metric,
        features,
        List.of(),
        List.of(limit),
        ExplanationRule.usual(metric),
        Severity.BLOCK,
        ExplanationRule.Absent.INCONCLUSIVE,
        "");
  }

  private static ExplanationRule with(
      ExplanationRule rule, ExplanationRule.Absent absent, Severity severity) {
    return new ExplanationRule(
        rule.id(),
        rule.metric(),
        rule.features(),
        rule.over(),
        rule.limits(),
        rule.decide(),
        severity,
        absent,
        rule.message());
  }

  private static Finding one(ExplanationRule rule) {
    List<Finding> findings = judge(rule);
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  private static List<Finding> judge(ExplanationRule rule) {
    return judge(rule, new Explained(summary(), List.of("ward"), List.of(), Optional.empty()));
  }

  private static List<Finding> judge(ExplanationRule rule, Explained explained) {
    return Judgement.of(new ExplanationPolicy("p", 1, 0.95, List.of(rule)), explained);
  }

  private static ShapleySummary summary() {
    int rows = 2000;
    var random = new Random(20261206);
    var values = new double[FEATURES.size() * rows];
    var margins = new double[rows];
    var codes = new int[rows];
    for (int row = 0; row < rows; row++) {
      int sign = row % 2 == 0 ? 1 : -1;
      codes[row] = row / 1000;
      double[] phi = {sign, -3 * sign, 0.1 + 0.2 * codes[row], 0.25 * random.nextGaussian(), 0};
      for (int i = 0; i < phi.length; i++) {
        values[i * rows + row] = phi[i];
        margins[row] += phi[i];
      }
    }
    var tally = new ShapleyTally(1, FEATURES.size(), List.of("ward"));
    tally.add(
        ShapleyValues.of(FEATURES.size(), new double[1], margins, values),
        List.of(new TextColumn(new String[] {"a", "b"}, codes, rows)));
    return ShapleySummary.of(
        tally, new double[1], FEATURES, new ShapleySummary.Extent(99, 11, true));
  }
}

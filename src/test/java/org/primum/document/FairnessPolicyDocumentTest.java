package org.primum.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.Defaults;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Grouping;
import org.primum.fairness.policy.Minimum;
import org.primum.fairness.policy.People;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.policy.Statistics;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Severity;
import org.primum.gate.Threshold;

final class FairnessPolicyDocumentTest {

  private static final String SMALLEST =
      """
      apiVersion: primum.dev/v1alpha1
      kind: FairnessPolicy
      metadata: {name: readmission-30d, revision: 1}
      data:
        label: {column: label, positive: 1}
        score: {column: score}
        decision: {threshold: 0.32}
      attributes:
        - {name: race, column: race, reference: White}
        - {name: age, column: age, bins: [18, 45, 65, 75], reference: "[45,65)"}
      intersections: [{of: [race, age]}]
      minimum: {n: 100, positives: 30, negatives: 30}
      rules:
        - {id: equal-opportunity, metric: tpr, compare: difference, over: race, min: -0.05, decide: show-safe}
        - {id: parity, metric: selection_rate, compare: max_min, over: race, max: 0.10, decide: point}
      """;

  private static FairnessPolicy read(String text) {
    return FairnessPolicyDocument.read(
        new Source("policy.yaml", text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void readsThePolicyOfTheExample() {
    FairnessPolicy policy = read(SMALLEST);
    assertThat(policy.data())
        .isEqualTo(
            new AuditData(
                new AuditData.YesNo("label", "1", "0"),
                new AuditData.Decision.ByThreshold("score", 0.32),
                new AuditData.Weight.Equal()));
    assertThat(policy.attributes().get(1).grouping())
        .isEqualTo(new Grouping.Bins(List.of(18.0, 45.0, 65.0, 75.0)));
    assertThat(policy.rules().getFirst().limits()).containsExactly(new Threshold.AtLeast(-0.05));
    assertThat(policy.rules().get(1).compare()).isEqualTo(Rule.Compare.MAX_MIN);
  }

  @Test
  void callsThoseWhoHaveTheOutcomeAsThePolicyDoes() {
    assertThat(read(SMALLEST).people())
        .isEqualTo(
            new People("patients with label = 1", "patients without label = 1", "with label = 1"));
    String named =
        SMALLEST.replace(
            "positive: 1}\n  score", "positive: 1, people: readmitted patients}\n  score");
    assertThat(named).isNotEqualTo(SMALLEST);
    assertThat(read(named).people().having()).isEqualTo("readmitted patients");
    assertThat(read(named).data()).isEqualTo(read(SMALLEST).data());
  }

  @Test
  void fillsInWhatIsNotSaid() {
    FairnessPolicy policy =
        read(SMALLEST.replace("minimum: {n: 100, positives: 30, negatives: 30}\n", ""));
    assertThat(policy.minimum()).isEqualTo(new Minimum(100, 30, 30));
    assertThat(policy.suppressBelow()).isEqualTo(11);
    assertThat(policy.statistics()).isEqualTo(Statistics.USUAL);
    assertThat(policy.defaults()).isEqualTo(Defaults.USUAL);
    assertThat(policy.rules().getFirst().severity()).isEqualTo(Severity.BLOCK);
    assertThat(policy.attributes().getFirst().missing()).isEqualTo(Attribute.Missing.GROUP);
  }

  @Test
  void readsEveryKey() {
    FairnessPolicy policy =
        read(
            """
            apiVersion: primum.dev/v1alpha1
            kind: FairnessPolicy
            metadata: {name: p, revision: 4, owner: quality-board, reason: annual review}
            data:
              label: {column: died, positive: "yes", negative: "no"}
              score: {column: risk}
              prediction: {column: flagged, positive: true}
              weight: {column: w, kind: sampling}
            attributes:
              - {name: race, column: race_eth, categories: [White, Black], reference: largest, missing: report, other: collapse}
              - {name: age, column: age, bins: [65], closed: left}
            intersections: [{of: [race, age], maxGroups: 12}]
            statistics: {confidence: 0.9, multiplicity: none, family: attribute}
            minimum: {n: 50, positives: 10, negatives: 20}
            suppress: {below: 5}
            defaults: {onUndefined: fail, onSmall: warn, onMissingGroup: inconclusive, onInconclusive: block}
            rules:
              - {id: a, metric: fpr, compare: ratio, over: [race, age], min: 0.8, max: 1.25, decide: both, severity: warn, rationale: why}
              - {id: b, metric: missing_rate, over: race, max: 0.05, decide: point}
              - {id: c, metric: npv, over: all, min: 0.9, decide: exclude-harm}
            waivers: [{rule: a, group: "race=Black,age=>=65", reason: r, approvedBy: b, expires: 2026-12-31}]
            """);
    assertThat(((AuditData.Target.Event) policy.data().target()).decision())
        .isEqualTo(
            new AuditData.Decision.ByColumnWithScore(
                new AuditData.YesNo("flagged", "true", "false"), "risk"));
    assertThat(policy.data().weight()).isEqualTo(new AuditData.Weight.Column("w"));
    assertThat(policy.statistics())
        .isEqualTo(new Statistics(0.9, Statistics.Multiplicity.NONE, Statistics.Family.ATTRIBUTE));
    assertThat(policy.rules().getFirst().limits())
        .containsExactly(new Threshold.AtLeast(0.8), new Threshold.AtMost(1.25));
    assertThat(policy.rules().get(2).over()).isEqualTo(new Rule.Over.All());
    assertThat(policy.waivers().getFirst().expires()).isEqualTo(LocalDate.of(2026, 12, 31));
    assertThat(policy.suppressBelow()).isEqualTo(5);
  }

  @Test
  void readsClustersFrequenciesAndRulesAgainstTheModelInUse() {
    FairnessPolicy policy =
        read(
            SMALLEST
                .replace(
                    "  decision:",
                    "  weight: {column: n, kind: frequency}\n"
                        + "  cluster: {column: patient_id}\n  decision:")
                .replace("minimum:", "statistics: {bootstrap: {clusterReplicates: 400}}\nminimum:")
                .replace("min: -0.05", "against: baseline, maxDrop: 0.02, maxRise: 0.1")
                .replace("compare: difference, ", "")
                .replace("compare: max_min, over: race, max: 0.10", "over: race, equals: 0.1"));
    assertThat(policy.data().weight()).isEqualTo(new AuditData.Weight.Frequency("n"));
    assertThat(policy.data().cluster())
        .isEqualTo(new AuditData.Cluster.By("patient_id", 400, 20260901));
    assertThat(policy.rules().getFirst().compare()).isEqualTo(Rule.Compare.BASELINE);
    assertThat(policy.rules().getFirst().limits())
        .containsExactly(new Threshold.AtLeast(-0.02), new Threshold.AtMost(0.1));
    assertThat(policy.rules().get(1).limits())
        .containsExactly(new Threshold.AtLeast(0.1), new Threshold.AtMost(0.1));
  }

  @Test
  void readsJsonToo() {
    String json =
        """
        {"apiVersion": "primum.dev/v1alpha1", "kind": "FairnessPolicy", "metadata": {"name": "p", "revision": 1},
         "data": {"label": {"column": "y", "positive": 1.0}, "prediction": {"column": "p", "positive": 1}},
         "attributes": [{"name": "sex", "column": "sex"}],
         "rules": [{"id": "r", "metric": "tpr", "over": "sex", "min": 0.5}]}
        """;
    assertThat(((AuditData.Target.Event) read(json).data().target()).label())
        .isEqualTo(new AuditData.YesNo("y", "1", "0"));
  }

  /// What replaces what in the smallest policy, ¶ being a line break, and what the message names.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metric: tpr, | metric: tprr, | rules.equal-opportunity.metric: 'tprr' is no metric",
        "metric: tpr, | metric: tpr@0.2, | tpr takes no number behind an @",
        "metric: tpr, | metric: net_benefit, | net_benefit needs a number behind it",
        "metric: tpr, | metric: net_benefit@x, | has no number behind the @",
        "metric: tpr, | metric: net_benefit@1, | lies between 0 and 1, got 1",
        "minimum: | minimal: | minimal: unknown key",
        "decision: {threshold: 0.32} | decision: {threshold: 0.32, outcome: assistive} | data.decision.outcome: unknown key",
        "intersections: | condition: [acuity, acuity]¶intersections: | condition: 'acuity' occurs twice",
        "intersections: | proxies: {columns: [zip, zip]}¶intersections: | proxies.columns: 'zip' occurs twice",
        "min: -0.05 | min: -0.05, within: condition | name their columns in condition",
        "metric: tpr, compare: difference, | metric: cdd, | name their columns in condition",
        "metric: tpr, compare: difference, | metric: EOD, compare: ratio, | EOD is tpr as difference",
        "metric: tpr, compare: difference, over: race, min: -0.05 | metric: EOD, over: race, max: 0.05 | harmed below 0; give min",
        "metric: tpr, compare: difference, over: race, min: -0.05 | metric: RD, over: race, min: -0.05 | harmed above 0; give max",
        "metric: tpr, compare: difference, | metric: equal_opportunity_difference, | max_min takes max",
        "metric: tpr, compare: difference, | metric: equalized_odds, | takes max",
        "metric: tpr, compare: difference, | metric: homogeneity, | homogeneity needs a rate",
        "metric: tpr, compare: difference, | metric: \"homogeneity[auroc]\", | is no rate",
        "metric: tpr, compare: difference, | metric: cramers_v, | cramers_v takes max; min would ask that the group is told",
        "metric: tpr, compare: difference, over: race, min: -0.05 | metric: cramers_v, over: race, max: 0.1 | name them in proxies.columns",
        "metric: tpr, compare: difference, over: race, min: -0.05 | metric: mutual_information, compare: difference, over: race, max: 0.1 | is one number of all groups; leave compare and against out",
        "metric: tpr, compare: difference, over: race, min: -0.05 | metric: auc_sensitive_from_score, against: baseline, over: race, maxRise: 0.1 | already holds each group against everyone else",
        "metric: tpr, compare: difference, over: race, min: -0.05 | metric: auc_sensitive_from_score, over: race, max: 0.4 | 0.5 is not told at all",
        "metric: tpr, compare: difference, over: race, min: -0.05 | metric: auc_sensitive_from_score, over: race, min: 0.6 | asks that the group is told",
        "metric: tpr, compare: difference, over: race, min: -0.05 | metric: score_residual_p, over: race, max: 0.05 | score_residual_p is a p-value; say decide: point",
        "metric: tpr, compare: difference, over: race, min: -0.05 | metric: score_residual_dependence, over: [race, sex], max: 0.05 | is of one attribute, among all rows",
        "metric: tpr, compare: difference, over: race, min: -0.05 | metric: auc_sensitive_from_all, over: race, max: 0.7 | say proxies.together: inputs",
        "metric: tpr, compare: difference, over: race, min: -0.05 | metric: \"auc_sensitive_from_all[zip]\", over: race, max: 0.7 | takes no column in brackets",
        "intersections: | proxies: {columns: [zip], together: all}¶intersections: | proxies.together",
        "intersections: | proxies: {columns: [zip, score], together: inputs}¶intersections: | is no input: data names its column as outcome",
        "decision: {threshold: 0.32} | decision: {threshold: 0.32}¶  need: {field: chronic} | data.need.field: unknown key",
        "metric: tpr, | metric: need_gap@0.97, | rules.equal-opportunity.metric: need_at@0.97 needs a measure of need; name its column with data.need.column",
        "minimum: | statistics: {bootstrap: {replicates: 10}}¶minimum: | statistics.bootstrap.replicates",
        "score: {column: score} | sources: local | data.sources: unknown key",
        "min: -0.05 | maxDrop: 0.05 | rules.equal-opportunity: maxDrop and maxRise are of rules with 'against: baseline'",
        "max: 0.10 | maxDrop: 0.05, max: 0.1, against: baseline | rules.parity: a rule against the baseline has maxDrop, maxRise or both",
        "max: 0.10 | equals: 0, max: 0.1 | rules.parity: give equals, or min and max",
        "max: 0.10 | maxRise: -0.1 | rules[",
        "decision: {threshold: 0.32} | decision: {threshold: 1.32} | data.decision.threshold",
        "reference: White | reference: White, weight: 2 | attributes[0].weight: unknown key",
        "bins: [18, 45, 65, 75] | bins: [18, 45, 45, 75] | bins: give finite edges in ascending order",
        "bins: [18, 45, 65, 75] | bins: [18, .nan] | line 10",
        "[45,65) | [40,65) | attributes.age.reference",
        "over: race, min | over: rase, min | rules.equal-opportunity.over: 'rase' is not declared",
        "id: parity | id: equal-opportunity | rules: 'equal-opportunity' occurs twice",
        "id: parity | id: missing-group | rules: the id 'missing-group' is taken",
        "positive: 1} | positive: 7} | negative",
        "kind: FairnessPolicy | kind: ReleasePolicy | kind",
        "revision: 1 | revision: 1, revision: 2 | uplicate",
        "max: 0.10 | min: 0.10 | rules.parity: max_min takes max"
      })
  void aMistakeIsNamedWithItsFileAndKey(String what, String with, String message) {
    String text = SMALLEST.replace(what, with.replace('¶', '\n'));
    assertThat(text).isNotEqualTo(SMALLEST);
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageStartingWith("policy.yaml: ")
        .hasMessageContaining(message);
  }

  /// Without scores nothing ranks and nothing is calibrated.
  @ParameterizedTest
  @ValueSource(
      strings = {"auroc", "roc_auc", "brier", "o_e", "ece", "net_benefit@0.2", "access_share@0.9"})
  void aRuleOnScoresNeedsTheirColumn(String metric) {
    String text =
        SMALLEST
            .replace("  score: {column: score}\n", "")
            .replace("  decision: {threshold: 0.32}\n", "  prediction: {column: p, positive: 1}\n")
            .replace("metric: tpr", "metric: " + metric);
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageStartingWith("policy.yaml: rules.equal-opportunity.metric: ")
        .hasMessageEndingWith("is made of scores; name their column with data.score.column");
  }

  @Test
  void needWithoutScoresHasNothingToBeEqualAt() {
    String text =
        SMALLEST
            .replace("  score: {column: score}\n", "  need: {column: chronic}\n")
            .replace("  decision: {threshold: 0.32}\n", "  prediction: {column: p, positive: 1}\n");
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageStartingWith("policy.yaml: data.need: ");
  }

  /// The gap is a difference to the reference unless the rule says otherwise; results carry our id.
  @Test
  void aNeedGapIsADifferenceOfNeeds() {
    String text =
        SMALLEST
            .replace("threshold: 0.32}\n", "threshold: 0.32}\n  need: {column: chronic}\n")
            .replace("metric: tpr, compare: difference, over: race, min: -0.05", "%s");
    Rule gap = read(text.formatted("metric: need_gap@0.97, over: race, max: 0.5")).rules().get(0);
    assertThat(gap.metric().id()).isEqualTo("need_at@0.97");
    assertThat(gap.compare()).isEqualTo(Rule.Compare.DIFFERENCE);
    Rule same =
        read(text.formatted("metric: need_at@0.97, over: race, max: 0.5")).rules().getFirst();
    assertThat(same.compare()).isEqualTo(Rule.Compare.NONE);
    Rule ratio =
        read(text.formatted("metric: need_gap@0.97, compare: ratio, over: race, max: 1.5"))
            .rules()
            .getFirst();
    assertThat(ratio.compare()).isEqualTo(Rule.Compare.RATIO);
    assertThat(read(text.formatted("metric: tpr, over: race, max: 1")).data().need())
        .isEqualTo(new AuditData.Need.Column("chronic"));
  }

  @Test
  void theBootstrapIsRead() {
    String text = SMALLEST + "statistics: {bootstrap: {replicates: 2000, seed: 7}}\n";
    assertThat(read(text).statistics().bootstrap()).isEqualTo(new Statistics.Bootstrap(2000, 7));
    assertThat(read(SMALLEST).statistics().bootstrap().replicates()).isEqualTo(10_000);
  }

  @Test
  void aScoreWithoutThresholdDecidesNothing() {
    assertThatThrownBy(() -> read(SMALLEST.replace("  decision: {threshold: 0.32}\n", "")))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("data.decision.threshold: missing");
  }

  @Test
  void aWaiverOfARuleThatIsNotThereIsRejected() {
    String waiver =
        "waivers: [{rule: eopp, group: race=x, reason: r, approvedBy: b, expires: 2026-12-31}]\n";
    assertThatThrownBy(() -> read(SMALLEST + waiver))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("waivers.rule: 'eopp' is not declared");
  }

  @Test
  void aWaiverUntilNoDayIsRejected() {
    String waiver =
        "waivers: [{rule: parity, group: race, reason: r, approvedBy: b, expires: 2026-02-30}]\n";
    assertThatThrownBy(() -> read(SMALLEST + waiver))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("2026-02-30");
  }

  @Test
  void saysHowManyGroupsThereCanBeOfCategoriesAsFound() {
    int from = SMALLEST.indexOf("{name: age");
    String age = SMALLEST.substring(from, SMALLEST.indexOf('}', from) + 1);
    var policy =
        read(SMALLEST.replace(age, "{name: age, column: age, maxGroups: 9, missing: report}"));
    assertThat(policy.planned(List.of("age"))).isEqualTo(9);
    String twice = "{name: age, column: age, maxGroups: 9, bins: [18]}";
    assertThatThrownBy(() -> read(SMALLEST.replace(age, twice)))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("attributes.age.maxGroups");
  }

  @Test
  void aColumnThatOnlyAnIntersectionNamesIsAnAttributeAsFound() {
    var policy = read(SMALLEST.replace("of: [race, age]", "of: [race, sex]"));

    assertThat(policy.attributes().stream().map(Attribute::name))
        .containsExactly("race", "age", "sex");
    assertThat(policy.attributes().getLast().reference())
        .isInstanceOf(Attribute.Reference.Largest.class);
  }
}

package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/// Groups A, B and C of 1,000, 200 and 50 patients, a fifth of whom are flagged.
final class PointRuleTest {

  private static final Rows ROWS =
      Rows.repeated(
          "g,h,label,prediction",
          "A,x,1,1,200",
          "A,x,0,0,800",
          "B,x,1,1,40",
          "B,y,0,0,160",
          "C,y,1,1,10",
          "C,y,0,0,40");

  private static List<String> notes(String rule, String more) {
    return Audits.audit(
            """
            attributes: [{name: g, column: g, reference: A}, {name: h, column: h}]
            minimum: {n: 30, positives: 30, negatives: 30}
            suppress: {below: 0}
            rules: [%s]
            %s
            """
                .formatted(rule, more),
            ROWS)
        .notes();
  }

  private static double share(String note, String rule) {
    Matcher matcher =
        Pattern.compile(
                "A perfectly fair model would fail rule "
                    + rule
                    + " in (?:at least )?([0-9.]+) % of samples of these sizes \\(simulated, ±[0-9.]+"
                    + " points\\)\\.")
            .matcher(note);
    assertThat(matcher.matches()).as(note).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  /// B and C each more than 5 points below A, by the normal distribution of each difference; they
  /// share A, so the two together lie between the larger of both and their sum.
  @Test
  void aPointRuleTellsHowOftenItAccusesAFairModel() {
    List<String> notes =
        notes(
            "{id: gap, metric: selection_rate, compare: difference, over: g, min: -0.05, decide: point}",
            "");
    double b = below(.05, .2 * .8 / 1000 + .2 * .8 / 200);
    double c = below(.05, .2 * .8 / 1000 + .2 * .8 / 50);
    assertThat(notes).hasSize(1);
    assertThat(share(notes.getFirst(), "gap")).isBetween(100 * c - 2, 100 * (b + c) + 2);
  }

  private static double below(double limit, double variance) {
    return new NormalDistribution(null, 0, 1).cumulativeProbability(-limit / Math.sqrt(variance));
  }

  @Test
  void everyComparisonOfRatesHasOne() {
    for (String compare : List.of("difference", "ratio", "vs_overall", "vs_rest")) {
      String rule =
          "{id: r, metric: selection_rate, compare: %s, over: g, max: 0.9, min: -0.9, decide: point}"
              .formatted(compare);
      assertThat(notes(rule, "")).as(compare).hasSize(1);
    }
    String fifths =
        "{id: r, metric: selection_rate, compare: min_max_ratio, over: g, min: 0.8, decide: point}";
    assertThat(share(notes(fifths, "").getFirst(), "r")).isGreaterThan(30);
    String range =
        "{id: r, metric: selection_rate, compare: max_min, over: g, max: 0.9, decide: point}";
    assertThat(share(notes(range, "").getFirst(), "r")).isZero();
  }

  /// C has 10 positives, fewer than are needed: A and B alone never lie 0.9 apart, and of h only x
  /// has enough, so that nothing is compared.
  @Test
  void onlyGroupsThatAreJudgedCount() {
    String rule = "{id: r, metric: tpr, compare: max_min, over: g, max: 0.9, decide: point}";
    assertThat(share(notes(rule, "").getFirst(), "r")).isZero();
    assertThat(notes(rule.replace("over: g", "over: h"), "")).isEmpty();
  }

  @Test
  void ofSeveralTablesTheWorstIsTold() {
    String all =
        "{id: r, metric: selection_rate, compare: max_min, over: all, max: 0.05, decide: point}";
    String one = all.replace("over: all", "over: g");
    String of = notes(all, "").getFirst();
    assertThat(of).contains("in at least ");
    assertThat(share(of, "r")).isCloseTo(share(notes(one, "").getFirst(), "r"), within(2.0));
  }

  @Test
  void otherRulesHaveNone() {
    String proof =
        "{id: r, metric: selection_rate, compare: difference, over: g, min: -0.05, decide: both}";
    String alone = "{id: r, metric: selection_rate, over: g, min: 0.05, decide: point}";
    assertThat(notes(proof, "")).isEmpty();
    assertThat(notes(alone, "")).isEmpty();
  }

  @Test
  void theSameAuditHasTheSameNote() {
    String rule =
        "{id: r, metric: selection_rate, compare: max_min, over: g, max: 0.05, decide: point}";
    assertThat(notes(rule, "")).isEqualTo(notes(rule, ""));
  }
}

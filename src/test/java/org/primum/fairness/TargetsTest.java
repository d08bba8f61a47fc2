package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.primum.fairness.Audits.finding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.data.DataInvalidException;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.tally.Tally;
import org.primum.fairness.tally.TallyFile;
import org.primum.gate.Comparison;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;

/// Labels that are no event: triage into three classes, and days in hospital. Two groups, a and b.
///
/// Triage in a: red as red 6, red as green 2, green as green 8, green as red 1, blue as blue 3. In
/// b: red as red 3, red as green 5, green as green 9, blue as red 3.
///
/// Days in a, label then prediction: 2 3, 4 4, 6 9. In b: 1 1, 3 1, 8 2, and one without a label.
final class TargetsTest {

  private static final String TRIAGE =
      """
      apiVersion: primum.dev/v1alpha1
      kind: FairnessPolicy
      metadata: {name: triage, revision: 1}
      data:
        label: {column: y, classes: [red, green, blue]}
        prediction: {column: p}
      attributes: [{name: g, column: g, reference: a}]
      minimum: {n: 1, positives: 1, negatives: 1}
      suppress: {below: 0}
      rules:
        - {id: red, metric: "tpr[red]", compare: difference, over: g, min: -0.1, decide: point}
        - {id: right, metric: accuracy, over: g, min: 0.7, decide: point}
        - {id: macro, metric: "tpr[macro]", over: g, min: 0.5, decide: point}
      """;

  private static final Rows TRIAGED =
      Rows.repeated(
          "g,y,p",
          "a,red,red,6",
          "a,red,green,2",
          "a,green,green,8",
          "a,green,red,1",
          "a,blue,blue,3",
          "b,red,red,3",
          "b,red,green,5",
          "b,green,green,9",
          "b,blue,red,3");

  private static final String DAYS =
      """
      apiVersion: primum.dev/v1alpha1
      kind: FairnessPolicy
      metadata: {name: days, revision: 1}
      data:
        label: {column: y, kind: number}
        prediction: {column: p}
      attributes: [{name: g, column: g, reference: a}]
      minimum: {n: 1, positives: 1, negatives: 1}
      suppress: {below: 0}
      rules:
        - {id: error, metric: mae, compare: difference, over: g, max: 1, decide: point}
        - {id: low, metric: bias, over: g, min: -1, decide: point}
      """;

  private static final Rows STAYS =
      Rows.of("g,y,p", "a,2,3", "a,4,4", "a,6,9", "b,1,1", "b,3,1", "b,8,2", "b,,5");

  private static AuditResult audit(String policy, Rows rows) {
    return Audits.audit(Audits.whole(policy), rows);
  }

  private static Measurement metric(AuditResult result, String metric, String group) {
    return result.metrics().stream()
        .filter(m -> m.metric().equals(metric) && m.group().equals(group))
        .filter(m -> m.comparison() instanceof Comparison.Alone)
        .findFirst()
        .orElseThrow();
  }

  private static void assertValue(AuditResult result, String metric, String group, double value) {
    assertThat(metric(result, metric, group).value())
        .isInstanceOfSatisfying(
            Measure.Known.class,
            known -> assertThat(known.value()).as(metric).isCloseTo(value, within(1e-12)));
  }

  /// tpr of red 6/8 and 3/8; fpr of red 1/12 and 3/12; right 17/20 and 12/20.
  @Test
  void eachClassIsHeldAgainstTheRest() {
    AuditResult result = audit(TRIAGE, TRIAGED);
    assertValue(result, "tpr[red]", "g=a", 6.0 / 8);
    assertValue(result, "tpr[red]", "g=b", 3.0 / 8);
    assertValue(result, "fpr[red]", "g=a", 1.0 / 12);
    assertValue(result, "fpr[red]", "g=b", 3.0 / 12);
    assertValue(result, "ppv[green]", "g=a", 8.0 / 10);
    assertValue(result, "selection_rate[blue]", "g=b", 0);
    assertValue(result, "accuracy", "g=a", 17.0 / 20);
    assertValue(result, "accuracy", "g=b", 12.0 / 20);
    assertValue(result, "accuracy", "overall", 29.0 / 40);
    assertThat(finding(result, "red", "g=b").status()).isEqualTo(Status.FAIL);
    assertThat(finding(result, "right", "g=b").status()).isEqualTo(Status.FAIL);
    assertThat(finding(result, "right", "g=a").status()).isEqualTo(Status.PASS);
  }

  /// Red taken for green: 2 of 8 in a, 5 of 8 in b; blue for red: 0 of 3, 3 of 3. The cells of a
  /// class add up to 1.
  @Test
  void everyClassIsCountedByWhatItIsTakenFor() {
    AuditResult result = audit(TRIAGE, TRIAGED);
    assertValue(result, "confusion_tensor[red as green]", "g=a", 2.0 / 8);
    assertValue(result, "confusion_tensor[red as green]", "g=b", 5.0 / 8);
    assertValue(result, "confusion_tensor[blue as red]", "g=a", 0);
    assertValue(result, "confusion_tensor[blue as red]", "g=b", 1);
    assertValue(result, "confusion_tensor[green as green]", "overall", 17.0 / 18);
    assertThat(metric(result, "confusion_tensor[red as green]", "g=b").n()).hasValue(8);
    assertThat(
            result.metrics().stream()
                .filter(m -> m.metric().startsWith("confusion_tensor[") && m.group().equals("g=a"))
                .filter(m -> m.comparison() instanceof Comparison.Alone))
        .hasSize(9);
  }

  @Test
  void aRuleCanBoundHowManyOfAClassAreTakenForAnother() {
    String rule =
        """
          - {id: under, metric: "confusion_tensor[red as green]", over: g, max: 0.5, decide: point}
        """;
    AuditResult result = audit(TRIAGE + rule, TRIAGED);
    assertThat(finding(result, "under", "g=a").status()).isEqualTo(Status.PASS);
    assertThat(finding(result, "under", "g=b").status()).isEqualTo(Status.FAIL);
  }

  @ParameterizedTest
  @CsvSource({
    "confusion_tensor, two classes",
    "confusion_tensor[red], two classes",
    "confusion_tensor[red as black], names no class"
  })
  void aCellThatIsNoneIsRefused(String metric, String why) {
    String rule =
        "  - {id: under, metric: \"%s\", over: g, max: 0.5, decide: point}\n".formatted(metric);
    assertThatThrownBy(() -> audit(TRIAGE + rule, TRIAGED))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining(why);
  }

  /// Two reds of b taken for green are too few to be told, and so is what gives them away.
  @Test
  void aSmallCellIsSuppressedLikeAllCells() {
    Rows rows =
        Rows.repeated(
            "g,y,p",
            "a,red,red,60",
            "a,red,green,20",
            "a,green,green,80",
            "b,red,red,60",
            "b,red,green,2",
            "b,green,green,80");
    AuditResult result = audit(TRIAGE.replace("below: 0", "below: 11"), rows);
    Measurement small = metric(result, "confusion_tensor[red as green]", "g=b");
    assertThat(small.n().orElse(0)).isNotEqualTo(62);
    assertThat(small.value()).isNotEqualTo(new Measure.Known(2.0 / 62));
    Measurement beside = metric(result, "confusion_tensor[red as green]", "g=a");
    assertThat(beside.value()).isNotEqualTo(new Measure.Known(20.0 / 80));
  }

  /// Each patient four times: nothing more is known of any class.
  @Test
  void repeatedRowsOfAPatientTellNoMoreOfAClass() {
    String clustered = TRIAGE.replace("  prediction:", "  cluster: {column: id}\n  prediction:");
    List<List<String>> once = new ArrayList<>();
    List<List<String>> repeated = new ArrayList<>();
    for (int i = 0; i < 10 * TRIAGED.rows().size(); i++) {
      List<String> row = new ArrayList<>(TRIAGED.rows().get(i % TRIAGED.rows().size()));
      row.add("p" + i);
      once.add(row);
      repeated.addAll(Collections.nCopies(4, row));
    }
    AuditResult plain = audit(TRIAGE, new Rows(List.of("g", "y", "p", "id"), once, 64));
    AuditResult known = audit(clustered, new Rows(List.of("g", "y", "p", "id"), repeated, 64));
    for (String metric :
        List.of("tpr[red]", "accuracy", "tpr[macro]", "confusion_tensor[red as green]")) {
      assertThat(width(metric(known, metric, "g=b")))
          .as(metric)
          .isGreaterThan(0.9 * width(metric(plain, metric, "g=b")));
    }
  }

  private static double width(Measurement measurement) {
    Bounds bounds = (Bounds) measurement.interval();
    return bounds.high() - bounds.low();
  }

  /// (6/8 + 8/9 + 3/3) / 3 in a, (3/8 + 9/9 + 0/3) / 3 in b.
  @Test
  void theMacroMeanIsOverTheClasses() {
    AuditResult result = audit(TRIAGE, TRIAGED);
    assertValue(result, "tpr[macro]", "g=a", (6.0 / 8 + 8.0 / 9 + 1) / 3);
    assertValue(result, "tpr[macro]", "g=b", (3.0 / 8 + 1 + 0) / 3);
    assertThat(metric(result, "tpr[macro]", "g=a").interval())
        .isInstanceOfSatisfying(
            Bounds.class,
            bounds -> {
              assertThat(bounds.low()).isBetween(0.55, 0.88);
              assertThat(bounds.high()).isBetween(0.88, 1.0);
            });
  }

  /// Nobody in b is predicted to be blue: a predictive value of blue, and so the mean, is unknown.
  @Test
  void aMeanWithAnUnknownClassIsUnknown() {
    assertThat(metric(audit(TRIAGE, TRIAGED), "ppv[macro]", "g=b").value())
        .isEqualTo(new Measure.Unknown("nobody was predicted positive of the class blue"));
  }

  /// |errors| 1, 0, 3 and 0, 2, 6; errors 1, 0, 3 and 0, -2, -6.
  @Test
  void aPredictedNumberIsJudgedByItsErrors() {
    AuditResult result = audit(DAYS, STAYS);
    assertValue(result, "mae", "g=a", 4.0 / 3);
    assertValue(result, "mae", "g=b", 8.0 / 3);
    assertValue(result, "bias", "g=a", 4.0 / 3);
    assertValue(result, "bias", "g=b", -8.0 / 3);
    assertValue(result, "rmse", "g=a", Math.sqrt(10.0 / 3));
    assertValue(result, "rmse", "g=b", Math.sqrt(40.0 / 3));
    // labels of a: mean 4, squares 4 + 0 + 4
    assertValue(result, "r2", "g=a", 1 - 10.0 / 8);
    // labels of b: mean 4, squares 9 + 1 + 16
    assertValue(result, "r2", "g=b", 1 - 40.0 / 26);
    assertValue(result, "mean_prediction", "g=b", 9.0 / 4);
    assertValue(result, "label_missing_rate", "g=b", 1.0 / 4);
    assertThat(finding(result, "error", "g=b").status()).isEqualTo(Status.FAIL);
    assertThat(finding(result, "low", "g=b").status()).isEqualTo(Status.FAIL);
    assertThat(finding(result, "low", "g=a").status()).isEqualTo(Status.PASS);
  }

  /// Errors 1, 0, 3: mean 4/3, standard deviation sqrt(7/3), so 4/3 -+ 4.302653 * sqrt(7/9), t with
  /// 2 degrees of freedom.
  @Test
  void theIntervalOfAMeanErrorIsStudents() {
    assertThat(metric(audit(DAYS, STAYS), "bias", "g=a").interval())
        .isInstanceOfSatisfying(
            Bounds.class,
            bounds -> {
              double half = 4.302652729696142 * Math.sqrt(7.0 / 9);
              assertThat(bounds.low()).isCloseTo(4.0 / 3 - half, within(1e-9));
              assertThat(bounds.high()).isCloseTo(4.0 / 3 + half, within(1e-9));
            });
  }

  @Test
  void oneRowHasNoSpread() {
    AuditResult result = audit(DAYS, Rows.of("g,y,p", "a,2,3", "a,2,3", "b,1,1"));
    assertThat(metric(result, "bias", "g=b").interval())
        .isEqualTo(new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    assertThat(metric(result, "r2", "g=a").value())
        .isEqualTo(new Measure.Unknown("fewer than two labels, or all the same"));
  }

  @Test
  void theSameOfEverybodyIsNoted() {
    assertThat(audit(TRIAGE, Rows.of("g,y,p", "a,red,green", "b,green,green")).notes())
        .containsExactly("Degenerate decision: everybody is predicted to be of class green.");
    assertThat(audit(DAYS, STAYS).notes()).isEmpty();
  }

  @Test
  void shardsMergeToTheSameBytesAndAreRead() {
    for (String text : List.of(TRIAGE, DAYS)) {
      FairnessPolicy policy = Audits.whole(text);
      Rows rows = text.equals(TRIAGE) ? TRIAGED : STAYS;
      Tally whole = Fixtures.tally(rows, policy);
      Tally merged = Tally.empty(policy);
      for (List<String> row : rows.rows().reversed()) {
        merged = merged.plus(Fixtures.tally(new Rows(rows.columns(), List.of(row), 3), policy));
      }
      assertThat(TallyFile.write(merged)).isEqualTo(TallyFile.write(whole));
      assertThat(TallyFile.read(TallyFile.write(whole), "tally.bin")).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tpr[red] | tpr[violet] | names no class; there are red, green, blue",
        "metric: accuracy | metric: tpr | needs a class, as in tpr[blue]",
        "metric: accuracy | metric: auroc | is not of several classes",
        "metric: accuracy | metric: mae | is not of several classes",
        "[red, green, blue] | [red, green] | data.label.classes: must have at least 3 items",
        "[red, green, blue] | [red, green, macro] | means all of them",
        "{column: p} | {column: p, positive: red} | data.prediction: give its column"
      })
  void aRuleThatDoesNotFitTheLabelIsRefused(String what, String with, String message) {
    assertThatThrownBy(() -> Audits.whole(TRIAGE.replace(what, with)))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metric: mae | metric: tpr | is of an event; the label is a number",
        "kind: number | positive: 1 | data.prediction.positive: missing",
        ", kind: number |  | say what is predicted"
      })
  void aNumberHasNoRates(String what, String with, String message) {
    String text = DAYS.replace(what, with == null ? "" : with);
    assertThatThrownBy(() -> Audits.whole(text))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatIsNoClassAndWhatIsNoNumberIsRejectedWithItsRow() {
    assertThatThrownBy(() -> audit(TRIAGE, Rows.of("g,y,p", "a,red,red", "a,crimson,red")))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("is none of the classes the policy names")
        .hasMessageContaining("2")
        .hasMessageNotContaining("crimson");
    assertThatThrownBy(() -> audit(DAYS, Rows.of("g,y,p", "a,1e300,1")))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("is not a finite number, or larger than 10^60");
  }
}

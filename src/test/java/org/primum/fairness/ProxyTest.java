package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.primum.data.DataInvalidException;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.tally.Tally;
import org.primum.fairness.tally.TallyFile;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Measure;

/// Insurance A or B by race: 30 and 10 in x, 10 and 30 in y. Chi-square is 80 (30 x 30 - 10 x 10)^2
/// / 40^4 = 20, so Cramer's V is sqrt(20/80) = 0.5; the area under the curve with which it tells x
/// is 1/2 + (30 x 30 - 10 x 10) / (2 x 40 x 40) = 0.75. The ward tells the race for sure, the day
/// not at all.
final class ProxyTest {

  private static final String COLUMNS = "race,insurance,ward,day,label,score";

  private static final Rows PATIENTS =
      Rows.repeated(
          COLUMNS,
          "x,A,1,mon,1,0.9,15",
          "x,A,1,tue,1,0.9,15",
          "x,B,1,mon,0,0.1,5",
          "x,B,1,tue,0,0.1,5",
          "y,A,2,mon,1,0.9,5",
          "y,A,2,tue,1,0.9,5",
          "y,B,2,mon,0,0.1,15",
          "y,B,2,tue,0,0.1,15");

  private static FairnessPolicy policy(String proxies) {
    return policy(proxies, 0);
  }

  private static FairnessPolicy policy(String proxies, int below) {
    return Audits.whole(
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: test, revision: 1}
        data:
          label: {column: label, positive: 1}
          score: {column: score}
          decision: {threshold: 0.5}
        attributes: [{name: race, column: race, reference: x}]
        %s
        suppress: {below: %d}
        rules: [{id: r, metric: tpr, over: race, min: 0, decide: point}]
        """
            .formatted(proxies, below));
  }

  private static final FairnessPolicy ASKED =
      policy("proxies: {columns: [insurance, {name: where, column: ward, bins: [2]}, day]}");

  private static double value(AuditResult result, String metric, String group) {
    return CohortRuns.value(CohortRuns.metric(result, metric, group, "")).orElseThrow();
  }

  @Test
  void saysHowWellAColumnTellsTheGroup() {
    AuditResult result = Audits.audit(ASKED, PATIENTS);
    assertThat(value(result, "cramers_v[insurance]", "race")).isCloseTo(0.5, within(1e-12));
    assertThat(value(result, "cramers_v[where]", "race")).isCloseTo(1, within(1e-12));
    assertThat(value(result, "cramers_v[day]", "race")).isCloseTo(0, within(1e-12));
    assertThat(value(result, "mutual_information[where]", "race"))
        .as("all there is to know of two equal groups")
        .isCloseTo(Math.log(2), within(1e-12));
    assertThat(value(result, "auc_sensitive_from_feature[insurance]", "race=y"))
        .isCloseTo(0.75, within(1e-12));
    assertThat(value(result, "auc_sensitive_from_feature[where]", "race=x")).isEqualTo(1);
    assertThat(value(result, "auc_sensitive_from_feature[day]", "race=x")).isEqualTo(0.5);
  }

  /// The score is 0.9 for 30 of x and 10 of y: the same 0.75 and 0.25. Within a label it is the
  /// same for all, so nothing is left.
  @Test
  void saysHowWellTheScoreTellsTheGroupAndWhatIsLeftWithinALabel() {
    AuditResult result = Audits.audit(ASKED, PATIENTS);
    assertThat(value(result, "auc_sensitive_from_score", "race=x")).isCloseTo(0.75, within(1e-12));
    assertThat(value(result, "auc_sensitive_from_score", "race=y")).isCloseTo(0.25, within(1e-12));
    assertThat(value(result, "score_residual_dependence", "race=x")).isEqualTo(0);
  }

  /// Of 41 patients of x and 39 of y, 30 and 10 have insurance A: the exact area would tell how
  /// many.
  @Test
  void tellsNoMoreThanThreeDecimalsWhereSmallNumbersAreProtected() {
    Rows uneven =
        Rows.repeated(
            COLUMNS,
            "x,A,1,mon,1,0.9,30",
            "x,B,1,mon,1,0.9,11",
            "y,A,2,mon,1,0.9,10",
            "y,B,2,mon,1,0.9,29");
    AuditResult result = Audits.audit(policy("proxies: {columns: [insurance]}", 11), uneven);
    double exact = 0.5 + (30 * 29 - 11 * 10) / (2.0 * 41 * 39);
    double told = value(result, "auc_sensitive_from_feature[insurance]", "race=x");
    assertThat(told).isEqualTo(Math.rint(exact * 1000) / 1000).isNotEqualTo(exact);
    AuditResult few =
        Audits.audit(
            policy("proxies: {columns: [insurance]}", 11),
            Rows.repeated(COLUMNS, "x,A,1,mon,1,0.9,30", "y,B,2,mon,1,0.9,5"));
    assertThat(
            CohortRuns.metric(few, "auc_sensitive_from_feature[insurance]", "race=y", "").value())
        .isEqualTo(new Measure.Unknown("suppressed"));
  }

  @Test
  void shardsMergeToTheTallyOfAllRowsAndGoThroughAFile() {
    Tally whole = Fixtures.tally(PATIENTS, ASKED);
    List<List<String>> rows = PATIENTS.rows();
    Tally first = Fixtures.tally(new Rows(PATIENTS.columns(), rows.subList(0, 23), 4), ASKED);
    Tally second =
        Fixtures.tally(new Rows(PATIENTS.columns(), rows.subList(23, rows.size()), 4), ASKED);
    assertThat(TallyFile.write(second.plus(first))).isEqualTo(TallyFile.write(whole));
    assertThat(TallyFile.read(TallyFile.write(whole), "tally.bin")).isEqualTo(whole);
    assertThat(Tally.empty(ASKED).plus(whole)).isEqualTo(whole);
  }

  @Test
  void aTallyThatWasNotAskedHasNoSuchSection() {
    FairnessPolicy silent = policy("");
    byte[] without = TallyFile.write(Fixtures.tally(PATIENTS, silent));
    assertThat(new String(without, StandardCharsets.ISO_8859_1)).doesNotContain("PRXY");
    Tally tally = TallyFile.read(without, "tally.bin");
    assertThatThrownBy(() -> FairnessAudit.audit(tally, ASKED, Audits.TODAY))
        .isInstanceOf(ConfigInvalidException.class);
    assertThatThrownBy(() -> tally.plus(Fixtures.tally(PATIENTS, ASKED)))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("different proxies");
  }

  @Test
  void aColumnThatNamesPeopleIsRefused() {
    String[] rows =
        IntStream.range(0, 5000)
            .mapToObj(i -> "x,%d,1,mon,1,0.9".formatted(i))
            .toArray(String[]::new);
    assertThatThrownBy(() -> Fixtures.tally(Rows.of(COLUMNS, rows), ASKED))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("'insurance' has more than 4096 values");
  }

  @Test
  void whatNobodyCanBeToldFromIsUnknown() {
    AuditResult result = Audits.audit(ASKED, Rows.repeated(COLUMNS, "x,A,1,mon,1,0.9,40"));
    assertThat(CohortRuns.metric(result, "auc_sensitive_from_score", "race=x", "").value())
        .isInstanceOf(Measure.Unknown.class);
    assertThat(value(result, "cramers_v[insurance]", "race")).isEqualTo(0);
  }
}

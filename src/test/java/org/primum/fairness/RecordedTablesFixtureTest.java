package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.tally.GroupTally;
import org.primum.gate.Measure;

/// The rates, differences and ratios of every table in testdata/fairness/scipy.json, and what has
/// no value there and in sklearn.json.
final class RecordedTablesFixtureTest {

  private int rates;
  private int pairs;
  private int undefined;

  @Test
  void ratesDifferencesAndRatiosAreThoseOfTheTables() {
    walk(Fixtures.json("scipy").get("one_proportion"));
    walk(Fixtures.json("scipy").get("two_proportions"));
    assertThat(rates).isGreaterThan(140);
    assertThat(pairs).isGreaterThan(40);
    assertThat(undefined).isEqualTo(2);
  }

  private void walk(JsonNode node) {
    if (node.has("k") && node.has("n")) {
      rate(node);
    }
    if (node.has("x1") && node.has("n1")) {
      pair(node);
    }
    node.forEach(this::walk);
  }

  private void rate(JsonNode node) {
    Estimate ours = Coverage.rate(node.get("k").longValue(), node.get("n").longValue());
    if (ours.defined()) {
      assertThat(ours.value()).isCloseTo(node.get("p").doubleValue(), within(1e-15));
      rates++;
    } else {
      assertThat(node.path("p").isNull() || node.path("p").isMissingNode()).isTrue();
    }
  }

  private void pair(JsonNode node) {
    Estimate group = Coverage.rate(node.get("x1").longValue(), node.get("n1").longValue());
    Estimate reference = Coverage.rate(node.get("x2").longValue(), node.get("n2").longValue());
    if (node.has("undefined")) {
      assertThat(node.get("undefined").asText()).contains("denominator is 0");
      assertThat(group.defined() && reference.defined()).isFalse();
      undefined++;
      return;
    }
    assertThat(Contrast.difference(group, reference).point())
        .isCloseTo(node.get("difference").doubleValue(), within(1e-15));
    if (node.get("ratio").isNull()) {
      assertThat(Contrast.ratio(group, reference).shown()).isInstanceOf(Measure.Unknown.class);
    } else if (Contrast.noRatio(group, reference).isEmpty()) {
      assertThat(Contrast.ratio(group, reference).point())
          .isCloseTo(node.get("ratio").doubleValue(), within(1e-14));
    }
    pairs++;
  }

  /// scikit-learn 1.9.1 warns, and says NaN for the area of one class and 0 for the precision of
  /// nobody; AIAN have no positives.
  @Test
  void whatScikitLearnWarnsOfHasNoValue() {
    FairlearnFrame both =
        FairlearnFrame.of(
            Fixtures.tally(Fixtures.cohort(), Fixtures.cohortPolicy(false)), List.of(0, 1), false);
    for (String group : List.of("AIAN|F", "AIAN|M")) {
      JsonNode said = Fixtures.json("sklearn").at("/groups/race_x_sex").get(group);
      refused(said);
      assertThat(both.ours("auroc", both.groups().getOrDefault(group, GroupTally.NONE)).defined())
          .isFalse();
      assertThat(both.ours("auprc", both.groups().getOrDefault(group, GroupTally.NONE)).defined())
          .isFalse();
    }
    refused(Fixtures.json("sklearn").at("/groups/race/AIAN"));
  }

  private static void refused(JsonNode said) {
    for (String weighted : List.of("", "_weighted")) {
      assertThat(Fixtures.number(said.at("/auroc" + weighted + "/value"))).isNaN();
      assertThat(Fixtures.number(said.at("/average_precision" + weighted + "/value"))).isZero();
      said.at("/auroc" + weighted + "/warns")
          .forEach(w -> assertThat(w.asText()).isEqualTo("UndefinedMetricWarning"));
      said.at("/average_precision" + weighted + "/warns")
          .forEach(w -> assertThat(w.asText()).isEqualTo("UserWarning"));
    }
  }
}

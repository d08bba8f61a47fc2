package org.primum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Complete cases of the fixture cohort (581 of 600 rows, race known), as AIF360 was given them.
final class ReweighingTest {

  private static final JsonNode PEER = Fixture.json("aif360.json").get("reweighing");
  private static final List<Fixture.Row> ROWS =
      Fixture.rows().stream().filter(r -> !r.race().isEmpty()).toList();

  /// Four groups and labels by hand: a has 3 positives of 4 rows, b has 1 of 4. Half of all rows is
  /// positive, so a's positives are expected 4 * 4 / 8 = 2 but are 3: factor 2/3; its negative 2/1.
  @Test
  void factorIsExpectedOverObservedCount() {
    var reweighing = new Reweighing();
    for (int row = 0; row < 4; row++) {
      reweighing.add("a", row < 3, 1);
      reweighing.add("b", row < 1, 1);
    }
    assertThat(reweighing.factor("a", true)).isEqualTo(2.0 / 3);
    assertThat(reweighing.factor("a", false)).isEqualTo(2.0);
    assertThat(reweighing.factor("b", true)).isEqualTo(2.0);
    assertThat(reweighing.factor("b", false)).isEqualTo(2.0 / 3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void equalsAif360ForEachRace(boolean weighted) {
    JsonNode expected = peerGroups("race", weighted);
    equalsPeer(expected, weighted, Fixture.Row::race);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void equalsAif360ForEachRaceAndSexJointly(boolean weighted) {
    JsonNode expected = peerGroups("race x sex", weighted);
    equalsPeer(expected, weighted, r -> r.race() + "|" + r.sex());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void equalsAif360ForTwoGroups(boolean weighted) {
    JsonNode expected =
        PEER.get("sex: F vs M").get(weighted ? "weighted" : "unweighted").get("factors");
    equalsPeer(expected, weighted, r -> r.sex().equals("F") ? "unprivileged" : "privileged");
  }

  private static JsonNode peerGroups(String columns, boolean weighted) {
    return PEER.get("all groups (aif360.sklearn.preprocessing.Reweighing), " + columns)
        .get(weighted ? "weighted" : "unweighted");
  }

  private static void equalsPeer(
      JsonNode expected, boolean weighted, Function<Fixture.Row, String> group) {
    var reweighing = new Reweighing();
    for (Fixture.Row row : ROWS) {
      reweighing.add(group.apply(row), row.positive(), weighted ? row.weight() : 1);
    }
    assertThat(expected.size()).isGreaterThan(3);
    expected
        .properties()
        .forEach(entry -> {
          int label = entry.getKey().lastIndexOf("|y=");
          String name = entry.getKey().substring(0, label);
          boolean positive = entry.getKey().endsWith("1");
          assertThat(reweighing.factor(name, positive))
              .as(entry.getKey())
              .isCloseTo(entry.getValue().asDouble(), within(1e-12));
        });
  }

  @Test
  void keepsTheSumOfWeightsAndMakesLabelRatesEqual() {
    var reweighing = new Reweighing();
    ROWS.forEach(r -> reweighing.add(r.race(), r.positive(), r.weight()));
    double before = ROWS.stream().mapToDouble(Fixture.Row::weight).sum();
    double after =
        ROWS.stream()
            .mapToDouble(r -> r.weight() * reweighing.factor(r.race(), r.positive()))
            .sum();
    // AIAN has no positives: its cell (AIAN, positive) has no factor, and its share is lost.
    double lost =
        ROWS.stream().filter(r -> r.race().equals("AIAN")).mapToDouble(Fixture.Row::weight).sum()
            * ROWS.stream().filter(Fixture.Row::positive).mapToDouble(Fixture.Row::weight).sum()
            / before;
    assertThat(after).isCloseTo(before - lost, within(1e-9));
  }

  @Test
  void aGroupWithoutPositivesHasNoPositiveFactor() {
    var reweighing = new Reweighing();
    reweighing.add("a", false, 1);
    reweighing.add("b", true, 1);
    assertThat(reweighing.factors().get("a")).isEqualTo(new Reweighing.Factors(0.5, 0));
    assertThatThrownBy(() -> reweighing.factor("a", true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.fairness.Fixtures;

/// Holm-adjusted p-values of statsmodels 0.15.0 (testdata/fairness/scipy.json). Our procedure works
/// on levels; the adjusted p-value of a hypothesis is the smallest alpha that rejects it, found
/// here by halving.
final class HolmTest {

  private static final JsonNode VECTORS = Fixtures.json("scipy").get("multiplicity");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "family_rates_vs_White",
        "textbook",
        "ties_and_bounds",
        "single",
        "hochberg_vs_holm"
      })
  void equalsStatsmodels(String family) {
    JsonNode p = VECTORS.get(family).get("p");
    JsonNode expected = VECTORS.get(family).get("holm");
    for (int i = 0; i < p.size(); i++) {
      assertThat(adjusted(p, i))
          .as(family + " " + i)
          .isCloseTo(expected.get(i).doubleValue(), within(1e-12));
    }
  }

  private static double adjusted(JsonNode p, int index) {
    if (!rejected(p, index, 1)) {
      return 1;
    }
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (rejected(p, index, middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static boolean rejected(JsonNode p, int index, double alpha) {
    double[] levels =
        Holm.levels(p.size(), p.size(), alpha, (i, level) -> p.get(i).doubleValue() <= level);
    return p.get(index).doubleValue() <= levels[index];
  }

  /// Two hypotheses of a planned four at p = .02: .05/4 = .0125 rejects neither.
  @Test
  void plannedHypothesesArePaidForWhereTheyCannotBeTested() {
    double[] levels = Holm.levels(2, 4, 0.05, (_, level) -> 0.02 <= level);
    assertThat(levels).containsExactly(0.0125, 0.0125);
  }

  @Test
  void noHypothesisHasNoLevel() {
    assertThat(Holm.levels(0, 0, 0.05, (_, _) -> true)).isEmpty();
  }
}

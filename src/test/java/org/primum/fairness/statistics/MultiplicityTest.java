package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.primum.fairness.statistics.distribution.ContingencyTable;

/// statsmodels 0.15.0 `multipletests` on five families (testdata/fairness/scipy.json).
final class MultiplicityTest {

  private static final Map<String, Multiplicity> NAMES =
      Map.of(
          "bonferroni", Multiplicity.BONFERRONI,
          "sidak", Multiplicity.SIDAK,
          "holm", Multiplicity.HOLM,
          "holm_sidak", Multiplicity.HOLM_SIDAK,
          "hochberg", Multiplicity.HOCHBERG,
          "hommel", Multiplicity.HOMMEL,
          "bh", Multiplicity.BENJAMINI_HOCHBERG,
          "by", Multiplicity.BENJAMINI_YEKUTIELI);

  @Test
  void everyProcedureEqualsStatsmodels() {
    int families = 0;
    for (Map.Entry<String, JsonNode> family : Recorded.SCIPY.get("multiplicity").properties()) {
      if (family.getValue().isObject()) {
        double[] p = Recorded.numbers(family.getValue().get("p"));
        NAMES.forEach((name, procedure) ->
            assertThat(procedure.adjusted(p))
                .as("%s of %s", name, family.getKey())
                .containsExactly(Recorded.numbers(family.getValue().get(name)), within(1e-12)));
        families++;
      }
    }
    assertThat(families).isEqualTo(5);
  }

  @Test
  void theRecordedFamilyIsThePooledTests() {
    JsonNode family = Recorded.SCIPY.at("/multiplicity/family_rates_vs_White");
    for (int i = 0; i < family.get("name").size(); i++) {
      String[] name = family.get("name").get(i).textValue().split("\\|", -1);
      JsonNode table =
          Recorded.SCIPY.at("/two_proportions/race_vs_White").get(name[1]).get(name[0]);
      double p = new ContingencyTable(new double[][] {row(table, 1), row(table, 2)}).chiSquareP();
      assertThat(p).isCloseTo(family.get("p").get(i).doubleValue(), within(1e-12));
    }
  }

  /// Events and the others of one side of a recorded table.
  private static double[] row(JsonNode table, int side) {
    double events = table.get("x" + side).doubleValue();
    return new double[] {events, table.get("n" + side).doubleValue() - events};
  }

  /// A planned comparison that could not be made counts as one with p = 1: .01 of four is .04.
  @Test
  void whatWasPlannedAndNotTestedIsPaidFor() {
    assertThat(Multiplicity.HOLM.adjusted(new double[] {0.01, 0.02}, 4))
        .containsExactly(new double[] {0.04, 0.06}, within(1e-15));
    assertThatThrownBy(() -> Multiplicity.HOLM.adjusted(new double[] {0.01, 0.02}, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 300)
  void strongerProceduresAreNeverLarger(
      @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0, max = 1) Double> values) {
    double[] p = values.stream().mapToDouble(value -> value).toArray();
    double[] bonferroni = Multiplicity.BONFERRONI.adjusted(p);
    double[] holm = Multiplicity.HOLM.adjusted(p);
    double[] hochberg = Multiplicity.HOCHBERG.adjusted(p);
    double[] hommel = Multiplicity.HOMMEL.adjusted(p);
    for (int i = 0; i < p.length; i++) {
      assertThat(holm[i]).isLessThanOrEqualTo(bonferroni[i] + 1e-12);
      assertThat(hochberg[i]).isLessThanOrEqualTo(holm[i] + 1e-12);
      assertThat(hommel[i]).isLessThanOrEqualTo(hochberg[i] + 1e-12);
      assertThat(hommel[i]).isGreaterThanOrEqualTo(p[i] - 1e-12);
    }
  }
}

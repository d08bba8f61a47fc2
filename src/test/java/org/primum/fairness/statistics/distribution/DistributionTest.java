package org.primum.fairness.statistics.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.Recorded;
import org.primum.fairness.statistics.Recorded.Row;
import org.primum.gate.Measure;

/// SciPy 1.17.1, scikit-learn 1.9.1 and AIF360 0.6.1 on cohort.csv (testdata/fairness).
final class DistributionTest {

  private static final List<String> RACES =
      List.of("White", "Black", "Hispanic", "Asian", "AIAN", "NHPI");
  private static final List<Row> COMPLETE =
      Recorded.ROWS.stream().filter(row -> !row.race().isEmpty()).toList();

  @Test
  void homogeneityOfGroupsEqualsScipys() {
    for (Map.Entry<String, JsonNode> one : Recorded.SCIPY.get("homogeneity").properties()) {
      JsonNode recorded = one.getValue();
      List<double[]> rows = new ArrayList<>();
      recorded
          .get("groups")
          .forEach(group -> rows.add(table(one.getKey(), Recorded.confusion(group.textValue()))));
      ContingencyTable table = new ContingencyTable(rows.toArray(double[][]::new));
      assertThat(table.chiSquare()).isCloseTo(recorded.get("chi2").doubleValue(), within(1e-11));
      assertThat(table.degreesOfFreedom()).isEqualTo(recorded.get("df").intValue());
      assertThat(table.chiSquareP()).isCloseTo(recorded.get("p").doubleValue(), within(1e-13));
      assertThat(table.likelihoodRatio()).isCloseTo(recorded.get("g").doubleValue(), within(1e-11));
      assertThat(table.likelihoodRatioP())
          .isCloseTo(recorded.get("g_p").doubleValue(), within(1e-13));
      assertThat(table.smallestExpected())
          .isCloseTo(recorded.get("min_expected").doubleValue(), within(1e-12));
    }
  }

  /// Events and others of a rate from tp, fp, fn, tn.
  private static double[] table(String rate, long[] c) {
    return switch (rate) {
      case "selection_rate" -> new double[] {c[0] + c[1], c[2] + c[3]};
      case "tpr" -> new double[] {c[0], c[2]};
      case "fpr" -> new double[] {c[1], c[3]};
      case "ppv" -> new double[] {c[0], c[1]};
      default -> throw new IllegalArgumentException(rate);
    };
  }

  @Test
  void associationOfRaceAndPredictionEqualsTheRecordedOne() {
    JsonNode recorded = Recorded.SCIPY.get("association_race_prediction");
    ContingencyTable table =
        new ContingencyTable(
            RACES.stream()
                .map(r -> table("selection_rate", Recorded.confusion(r)))
                .toArray(double[][]::new));
    assertThat(table.cramersV()).isCloseTo(recorded.get("cramers_v").doubleValue(), within(1e-12));
    assertThat(table.mutualInformation())
        .isCloseTo(recorded.get("mutual_information_nats").doubleValue(), within(1e-12));
  }

  /// `chi2_contingency` and `contingency.association` of a 3 x 3 table.
  @Test
  void largerTablesEqualScipys() {
    ContingencyTable table =
        new ContingencyTable(new double[][] {{12, 5, 9}, {7, 11, 3}, {2, 4, 8}});
    assertThat(table.chiSquare()).isCloseTo(11.439761032618176, within(1e-12));
    assertThat(table.chiSquareP()).isCloseTo(0.022041898881885506, within(1e-13));
    assertThat(table.likelihoodRatio()).isCloseTo(11.817820779441291, within(1e-12));
    assertThat(table.likelihoodRatioP()).isCloseTo(0.018758684689208143, within(1e-13));
    assertThat(table.cramersV()).isCloseTo(0.30621648070319035, within(1e-12));
  }

  /// The 3 x 2 table 3 0, 1 4, 0 2: all tables with its margins enumerated in Python. 99,999 draws;
  /// five standard errors.
  @Test
  void permutationsAgreeWithTheEnumerationOfThinTables() {
    ContingencyTable table = new ContingencyTable(new double[][] {{3, 0}, {1, 4}, {0, 2}});
    double exact = 0.07142857142857167;
    double p = table.permutationP(5, 99_999);
    assertThat(p).isCloseTo(exact, within(5 * Math.sqrt(exact * (1 - exact) / 1e5)));
    assertThat(table.permutationP(5, 99_999)).isEqualTo(p);
    assertThatThrownBy(
            () -> new ContingencyTable(new double[][] {{1.5, 2}, {3, 4}}).permutationP(1, 9))
        .isInstanceOf(IllegalStateException.class);
  }

  /// The same table, stopped after 2,000 tables as far apart: a relative standard error of 1/45.
  @Test
  void stoppedPermutationsAgreeWithTheEnumerationToo() {
    ContingencyTable table = new ContingencyTable(new double[][] {{3, 0}, {1, 4}, {0, 2}});
    double exact = 0.07142857142857167;
    assertThat(table.sequentialP(5, 99_999, 2_000)).isCloseTo(exact, within(exact * 5 / 45));
    assertThat(table.sequentialP(5, 9, 2_000)).isEqualTo(table.permutationP(5, 9));
  }

  @Test
  void permutationsAgreeWithChiSquareWhereThatHolds() {
    ContingencyTable table =
        new ContingencyTable(new double[][] {{60, 40, 30}, {50, 60, 45}, {30, 32, 41}});
    assertThat(table.permutationP(1, 19_999)).isCloseTo(table.chiSquareP(), within(0.01));
  }

  @Test
  void oneGroupOrOneOutcomeIsNothingToCompare() {
    ContingencyTable one = new ContingencyTable(new double[][] {{3, 4}, {0, 0}});
    assertThat(one.degreesOfFreedom()).isZero();
    assertThat(one.chiSquareP()).isEqualTo(1);
    assertThat(one.cramersV()).isZero();
    assertThat(one.mutualInformation()).isZero();
    assertThat(one.permutationP(1, 9)).isEqualTo(1);
    assertThatThrownBy(() -> new ContingencyTable(new double[][] {{0, 0}}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// SciPy: `entropy(p, q)`, `jensenshannon(p, q)**2`; the stability index by its formula.
  @Test
  void divergencesEqualScipys() {
    Divergence divergence =
        new Divergence(new double[] {10, 20, 30, 40}, new double[] {25, 25, 30, 20});
    assertKnown(divergence.kullbackLeibler(), 0.14100108877372064);
    assertThat(divergence.jensenShannon()).isCloseTo(0.0349852431667001, within(1e-12));
    assertKnown(divergence.populationStability(), 0.28723022345882276);
    assertThat(divergence.totalVariation()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void whatOnlyOneOfThemHasIsUnknownAndNeverInfinite() {
    Divergence apart = new Divergence(new double[] {1, 0}, new double[] {0, 1});
    assertThat(apart.kullbackLeibler()).isInstanceOf(Measure.Unknown.class);
    assertThat(apart.populationStability()).isInstanceOf(Measure.Unknown.class);
    assertThat(apart.jensenShannon()).isCloseTo(Math.log(2), within(1e-15));
    assertThat(apart.totalVariation()).isEqualTo(1);
    Divergence within = new Divergence(new double[] {1, 0}, new double[] {1, 1});
    assertKnown(within.kullbackLeibler(), Math.log(2));
  }

  @Property(tries = 200)
  void divergencesAreZeroOnlyForTheSameAndSymmetricWhereTheyClaim(
      @ForAll @Size(5) List<@IntRange(min = 1, max = 90) Integer> first,
      @ForAll @Size(5) List<@IntRange(min = 1, max = 90) Integer> second) {
    double[] p = first.stream().mapToDouble(i -> i).toArray();
    double[] q = second.stream().mapToDouble(i -> i).toArray();
    Divergence one = new Divergence(p, q);
    Divergence turned = new Divergence(q, p);
    assertThat(one.jensenShannon()).isCloseTo(turned.jensenShannon(), within(1e-12));
    assertThat(one.totalVariation()).isCloseTo(turned.totalVariation(), within(1e-12));
    double both = known(one.kullbackLeibler()) + known(turned.kullbackLeibler());
    assertThat(known(one.populationStability())).isCloseTo(both, within(1e-12));
    assertThat(2 * one.totalVariation() * one.totalVariation())
        .as("Pinsker's inequality")
        .isLessThanOrEqualTo(known(one.kullbackLeibler()) + 1e-12);
    assertKnown(new Divergence(p, p).kullbackLeibler(), 0);
  }

  @Test
  void inequalityOfBenefitsEqualsAif360() {
    JsonNode recorded = Recorded.AIF360.at("/individual/unweighted");
    double[] people = {63, 401, 117};
    assertThat(Recorded.numbers(Recorded.AIF360.at("/individual/own_check/count_b0_b1_b2")))
        .isEqualTo(people);
    assertEntropy(people, 1, recorded.get("theil_index"));
    assertEntropy(people, 0.5, recorded.get("generalized_entropy_index_alpha0.5"));
    assertEntropy(people, 1, recorded.get("generalized_entropy_index_alpha1"));
    assertEntropy(people, 2, recorded.get("generalized_entropy_index_alpha2"));
    assertEntropy(people, 3, recorded.get("generalized_entropy_index_alpha3"));
    double squares = known(GeneralizedEntropy.index(BENEFITS, people, 2));
    assertThat(Math.sqrt(2 * squares))
        .isCloseTo(recorded.get("coefficient_of_variation").doubleValue(), within(1e-12));
    assertThat(GeneralizedEntropy.index(BENEFITS, people, 0))
        .as("AIF360 says Infinity")
        .isInstanceOf(Measure.Unknown.class);
  }

  private static final double[] BENEFITS = {0, 1, 2};

  private static void assertEntropy(double[] people, double alpha, JsonNode recorded) {
    assertThat(known(GeneralizedEntropy.index(BENEFITS, people, alpha)))
        .isCloseTo(recorded.doubleValue(), within(1e-12));
  }

  /// AIF360 compares all groups by giving everybody the mean benefit of his group of sex.
  @Test
  void inequalityBetweenGroupsEqualsAif360() {
    JsonNode recorded = Recorded.AIF360.at("/individual/unweighted");
    Map<String, List<Row>> groups = new TreeMap<>();
    COMPLETE.forEach(
        row -> groups.computeIfAbsent(row.race() + row.sex(), _ -> new ArrayList<>()).add(row));
    double[] means =
        groups.values().stream()
            .mapToDouble(rows ->
                rows.stream()
                    .mapToDouble(r -> 1 + r.prediction() - r.label())
                    .average()
                    .orElseThrow())
            .toArray();
    double[] sizes = groups.values().stream().mapToDouble(List::size).toArray();
    assertKnown(
        GeneralizedEntropy.index(means, sizes, 2),
        recorded.get("between_all_groups_generalized_entropy_index_alpha2").doubleValue());
    assertKnown(
        GeneralizedEntropy.index(means, sizes, 1),
        recorded.get("between_all_groups_theil_index").doubleValue());
  }

  /// Benefits 1, 2 and 3 of one person each: r = 1/2, 1, 3/2, -mean(ln r) = -ln(3/4) / 3. AIF360
  /// divides by the mean, 2, once more.
  @Test
  void trapT12TheMeanLogarithmicDeviationIsAsDefined() {
    double[] one = {1, 1, 1};
    assertKnown(GeneralizedEntropy.index(new double[] {1, 2, 3}, one, 0), -Math.log(0.75) / 3);
    assertKnown(GeneralizedEntropy.index(new double[] {4, 4}, new double[] {1, 5}, 0), 0);
    assertThat(GeneralizedEntropy.index(new double[0], new double[0], 2))
        .isInstanceOf(Measure.Unknown.class);
    assertThat(GeneralizedEntropy.index(new double[] {0}, new double[] {3}, 2))
        .isInstanceOf(Measure.Unknown.class);
  }

  /// AIF360's bias amplification is epsilon of the predictions minus epsilon of the labels over all
  /// combinations of its two attributes, smoothed with concentration 1.
  @Test
  void differentialFairnessEqualsAif360() {
    JsonNode individual = Recorded.AIF360.get("individual");
    assertThat(amplification(_ -> 1))
        .isCloseTo(
            individual.at("/unweighted/differential_fairness_bias_amplification").doubleValue(),
            within(1e-12));
    assertThat(amplification(Row::weight))
        .isCloseTo(
            individual.at("/weighted/differential_fairness_bias_amplification").doubleValue(),
            within(1e-12));
  }

  private static double amplification(ToDoubleFunction<Row> weight) {
    return known(DifferentialFairness.epsilon(rates(Row::prediction, weight), 1))
        - known(DifferentialFairness.epsilon(rates(Row::label, weight), 1));
  }

  private static List<Proportion> rates(
      Function<Row, Integer> outcome, ToDoubleFunction<Row> weight) {
    Map<String, double[]> sums = new TreeMap<>();
    COMPLETE.forEach(row -> {
      double[] sum = sums.computeIfAbsent(row.race() + row.sex(), _ -> new double[2]);
      sum[0] += outcome.apply(row) * weight.applyAsDouble(row);
      sum[1] += weight.applyAsDouble(row);
    });
    return sums.values().stream().map(s -> new Proportion(s[0], s[1], 0, 0, s[1])).toList();
  }

  /// By hand: (8 + .5) / 11 against (2 + .5) / 11.
  @Test
  void differentialFairnessByHand() {
    List<Proportion> groups =
        List.of(Proportion.of(8, 10), Proportion.of(2, 10), Proportion.of(0, 0));
    assertKnown(DifferentialFairness.epsilon(groups, 1), Math.log(8.5 / 2.5));
    assertThat(DifferentialFairness.epsilon(groups.subList(0, 1), 1))
        .isInstanceOf(Measure.Unknown.class);
  }

  private static double known(Measure measure) {
    return ((Measure.Known) measure).value();
  }

  private static void assertKnown(Measure measure, double expected) {
    assertThat(known(measure)).isCloseTo(expected, within(1e-12));
  }
}

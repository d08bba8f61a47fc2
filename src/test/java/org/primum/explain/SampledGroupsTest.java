package org.primum.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.primum.explain.sampling.Prediction;
import org.primum.explain.sampling.Sampling;
import org.primum.explain.sampling.Sampling.Method;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.OutputSpace;
import org.primum.explain.value.Precision;
import org.primum.explain.value.SamplingErrors;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;
import org.primum.model.LinearModel;
import org.primum.model.Scorer;
import org.primum.model.ShapFixture;
import org.primum.model.TreeEnsemble;

/// Groups of features of models that are asked as black boxes, and of correlated features: the
/// enumerations of testdata/shap (`make_coalitions.py`), and trees of fourteen features in groups
/// of three, whose exact values are the truth that estimates are held against.
final class SampledGroupsTest {

  private static final int ALL = 4096;
  private static final Map<String, List<String>> FIXTURE =
      Map.of("blood", List.of("hb_z", "na_z", "k_z"), "circulation", List.of("sbp_z", "crp"));

  private final ShapFixture binary = new ShapFixture("a_xgb_binary");
  private final Scorer model = binary.model("model.json");

  @ParameterizedTest
  @EnumSource(Method.class)
  void aGroupHasTheSumOfItsFeaturesAsInTheExactModes(Method method) {
    FeatureGroups groups = FeatureGroups.of(binary.featureNames(), FIXTURE);
    double[] single =
        ShapFixture.numbers(binary.expected("expected_interventional.json").path("phi"));
    ShapleyValues values =
        explainer(OutputSpace.MARGIN, method).by(groups).explain(part(binary.rows(model), 4));

    values.requireAdditivity();
    assertThat(values.features()).isEqualTo(9);
    for (int row = 0; row < 4; row++) {
      var sums = new double[9];
      for (int feature = 0; feature < 12; feature++) {
        sums[groups.of(feature)] += single[row * 12 + feature];
      }
      requireRow(values, row, sums, 1e-9);
    }
  }

  static Stream<Arguments> games() {
    return Stream.of(Method.values())
        .flatMap(
            method -> Stream.of(OutputSpace.values()).map(space -> Arguments.of(method, space)));
  }

  @ParameterizedTest
  @MethodSource("games")
  void groupsThatBecomeKnownTogetherAreThePlayers(Method method, OutputSpace space) {
    FeatureGroups groups = FeatureGroups.of(binary.featureNames(), FIXTURE).together();
    JsonNode expected = binary.expected("expected_groups_together.json");
    assertThat(groups.names()).containsExactly(texts(expected.path("names")));
    JsonNode game = expected.path(space.wireName());
    ShapleyValues values =
        explainer(space, method).by(groups).explain(part(binary.rows(model), 12));

    values.requireAdditivity();
    assertThat(values.baseValue(0)).isCloseTo(game.path("base_value").doubleValue(), within(1e-11));
    double[] truth = ShapFixture.numbers(game.path("phi"));
    for (int row = 0; row < 12; row++) {
      requireRow(values, row, Arrays.copyOfRange(truth, row * 9, row * 9 + 9), 1e-9);
      assertThat(values.errors().orElseThrow().coalitions(row)).isBetween(2, 510);
      assertThat(values.errors().orElseThrow().largest(row)).isZero();
    }
  }

  /// Fourteen features are too many for all coalitions, five groups of them are not: the definition
  /// over all orders of the groups.
  @ParameterizedTest
  @EnumSource(Method.class)
  void fewGroupsOfManyFeaturesAreExact(Method method) {
    var world = new Grouped(41);
    FeatureMatrix rows = world.random.rows(2);
    ShapleyValues values =
        explainer(world, method, ALL).by(world.groups().together()).explain(rows);

    values.requireAdditivity();
    for (int row = 0; row < 2; row++) {
      requireRow(values, row, world.overAllOrders(rows, row), 1e-9);
      assertThat(values.errors().orElseThrow().largest(row)).isZero();
      assertThat(values.errors().orElseThrow().coalitions(row)).isLessThanOrEqualTo(30);
    }
  }

  /// Of 300 rows and five groups of fourteen features, how often the sum of the exact values lies
  /// within 1.96 standard errors of the estimated one. Features of a group are estimated from the
  /// same coalitions, so their errors go together: errors added up as if they did not, or as if
  /// they were one, would be of another size.
  @ParameterizedTest
  @EnumSource(Method.class)
  @Tag("slow")
  void theStandardErrorIsThatOfTheSum(Method method) {
    var world = new Grouped(23);
    FeatureMatrix rows = world.random.rows(300);
    ShapleyValues truth = world.groups().sum(world.exact(rows));
    ShapleyValues found = explainer(world, method, 2000).by(world.groups()).explain(rows);

    found.requireAdditivity();
    SamplingErrors errors = found.errors().orElseThrow();
    int within = 0;
    int estimated = 0;
    for (int i = 0; i < 300 * 5; i++) {
      double error = errors.error(i / 5, 0, i % 5);
      double miss = Math.abs(found.phi(i / 5, 0, i % 5) - truth.phi(i / 5, 0, i % 5));
      estimated += error > 1e-12 ? 1 : 0;
      within += error > 1e-12 && miss <= 1.96 * error ? 1 : 0;
      if (error <= 1e-12) {
        assertThat(miss).isLessThan(1e-9);
      }
    }
    assertThat(estimated).isGreaterThan(800);
    assertThat((double) within / estimated).isBetween(0.909, 0.982);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void aRowHasTheSameBitsWhateverStandsBesideIt(Method method) {
    var world = new Grouped(7);
    FeatureMatrix rows = world.random.rows(9);
    SampledExplainer explainer = explainer(world, method, 300).by(world.groups());
    ShapleyValues all = explainer.explain(rows);
    ShapleyValues last =
        explainer.explain(
            new FeatureMatrix(Arrays.copyOfRange(rows.values(), 8 * 14, 9 * 14), 1, 14));
    for (int group = 0; group < 5; group++) {
      assertThat(last.phi(0, 0, group)).isEqualTo(all.phi(8, 0, group));
      assertThat(last.errors().orElseThrow().error(0, 0, group))
          .isEqualTo(all.errors().orElseThrow().error(8, 0, group));
    }
  }

  @Test
  void groupsOfCorrelatedFeatures() {
    var fixture = new ShapFixture("i_linear_logistic");
    var linear = (LinearModel) fixture.model("model.json");
    JsonNode expected = fixture.expected("expected_groups_correlated.json");
    FeatureGroups groups =
        FeatureGroups.of(
            fixture.featureNames(),
            Map.of("a", List.of("x1", "x6"), "b", List.of("x2", "x3", "x4")));
    assertThat(groups.names()).containsExactly(texts(expected.path("names")));
    var background = new GaussianBackground(linear, sampling(Method.PERMUTATION, 100));
    background.add(fixture.background(linear));
    Explainer single = background.explainer(Precision.MIXED);
    FeatureMatrix rows = part(fixture.rows(linear), 12);

    for (String kind : List.of("sum", "together")) {
      FeatureGroups asked = kind.equals("sum") ? groups : groups.together();
      ShapleyValues values = single.by(asked).explain(rows);
      values.requireAdditivity();
      double[] truth = ShapFixture.numbers(expected.path(kind));
      for (int row = 0; row < 12; row++) {
        requireRow(values, row, Arrays.copyOfRange(truth, row * 5, row * 5 + 5), 1e-11);
      }
    }
  }

  private static void requireRow(ShapleyValues values, int row, double[] truth, double bound) {
    assertThat(values.features()).isEqualTo(truth.length);
    for (int group = 0; group < truth.length; group++) {
      assertThat(values.phi(row, 0, group))
          .as("row %d, group %d", row, group)
          .isCloseTo(truth[group], within(bound));
    }
  }

  private SampledExplainer explainer(OutputSpace space, Method method) {
    var background =
        new SampledBackground(new Prediction(model, space), sampling(method, ALL), Long.MAX_VALUE);
    background.add(binary.background(model));
    return background.explainer(Precision.MIXED);
  }

  private static SampledExplainer explainer(Grouped world, Method method, int samples) {
    var background =
        new SampledBackground(
            new Prediction(world.model, OutputSpace.MARGIN),
            sampling(method, samples),
            Long.MAX_VALUE);
    background.add(world.background);
    return background.explainer(Precision.MIXED);
  }

  private static Sampling sampling(Method method, int samples) {
    return new Sampling(method, 1, samples, OptionalDouble.empty());
  }

  private static String[] texts(JsonNode list) {
    return java.util.stream.StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .toArray(String[]::new);
  }

  private static FeatureMatrix part(FeatureMatrix rows, int count) {
    double[] values = Arrays.copyOf(rows.values(), count * rows.columns());
    return new FeatureMatrix(values, count, rows.columns());
  }

  /// Trees of fourteen features, of which each third belongs to the same group: g0 has x0, x5 and
  /// x10, and so on.
  private static final class Grouped {
    final RandomTrees random;
    final TreeEnsemble model;
    final FeatureMatrix background;

    Grouped(long seed) {
      this.random = new RandomTrees(seed, 14);
      this.model = random.ensemble(IntStream.range(0, 12).mapToObj(_ -> random.tree(5)).toList());
      this.background = random.rows(6);
    }

    FeatureGroups groups() {
      List<String> names = model.features().stream().map(f -> f.name()).toList();
      Map<String, List<String>> members = new java.util.LinkedHashMap<>();
      for (int feature = 0; feature < 14; feature++) {
        members
            .computeIfAbsent("g" + feature % 5, _ -> new java.util.ArrayList<>())
            .add(names.get(feature));
      }
      return FeatureGroups.of(names, members);
    }

    ShapleyValues exact(FeatureMatrix rows) {
      var exact = new TreeBackground(model);
      exact.add(background);
      return exact.explainer(Precision.FLOAT64).explain(rows);
    }

    double[] overAllOrders(FeatureMatrix rows, int row) {
      var sums = new double[5];
      List<List<Integer>> orders = orders(5);
      for (List<Integer> order : orders) {
        double[] mixed = background.values().clone();
        double before = mean(mixed);
        for (int group : order) {
          for (int i = 0; i < mixed.length; i++) {
            int feature = i % 14;
            mixed[i] = feature % 5 == group ? rows.value(row, feature) : mixed[i];
          }
          double after = mean(mixed);
          sums[group] += (after - before) / orders.size();
          before = after;
        }
      }
      return sums;
    }

    private double mean(double[] values) {
      var rows = new FeatureMatrix(values.clone(), background.rows(), 14);
      return Arrays.stream(model.margins(rows)).average().orElseThrow();
    }

    private static List<List<Integer>> orders(int size) {
      if (size == 0) {
        return List.of(List.of());
      }
      return orders(size - 1).stream()
          .flatMap(order ->
              IntStream.range(0, size)
                  .mapToObj(at -> {
                    var longer = new java.util.ArrayList<Integer>(order);
                    longer.add(at, size - 1);
                    return List.<Integer>copyOf(longer);
                  }))
          .toList();
    }
  }
}

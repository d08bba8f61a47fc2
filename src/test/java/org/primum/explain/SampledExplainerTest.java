package org.primum.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.explain.sampling.Prediction;
import org.primum.explain.sampling.Sampling;
import org.primum.explain.sampling.Sampling.Method;
import org.primum.explain.value.OutputSpace;
import org.primum.explain.value.Precision;
import org.primum.explain.value.SamplingErrors;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.ShapFixture;
import org.primum.model.TreeEnsemble;

/// Values of black boxes: the fixtures of testdata/shap (float64 enumeration by another program),
/// the definition over all orders, and the exact explanation of trees as the truth that estimates
/// are held against.
final class SampledExplainerTest {

  private static final int ALL = 4096;

  @ParameterizedTest
  @ValueSource(strings = {"a_xgb_binary", "h_sklearn_forest", "i_linear_logistic"})
  void fewFeaturesAreEnumeratedAndExact(String folder) {
    var fixture = new ShapFixture(folder);
    Scorer model = fixture.model("model.json");
    JsonNode expected = fixture.expected("expected_interventional.json");
    SampledExplainer explainer =
        explainer(model, OutputSpace.MARGIN, sampling(Method.PERMUTATION, 1), fixture);

    ShapleyValues values = explainer.explain(part(fixture.rows(model), 0, 4));
    values.requireAdditivity();
    requireClose(values, ShapFixture.numbers(expected.path("phi")), 1e-11);
    assertThat(explainer.baseValue(0))
        .isCloseTo(expected.path("base_value").path(0).doubleValue(), within(1e-11));
    SamplingErrors errors = values.errors().orElseThrow();
    for (int row = 0; row < values.rows(); row++) {
      assertThat(errors.largest(row)).isZero();
      assertThat(errors.coalitions(row)).isBetween(2, ALL);
    }
  }

  /// What shap calls `model_output="probability"` is the margin's values on another scale; the
  /// fixture says by how much it misses these (meta, `rescaled_max_abs_difference`).
  @Test
  void valuesOfTheProbabilityAreItsOwn() {
    var fixture = new ShapFixture("a_xgb_binary");
    Scorer model = fixture.model("model.json");
    JsonNode expected = fixture.expected("expected_interventional_probability_true.json");
    ShapleyValues values =
        explainer(model, OutputSpace.PROBABILITY, sampling(Method.PERMUTATION, 1), fixture)
            .explain(part(fixture.rows(model), 0, 12));

    values.requireAdditivity();
    requireClose(values, ShapFixture.numbers(expected.path("phi")), 1e-12);
    assertThat(values.baseValue(0))
        .isCloseTo(expected.path("base_value").path(0).doubleValue(), within(1e-12));
    double[] rescaled =
        ShapFixture.numbers(
            fixture.expected("expected_interventional_probability_rescaled.json").path("phi"));
    double apart = 0;
    for (int i = 0; i < 12 * values.features(); i++) {
      double own = values.phi(i / values.features(), 0, i % values.features());
      apart = Math.max(apart, Math.abs(own - rescaled[i]));
    }
    assertThat(apart)
        .isCloseTo(expected.path("rescaled_max_abs_difference").doubleValue(), within(1e-3));
  }

  @Test
  void anyScorerIsABlackBoxOnBothScales() {
    var fixture = new ShapFixture("i_linear_logistic");
    Scorer linear = fixture.model("model.json");
    Scorer opaque = opaque(linear.features(), linear::score);
    Sampling sampling = sampling(Method.PERMUTATION, 1);
    FeatureMatrix rows = part(fixture.rows(linear), 0, 5);
    double[] truth =
        ShapFixture.numbers(fixture.expected("expected_interventional.json").path("phi"));

    ShapleyValues margins = explainer(opaque, OutputSpace.MARGIN, sampling, fixture).explain(rows);
    requireClose(margins, truth, 1e-9);
    ShapleyValues probabilities =
        explainer(opaque, OutputSpace.PROBABILITY, sampling, fixture).explain(rows);
    probabilities.requireAdditivity();
    assertThat(probabilities.margin(3, 0)).isEqualTo(linear.score(rows)[3]);
  }

  /// Probabilities of all classes are 1 together, whatever is known.
  @Test
  void valuesOfClassProbabilitiesCancel() {
    var fixture = new ShapFixture("c_xgb_multiclass");
    Scorer model = fixture.model("model.json");
    FeatureMatrix rows = fixture.rows(model);
    var background =
        new SampledBackground(
            new Prediction(model, OutputSpace.PROBABILITY),
            sampling(Method.PERMUTATION, 1),
            Long.MAX_VALUE);
    background.add(part(rows, 6, 12));
    ShapleyValues values = explainer(background).explain(part(rows, 0, 4));

    values.requireAdditivity();
    assertThat(values.outputs()).isEqualTo(3);
    assertThat(values.baseValue(0) + values.baseValue(1) + values.baseValue(2))
        .isCloseTo(1, within(1e-12));
    for (int row = 0; row < values.rows(); row++) {
      for (int feature = 0; feature < values.features(); feature++) {
        double sum =
            values.phi(row, 0, feature) + values.phi(row, 1, feature) + values.phi(row, 2, feature);
        assertThat(sum).isCloseTo(0, within(1e-12));
      }
    }
  }

  /// Identity 17 of Lundberg and Lee 2017: the regression on all coalitions is the Shapley value.
  @Test
  void theRegressionOnAllCoalitionsIsExact() {
    var fixture = new ShapFixture("a_xgb_binary");
    Scorer model = fixture.model("model.json");
    ShapleyValues values =
        explainer(model, OutputSpace.MARGIN, sampling(Method.KERNEL, ALL), fixture)
            .explain(part(fixture.rows(model), 0, 4));

    values.requireAdditivity();
    requireClose(
        values,
        ShapFixture.numbers(fixture.expected("expected_interventional.json").path("phi")),
        1e-9);
    SamplingErrors errors = values.errors().orElseThrow();
    assertThat(errors.largest(0)).isZero();
    assertThat(errors.condition(0)).isGreaterThan(1);
  }

  @Property(tries = 40, seed = "20261122")
  void valuesAreTheDefinitionOverAllOrders(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 5) int features,
      @ForAll @IntRange(min = 1, max = 9) int size) {
    var random = new RandomTrees(seed, features);
    TreeEnsemble model = random.ensemble(List.of(random.tree(4), random.tree(4)));
    FeatureMatrix rows = random.rows(2);
    FeatureMatrix background = random.rows(size);
    for (Method method : Method.values()) {
      ShapleyValues values = explainer(model, background, sampling(method, ALL)).explain(rows);
      values.requireAdditivity();
      for (int row = 0; row < 2; row++) {
        double[] truth = overAllOrders(model, rows, row, background);
        for (int feature = 0; feature < features; feature++) {
          assertThat(values.phi(row, 0, feature)).isCloseTo(truth[feature], within(1e-9));
        }
      }
    }
  }

  private static double[] overAllOrders(
      TreeEnsemble model, FeatureMatrix rows, int row, FeatureMatrix background) {
    var sums = new double[rows.columns()];
    List<List<Integer>> orders = orders(rows.columns());
    for (List<Integer> order : orders) {
      double[] mixed = background.values().clone();
      double before = mean(model, mixed, background);
      for (int feature : order) {
        for (int other = 0; other < background.rows(); other++) {
          mixed[other * rows.columns() + feature] = rows.value(row, feature);
        }
        double after = mean(model, mixed, background);
        sums[feature] += (after - before) / orders.size();
        before = after;
      }
    }
    return sums;
  }

  private static double mean(TreeEnsemble model, double[] values, FeatureMatrix shape) {
    double[] margins =
        model.margins(new FeatureMatrix(values.clone(), shape.rows(), shape.columns()));
    return Arrays.stream(margins).average().orElseThrow();
  }

  private static List<List<Integer>> orders(int size) {
    List<List<Integer>> orders = new ArrayList<>();
    orders.add(List.of());
    for (int next = 0; next < size; next++) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> order : orders) {
        for (int at = 0; at <= order.size(); at++) {
          var inserted = new ArrayList<Integer>(order);
          inserted.add(at, next);
          longer.add(inserted);
        }
      }
      orders = longer;
    }
    return orders;
  }

  /// A row's bits depend on its values and the seed: not on the rows beside it, its position, or
  /// the order of the background.
  @ParameterizedTest
  @EnumSource(Method.class)
  void aRowHasTheSameBitsWhateverStandsBesideIt(Method method) {
    var world = new Many(7, 15);
    Sampling sampling = sampling(method, 300);
    FeatureMatrix rows = world.random.rows(9);
    ShapleyValues all = explainer(world.model, world.background, sampling).explain(rows);
    ShapleyValues last =
        explainer(world.model, reversed(world.background), sampling).explain(part(rows, 8, 9));
    for (int feature = 0; feature < 15; feature++) {
      assertThat(last.phi(0, 0, feature)).isEqualTo(all.phi(8, 0, feature));
      assertThat(last.errors().orElseThrow().error(0, 0, feature))
          .isEqualTo(all.errors().orElseThrow().error(8, 0, feature));
    }
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void anotherSeedGivesOtherEstimatesThatAddUpToo(Method method) {
    var world = new Many(8, 15);
    FeatureMatrix rows = world.random.rows(3);
    ShapleyValues one =
        explainer(world.model, world.background, sampling(method, 300)).explain(rows);
    var other = new Sampling(method, 2, 300, OptionalDouble.empty());
    ShapleyValues two = explainer(world.model, world.background, other).explain(rows);

    one.requireAdditivity();
    two.requireAdditivity();
    int differing = 0;
    for (int feature = 0; feature < 15; feature++) {
      differing += one.phi(0, 0, feature) == two.phi(0, 0, feature) ? 0 : 1;
    }
    assertThat(differing).isPositive();
  }

  /// Of 150 rows with 14 features; the truth is the exact explanation of the same trees. Where the
  /// error shrinks like 1 / sqrt(n), sixteen times the samples leave a quarter of it. In 12 other
  /// seeds the ratio was from 3.85 to 4.44 (permutation; standard deviation 0.17), and the bound is
  /// five of those away: a false alarm is less likely than 1 in 100,000. Of the regression it was
  /// from 5.96 to 6.55, since more sizes are enumerated.
  @ParameterizedTest
  @EnumSource(Method.class)
  @Tag("slow")
  void theErrorShrinksWithTheRootOfTheSamples(Method method) {
    var world = new Many(11, 14);
    FeatureMatrix rows = world.random.rows(150);
    double few = meanSquare(world, rows, sampling(method, 300));
    double many = meanSquare(world, rows, sampling(method, 4800));
    if (method == Method.PERMUTATION) {
      assertThat(Math.sqrt(few / many)).isBetween(3.1, 4.9);
    } else {
      // larger sizes are enumerated on the way, so it shrinks faster
      assertThat(Math.sqrt(few / many)).isGreaterThan(3.0);
    }
  }

  private static double meanSquare(Many world, FeatureMatrix rows, Sampling sampling) {
    ShapleyValues truth = world.exact(rows);
    ShapleyValues found = explainer(world.model, world.background, sampling).explain(rows);
    double sum = 0;
    for (int i = 0; i < rows.rows() * rows.columns(); i++) {
      double miss =
          found.phi(i / rows.columns(), 0, i % rows.columns())
              - truth.phi(i / rows.columns(), 0, i % rows.columns());
      sum += miss * miss;
    }
    return sum / rows.rows();
  }

  /// Of 300 rows with 14 features, how often the truth lies within 1.96 standard errors: in 12
  /// other seeds with 150 rows from 0.936 to 0.955 (standard deviation 0.006). The bound is six of
  /// those away: a false alarm is less likely than 1 in 100,000.
  @ParameterizedTest
  @EnumSource(Method.class)
  @Tag("slow")
  void theStandardErrorIsHowFarEstimatesMiss(Method method) {
    var world = new Many(23, 14);
    FeatureMatrix rows = world.random.rows(300);
    ShapleyValues truth = world.exact(rows);
    ShapleyValues found =
        explainer(world.model, world.background, sampling(method, 2000)).explain(rows);
    SamplingErrors errors = found.errors().orElseThrow();
    int within = 0;
    int estimated = 0;
    for (int row = 0; row < rows.rows(); row++) {
      for (int feature = 0; feature < 14; feature++) {
        double error = errors.error(row, 0, feature);
        double miss = Math.abs(found.phi(row, 0, feature) - truth.phi(row, 0, feature));
        if (error > 1e-12) {
          estimated++;
          within += miss <= 1.96 * error ? 1 : 0;
        } else {
          assertThat(miss).isLessThan(1e-9);
        }
      }
    }
    assertThat(estimated).isGreaterThan(2000);
    assertThat((double) within / estimated).isBetween(0.914, 0.986);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void stopsWhereTheErrorIsSmallEnough(Method method) {
    var world = new Many(31, 16);
    FeatureMatrix rows = world.random.rows(20);
    var loose = new Sampling(method, 1, 20_000, OptionalDouble.of(0.05));
    SamplingErrors errors =
        explainer(world.model, world.background, loose).explain(rows).errors().orElseThrow();
    long asked = 0;
    for (int row = 0; row < rows.rows(); row++) {
      assertThat(errors.largest(row)).isLessThanOrEqualTo(0.05);
      asked += errors.coalitions(row);
    }
    assertThat(asked).isPositive().isLessThan(20 * 10_000L);
  }

  @Test
  void drawsBackgroundRowsByTheirPositionAndTheSeed() {
    var world = new Many(5, 3);
    FeatureMatrix many = world.random.rows(500);
    Sampling sampling = sampling(Method.PERMUTATION, 100);
    double base = drawn(world, many, sampling, 20);
    assertThat(drawn(world, many, sampling, 20)).isEqualTo(base);
    var seeds = new java.util.TreeSet<Double>();
    for (int seed = 0; seed < 5; seed++) {
      var other = new Sampling(Method.PERMUTATION, seed, 100, OptionalDouble.empty());
      seeds.add(drawn(world, many, other, 20));
    }
    assertThat(seeds).hasSizeGreaterThan(1);
    assertThat(drawn(world, many, sampling, 500))
        .isEqualTo(explainer(world.model, many, sampling).baseValue(0));
  }

  private static double drawn(Many world, FeatureMatrix rows, Sampling sampling, int limit) {
    var background =
        new SampledBackground(new Prediction(world.model, OutputSpace.MARGIN), sampling, limit);
    background.add(part(rows, 0, 7));
    background.add(part(rows, 7, rows.rows()));
    assertThat(background.rows()).isEqualTo(limit);
    assertThat(background.offered()).isEqualTo(rows.rows());
    return explainer(background).baseValue(0);
  }

  @Test
  void aProbabilityOfOneHasNoLogOdds() {
    Scorer certain = opaque(List.of(Feature.numeric("x")), rows -> ones(rows.rows()));
    var background =
        new SampledBackground(
            new Prediction(certain, OutputSpace.MARGIN),
            sampling(Method.PERMUTATION, 10),
            Long.MAX_VALUE);
    background.add(new FeatureMatrix(new double[] {1}, 1, 1));
    assertThatThrownBy(() -> background.explainer(Precision.MIXED))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("--output-space=probability");
  }

  @Test
  void aRegressionHasNoProbability() {
    TreeEnsemble regression = new ShapFixture("b_xgb_regression").trees("model.json");
    assertThatThrownBy(() -> new Prediction(regression, OutputSpace.PROBABILITY))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("no probability");
  }

  private static double[] ones(int count) {
    var ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @FunctionalInterface
  private interface Scores {
    double[] of(FeatureMatrix rows);
  }

  private static Scorer opaque(List<Feature> features, Scores scores) {
    return new Scorer() {
      @Override
      public List<Feature> features() {
        return features;
      }

      @Override
      public double[] score(FeatureMatrix rows) {
        return scores.of(rows);
      }
    };
  }

  /// Trees over many features, and a background.
  private static final class Many {
    final RandomTrees random;
    final TreeEnsemble model;
    final FeatureMatrix background;

    Many(long seed, int features) {
      this.random = new RandomTrees(seed, features);
      this.model =
          random.ensemble(
              java.util.stream.IntStream.range(0, 12).mapToObj(_ -> random.tree(5)).toList());
      this.background = random.rows(6);
    }

    ShapleyValues exact(FeatureMatrix rows) {
      var exact = new TreeBackground(model);
      exact.add(background);
      return exact.explainer(Precision.FLOAT64).explain(rows);
    }
  }

  private static void requireClose(ShapleyValues values, double[] truth, double bound) {
    for (int i = 0; i < values.rows() * values.features(); i++) {
      assertThat(values.phi(i / values.features(), 0, i % values.features()))
          .as("value %d", i)
          .isCloseTo(truth[i], within(bound));
    }
  }

  private static Sampling sampling(Method method, int samples) {
    return new Sampling(method, 1, samples, OptionalDouble.empty());
  }

  private static SampledExplainer explainer(
      Scorer model, OutputSpace space, Sampling sampling, ShapFixture fixture) {
    var background = new SampledBackground(new Prediction(model, space), sampling, Long.MAX_VALUE);
    background.add(fixture.background(model));
    return explainer(background);
  }

  private static SampledExplainer explainer(
      TreeEnsemble model, FeatureMatrix rows, Sampling sampling) {
    var background =
        new SampledBackground(new Prediction(model, OutputSpace.MARGIN), sampling, Long.MAX_VALUE);
    background.add(rows);
    return explainer(background);
  }

  private static SampledExplainer explainer(SampledBackground background) {
    return background.explainer(Precision.MIXED);
  }

  private static FeatureMatrix part(FeatureMatrix rows, int from, int to) {
    double[] values = Arrays.copyOfRange(rows.values(), from * rows.columns(), to * rows.columns());
    return new FeatureMatrix(values, to - from, rows.columns());
  }

  private static FeatureMatrix reversed(FeatureMatrix rows) {
    var values = new double[rows.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.value(rows.rows() - 1 - i / rows.columns(), i % rows.columns());
    }
    return new FeatureMatrix(values, rows.rows(), rows.columns());
  }
}

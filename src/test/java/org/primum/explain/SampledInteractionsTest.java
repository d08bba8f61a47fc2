package org.primum.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.primum.explain.sampling.Prediction;
import org.primum.explain.sampling.Sampling;
import org.primum.explain.sampling.Sampling.Method;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.InteractionValues;
import org.primum.explain.value.OutputSpace;
import org.primum.explain.value.Precision;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;
import org.primum.model.Scorer;
import org.primum.model.ShapFixture;

/// Interactions of models that are asked as black boxes: the float64 enumerations of testdata/shap,
/// whose matrices have half of the Shapley interaction index off the diagonal.
final class SampledInteractionsTest {

  private static final int ALL = 4096;

  private final ShapFixture binary = new ShapFixture("a_xgb_binary");
  private final Scorer model = binary.model("model.json");
  private final FeatureGroups single = FeatureGroups.single(binary.featureNames());

  @ParameterizedTest
  @EnumSource(Method.class)
  void ofTheMarginAreThoseOfTheExactExplanationOfTrees(Method method) {
    SampledExplainer explainer = explainer(model, OutputSpace.MARGIN, method, ALL);
    FeaturePairs pairs = explainer.allPairs();
    assertThat(pairs.all()).isEqualTo(FeaturePairs.of(model, single).all());
    double[] truth =
        ShapFixture.numbers(
            binary.expected("expected_interactions_interventional.json").path("phi"));

    requireMatrix(explainer.with(pairs).explain(part(binary.rows(model), 8)), pairs, truth, 12);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void ofTheProbabilityAreItsOwn(Method method) {
    SampledExplainer explainer = explainer(model, OutputSpace.PROBABILITY, method, ALL);
    FeaturePairs pairs = explainer.allPairs();
    double[] truth =
        ShapFixture.numbers(
            binary.expected("expected_interactions_probability.json").path("interactions"));

    requireMatrix(explainer.with(pairs).explain(part(binary.rows(model), 6)), pairs, truth, 12);
  }

  @ParameterizedTest
  @EnumSource(OutputSpace.class)
  void ofGroupsThatBecomeKnownTogetherAreThoseOfTheirGame(OutputSpace space) {
    FeatureGroups groups = groups().together();
    SampledExplainer explainer = explainer(model, space, Method.PERMUTATION, 1).by(groups);
    FeaturePairs pairs = explainer.allPairs();
    JsonNode expected = binary.expected("expected_groups_together.json").path(space.wireName());
    double[] truth = ShapFixture.numbers(expected.path("interactions"));

    requireMatrix(explainer.with(pairs).explain(part(binary.rows(model), 6)), pairs, truth, 9);
  }

  @Test
  void ofGroupsAreTheSumsOverTheirPairs() {
    FeatureGroups groups = groups();
    SampledExplainer explainer =
        explainer(model, OutputSpace.PROBABILITY, Method.PERMUTATION, 1).by(groups);
    FeaturePairs pairs = explainer.allPairs();
    double[] truth =
        ShapFixture.numbers(
            binary.expected("expected_interactions_probability.json").path("interactions"));
    var sums = new double[6 * 9 * 9];
    for (int i = 0; i < truth.length; i++) {
      int one = groups.of(i / 12 % 12);
      int other = groups.of(i % 12);
      sums[(i / 144 * 9 + one) * 9 + other] += truth[i];
    }

    requireMatrix(explainer.with(pairs).explain(part(binary.rows(model), 6)), pairs, sums, 9);
  }

  /// A class's probability rises as the others' fall, together as alone.
  @Test
  void ofClassProbabilitiesCancel() {
    var fixture = new ShapFixture("c_xgb_multiclass");
    Scorer classes = fixture.model("model.json");
    FeatureMatrix rows = fixture.rows(classes);
    var background = background(classes, OutputSpace.PROBABILITY, Method.PERMUTATION, 1);
    background.add(part(rows, 5));
    SampledExplainer explainer = background.explainer(Precision.MIXED);
    SampledExplainer both = explainer.with(explainer.allPairs());
    InteractionValues found =
        both.explain(new FeatureMatrix(Arrays.copyOfRange(rows.values(), 30 * 12, 33 * 12), 3, 12))
            .interactions()
            .orElseThrow();

    double largest = 0;
    for (int row = 0; row < 3; row++) {
      for (int pair = 0; pair < found.pairs(); pair++) {
        double sum = 0;
        for (int output = 0; output < 3; output++) {
          sum += found.value(row, output, pair);
          largest = Math.max(largest, Math.abs(found.value(row, output, pair)));
        }
        assertThat(sum).isCloseTo(0, within(1e-12));
      }
    }
    assertThat(largest).isGreaterThan(1e-4);
  }

  @Test
  void aNamedPairHasTheBitsItHasAmongAll() {
    SampledExplainer explainer = explainer(model, OutputSpace.PROBABILITY, Method.PERMUTATION, 1);
    FeaturePairs all = explainer.allPairs();
    FeaturePairs one = FeaturePairs.named(single, List.of(new FeaturePairs.Named("crp", "age_z")));
    FeatureMatrix rows = part(binary.rows(model), 3);
    int at = all.all().indexOf(new FeaturePairs.Named("age_z", "crp"));
    InteractionValues among = explainer.with(all).explain(rows).interactions().orElseThrow();
    InteractionValues alone = explainer.interactions(one).explain(rows);

    for (int row = 0; row < 3; row++) {
      assertThat(alone.value(row, 0, 0)).isEqualTo(among.value(row, 0, at));
    }
  }

  /// What is asked for the values is enough, and the values are the same to the bit.
  @Test
  void costNoPredictions() {
    for (Method method : Method.values()) {
      var asked = new AtomicLong();
      Scorer counted = counted(asked);
      SampledExplainer explainer = explainer(counted, OutputSpace.PROBABILITY, method, ALL);
      FeatureMatrix rows = part(binary.rows(model), 3);
      asked.set(0);
      ShapleyValues alone = explainer.explain(rows);
      long before = asked.getAndSet(0);
      ShapleyValues both = explainer.with(explainer.allPairs()).explain(rows);

      assertThat(asked.get()).isEqualTo(before).isPositive();
      for (int i = 0; i < 3 * 12; i++) {
        assertThat(both.phi(i / 12, 0, i % 12)).isEqualTo(alone.phi(i / 12, 0, i % 12));
      }
    }
  }

  private Scorer counted(AtomicLong asked) {
    return new Scorer() {
      @Override
      public List<Feature> features() {
        return model.features();
      }

      @Override
      public double[] score(FeatureMatrix rows) {
        asked.addAndGet(rows.rows());
        return model.score(rows);
      }
    };
  }

  @Test
  void linearModelsHaveNoneOnTheMarginAndAllOnTheProbability() {
    var fixture = new ShapFixture("i_linear_logistic");
    Scorer linear = fixture.model("model.json");
    assertThat(explainer(linear, fixture, OutputSpace.MARGIN).allPairs().size()).isZero();
    assertThat(explainer(linear, fixture, OutputSpace.PROBABILITY).allPairs().size()).isEqualTo(28);
  }

  @Test
  void areNotEnumeratedBeyondTwelvePlayers() {
    var random = new RandomTrees(5, 14);
    Scorer many =
        random.ensemble(java.util.stream.Stream.generate(() -> random.tree(5)).limit(12).toList());
    var background = background(many, OutputSpace.MARGIN, Method.PERMUTATION, 300);
    background.add(random.rows(3));
    SampledExplainer explainer = background.explainer(Precision.MIXED);

    assertThat(explainer.players()).isGreaterThan(SampledExplainer.MOST_PLAYERS_OF_PAIRS);
    assertThatThrownBy(() -> explainer.with(explainer.allPairs()))
        .isInstanceOf(IllegalStateException.class);
  }

  private FeatureGroups groups() {
    return FeatureGroups.of(
        binary.featureNames(),
        Map.of("blood", List.of("hb_z", "na_z", "k_z"), "circulation", List.of("sbp_z", "crp")));
  }

  /// Every cell off the diagonal, and the diagonal as what is left of the feature's own value.
  private static void requireMatrix(
      ShapleyValues values, FeaturePairs pairs, double[] truth, int names) {
    InteractionValues found = values.interactions().orElseThrow();
    assertThat(truth).hasSize(values.rows() * names * names);
    for (int row = 0; row < values.rows(); row++) {
      var own = new double[names];
      for (int name = 0; name < names; name++) {
        own[name] = values.phi(row, 0, name);
      }
      for (int one = 0; one < names; one++) {
        for (int other = 0; other < names; other++) {
          int pair = one == other ? -1 : pairs.between(one, other);
          double cell = pair < 0 ? 0 : found.value(row, 0, pair);
          own[one] -= cell;
          if (one != other) {
            assertThat(cell)
                .as("row %d, %d with %d", row, one, other)
                .isCloseTo(truth[(row * names + one) * names + other], within(1e-11));
          }
        }
      }
      for (int name = 0; name < names; name++) {
        assertThat(own[name]).isCloseTo(truth[(row * names + name) * names + name], within(1e-9));
      }
    }
  }

  private SampledExplainer explainer(Scorer asked, OutputSpace space, Method method, int samples) {
    var background = background(asked, space, method, samples);
    background.add(binary.background(model));
    return background.explainer(Precision.MIXED);
  }

  private static SampledExplainer explainer(Scorer asked, ShapFixture fixture, OutputSpace space) {
    var background = background(asked, space, Method.PERMUTATION, 1);
    background.add(fixture.background(asked));
    return background.explainer(Precision.MIXED);
  }

  private static SampledBackground background(
      Scorer asked, OutputSpace space, Method method, int samples) {
    var sampling = new Sampling(method, 1, samples, OptionalDouble.empty());
    return new SampledBackground(new Prediction(asked, space), sampling, Long.MAX_VALUE);
  }

  private static FeatureMatrix part(FeatureMatrix rows, int count) {
    double[] values = Arrays.copyOf(rows.values(), count * rows.columns());
    return new FeatureMatrix(values, count, rows.columns());
  }
}

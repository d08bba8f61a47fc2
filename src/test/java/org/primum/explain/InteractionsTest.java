package org.primum.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.explain.tree.Lanes;
import org.primum.explain.tree.ScalarLanes;
import org.primum.explain.tree.TreeProgram;
import org.primum.explain.tree.VectorLanes;
import org.primum.explain.value.ExplanationMode;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.InteractionValues;
import org.primum.explain.value.Precision;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.DecisionRule;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;
import org.primum.model.LinearModel;
import org.primum.model.ShapFixture;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;
import org.primum.model.TreeNodes;

/// Interactions of trees in both modes: the matrices of testdata/shap (float64 enumeration of all
/// subsets), the definition over all subsets on [RandomTrees], and what must hold whatever the
/// trees. Mixed precision is held to 2e-7 of the largest margin, float64 to its rounding.
final class InteractionsTest {

  private static final double ROUNDING = 1e-11;
  private static final double MIXED = 2e-7;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void pathDependentMatricesAreThoseOfTheEnumerationOfAllSubsets(Precision precision) {
    var fixture = new ShapFixture("a_xgb_binary");
    TreeEnsemble model = fixture.trees("model.json");
    requireMatrices(
        fixture.expected("expected_interactions_path.json"),
        model,
        Explainer.of(model, precision),
        part(fixture.rows(model), 20, 30));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void interventionalMatricesAreThoseOfTheEnumerationOfAllSubsets(Precision precision) {
    var fixture = new ShapFixture("a_xgb_binary");
    TreeEnsemble model = fixture.trees("model.json");
    requireMatrices(
        fixture.expected("expected_interactions_interventional.json"),
        model,
        background(model, fixture.background(model)).explainer(precision),
        part(fixture.rows(model), 0, 8));
  }

  /// The diagonal is what is left of the feature's own value.
  private static void requireMatrices(
      JsonNode expected, TreeEnsemble model, Explainer explainer, FeatureMatrix rows) {
    double[] truth = ShapFixture.numbers(expected.path("phi"));
    ShapleyValues values = new TreeExplainer(model).explain(rows);
    if (explainer.mode() == ExplanationMode.INTERVENTIONAL) {
      values = explainer.explain(rows);
    }
    double[] found = matrices(values, explainer, pairs(model), rows);
    boolean isExact = explainer instanceof TreeExplainer;

    assertThat(found).hasSameSizeAs(truth);
    int features = rows.columns();
    for (int i = 0; i < found.length; i++) {
      boolean diagonal = i / features % features == i % features;
      double mixed = diagonal ? 2e-6 : MIXED;
      double bound = isExact ? 1e-12 : mixed;
      assertThat(found[i]).as("cell %d", i).isCloseTo(truth[i], within(bound));
    }
  }

  /// Row-major over rows and both features, for one output.
  private static double[] matrices(
      ShapleyValues values, Explainer explainer, FeaturePairs pairs, FeatureMatrix rows) {
    InteractionValues interactions = explainer.interactions(pairs).explain(rows);
    int features = rows.columns();
    var cells = new double[rows.rows() * features * features];
    for (int row = 0; row < rows.rows(); row++) {
      int from = row * features * features;
      for (int pair = 0; pair < pairs.size(); pair++) {
        double value = interactions.value(row, 0, pair);
        cells[from + pairs.first(pair) * features + pairs.second(pair)] = value;
        cells[from + pairs.second(pair) * features + pairs.first(pair)] = value;
      }
      for (int i = 0; i < features; i++) {
        double rest = values.phi(row, 0, i);
        for (int j = 0; j < features; j++) {
          rest -= j == i ? 0 : cells[from + i * features + j];
        }
        cells[from + i * features + i] = rest;
      }
    }
    return cells;
  }

  @Property(tries = 25, seed = "20261201")
  void pathDependentValuesAreTheDefinitionOverAllSubsets(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 2, max = 10) int features,
      @ForAll @IntRange(min = 0, max = 7) int depth) {
    var random = new RandomTrees(seed, features);
    TreeEnsemble model = random.ensemble(List.of(random.tree(depth), random.tree(depth)));
    requireDefinition(model, random.rows(2));
  }

  /// Paths of nine features and more, with features that come back, are summed up over points.
  @Property(tries = 8, seed = "20261204")
  void pathDependentValuesOfLongPathsAreTheDefinitionOverAllSubsets(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    var random = new RandomTrees(seed, 11);
    TreeEnsemble model = random.ensemble(List.of(chain(10, 11), random.tree(12), random.tree(3)));
    requireDefinition(model, random.rows(2));
  }

  @Property(tries = 15, seed = "20261202")
  void interventionalValuesAreTheDefinitionOverAllSubsets(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 2, max = 10) int features,
      @ForAll @IntRange(min = 0, max = 7) int depth) {
    var random = new RandomTrees(seed, features);
    TreeEnsemble model = random.ensemble(List.of(random.tree(depth), random.tree(depth)));
    for (int size : new int[] {1, 9}) {
      FeatureMatrix background = random.rows(size);
      requireDefinition(model, background, random.rows(2));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c_xgb_multiclass",
        "d2_xgb_category_names",
        "e_xgb_dart",
        "f3_lgb_categorical",
        "l_xgb_poisson_stumps",
        "m_xgb_and"
      })
  void valuesOfSavedModelsAreTheDefinitionInBothModes(String folder) {
    var fixture = new ShapFixture(folder);
    TreeEnsemble model =
        folder.contains("lgb") ? fixture.lightgbm("model.txt") : fixture.trees("model.json");
    FeatureMatrix all = fixture.rows(model);
    FeatureMatrix rows = part(all, 0, 2);
    FeatureMatrix background = part(all, Math.max(0, all.rows() - 3), all.rows());

    requireDefinition(model, rows);
    requireDefinition(model, background, rows);
  }

  /// Thirteen features on one path have no table.
  @Test
  void longPathsAreTheDefinitionToo() {
    var random = new RandomTrees(7, 13);
    TreeEnsemble model = random.ensemble(List.of(chain(13, 13), random.tree(4)));
    FeatureMatrix background = random.rows(5);
    FeatureMatrix rows = random.rows(3);

    assertThat(new TreeProgram(model.trees().getFirst()).isDeep()).isTrue();
    requireDefinition(model, rows);
    requireDefinition(model, background, rows);
  }

  /// Seventy features on one path take two words of pattern.
  @Test
  void veryLongPathsAddUpOverTrees() {
    var random = new RandomTrees(8, 90);
    Tree one = chain(70, 90);
    Tree other = random.tree(8);
    FeatureMatrix rows = random.rows(4);
    TreeEnsemble both = random.ensemble(List.of(one, other));
    requireSum(random, one, other, both, rows);
  }

  @Property(tries = 30, seed = "20261203")
  void valuesOfTwoEnsemblesAddUpToThoseOfBoth(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    var random = new RandomTrees(seed, 6);
    Tree one = random.tree(5);
    Tree other = random.tree(4);
    requireSum(random, one, other, random.ensemble(List.of(one, other)), random.rows(5));
  }

  private static void requireSum(
      RandomTrees random, Tree one, Tree other, TreeEnsemble both, FeatureMatrix rows) {
    FeaturePairs pairs = pairs(both);
    InteractionValues first =
        exact(random.ensemble(List.of(one))).interactions(pairs).explain(rows);
    InteractionValues second =
        exact(random.ensemble(List.of(other))).interactions(pairs).explain(rows);
    InteractionValues sum = exact(both).interactions(pairs).explain(rows);
    for (int row = 0; row < rows.rows(); row++) {
      for (int pair = 0; pair < pairs.size(); pair++) {
        double expected = first.value(row, 0, pair) + second.value(row, 0, pair);
        assertThat(sum.value(row, 0, pair)).isCloseTo(expected, within(ROUNDING * 10));
      }
    }
  }

  /// Whether rows come alone, in fives or by the thousand, from tables or made anew, and whatever
  /// other pairs are asked for.
  @ParameterizedTest
  @ValueSource(ints = {3, 6, 9, 13})
  void aRowHasTheSameBitsBesideAnyOthers(int depth) {
    var random = new RandomTrees(99 + depth, 20);
    TreeEnsemble model = random.ensemble(List.of(random.tree(depth), random.tree(depth)));
    FeatureMatrix rows = random.rows(700);
    FeatureMatrix background = random.rows(50);
    for (Explainer explainer :
        List.of(Explainer.of(model), background(model, background).explainer(Precision.MIXED))) {
      FeaturePairs pairs = pairs(model);
      InteractionValues all = explainer.interactions(pairs).explain(rows);
      for (int row : new int[] {0, 511, 512, 699}) {
        InteractionValues alone = explainer.interactions(pairs).explain(part(rows, row, row + 1));
        InteractionValues some =
            explainer.interactions(pairs).explain(part(rows, Math.max(0, row - 40), row + 1));
        for (int pair = 0; pair < pairs.size(); pair++) {
          assertThat(alone.value(0, 0, pair)).isEqualTo(all.value(row, 0, pair));
          assertThat(some.value(some.rows() - 1, 0, pair)).isEqualTo(all.value(row, 0, pair));
        }
      }
    }
  }

  /// The rows of a block that fill no lane, and keys of every length, among them.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 6, 8, 9, 13})
  void lanesOfEitherKindGiveTheSameBits(int depth) {
    assertThat(Lanes.isVectorized()).isTrue();
    var random = new RandomTrees(7 + depth, 20);
    TreeEnsemble model = random.ensemble(List.of(random.tree(depth), random.tree(depth)));
    FeatureMatrix rows = random.rows(555);
    FeaturePairs pairs = pairs(model);
    InteractionValues one =
        new TableExplainer(model, new VectorLanes()).interactions(pairs).explain(rows);
    InteractionValues other =
        new TableExplainer(model, new ScalarLanes()).interactions(pairs).explain(rows);
    for (int row = 0; row < rows.rows(); row++) {
      for (int pair = 0; pair < pairs.size(); pair++) {
        assertThat(one.value(row, 0, pair)).isEqualTo(other.value(row, 0, pair));
      }
    }
  }

  @Test
  void aPairThatIsAskedForAloneHasTheBitsItHasAmongAll() {
    var fixture = new ShapFixture("a_xgb_binary");
    TreeEnsemble model = fixture.trees("model.json");
    FeatureMatrix rows = fixture.rows(model);
    FeaturePairs all = pairs(model);
    FeatureGroups groups = FeatureGroups.single(names(model));
    FeaturePairs one = FeaturePairs.named(groups, List.of(new FeaturePairs.Named("crp", "age_z")));
    InteractionValues among = Explainer.of(model).interactions(all).explain(rows);
    InteractionValues alone = Explainer.of(model).interactions(one).explain(rows);
    int at = all.all().indexOf(new FeaturePairs.Named("age_z", "crp"));

    assertThat(one.all()).containsExactly(new FeaturePairs.Named("age_z", "crp"));
    for (int row = 0; row < rows.rows(); row++) {
      assertThat(alone.value(row, 0, 0)).isEqualTo(among.value(row, 0, at));
    }
  }

  @Test
  void featuresThatShareNoPathMakeNoPairAndInteractExactlyNot() {
    var random = new RandomTrees(3, 4);
    TreeEnsemble model = random.ensemble(List.of(chain(1, 4), random.tree(0)));
    FeatureGroups groups = FeatureGroups.single(names(model));
    FeaturePairs asked = FeaturePairs.named(groups, List.of(new FeaturePairs.Named("x0", "x1")));
    InteractionValues values = Explainer.of(model).interactions(asked).explain(random.rows(5));

    assertThat(pairs(model).size()).isZero();
    for (int row = 0; row < values.rows(); row++) {
      assertThat(values.value(row, 0, 0)).isEqualTo(0.0);
    }
  }

  /// The interaction of two groups is the sum over the pairs of their features.
  @Test
  void interactionsOfGroupsAreTheSumsOfThoseOfTheirFeatures() {
    var fixture = new ShapFixture("a_xgb_binary");
    TreeEnsemble model = fixture.trees("model.json");
    FeatureMatrix rows = fixture.rows(model);
    List<String> blood = List.of("crp", "hb_z", "na_z", "k_z");
    List<String> body = List.of("sbp_z", "bmi_z");
    Map<String, List<String>> members = Map.of("blood", blood, "body", body);
    FeatureGroups groups = FeatureGroups.of(names(model), members);
    FeaturePairs grouped = FeaturePairs.of(model, groups);
    InteractionValues together = exact(model).interactions(grouped).explain(rows);
    FeaturePairs pairs = pairs(model);
    InteractionValues single = exact(model).interactions(pairs).explain(rows);
    int at = grouped.all().indexOf(new FeaturePairs.Named("body", "blood"));

    assertThat(at).isNotNegative();
    for (int row = 0; row < rows.rows(); row++) {
      double sum = 0;
      for (int pair = 0; pair < pairs.size(); pair++) {
        FeaturePairs.Named named = pairs.all().get(pair);
        boolean across =
            (body.contains(named.first()) && blood.contains(named.second()))
                || (blood.contains(named.first()) && body.contains(named.second()));
        sum += across ? single.value(row, 0, pair) : 0;
      }
      assertThat(together.value(row, 0, at)).isCloseTo(sum, within(1e-12));
    }
  }

  @Test
  void featuresOfALinearModelDoNotInteract() {
    var model =
        new LinearModel(List.of(Feature.numeric("a"), Feature.numeric("b")), List.of(), 0.5);
    FeatureGroups groups = FeatureGroups.single(List.of("a", "b"));
    FeaturePairs asked = FeaturePairs.named(groups, List.of(new FeaturePairs.Named("b", "a")));
    var rows = new FeatureMatrix(new double[] {1, 2, 3, 4}, 2, 2);

    assertThat(FeaturePairs.of(model, groups).size()).isZero();
    assertThat(new LinearExplainer(model).interactions(asked).explain(rows).value(1, 0, 0))
        .isEqualTo(0.0);
  }

  @Test
  void unknownNamesAndPairsOfOneAreRefused() {
    FeatureGroups groups = FeatureGroups.single(List.of("a", "b"));
    assertThatThrownBy(() -> FeaturePairs.named(groups, List.of(new FeaturePairs.Named("a", "c"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no feature 'c'");
    assertThatThrownBy(() -> FeaturePairs.named(groups, List.of(new FeaturePairs.Named("a", "a"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a'");
  }

  /// The margin of a coalition: of output `c` and subset `s` at `s * outputs + c`.
  private interface Game {
    double[] of(FeatureMatrix rows, int row);
  }

  private static Game covers(TreeEnsemble model) {
    return (rows, row) -> {
      var game = new double[model.outputs() << rows.columns()];
      for (int subset = 0; subset < 1 << rows.columns(); subset++) {
        for (Tree tree : model.trees()) {
          game[subset * model.outputs() + tree.output()] +=
              RandomTrees.expectedValue(tree, 0, rows, row, subset);
        }
      }
      return game;
    };
  }

  private static Game mixtures(TreeEnsemble model, FeatureMatrix background) {
    return (rows, row) -> {
      int features = rows.columns();
      var game = new double[model.outputs() << features];
      for (int other = 0; other < background.rows(); other++) {
        var mixed = new double[features * (1 << features)];
        for (int i = 0; i < mixed.length; i++) {
          boolean known = ((i / features) >> (i % features) & 1) != 0;
          mixed[i] = known ? rows.value(row, i % features) : background.value(other, i % features);
        }
        double[] margins = model.margins(new FeatureMatrix(mixed, 1 << features, features));
        for (int i = 0; i < game.length; i++) {
          game[i] += margins[i] / background.rows();
        }
      }
      return game;
    };
  }

  private static Explainer exact(TreeEnsemble model) {
    return Explainer.of(model, Precision.FLOAT64);
  }

  /// Path-dependent, in either precision.
  private static void requireDefinition(TreeEnsemble model, FeatureMatrix rows) {
    requireDefinition(model, exact(model), rows, covers(model), ROUNDING);
    requireDefinition(model, Explainer.of(model), rows, covers(model), MIXED);
  }

  /// Against a background, in either precision.
  private static void requireDefinition(
      TreeEnsemble model, FeatureMatrix background, FeatureMatrix rows) {
    TreeBackground all = background(model, background);
    Game game = mixtures(model, background);
    requireDefinition(model, all.explainer(Precision.FLOAT64), rows, game, ROUNDING);
    requireDefinition(model, all.explainer(Precision.MIXED), rows, game, MIXED);
  }

  private static void requireDefinition(
      TreeEnsemble model, Explainer explainer, FeatureMatrix rows, Game game, double tolerance) {
    FeaturePairs pairs = pairs(model);
    InteractionValues values = explainer.interactions(pairs).explain(rows);
    for (int row = 0; row < rows.rows(); row++) {
      double[] worth = game.of(rows, row);
      double scale = Math.max(1, Arrays.stream(worth).map(Math::abs).max().orElse(1));
      for (int output = 0; output < model.outputs(); output++) {
        for (int i = 0; i < rows.columns(); i++) {
          for (int j = i + 1; j < rows.columns(); j++) {
            double expected = half(worth, rows.columns(), i, j, model.outputs(), output);
            int pair = find(pairs, i, j);
            double found = pair < 0 ? 0 : values.value(row, output, pair);
            assertThat(found)
                .as("row %d, output %d, features %d and %d", row, output, i, j)
                .isCloseTo(expected, within(tolerance * scale));
          }
        }
      }
    }
  }

  private static int find(FeaturePairs pairs, int i, int j) {
    for (int pair = 0; pair < pairs.size(); pair++) {
      if (pairs.first(pair) == i && pairs.second(pair) == j) {
        return pair;
      }
    }
    return -1;
  }

  /// Half of the index by its definition: Lundberg et al. 2020, equations 7 and 8.
  private static double half(double[] game, int features, int i, int j, int outputs, int output) {
    double sum = 0;
    int both = 1 << i | 1 << j;
    for (int subset = 0; subset < 1 << features; subset++) {
      if ((subset & both) == 0) {
        int size = Integer.bitCount(subset);
        double weight =
            factorial(size) * factorial(features - size - 2) / (2 * factorial(features - 1));
        sum +=
            weight
                * (game[(subset | both) * outputs + output]
                    - game[(subset | 1 << i) * outputs + output]
                    - game[(subset | 1 << j) * outputs + output]
                    + game[subset * outputs + output]);
      }
    }
    return sum;
  }

  private static double factorial(int n) {
    double product = 1;
    for (int i = 2; i <= n; i++) {
      product *= i;
    }
    return product;
  }

  /// Every right child is a leaf; split `i` reads feature `i`; a third of the cover goes right.
  private static Tree chain(int splits, int features) {
    var nodes = new TreeNodes(2 * splits + 1);
    double cover = 3e6;
    for (int i = 0; i < splits; i++) {
      nodes.left[2 * i] = 2 * i + 2;
      nodes.right[2 * i] = 2 * i + 1;
      nodes.feature[2 * i] = i;
      nodes.threshold[2 * i] = 2.5f;
      nodes.cover[2 * i] = cover;
      nodes.cover[2 * i + 1] = cover / 3;
      nodes.value[2 * i + 1] = i % 3 - 1;
      cover -= cover / 3;
    }
    nodes.cover[2 * splits] = cover;
    nodes.value[2 * splits] = 2;
    return new Tree(DecisionRule.FLOAT32_BELOW, 0, nodes, features);
  }

  private static TreeBackground background(TreeEnsemble model, FeatureMatrix rows) {
    var background = new TreeBackground(model);
    background.add(rows);
    return background;
  }

  private static FeaturePairs pairs(TreeEnsemble model) {
    return FeaturePairs.of(model, FeatureGroups.single(names(model)));
  }

  private static List<String> names(TreeEnsemble model) {
    return model.features().stream().map(Feature::name).toList();
  }

  private static FeatureMatrix part(FeatureMatrix rows, int from, int to) {
    int columns = rows.columns();
    return new FeatureMatrix(
        Arrays.copyOfRange(rows.values(), from * columns, to * columns), to - from, columns);
  }
}

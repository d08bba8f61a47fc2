package org.primum.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.explain.background.PatternExplanation;
import org.primum.explain.tree.LeafValues;
import org.primum.explain.tree.RowBlock;
import org.primum.explain.tree.ScalarLanes;
import org.primum.explain.tree.TreeProgram;
import org.primum.explain.value.ExplanationMode;
import org.primum.explain.value.Precision;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.DecisionRule;
import org.primum.model.FeatureMatrix;
import org.primum.model.MissingRule;
import org.primum.model.ShapFixture;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;
import org.primum.model.TreeNodes;

/// Interventional values of trees: the fixtures of testdata/shap, the definition over all subsets
/// with the model as a black box, and the identities that hold whatever the trees.
final class BackgroundTest {

  /// On the scale of a margin of 1.
  private static final double NEAR = 2e-7;

  private static final double ROUNDING = 1e-11;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a_xgb_binary",
        "b_xgb_regression",
        "d_xgb_categorical",
        "f1_lgb_nan",
        "f2_lgb_zero_as_missing",
        "f3_lgb_categorical",
        "h_sklearn_forest"
      })
  void valuesAreThoseOfTheEnumerationOfAllSubsets(String folder) {
    var fixture = new ShapFixture(folder);
    TreeEnsemble model = model(fixture, folder);
    JsonNode expected = fixture.expected("expected_interventional.json");
    double[] truth = ShapFixture.numbers(expected.path("phi"));
    Background background = background(model, fixture.background(model));

    for (Precision precision : Precision.values()) {
      Explainer explainer = background.explainer(precision);
      ShapleyValues values = explainer.explain(fixture.rows(model));
      values.requireAdditivity();
      assertThat(explainer.mode()).isEqualTo(ExplanationMode.INTERVENTIONAL);
      assertThat(explainer.baseValue(0))
          .isCloseTo(expected.path("base_value").path(0).doubleValue(), within(ROUNDING));
      double[] found = TreeExplainerTest.rowMajor(values);
      assertThat(found).hasSameSizeAs(truth);
      for (int i = 0; i < found.length; i++) {
        double scale = Math.max(1, Math.abs(values.margin(i / values.features(), 0)));
        double bound = precision == Precision.MIXED ? NEAR * scale : ROUNDING;
        assertThat(Math.abs(found[i] - truth[i])).as("value %d", i).isLessThanOrEqualTo(bound);
      }
    }
  }

  /// The model is asked for every mixture of the explained row and each background row.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "c_xgb_multiclass",
        "d2_xgb_category_names",
        "e_xgb_dart",
        "f4_lgb_missing_none",
        "g_lgb_multiclass",
        "l_xgb_poisson_stumps",
        "m_xgb_and"
      })
  void valuesAreThoseOfTheModelAsABlackBox(String folder) {
    var fixture = new ShapFixture(folder);
    TreeEnsemble model = model(fixture, folder);
    FeatureMatrix all = fixture.rows(model);
    FeatureMatrix rows = part(all, 0, 3);
    FeatureMatrix background = part(all, Math.max(0, all.rows() - 4), all.rows());
    requireDefinition(model, rows, background, 1e-10, 1e-6);
  }

  @Property(tries = 25, seed = "20261128")
  void valuesAreTheDefinition(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 8) int features,
      @ForAll @IntRange(min = 0, max = 6) int depth) {
    var random = new RandomTrees(seed, features);
    TreeEnsemble model = random.ensemble(List.of(random.tree(depth), random.tree(depth)));
    for (int size : new int[] {1, 2, 7, 200}) {
      int rows = size == 200 ? 1 : 2;
      requireDefinition(model, random.rows(rows), random.rows(size), ROUNDING, 1e-6);
    }
  }

  private static void requireDefinition(
      TreeEnsemble model, FeatureMatrix rows, FeatureMatrix background, double exact, double near) {
    double[] truth = definition(model, rows, background);
    Background counted = background(model, background);
    for (Precision precision : Precision.values()) {
      ShapleyValues values = counted.explainer(precision).explain(rows);
      values.requireAdditivity();
      double[] found = TreeExplainerTest.rowMajor(values);
      double bound = precision == Precision.MIXED ? near : exact;
      for (int i = 0; i < truth.length; i++) {
        assertThat(Math.abs(found[i] - truth[i]))
            .as("%s value %d of %d", precision, i, truth.length)
            .isLessThanOrEqualTo(bound * scale(truth));
      }
    }
  }

  private static double scale(double[] values) {
    return Math.max(1, Arrays.stream(values).map(Math::abs).max().orElse(1));
  }

  /// Row-major over rows, outputs and features.
  private static double[] definition(
      TreeEnsemble model, FeatureMatrix rows, FeatureMatrix background) {
    int features = rows.columns();
    int outputs = model.outputs();
    var phi = new double[rows.rows() * outputs * features];
    for (int row = 0; row < rows.rows(); row++) {
      double[] game = game(model, rows, row, background);
      for (int at = 0; at < outputs * features; at++) {
        phi[row * outputs * features + at] =
            shapley(game, features, at % features, outputs, at / features);
      }
    }
    return phi;
  }

  /// The mean margin of a coalition over the background: of output `c` and subset `s` at `s *
  /// outputs + c`.
  private static double[] game(
      TreeEnsemble model, FeatureMatrix rows, int row, FeatureMatrix background) {
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
  }

  private static double shapley(double[] game, int features, int feature, int outputs, int output) {
    double phi = 0;
    for (int subset = 0; subset < 1 << features; subset++) {
      if ((subset >> feature & 1) == 0) {
        int size = Integer.bitCount(subset);
        double weight = factorial(size) * factorial(features - size - 1) / factorial(features);
        double with = game[(subset | 1 << feature) * outputs + output];
        phi += weight * (with - game[subset * outputs + output]);
      }
    }
    return phi;
  }

  private static double factorial(int n) {
    double product = 1;
    for (int i = 2; i <= n; i++) {
      product *= i;
    }
    return product;
  }

  /// One feature is 10 where set; the other 1. From the background (0, 0) to the row (1, 1): the
  /// AND of both is shared equally; from (1, 0) all of it is the second feature's.
  @Test
  void againstOneRowTheDifferenceToThatRowIsShared() {
    var nodes = new TreeNodes(5);
    nodes.left[0] = 1;
    nodes.right[0] = 2;
    nodes.left[2] = 3;
    nodes.right[2] = 4;
    nodes.feature[2] = 1;
    nodes.threshold[0] = 0.5;
    nodes.threshold[2] = 0.5;
    nodes.value[4] = 1;
    var model =
        new RandomTrees(1, 2).ensemble(List.of(new Tree(DecisionRule.FLOAT32_BELOW, 0, nodes, 2)));
    FeatureMatrix row = matrix(2, 1, 1);

    ShapleyValues none = background(model, matrix(2, 0, 0)).explainer(Precision.MIXED).explain(row);
    assertThat(List.of(none.baseValue(0), none.phi(0, 0, 0), none.phi(0, 0, 1)))
        .containsExactly(0.5, 0.5, 0.5);
    ShapleyValues one = background(model, matrix(2, 1, 0)).explainer(Precision.MIXED).explain(row);
    assertThat(List.of(one.baseValue(0), one.phi(0, 0, 0), one.phi(0, 0, 1)))
        .containsExactly(0.5, 0.0, 1.0);
    ShapleyValues same = background(model, row).explainer(Precision.MIXED).explain(row);
    assertThat(List.of(same.baseValue(0), same.phi(0, 0, 0), same.phi(0, 0, 1)))
        .containsExactly(1.5, 0.0, 0.0);
  }

  /// Where every combination of values is there once, and cover counts those rows, knowing one
  /// feature says nothing of another: both meanings of "not known" are one, for the grid's own
  /// rows. (A missing value can take ways that no row of the grid has counted.)
  @Property(tries = 30, seed = "20261129")
  void onAFullGridTheyAreThePathDependentOnes(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 5) int depth) {
    var random = new RandomTrees(seed, 4);
    FeatureMatrix grid = grid(4, 5);
    TreeEnsemble model = random.ensemble(List.of(covered(random.tree(depth), grid)));
    FeatureMatrix rows = part(shuffled(grid, seed), 0, 12);
    double[] path = TreeExplainerTest.rowMajor(new TreeExplainer(model).explain(rows));
    double[] found =
        TreeExplainerTest.rowMajor(
            background(model, grid).explainer(Precision.FLOAT64).explain(rows));
    assertThat(found).containsExactly(path, within(1e-10));
  }

  /// Values 0 to `levels - 1` in every combination.
  private static FeatureMatrix grid(int features, int levels) {
    int count = (int) Math.pow(levels, features);
    var values = new double[count * features];
    for (int row = 0; row < count; row++) {
      int left = row;
      for (int feature = 0; feature < features; feature++) {
        values[row * features + feature] = left % levels;
        left /= levels;
      }
    }
    return new FeatureMatrix(values, count, features);
  }

  /// The tree with the rows that pass a node as its cover.
  private static Tree covered(Tree tree, FeatureMatrix rows) {
    var nodes = new TreeNodes(tree.size());
    for (int node = 0; node < tree.size(); node++) {
      nodes.value[node] = tree.value(node);
      if (tree.isLeaf(node)) {
        continue;
      }
      nodes.left[node] = tree.left(node);
      nodes.right[node] = tree.right(node);
      nodes.feature[node] = tree.feature(node);
      nodes.categorical[node] = true;
      nodes.missing[node] =
          tree.goesLeft(node, Double.NaN) ? MissingRule.NAN_LEFT : MissingRule.NAN_RIGHT;
      long right = 0;
      for (int value = 0; value < 5; value++) {
        right |= tree.goesLeft(node, value) ? 0 : 1L << value;
      }
      nodes.categories[node] = new long[] {right};
    }
    for (int row = 0; row < rows.rows(); row++) {
      int node = 0;
      nodes.cover[node]++;
      while (!tree.isLeaf(node)) {
        boolean left = tree.goesLeft(node, rows.value(row, tree.feature(node)));
        node = left ? tree.left(node) : tree.right(node);
        nodes.cover[node]++;
      }
    }
    return new Tree(DecisionRule.FLOAT32_BELOW, 0, nodes, rows.columns());
  }

  @Property(tries = 80, seed = "20261130")
  void theBaseValueIsTheMeanMarginAndValuesAddUp(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 30) int features,
      @ForAll @IntRange(min = 0, max = 9) int depth) {
    var random = new RandomTrees(seed, features);
    TreeEnsemble model = random.ensemble(List.of(random.tree(depth), random.tree(depth)));
    FeatureMatrix others = random.rows(101);
    double mean = Arrays.stream(model.margins(others)).average().orElseThrow();
    FeatureMatrix rows = random.rows(9);
    for (Precision precision : Precision.values()) {
      ShapleyValues values = background(model, others).explainer(precision).explain(rows);
      assertThat(values.baseValue(0)).isCloseTo(mean, within(1e-12));
      for (int row = 0; row < rows.rows(); row++) {
        assertThat(values.additivityError(row, 0))
            .isLessThan(precision == Precision.MIXED ? 1e-6 : 1e-13);
      }
    }
  }

  /// A feature nobody asks for, and one whose value is the same in all rows.
  @Property(tries = 60, seed = "20261201")
  void whatCannotMatterIsExactlyZero(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    var random = new RandomTrees(seed, 12);
    TreeEnsemble model = random.ensemble(List.of(random.tree(4)));
    FeatureMatrix others = random.rows(40);
    FeatureMatrix rows = random.rows(10);
    fill(others, 5, 2);
    fill(rows, 5, 2);
    for (Precision precision : Precision.values()) {
      ShapleyValues values = background(model, others).explainer(precision).explain(rows);
      for (int feature = 0; feature < 12; feature++) {
        for (int row = 0; row < 10 && (feature == 5 || !isRead(model, feature)); row++) {
          assertThat(values.phi(row, 0, feature)).isZero();
        }
      }
    }
  }

  private static void fill(FeatureMatrix rows, int feature, double value) {
    for (int row = 0; row < rows.rows(); row++) {
      rows.values()[row * rows.columns() + feature] = value;
    }
  }

  private static boolean isRead(TreeEnsemble model, int feature) {
    Tree tree = model.trees().getFirst();
    for (int node = 0; node < tree.size(); node++) {
      if (!tree.isLeaf(node) && tree.feature(node) == feature) {
        return true;
      }
    }
    return false;
  }

  @Property(tries = 40, seed = "20261202")
  void everyWayGivesTheSameBits(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 9) int depth) {
    var random = new RandomTrees(seed, 11);
    TreeEnsemble model = random.ensemble(List.of(random.tree(depth), random.tree(depth)));
    FeatureMatrix others = random.rows(RowBlock.ROWS + 90);
    FeatureMatrix rows = random.rows(RowBlock.ROWS + 3);
    for (Precision precision : Precision.values()) {
      Explainer whole = background(model, others).explainer(precision);
      double[] expected = TreeExplainerTest.rowMajor(whole.explain(rows));
      Explainer shuffled = inPieces(model, shuffled(others, seed)).explainer(precision);

      assertThat(shuffled.baseValue(0)).isEqualTo(whole.baseValue(0));
      assertThat(TreeExplainerTest.rowMajor(shuffled.explain(rows))).isEqualTo(expected);
      for (int row : new int[] {0, 17, RowBlock.ROWS, rows.rows() - 1}) {
        double[] alone = TreeExplainerTest.rowMajor(shuffled.explain(part(rows, row, row + 1)));
        assertThat(alone).isEqualTo(Arrays.copyOfRange(expected, row * 11, (row + 1) * 11));
      }
    }
  }

  private static Background inPieces(TreeEnsemble model, FeatureMatrix rows) {
    Background background = Background.of(model);
    for (int first = 0; first < rows.rows(); first += 37) {
      background.add(part(rows, first, Math.min(rows.rows(), first + 37)));
    }
    return background;
  }

  private static FeatureMatrix shuffled(FeatureMatrix rows, long seed) {
    List<Integer> order = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      order.add(row);
    }
    Collections.shuffle(order, new Random(seed));
    var values = new double[rows.values().length];
    for (int row = 0; row < rows.rows(); row++) {
      int from = order.get(row) * rows.columns();
      System.arraycopy(rows.values(), from, values, row * rows.columns(), rows.columns());
    }
    return new FeatureMatrix(values, rows.rows(), rows.columns());
  }

  /// Paths of 13 features and more have no table: their values are those of the definition too. The
  /// tree reads 14 features on one path.
  @Test
  void deepTreesAreTheDefinitionToo() {
    TreeEnsemble model = new RandomTrees(3, 14).ensemble(List.of(chain(14, 14)));
    assertThat(new TreeProgram(model.trees().getFirst()).isDeep()).isTrue();
    var random = new RandomTrees(4, 14);
    requireDefinition(model, random.rows(2), random.rows(6), 1e-12, 1e-12);
  }

  /// More rows than a thread takes at a time, and one alone.
  @Test
  void deepTreesGiveARowTheSameBitsBesideAnyOthers() {
    var random = new RandomTrees(11, 17);
    TreeEnsemble model = random.ensemble(List.of(random.tree(15), random.tree(16)));
    assertThat(new TreeProgram(model.trees().getFirst()).isDeep()).isTrue();
    Explainer explainer = background(model, random.rows(150)).explainer(Precision.MIXED);
    FeatureMatrix rows = random.rows(600);
    double[] whole = TreeExplainerTest.rowMajor(explainer.explain(rows));
    for (int row : new int[] {0, 255, 256, 599}) {
      assertThat(TreeExplainerTest.rowMajor(explainer.explain(part(rows, row, row + 1))))
          .isEqualTo(Arrays.copyOfRange(whole, row * 17, (row + 1) * 17));
    }
  }

  /// Of 700 rows many leaves are made for all patterns at once, of one row none.
  @Test
  void anyLanesAndThreadsGiveDeepTreesTheSameBits() {
    var random = new RandomTrees(12, 18);
    TreeEnsemble model = random.ensemble(List.of(random.tree(15), random.tree(6), random.tree(16)));
    var counted = new TreeBackground(model);
    counted.add(random.rows(120));
    FeatureMatrix rows = random.rows(700);
    Explainer explainer = counted.explainer(Precision.MIXED);
    double[] one = TableExplainerTest.explainedBy(1, explainer, rows);

    assertThat(TableExplainerTest.explainedBy(4, explainer, rows)).isEqualTo(one);
    var scalar = new TableExplainer(model, new ScalarLanes(), counted.programs(), counted.values());
    assertThat(TableExplainerTest.explainedBy(4, scalar, rows)).isEqualTo(one);
    Explainer exact = counted.explainer(Precision.FLOAT64);
    assertThat(TableExplainerTest.explainedBy(4, exact, rows))
        .isEqualTo(TableExplainerTest.explainedBy(1, exact, rows));
  }

  /// What is left of the truth that takes each leaf and each pattern by itself: rounding.
  @Test
  void deepTreesAreTheSumsOverTheBackgroundOfEachLeaf() {
    var random = new RandomTrees(13, 18);
    TreeEnsemble model = random.ensemble(List.of(random.tree(15), random.tree(16)));
    var counted = new TreeBackground(model);
    counted.add(random.rows(150));
    FeatureMatrix rows = random.rows(600);
    var truth = new double[600 * 18];
    new PatternExplanation(model, counted.programs(), counted.values().get()).add(rows, truth);
    ShapleyValues found = counted.explainer(Precision.FLOAT64).explain(rows);
    for (int row = 0; row < 600; row++) {
      for (int feature = 0; feature < 18; feature++) {
        assertThat(found.phi(row, 0, feature)).isCloseTo(truth[feature * 600 + row], within(1e-13));
      }
    }
  }

  @Test
  void aBackgroundThatExplainsTakesNoMoreRows() {
    var random = new RandomTrees(14, 3);
    Background background = background(random.ensemble(List.of(random.tree(3))), random.rows(4));
    background.explainer(Precision.MIXED);
    assertThatThrownBy(() -> background.add(random.rows(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  /// Depth 17 and beyond, where a peer once failed (shap issue 3267); 70 features and more take two
  /// words.
  @Property(tries = 12, seed = "20261203")
  void longPathsAddUp(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    var random = new RandomTrees(seed, 90);
    int splits = seed % 2 == 0 ? 17 + (int) (seed % 7) : 63 + (int) (seed % 25);
    TreeEnsemble model = random.ensemble(List.of(chain(splits, 90), random.tree(3)));
    FeatureMatrix others = random.rows(31);
    FeatureMatrix rows = random.rows(5);
    double mean = Arrays.stream(model.margins(others)).average().orElseThrow();
    ShapleyValues values = background(model, others).explainer(Precision.MIXED).explain(rows);

    assertThat(values.baseValue(0)).isCloseTo(mean, within(1e-12));
    for (int row = 0; row < rows.rows(); row++) {
      assertThat(values.additivityError(row, 0)).isLessThan(1e-6);
    }
    ShapleyValues alone =
        inPieces(model, shuffled(others, seed))
            .explainer(Precision.MIXED)
            .explain(part(rows, 2, 3));
    for (int feature = 0; feature < 90; feature++) {
      assertThat(alone.phi(0, 0, feature)).isEqualTo(values.phi(2, 0, feature));
    }
  }

  /// Every right child but the last is a leaf; split `i` reads feature `i`; few rows leave early.
  private static Tree chain(int splits, int features) {
    var nodes = new TreeNodes(2 * splits + 1);
    for (int i = 0; i < splits; i++) {
      nodes.left[2 * i] = 2 * i + 2;
      nodes.right[2 * i] = 2 * i + 1;
      nodes.feature[2 * i] = i;
      nodes.threshold[2 * i] = 3.5f;
      nodes.value[2 * i + 1] = i % 3 - 1;
    }
    nodes.value[2 * splits] = 2;
    return new Tree(DecisionRule.FLOAT32_BELOW, 0, nodes, features);
  }

  /// Sums of products by quadrature, as tables have them before they become float32, beside the
  /// closed form for one pattern.
  @Property(tries = 40, seed = "20261204")
  void tablesHoldTheDirectSums(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 12) int features) {
    var random = new RandomTrees(seed, features);
    var background = new TreeBackground(random.ensemble(List.of(random.tree(12))));
    background.add(random.rows(300));
    TreeProgram program = background.programs().getFirst();
    LeafValues leaves = background.values().get();
    for (int node = 0; node < Math.min(60, program.tree().size()); node++) {
      if (program.tree().isLeaf(node) && program.leaf(node).size() > 0) {
        int k = program.leaf(node).size();
        var all = new double[k * (1 << k)];
        var one = new double[k];
        leaves.ofAll(program, node, all);
        for (int pattern = 0; pattern < 1 << k; pattern++) {
          leaves.of(program, node, pattern, one);
          for (int j = 0; j < k; j++) {
            assertThat(Math.abs(all[j << k | pattern] - one[j])).isLessThanOrEqualTo(1e-14);
          }
        }
      }
    }
  }

  @Test
  void withoutRowsThereIsNothingToCompareWith() {
    var random = new RandomTrees(1, 3);
    Background empty = Background.of(random.ensemble(List.of(random.tree(2))));
    assertThatThrownBy(() -> empty.explainer(Precision.MIXED))
        .isInstanceOf(IllegalStateException.class);
  }

  private static TreeEnsemble model(ShapFixture fixture, String folder) {
    return folder.startsWith("h_")
        ? fixture.trees("model.json")
        : folder.contains("_lgb_") ? fixture.lightgbm("model.txt") : fixture.trees("model.json");
  }

  private static Background background(TreeEnsemble model, FeatureMatrix rows) {
    Background background = Background.of(model);
    background.add(rows);
    return background;
  }

  private static FeatureMatrix matrix(int columns, double... values) {
    return new FeatureMatrix(values, values.length / columns, columns);
  }

  private static FeatureMatrix part(FeatureMatrix rows, int from, int to) {
    int columns = rows.columns();
    return new FeatureMatrix(
        Arrays.copyOfRange(rows.values(), from * columns, to * columns), to - from, columns);
  }
}

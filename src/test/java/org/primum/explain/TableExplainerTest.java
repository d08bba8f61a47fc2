package org.primum.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.explain.background.PatternExplanation;
import org.primum.explain.tree.CoverValues;
import org.primum.explain.tree.Lanes;
import org.primum.explain.tree.PackedRows;
import org.primum.explain.tree.RowBlock;
import org.primum.explain.tree.ScalarLanes;
import org.primum.explain.tree.TreeProgram;
import org.primum.explain.tree.VectorLanes;
import org.primum.explain.value.Precision;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;
import org.primum.model.ShapFixture;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;

/// Values from tables in float32: near the exact ones, and the same bits on every way to them.
final class TableExplainerTest {

  /// On the scale of a margin of 1.
  private static final double NEAR = 2e-7;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a_xgb_binary",
        "b_xgb_regression",
        "c_xgb_multiclass",
        "d_xgb_categorical",
        "d2_xgb_category_names",
        "e_xgb_dart",
        "l_xgb_poisson_stumps",
        "m_xgb_and"
      })
  void valuesAreWithinTwoInTenMillionOfTheEnumerationOfAllSubsets(String folder) {
    var fixture = new ShapFixture(folder);
    TreeEnsemble model = fixture.trees("model.json");
    requireNear(
        fixture.expected("expected_path.json"),
        new TableExplainer(model).explain(fixture.rows(model)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f1_lgb_nan",
        "f2_lgb_zero_as_missing",
        "f3_lgb_categorical",
        "f4_lgb_missing_none",
        "g_lgb_multiclass"
      })
  void valuesOfLightgbmAreAsNear(String folder) {
    var fixture = new ShapFixture(folder);
    TreeEnsemble model = fixture.lightgbm("model.txt");
    requireNear(
        fixture.expected("expected_path.json"),
        new TableExplainer(model).explain(fixture.rows(model)));
  }

  private static void requireNear(JsonNode expected, ShapleyValues values) {
    values.requireAdditivity();
    double[] truth = ShapFixture.numbers(expected.path("phi"));
    double[] found = TreeExplainerTest.rowMajor(values);
    assertThat(found).hasSameSizeAs(truth);
    for (int i = 0; i < found.length; i++) {
      int line = i / values.features();
      double margin = Math.abs(values.margin(line / values.outputs(), line % values.outputs()));
      assertThat(Math.abs(found[i] - truth[i]))
          .as("value %d", i)
          .isLessThanOrEqualTo(NEAR * Math.max(1, margin));
    }
  }

  @Property(tries = 150)
  void valuesOfAnyTreesAreThoseOfFloat64(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 9) int depth) {
    var random = new RandomTrees(seed, 7);
    TreeEnsemble model = random.ensemble(List.of(random.tree(depth), random.tree(depth)));
    FeatureMatrix rows = random.rows(60);
    double[] exact = TreeExplainerTest.rowMajor(new TreeExplainer(model).explain(rows));
    double[] found = TreeExplainerTest.rowMajor(new TableExplainer(model).explain(rows));
    double scale = 1;
    for (double value : exact) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < exact.length; i++) {
      assertThat(Math.abs(found[i] - exact[i])).isLessThanOrEqualTo(1e-6 * scale);
    }
  }

  @Property(tries = 60)
  void everyWayGivesTheSameBits(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int depth) {
    var random = new RandomTrees(seed, 11);
    TreeEnsemble model = random.ensemble(List.of(random.tree(depth), random.tree(depth)));
    FeatureMatrix rows = random.rows(PackedRows.ROWS + 3);
    double[] whole = TreeExplainerTest.rowMajor(new TableExplainer(model).explain(rows));

    assertThat(whole)
        .as("scalar lanes")
        .isEqualTo(
            TreeExplainerTest.rowMajor(new TableExplainer(model, new ScalarLanes()).explain(rows)));
    TableExplainer alone = new TableExplainer(model);
    int perRow = whole.length / rows.rows();
    for (int row : new int[] {0, 17, RowBlock.ROWS, PackedRows.ROWS, rows.rows() - 1}) {
      double[] found = TreeExplainerTest.rowMajor(alone.explain(row(rows, row)));
      double[] expected = java.util.Arrays.copyOfRange(whole, row * perRow, (row + 1) * perRow);
      assertThat(found).as("row %d without tables", row).isEqualTo(expected);
    }
  }

  /// Depth 3 goes in bundles, 10 in leaf pairs, 15 by quadrature.
  @ParameterizedTest
  @ValueSource(ints = {3, 10, 15})
  void anyNumberOfThreadsGivesTheSameBits(int depth) {
    var random = new RandomTrees(3, 16);
    TreeEnsemble model = random.ensemble(List.of(random.tree(depth), random.tree(depth)));
    FeatureMatrix rows = random.rows(depth > 12 ? 2_000 : 20_000);
    for (Precision precision : Precision.values()) {
      double[] one = explainedBy(1, Explainer.of(model, precision), rows);
      assertThat(explainedBy(4, Explainer.of(model, precision), rows)).isEqualTo(one);
    }
  }

  static double[] explainedBy(int threads, Explainer explainer, FeatureMatrix rows) {
    try (var pool = new ForkJoinPool(threads)) {
      return pool.submit(() -> TreeExplainerTest.rowMajor(explainer.explain(rows))).join();
    }
  }

  /// The smallest trees: a leaf alone gives nothing, and many fit into one sum.
  @Property(tries = 60)
  void manySmallTreesAreThoseOfFloat64(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int count) {
    var random = new RandomTrees(seed, 9);
    List<Tree> trees = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      trees.add(random.tree(i % 4));
    }
    TreeEnsemble model = random.ensemble(trees);
    FeatureMatrix rows = random.rows(RowBlock.ROWS + 1);
    double[] exact = TreeExplainerTest.rowMajor(new TreeExplainer(model).explain(rows));
    double[] found = TreeExplainerTest.rowMajor(new TableExplainer(model).explain(rows));
    double scale = 1;
    for (double value : exact) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < exact.length; i++) {
      assertThat(Math.abs(found[i] - exact[i])).isLessThanOrEqualTo(1e-6 * scale);
    }
  }

  /// Paths of more than 12 features have no table. The truth takes each leaf by itself.
  @Property(tries = 10, seed = "20261122")
  void deepTreesAreThoseOfFloat64(
      @ForAll long seed, @ForAll @IntRange(min = 14, max = 20) int features) {
    var random = new RandomTrees(seed, features);
    TreeEnsemble model = random.ensemble(List.of(random.tree(14), random.tree(16), random.tree(5)));
    requireExact(model, random.rows(70));
  }

  /// Longer than a word of 64 bits, with features that come again and again.
  @ParameterizedTest
  @ValueSource(ints = {30, 100, 400})
  void aPathOfManyFeaturesIsThatOfFloat64(int features) {
    var random = new RandomTrees(features, features);
    TreeEnsemble model = random.ensemble(List.of(random.chain(900)));
    assertThat(new TreeProgram(model.trees().getFirst()).widest()).isGreaterThan(features * 3 / 4);
    requireExact(model, random.rows(3));
  }

  private static void requireExact(TreeEnsemble model, FeatureMatrix rows) {
    double[] exact = leafByLeaf(model, rows);
    double[] found = TreeExplainerTest.rowMajor(new TableExplainer(model).explain(rows));
    double[] other = TreeExplainerTest.rowMajor(new TreeExplainer(model).explain(rows));
    boolean deep = model.trees().stream().allMatch(tree -> new TreeProgram(tree).isDeep());
    for (int i = 0; i < exact.length; i++) {
      assertThat(Math.abs(found[i] - exact[i]))
          .isLessThanOrEqualTo((deep ? 1e-12 : 1e-6) * Math.max(1, largest(exact)));
      assertThat(Math.abs(other[i] - exact[i]))
          .isLessThanOrEqualTo(1e-12 * Math.max(1, largest(exact)));
    }
  }

  /// Row-major. No leaf knows of another.
  private static double[] leafByLeaf(TreeEnsemble model, FeatureMatrix rows) {
    List<TreeProgram> programs = model.trees().stream().map(TreeProgram::new).toList();
    int widest = programs.stream().mapToInt(TreeProgram::widest).max().orElse(0);
    var values = new double[rows.rows() * rows.columns()];
    new PatternExplanation(model, programs, new CoverValues(widest)).add(rows, values);
    var found = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      found[i] = values[i % rows.columns() * rows.rows() + i / rows.columns()];
    }
    return found;
  }

  private static double largest(double[] values) {
    return java.util.Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  /// One row, a block that is not full, and more than one part.
  @Property(tries = 4, seed = "20261123")
  void everyWayThroughDeepTreesGivesTheSameBits(@ForAll long seed) {
    var random = new RandomTrees(seed, 17);
    TreeEnsemble model = random.ensemble(List.of(random.tree(15), random.tree(16)));
    FeatureMatrix rows = random.rows(RowBlock.ROWS + 3);
    double[] whole = TreeExplainerTest.rowMajor(new TableExplainer(model).explain(rows));

    assertThat(
            TreeExplainerTest.rowMajor(new TableExplainer(model, new ScalarLanes()).explain(rows)))
        .as("scalar lanes")
        .isEqualTo(whole);
    int perRow = whole.length / rows.rows();
    for (int row : new int[] {0, 17, RowBlock.ROWS, rows.rows() - 1}) {
      double[] found =
          TreeExplainerTest.rowMajor(new TableExplainer(model).explain(row(rows, row)));
      double[] expected = java.util.Arrays.copyOfRange(whole, row * perRow, (row + 1) * perRow);
      assertThat(found).as("row %d alone", row).isEqualTo(expected);
    }
  }

  @Test
  void javasVectorModuleIsThereInTheTests() {
    assertThat(Lanes.best()).isInstanceOf(VectorLanes.class);
  }

  private static FeatureMatrix row(FeatureMatrix rows, int row) {
    var values = new double[rows.columns()];
    for (int column = 0; column < values.length; column++) {
      values[column] = rows.value(row, column);
    }
    return new FeatureMatrix(values, 1, values.length);
  }
}

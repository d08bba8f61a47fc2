package org.primum.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.DecisionRule;
import org.primum.model.FeatureMatrix;
import org.primum.model.MissingRule;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;
import org.primum.model.TreeNodes;

/// What must hold of Shapley values whatever the trees: the axioms (Shapley 1953) and the
/// definition itself, on [RandomTrees].
final class ShapleyIdentitiesTest {

  /// The axioms hold to rounding: leaves are of magnitude 1, ratios of covers up to 100 multiply
  /// along a path, so bounds are relative to what the trees can reach.
  private static final double ROUNDING = 1e-11;

  @Property(tries = 60, seed = "20261122")
  void valuesAreTheDefinitionOverAllSubsets(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 8) int features,
      @ForAll @IntRange(min = 0, max = 6) int depth) {
    var random = new RandomTrees(seed, features);
    TreeEnsemble model = random.ensemble(List.of(random.tree(depth), random.tree(depth)));
    FeatureMatrix rows = random.rows(3);
    ShapleyValues values = new TreeExplainer(model).explain(rows);

    for (int row = 0; row < rows.rows(); row++) {
      for (int feature = 0; feature < features; feature++) {
        double expected = RandomTrees.shapley(model, rows, row, feature);
        assertThat(values.phi(row, 0, feature)).isCloseTo(expected, near(values, expected));
      }
    }
  }

  @Property(tries = 200, seed = "20261123")
  void valuesAddUpToTheMargin(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 30) int features,
      @ForAll @IntRange(min = 0, max = 9) int depth) {
    var random = new RandomTrees(seed, features);
    TreeEnsemble model = random.ensemble(List.of(random.tree(depth), random.tree(depth)));
    FeatureMatrix rows = random.rows(20);
    ShapleyValues values = new TreeExplainer(model).explain(rows);

    for (int row = 0; row < rows.rows(); row++) {
      double sum = values.baseValue(0);
      for (int feature = 0; feature < features; feature++) {
        sum += values.phi(row, 0, feature);
      }
      assertThat(sum).isCloseTo(model.margins(rows)[row], near(values, sum));
    }
  }

  @Property(tries = 100, seed = "20261124")
  void aFeatureThatNoSplitReadsGetsExactlyZero(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    var random = new RandomTrees(seed, 12);
    TreeEnsemble model = random.ensemble(List.of(random.tree(3)));
    ShapleyValues values = new TreeExplainer(model).explain(random.rows(10));

    for (int feature = 0; feature < 12; feature++) {
      for (int row = 0; row < 10 && !isRead(model, feature); row++) {
        assertThat(values.phi(row, 0, feature)).isEqualTo(0.0);
      }
    }
  }

  @Property(tries = 100, seed = "20261125")
  void valuesOfTwoEnsemblesAddUpToThoseOfBoth(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    var random = new RandomTrees(seed, 6);
    Tree first = random.tree(5);
    Tree second = random.tree(4);
    FeatureMatrix rows = random.rows(10);
    ShapleyValues one = new TreeExplainer(random.ensemble(List.of(first))).explain(rows);
    ShapleyValues other = new TreeExplainer(random.ensemble(List.of(second))).explain(rows);
    ShapleyValues both = new TreeExplainer(random.ensemble(List.of(first, second))).explain(rows);

    for (int row = 0; row < 10; row++) {
      for (int feature = 0; feature < 6; feature++) {
        double sum = one.phi(row, 0, feature) + other.phi(row, 0, feature);
        assertThat(both.phi(row, 0, feature)).isCloseTo(sum, near(both, sum));
      }
    }
  }

  /// A tree and its mirror, features 0 and 1 exchanged, on rows where the two are equal.
  @Property(tries = 100, seed = "20261126")
  void twoFeaturesThatPlayTheSamePartGetTheSame(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    var random = new RandomTrees(seed, 5);
    Tree tree = random.tree(5);
    TreeEnsemble model = random.ensemble(List.of(tree, exchanged(tree, 5)));
    FeatureMatrix rows = random.rows(10);
    for (int row = 0; row < 10; row++) {
      rows.values()[row * 5 + 1] = rows.values()[row * 5];
    }
    ShapleyValues values = new TreeExplainer(model).explain(rows);

    for (int row = 0; row < 10; row++) {
      double first = values.phi(row, 0, 0);
      assertThat(values.phi(row, 0, 1)).isCloseTo(first, near(values, first));
    }
  }

  /// Depth 20 over 40 features takes the path without tables; 70 features on one path take two
  /// words of pattern.
  @Property(tries = 12, seed = "20261127")
  void longPathsAddUpToo(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    var random = new RandomTrees(seed, 90);
    TreeEnsemble model = random.ensemble(List.of(chain(70 + (int) (seed % 20), 90)));
    FeatureMatrix rows = random.rows(7);
    ShapleyValues values = new TreeExplainer(model).explain(rows);

    for (int row = 0; row < 7; row++) {
      assertThat(values.additivityError(row, 0)).isLessThan(1e-12);
    }
    ShapleyValues one = new TreeExplainer(model).explain(row(rows, 3));
    for (int feature = 0; feature < 90; feature++) {
      assertThat(one.phi(0, 0, feature)).isEqualTo(values.phi(3, 0, feature));
    }
  }

  /// Every right child is a leaf; split `i` reads feature `i`. Half of the cover goes each way.
  private static Tree chain(int splits, int features) {
    var nodes = new TreeNodes(2 * splits + 1);
    for (int i = 0; i < splits; i++) {
      nodes.left[2 * i] = 2 * i + 2;
      nodes.right[2 * i] = 2 * i + 1;
      nodes.feature[2 * i] = i;
      nodes.threshold[2 * i] = 4.5f;
      nodes.cover[2 * i] = Math.scalb(1.0, -i);
      nodes.cover[2 * i + 1] = Math.scalb(1.0, -i - 1);
      nodes.value[2 * i + 1] = i % 3 - 1;
    }
    nodes.cover[2 * splits] = Math.scalb(1.0, -splits);
    nodes.value[2 * splits] = 2;
    return new Tree(DecisionRule.FLOAT32_BELOW, 0, nodes, features);
  }

  private static Tree exchanged(Tree tree, int features) {
    var nodes = new TreeNodes(tree.size());
    for (int node = 0; node < tree.size(); node++) {
      nodes.value[node] = tree.value(node);
      nodes.cover[node] = tree.cover(node);
      if (tree.isLeaf(node)) {
        continue;
      }
      int feature = tree.feature(node);
      nodes.left[node] = tree.left(node);
      nodes.right[node] = tree.right(node);
      nodes.feature[node] = feature < 2 ? 1 - feature : feature;
      nodes.missing[node] =
          tree.goesLeft(node, Double.NaN) ? MissingRule.NAN_LEFT : MissingRule.NAN_RIGHT;
      nodes.categorical[node] = true;
      nodes.categories[node] = new long[] {rightOf(tree, node)};
    }
    return new Tree(DecisionRule.FLOAT32_BELOW, 0, nodes, features);
  }

  /// The values 0 to 4 that go right; a negative one goes left, as it does below any threshold.
  private static long rightOf(Tree tree, int node) {
    long right = 0;
    for (int value = 0; value < 5; value++) {
      right |= tree.goesLeft(node, value) ? 0 : 1L << value;
    }
    return right;
  }

  private static FeatureMatrix row(FeatureMatrix rows, int row) {
    var values = new double[rows.columns()];
    for (int column = 0; column < values.length; column++) {
      values[column] = rows.value(row, column);
    }
    return new FeatureMatrix(values, 1, values.length);
  }

  private static boolean isRead(TreeEnsemble model, int feature) {
    List<Integer> read = new ArrayList<>();
    for (Tree tree : model.trees()) {
      for (int node = 0; node < tree.size(); node++) {
        read.add(tree.isLeaf(node) ? -1 : tree.feature(node));
      }
    }
    return read.contains(feature);
  }

  private static org.assertj.core.data.Offset<Double> near(ShapleyValues values, double expected) {
    return within(
        ROUNDING * Math.max(Math.abs(values.baseValue(0)), Math.max(1, Math.abs(expected))));
  }
}

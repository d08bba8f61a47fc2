package org.primum.explain.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.explain.RandomTrees;
import org.primum.explain.tree.PackedRows;
import org.primum.explain.tree.SplitRanks;
import org.primum.model.DecisionRule;
import org.primum.model.FeatureMatrix;
import org.primum.model.MissingRule;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;
import org.primum.model.TreeNodes;

/// Eight rows at a time go where the tree itself sends each of them.
final class PackedSidesTest {

  /// Below half of what a byte holds, above it, the last that fit, and the first that do not.
  @ParameterizedTest
  @CsvSource({"1,8", "100,13", "200,1024", "254,1021", "255,77", "300,77"})
  void everyRowGoesWhereTheTreeSendsIt(int thresholds, int count) {
    TreeEnsemble model = stumps(thresholds);
    FeatureMatrix rows = rows(thresholds, count);
    var splits = new SplitRanks(model);
    assertThat(splits.isSmall(0)).isEqualTo(thresholds < 255);
    var block = new PackedRows(model, splits, rows, 0);
    var sides = new PackedSides(splits);
    for (int i = 0; i < thresholds; i++) {
      Tree tree = model.trees().get(i);
      int bit = i % 8;
      var keys = new long[PackedRows.words(count)];
      sides.add(block, tree, 0, bit, keys);
      for (int row = 0; row < count; row++) {
        int key = (int) (keys[row / 8] >>> (8 * (row % 8))) & 0xFF;
        assertThat(key)
            .as("threshold %d, row %d", i, row)
            .isEqualTo(tree.goesLeft(0, rows.value(row, 0)) ? 1 << bit : 0);
      }
    }
  }

  /// A tree for each threshold: those of even numbers send missing values to the left.
  private static TreeEnsemble stumps(int thresholds) {
    List<Tree> trees = new ArrayList<>();
    for (int i = 0; i < thresholds; i++) {
      var nodes = new TreeNodes(3);
      nodes.left[0] = 1;
      nodes.right[0] = 2;
      nodes.threshold[0] = i;
      nodes.missing[0] = i % 2 == 0 ? MissingRule.NAN_LEFT : MissingRule.NAN_RIGHT;
      nodes.value[1] = 1;
      trees.add(new Tree(DecisionRule.FLOAT32_BELOW, 0, nodes, 1));
    }
    return new RandomTrees(1, 1).ensemble(trees);
  }

  private static FeatureMatrix rows(int thresholds, int count) {
    var random = new Random(thresholds);
    var values = new double[count];
    for (int row = 0; row < count; row++) {
      int value = random.nextInt(2 * thresholds + 3);
      values[row] = value == 0 ? Double.NaN : value / 2.0 - 1;
    }
    return new FeatureMatrix(values, count, 1);
  }
}

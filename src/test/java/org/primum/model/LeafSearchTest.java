package org.primum.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// The search of many rows at once ends where each row's own way down the tree ends.
final class LeafSearchTest {

  private static final double[] EDGES = {
    0.0,
    -0.0,
    1,
    -1,
    0.1f,
    Math.nextUp(0.1f),
    0.1,
    Float.MIN_VALUE,
    -Double.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  @Property(tries = 300)
  void leavesAreThoseOfTheTreeForEveryRuleAndEdge(
      @ForAll long seed, @ForAll DecisionRule rule, @ForAll boolean isPlain) {
    var random = new Random(seed);
    Tree tree = tree(random, rule, isPlain);
    int rows = LeafSearch.ROWS;
    var values = new double[rows * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = rule.read(random.nextInt(5) == 0 ? Double.NaN : edge(random));
    }
    var block = new LeafSearch.Block(rule, values, 3);
    block.take(0, rows);
    var found = new int[rows];
    new LeafSearch(tree).find(block, rows, found);
    for (int row = 0; row < rows; row++) {
      assertThat(found[row]).as("row %d", row).isEqualTo(tree.leaf(values, row * 3));
    }
  }

  private static double edge(Random random) {
    return EDGES[random.nextInt(EDGES.length)];
  }

  /// A chain of splits with a leaf at each.
  private static Tree tree(Random random, DecisionRule rule, boolean isPlain) {
    int splits = random.nextInt(6);
    var nodes = new TreeNodes(2 * splits + 1);
    for (int node = 0; node < 2 * splits + 1; node++) {
      boolean isSplit = node % 2 == 0 && node < 2 * splits;
      boolean swapped = random.nextBoolean();
      nodes.left[node] = isSplit ? node + (swapped ? 2 : 1) : -1;
      nodes.right[node] = isSplit ? node + (swapped ? 1 : 2) : -1;
      nodes.feature[node] = random.nextInt(3);
      nodes.threshold[node] = rule.read(edge(random));
      nodes.value[node] = node;
      nodes.cover[node] = 1;
      nodes.missing[node] =
          isPlain
              ? random.nextBoolean() ? MissingRule.NAN_LEFT : MissingRule.NAN_RIGHT
              : List.copyOf(EnumSet.allOf(MissingRule.class)).get(random.nextInt(5));
      nodes.categories[node] = new long[] {1};
    }
    return new Tree(rule, 0, nodes, 3);
  }
}

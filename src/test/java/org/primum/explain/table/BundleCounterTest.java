package org.primum.explain.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.primum.explain.RandomTrees;
import org.primum.explain.background.PatternCounter;
import org.primum.explain.background.PatternHistogram;
import org.primum.explain.tree.PackedRows;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeBundles;
import org.primum.explain.tree.TreeProgram;
import org.primum.model.FeatureMatrix;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;

/// What bundles count is what each leaf sees when every row goes down the tree by itself.
final class BundleCounterTest {

  @Property(tries = 60)
  void everyLeafSeesThePatternsOfItsRows(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int depth) {
    var random = new RandomTrees(seed, 6);
    TreeEnsemble model = random.ensemble(List.of(random.tree(depth)));
    FeatureMatrix rows = random.rows(PackedRows.ROWS + 5);
    var program = new TreeProgram(model.trees().getFirst());
    TreeBundles bundles = TreeBundles.of(program, 6).orElseThrow();
    var splits = new SplitRanks(model);
    var counter = new BundleCounter(bundles);
    counter.add(splits, new PackedRows(model, splits, rows, 0));
    counter.add(splits, new PackedRows(model, splits, rows, PackedRows.ROWS));
    PatternCounter[] found = counters(program);
    counter.addTo(found);
    PatternCounter[] expected = counters(program);
    for (int row = 0; row < rows.rows(); row++) {
      follow(program, model, rows, row, 0, 0, expected);
    }
    for (int node = 0; node < found.length; node++) {
      if (isCounted(program, node)) {
        requireSame(found[node].histogram(), expected[node].histogram());
      }
    }
  }

  private static boolean isCounted(TreeProgram program, int node) {
    return program.tree().isLeaf(node) && !program.isSecond(node) && program.leaf(node).size() > 0;
  }

  private static PatternCounter[] counters(TreeProgram program) {
    var counters = new PatternCounter[program.tree().size()];
    for (int node = 0; node < counters.length; node++) {
      int features = program.tree().isLeaf(node) ? program.leaf(node).size() : 0;
      counters[node] = new PatternCounter(features);
    }
    return counters;
  }

  private static void follow(
      TreeProgram program,
      TreeEnsemble model,
      FeatureMatrix rows,
      int row,
      int node,
      int pattern,
      PatternCounter[] counters) {
    Tree tree = program.tree();
    if (tree.isLeaf(node)) {
      counters[node].add(new long[] {pattern});
      return;
    }
    double value = model.rule().read(rows.value(row, tree.feature(node)));
    int bit = 1 << program.bit(node);
    boolean left = tree.goesLeft(node, value);
    for (boolean side : new boolean[] {true, false}) {
      boolean kept = left == side && (!program.isRepeated(node) || (pattern & bit) != 0);
      int below = kept ? pattern | bit : pattern & ~bit;
      int child = side ? tree.left(node) : tree.right(node);
      follow(program, model, rows, row, child, below, counters);
    }
  }

  private static void requireSame(PatternHistogram found, PatternHistogram expected) {
    assertThat(found.size()).isEqualTo(expected.size());
    for (int entry = 0; entry < found.size(); entry++) {
      assertThat(found.word(entry, 0)).isEqualTo(expected.word(entry, 0));
      assertThat(found.count(entry)).isEqualTo(expected.count(entry));
    }
  }
}

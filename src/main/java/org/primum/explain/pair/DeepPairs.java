package org.primum.explain.pair;

import java.util.Arrays;
import org.primum.explain.background.PatternExplanation;
import org.primum.explain.tree.LeafPairs;
import org.primum.explain.tree.LeafRows;
import org.primum.explain.tree.TreePass;
import org.primum.explain.tree.TreeProgram;
import org.primum.explain.value.FeaturePairs;
import org.primum.model.FeatureMatrix;
import org.primum.model.TreeEnsemble;

/// Takes blocks of rows through trees of long paths: what a leaf gives is made once for each
/// pattern that occurs in the block.
public final class DeepPairs {

  private final TreeEnsemble model;
  private final FeaturePairs pairs;

  public DeepPairs(TreeEnsemble model, FeaturePairs pairs) {
    this.model = model;
    this.pairs = pairs;
  }

  /// @param rows of the block, `count` of them from `first` on
  /// @param sums pair `p` of output `c` of row `i` at `(c * pairs + p) * count + i`
  public void add(
      Iterable<TreeProgram> programs,
      LeafPairs leaves,
      FeatureMatrix rows,
      int first,
      int count,
      double[] sums) {
    double[][] columns = PatternExplanation.columns(model, rows, first, count);
    for (TreeProgram program : programs) {
      new TreePass(program, columns, count, new Sums(program, leaves, sums)).run();
    }
  }

  /// What becomes of a block at the leaves of one tree.
  private final class Sums implements LeafRows {

    private final TreeProgram program;
    private final LeafPairs leaves;
    private final double[] sums;
    private final double[] values;
    private final int words;

    Sums(TreeProgram program, LeafPairs leaves, double[] sums) {
      this.program = program;
      this.leaves = leaves;
      this.sums = sums;
      this.words = program.words();
      this.values = new double[LeafPairs.count(program.widest())];
    }

    @Override
    public void take(int leaf, long[] patterns, int count) {
      int[] to = PairBundles.targets(program.leaf(leaf), pairs);
      if (Arrays.stream(to).allMatch(target -> target < 0)) {
        return;
      }
      if (words == 1) {
        takeEqual(leaf, to, patterns, count);
        return;
      }
      long[] pattern = new long[words];
      for (int row = 0; row < count; row++) {
        for (int word = 0; word < words; word++) {
          pattern[word] = patterns[word * count + row];
        }
        leaves.of(program, leaf, pattern, values);
        add(to, row, count);
      }
    }

    /// Rows of one pattern after each other.
    private void takeEqual(int leaf, int[] to, long[] patterns, int count) {
      long[] sorted = Arrays.copyOf(patterns, count);
      Arrays.sort(sorted);
      int[] next = new int[count];
      int[] newest = new int[count];
      Arrays.fill(newest, -1);
      for (int row = count - 1; row >= 0; row--) {
        int place = Arrays.binarySearch(sorted, patterns[row]);
        next[row] = newest[place];
        newest[place] = row;
      }
      long[] pattern = new long[1];
      for (int place = 0; place < count; place++) {
        if (newest[place] >= 0) {
          pattern[0] = sorted[place];
          leaves.of(program, leaf, pattern, values);
        }
        for (int row = newest[place]; row >= 0; row = next[row]) {
          add(to, row, count);
        }
      }
    }

    private void add(int[] to, int row, int count) {
      int first = program.tree().output() * pairs.size();
      for (int at = 0; at < to.length; at++) {
        if (to[at] >= 0) {
          sums[(first + to[at]) * count + row] += values[at];
        }
      }
    }
  }
}

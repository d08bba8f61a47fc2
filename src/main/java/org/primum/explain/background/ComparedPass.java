package org.primum.explain.background;

import java.util.Arrays;
import org.primum.explain.tree.LeafPath;
import org.primum.explain.tree.RankWeights;
import org.primum.explain.tree.RowBlock;
import org.primum.explain.tree.RowSides;
import org.primum.explain.tree.SetLanes;
import org.primum.explain.tree.SetValues;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeProgram;
import org.primum.model.Tree;

/// Takes blocks of rows through deep trees against a background, for one thread and in float64.
///
/// Where many rows reach a leaf, its values are made for all patterns at once ([SupersetSums]);
/// where few do, for each of theirs ([PatternMatches]). Which of the two cannot be seen in the
/// values. Paths of more than [SupersetSums#MOST_FEATURES] features have the second way only.
public final class ComparedPass {

  /// A path takes at most so many features: a pattern is an `int`.
  public static final int MOST_FEATURES = 31;

  private static final int FIRST_COST = 400;
  private static final int SETS_PER_COST = 24;
  private static final int FIRST_COST_OF_ROW = 10;

  private final BackgroundValues values;
  private final RowSides sides;
  private final SupersetSums supersets;
  private final SetLanes lanes;
  private final PatternMatches matches;
  private final PatternKinds kinds;
  private final long[] pattern = new long[1];
  private final int[] some;
  private final int[] sets;
  private final int[] kindOf;
  private int[] known = {};
  private int distinct;
  private double[] phi = {};

  /// @param values for this thread
  /// @param room for so many rows at a time, a power of two
  ComparedPass(BackgroundValues values, SplitRanks splits, SetLanes lanes, int room) {
    this.values = values;
    this.sides = new RowSides(splits);
    this.supersets = new SupersetSums(values, lanes);
    this.lanes = lanes;
    this.matches = new PatternMatches(values);
    this.kinds = new PatternKinds(room);
    this.some = new int[room];
    this.sets = new int[room];
    this.kindOf = new int[room];
  }

  /// Adds what a tree gives to each row's features.
  ///
  /// @param slots of each feature, where the tree asks for it
  /// @param gains receives what the feature of slot `f` gets of row `i` at `f * count + i`
  void run(TreeProgram program, RowBlock rows, int[] slots, double[] gains) {
    new Walk(program, rows, slots, gains).visit(0, 0);
  }

  /// The way of one block through one tree.
  private final class Walk {

    private final TreeProgram program;
    private final Tree tree;
    private final RowBlock rows;
    private final int count;
    private final int[] slots;
    private final double[] gains;
    private final int[][] keys;
    private final int[][] wentLeft;
    private final int stride;
    private final double[] sums;

    Walk(TreeProgram program, RowBlock rows, int[] slots, double[] gains) {
      this.program = program;
      this.tree = program.tree();
      this.rows = rows;
      this.count = rows.count();
      this.slots = slots;
      this.gains = gains;
      this.keys = new int[tree.depth() + 1][count];
      this.wentLeft = new int[tree.depth()][count];
      this.stride = width(program.widest());
      this.sums = new double[count * stride];
    }

    void visit(int node, int level) {
      if (tree.isLeaf(node)) {
        take(node, keys[level]);
        return;
      }
      sides.ask(rows, tree, node, wentLeft[level]);
      side(node, level, 0);
      visit(tree.left(node), level + 1);
      side(node, level, 1);
      visit(tree.right(node), level + 1);
      if (!program.isRepeated(node)) {
        give(program.bit(node), tree.feature(node));
      }
    }

    private void side(int node, int level, int side) {
      int bit = program.bit(node);
      boolean repeated = program.isRepeated(node);
      RowSides.below(bit, repeated, keys[level], wentLeft[level], side, keys[level + 1], count);
    }

    private void take(int leaf, int[] patterns) {
      int k = program.leaf(leaf).size();
      if (k == 0) {
        return;
      }
      PatternHistogram histogram = values.histogram(program, leaf);
      if (isWorthAll(k, histogram, count)) {
        int flip = (int) BackgroundValues.flip(program, leaf, 0);
        SetValues all = supersets.of(histogram, flip, k, values.scale(program, leaf));
        addAll(program.leaf(leaf), all, patterns);
      } else {
        addEach(leaf, histogram, patterns);
      }
    }

    /// From the values of all patterns.
    private void addAll(LeafPath path, SetValues all, int[] patterns) {
      int k = path.size();
      int width = width(k);
      int found = gather(all, patterns, k);
      require(distinct * width);
      for (int kind = 0; kind < distinct; kind++) {
        all.of(sets[kind], k, phi, kind * width);
        Arrays.fill(phi, kind * width + k, (kind + 1) * width, 0);
      }
      lanes.give(sums, stride, phi, width, some, kindOf, found);
    }

    /// Gathers the rows to which the leaf gives something, and their distinct sets.
    private int gather(SetValues all, int[] patterns, int k) {
      if (known.length < 1 << k) {
        known = new int[1 << k];
      }
      Arrays.fill(known, 0, 1 << k, 0);
      int bits = (1 << k) - 1;
      int found = 0;
      distinct = 0;
      for (int row = 0; row < count; row++) {
        int set = ~patterns[row] & bits;
        if (all.isNothing(set)) {
          continue;
        }
        if (known[set] == 0) {
          sets[distinct++] = set;
          known[set] = distinct;
        }
        some[found] = row;
        kindOf[found++] = known[set] - 1;
      }
      return found;
    }

    /// Pattern by pattern, each once.
    private void addEach(int leaf, PatternHistogram histogram, int[] patterns) {
      LeafPath path = program.leaf(leaf);
      int k = path.size();
      int found = kinds.of(patterns, count);
      int width = width(k);
      require(found * width);
      for (int kind = 0; kind < found; kind++) {
        of(leaf, histogram, patterns[kinds.first(kind)], kind * width);
        Arrays.fill(phi, kind * width + k, (kind + 1) * width, 0);
      }
      for (int row = 0; row < count; row++) {
        some[row] = row;
        kindOf[row] = kinds.kind(row);
      }
      lanes.give(sums, stride, phi, width, some, kindOf, count);
    }

    private void require(int numbers) {
      if (phi.length < numbers) {
        phi = new double[numbers];
      }
    }

    /// Gives to a feature what has come together for it.
    private void give(int bit, int feature) {
      int to = slots[feature] * count;
      for (int row = 0; row < count; row++) {
        gains[to + row] += sums[row * stride + bit];
        sums[row * stride + bit] = 0;
      }
    }

    private void of(int leaf, PatternHistogram histogram, int bits, int to) {
      int k = program.leaf(leaf).size();
      if (k > SupersetSums.MOST_FEATURES) {
        pattern[0] = bits;
        values.of(program, leaf, pattern, phi, to, 1);
        return;
      }
      int flip = (int) BackgroundValues.flip(program, leaf, 0);
      int set = ~bits & ((1 << k) - 1);
      double scale = values.scale(program, leaf);
      if (!matches.of(histogram, flip, k, set, scale, phi, to)) {
        Arrays.fill(phi, to, to + k, 0);
      }
    }
  }

  private static int width(int features) {
    return (features + RankWeights.RUN - 1) / RankWeights.RUN * RankWeights.RUN;
  }

  /// Whether the values of all patterns cost less than those of each row. Measured: the unit is
  /// some ten nanoseconds.
  private boolean isWorthAll(int k, PatternHistogram histogram, int rows) {
    if (k > SupersetSums.MOST_FEATURES) {
      return false;
    }
    long all = FIRST_COST + lanes.cost() * ((long) k << k) / SETS_PER_COST;
    return (long) rows * (FIRST_COST_OF_ROW + histogram.groups()) >= all;
  }
}

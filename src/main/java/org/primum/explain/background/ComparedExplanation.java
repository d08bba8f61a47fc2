package org.primum.explain.background;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.primum.explain.tree.DeepTrees;
import org.primum.explain.tree.RowBlock;
import org.primum.explain.tree.SetLanes;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeProgram;
import org.primum.model.FeatureMatrix;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;

/// Takes rows through deep trees against a background.
///
/// What each tree gives to a row is added up by itself, leaf by leaf, and then to what the trees
/// before it gave: so trees may be taken on different threads, and their tables serve many rows.
final class ComparedExplanation implements DeepTrees {

  /// Rows that go through a tree together.
  private static final int ROWS = 4096;

  /// Fewer where there are only a few trees to share out to threads.
  private static final int ROWS_OF_FEW_TREES = 512;

  private static final int FEW_TREES = 4;

  /// Trees that may wait for each other, and how many numbers they take at most (64 MB).
  private static final int MOST_TREES = 16;

  private static final int MOST_NUMBERS = 8 << 20;

  /// Rows that one thread takes through the widest trees.
  private static final int SHARE = 256;

  private final TreeEnsemble model;
  private final SplitRanks splits;
  private final SetLanes lanes;
  private final List<Asking> trees;
  private final List<TreeProgram> widest;
  private final Supplier<BackgroundValues> source;

  /// @param programs of deep trees
  /// @param source the values of leaves, for each thread its own
  ComparedExplanation(
      TreeEnsemble model,
      SplitRanks splits,
      SetLanes lanes,
      List<TreeProgram> programs,
      Supplier<BackgroundValues> source) {
    this.model = model;
    this.splits = splits;
    this.lanes = lanes;
    this.trees = programs.stream().filter(tree -> !isWide(tree)).map(Asking::new).toList();
    this.widest = programs.stream().filter(ComparedExplanation::isWide).toList();
    this.source = source;
  }

  private static boolean isWide(TreeProgram program) {
    return program.widest() > ComparedPass.MOST_FEATURES;
  }

  @Override
  public void add(FeatureMatrix rows, double[] values) {
    addWidest(rows, values);
    int size = trees.size() < FEW_TREES ? ROWS_OF_FEW_TREES : ROWS;
    int blocks = trees.isEmpty() ? 0 : (rows.rows() + size - 1) / size;
    IntStream.range(0, blocks)
        .parallel()
        .mapToObj(block -> new RowBlock(model, splits, rows, block * size, size))
        .forEach(block -> add(block, values, rows.rows()));
  }

  private void add(RowBlock rows, double[] values, int allRows) {
    long most = trees.stream().mapToInt(tree -> tree.features.length).max().orElse(0);
    int atOnce = Math.clamp(MOST_NUMBERS / (most * rows.count()), 1, MOST_TREES);
    for (int from = 0; from < trees.size(); from += atOnce) {
      trees.subList(from, Math.min(trees.size(), from + atOnce)).parallelStream()
          .map(tree -> new Gains(tree, rows))
          .toList()
          .forEach(gains -> gains.give(values, allRows));
    }
  }

  /// Leaf by leaf and pattern by pattern.
  private void addWidest(FeatureMatrix rows, double[] values) {
    int shares = widest.isEmpty() ? 0 : (rows.rows() + SHARE - 1) / SHARE;
    IntStream.range(0, shares)
        .parallel()
        .forEach(share ->
            new PatternExplanation(model, widest, source.get())
                .add(rows, share * SHARE, Math.min(rows.rows(), (share + 1) * SHARE), values));
  }

  /// A tree and the features it asks for.
  private static final class Asking {

    private final TreeProgram program;
    private final int[] features;
    private final int[] slots;

    Asking(TreeProgram program) {
      this.program = program;
      Tree tree = program.tree();
      this.features =
          IntStream.range(0, tree.size())
              .filter(node -> !tree.isLeaf(node))
              .map(tree::feature)
              .distinct()
              .sorted()
              .toArray();
      this.slots = new int[features[features.length - 1] + 1];
      for (int slot = 0; slot < features.length; slot++) {
        slots[features[slot]] = slot;
      }
    }
  }

  /// What one tree gives to some rows.
  private final class Gains {

    private final Asking tree;
    private final RowBlock rows;
    private final double[] gains;

    Gains(Asking tree, RowBlock rows) {
      this.tree = tree;
      this.rows = rows;
      this.gains = new double[Math.multiplyExact(tree.features.length, rows.count())];
      int room = Math.max(2, 2 * Integer.highestOneBit(rows.count()));
      new ComparedPass(source.get(), splits, lanes, room)
          .run(tree.program, rows, tree.slots, gains);
    }

    void give(double[] values, int allRows) {
      int count = rows.count();
      for (int slot = 0; slot < tree.features.length; slot++) {
        int feature = tree.program.tree().output() * model.features().size() + tree.features[slot];
        int to = feature * allRows + rows.first();
        for (int row = 0; row < count; row++) {
          values[to + row] += gains[slot * count + row];
        }
      }
    }
  }
}

package org.primum.explain;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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

  /// Trees that may wait for each other.
  private static final int MOST_TREES = 16;

  /// Rows that one thread takes through the widest trees.
  private static final int SHARE = 256;

  private final TreeEnsemble model;
  private final SplitRanks splits;
  private final SetLanes lanes;
  private final List<TreeProgram> programs;
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
    this.programs = programs.stream().filter(tree -> !isWide(tree)).toList();
    this.widest = programs.stream().filter(ComparedExplanation::isWide).toList();
    this.source = source;
  }

  private static boolean isWide(TreeProgram program) {
    return program.widest() > ComparedPass.MOST_FEATURES;
  }

  @Override
  public void add(FeatureMatrix rows, double[] values) {
    addWidest(rows, values);
    for (int first = 0; first < rows.rows() && !programs.isEmpty(); first += ROWS) {
      RowBlock block = new RowBlock(model, splits, rows, first, ROWS);
      for (int from = 0; from < programs.size(); from += MOST_TREES) {
        add(
            programs.subList(from, Math.min(programs.size(), from + MOST_TREES)),
            block,
            values,
            rows.rows());
      }
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

  private void add(List<TreeProgram> trees, RowBlock rows, double[] values, int allRows) {
    List<Gains> gains = trees.parallelStream().map(tree -> new Gains(tree, rows)).toList();
    gains.forEach(tree -> tree.give(values, allRows));
  }

  /// What one tree gives to some rows.
  private final class Gains {

    private final TreeProgram program;
    private final RowBlock rows;
    private final int[] features;
    private final double[] gains;

    Gains(TreeProgram program, RowBlock rows) {
      this.program = program;
      this.rows = rows;
      Tree tree = program.tree();
      this.features =
          IntStream.range(0, tree.size())
              .filter(node -> !tree.isLeaf(node))
              .map(tree::feature)
              .distinct()
              .sorted()
              .toArray();
      int[] slots = new int[model.features().size()];
      for (int slot = 0; slot < features.length; slot++) {
        slots[features[slot]] = slot;
      }
      this.gains = new double[Math.multiplyExact(features.length, rows.count())];
      new ComparedPass(source.get(), splits, lanes, room(rows.count()))
          .run(program, rows, slots, gains);
    }

    private static int room(int count) {
      return Math.max(2, 2 * Integer.highestOneBit(count));
    }

    void give(double[] values, int allRows) {
      int count = rows.count();
      for (int slot = 0; slot < features.length; slot++) {
        int feature = program.tree().output() * model.features().size() + features[slot];
        int to = feature * allRows + rows.first();
        for (int row = 0; row < count; row++) {
          values[to + row] += gains[slot * count + row];
        }
      }
    }
  }
}

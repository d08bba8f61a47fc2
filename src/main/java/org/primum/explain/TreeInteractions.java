package org.primum.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.primum.explain.pair.DeepPairs;
import org.primum.explain.pair.PairBundles;
import org.primum.explain.pair.PairPass;
import org.primum.explain.pair.PairTables;
import org.primum.explain.pair.PairTree;
import org.primum.explain.pair.QuadraturePairs;
import org.primum.explain.tree.Lanes;
import org.primum.explain.tree.LeafValues;
import org.primum.explain.tree.RowBlock;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeProgram;
import org.primum.explain.value.ExplanationMode;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.InteractionValues;
import org.primum.explain.value.Precision;
import org.primum.model.FeatureMatrix;
import org.primum.model.TreeEnsemble;

/// Those of a tree ensemble. As in [TableExplainer] a row reaches every leaf with a pattern, and
/// what it gives to pairs depends on the pattern alone: what small subtrees give is looked up by
/// one key a row. A tree with a path of more than [LeafPath#TABLE_FEATURES] features has no tables.
final class TreeInteractions implements Interactions {

  /// Values made at once (128 MB).
  private static final int NUMBERS = 16 << 20;

  /// Rows made at once at most.
  private static final int MOST_ROWS = 1 << 16;

  /// Tables stand beside each other up to so many numbers (192 MB).
  private static final long ROOM = 24L << 20;

  /// Path-dependent, a tree that has so many features on a path goes by [QuadraturePairs]: sums
  /// over leaves are sooner made than looked up.
  private static final int SUMMED = 9;

  /// A table is worth its making from so many rows on, as a part of its keys.
  private static final int WORTH = 4;

  private final TreeEnsemble model;
  private final FeaturePairs pairs;
  private final Supplier<LeafValues> leaves;
  private final Precision precision;
  private final Lanes lanes;
  private final SplitRanks splits;
  private final List<List<PairBundles>> groups = new ArrayList<>();
  private final List<TreeProgram> deep;
  private final DeepPairs deepPairs;
  private final List<PairTree> summed;
  private final int depth;
  private List<PairTables> kept = List.of();

  /// @param programs of the model's trees, in their order
  /// @param leaves the values of single leaves, one for each thread
  /// @param precision of what is looked up
  TreeInteractions(
      TreeEnsemble model,
      List<TreeProgram> programs,
      Supplier<LeafValues> leaves,
      Precision precision,
      Lanes lanes,
      FeaturePairs pairs) {
    this.model = model;
    this.precision = precision;
    this.lanes = lanes;
    this.pairs = pairs;
    this.leaves = leaves;
    this.splits = new SplitRanks(model);
    boolean isCovered = leaves.get().mode() == ExplanationMode.PATH_DEPENDENT;
    Predicate<TreeProgram> isSummed = program -> isCovered && isSummed(program);
    this.summed =
        programs.stream()
            .filter(isSummed)
            .map(program -> new PairTree(program, pairs))
            .filter(PairTree::isWanted)
            .toList();
    List<TreeProgram> others = programs.stream().filter(Predicate.not(isSummed)).toList();
    this.deep = others.stream().filter(TreeProgram::isDeep).toList();
    this.deepPairs = new DeepPairs(model, pairs);
    List<TreeProgram> narrow = others.stream().filter(program -> !program.isDeep()).toList();
    this.depth = narrow.stream().mapToInt(program -> program.tree().depth()).max().orElse(0);
    group(narrow.stream().map(program -> new PairBundles(program, pairs)).toList());
  }

  private static boolean isSummed(TreeProgram program) {
    return program.widest() >= SUMMED && QuadraturePairs.fits(program);
  }

  /// Trees whose tables may stand beside each other.
  private void group(List<PairBundles> trees) {
    long left = -1;
    for (PairBundles tree : trees) {
      if (tree.numbers() > left) {
        groups.add(new ArrayList<>());
        left = ROOM;
      }
      groups.getLast().add(tree);
      left -= tree.numbers();
    }
  }

  @Override
  public FeaturePairs pairs() {
    return pairs;
  }

  @Override
  public int outputs() {
    return model.outputs();
  }

  @Override
  public int rowsAtOnce() {
    return rowsAtOnce(pairs, outputs());
  }

  static int rowsAtOnce(FeaturePairs pairs, int outputs) {
    return Math.clamp(NUMBERS / Math.max(1, (long) pairs.size() * outputs), 1, MOST_ROWS);
  }

  /// On all cores: every row is taken through the trees by one thread, in their order.
  @Override
  public InteractionValues explain(FeatureMatrix rows) {
    List<RowBlock> blocks = new ArrayList<>();
    List<double[]> sums = new ArrayList<>();
    for (int first = 0; first < rows.rows(); first += RowBlock.ROWS) {
      blocks.add(new RowBlock(model, splits, rows, first));
      int count = blocks.getLast().count();
      sums.add(new double[Math.multiplyExact(outputs() * pairs.size(), count)]);
    }
    for (List<PairBundles> group : groups) {
      addShort(group, blocks, sums, rows.rows());
    }
    if (!summed.isEmpty()) {
      IntStream.range(0, blocks.size())
          .parallel()
          .forEach(i -> addSummed(rows, blocks.get(i), sums.get(i)));
    }
    if (!deep.isEmpty()) {
      IntStream.range(0, blocks.size())
          .parallel()
          .forEach(i -> addDeep(rows, blocks.get(i), sums.get(i)));
    }
    return new InteractionValues(rows.rows(), outputs(), pairs.size(), sums);
  }

  private void addShort(
      List<PairBundles> group, List<RowBlock> blocks, List<double[]> sums, int rows) {
    List<PairTables> tables = kept.isEmpty() ? tables(group, rows) : kept;
    IntStream.range(0, blocks.size())
        .parallel()
        .forEach(i -> {
          PairPass pass = new PairPass(splits, depth, blocks.get(i), pairs.size(), sums.get(i));
          tables.forEach(pass::run);
        });
  }

  private List<PairTables> tables(List<PairBundles> group, int rows) {
    boolean isFew =
        rows <= RowBlock.ROWS
            && group.stream().anyMatch(tree -> (long) rows * WORTH < 1L << tree.bits());
    if (isFew && leaves.get().pairs().isSameAlone()) {
      return group.stream().map(tree -> forFew(tree, rows)).toList();
    }
    List<PairTables> tables =
        group.parallelStream()
            .map(tree -> new PairTables(tree, leaves.get().pairs(), precision, lanes, false))
            .toList();
    if (groups.size() == 1) {
      kept = tables;
    }
    return tables;
  }

  /// For rows of a single block, and so of a single thread.
  private PairTables forFew(PairBundles tree, int rows) {
    boolean isFresh = (long) rows * WORTH < 1L << tree.bits();
    return new PairTables(tree, leaves.get().pairs(), precision, lanes, isFresh);
  }

  private void addSummed(FeatureMatrix rows, RowBlock block, double[] sums) {
    QuadraturePairs pass =
        new QuadraturePairs(lanes.paths(), splits, summed, outputs(), pairs.size());
    int end = block.first() + block.count();
    for (int first = block.first(); first < end; first += QuadraturePairs.ROWS) {
      RowBlock part =
          new RowBlock(model, splits, rows, first, Math.min(QuadraturePairs.ROWS, end - first));
      pass.run(part, sums, first - block.first(), block.count());
    }
  }

  private void addDeep(FeatureMatrix rows, RowBlock block, double[] sums) {
    deepPairs.add(deep, leaves.get().pairs(), rows, block.first(), block.count(), sums);
  }
}

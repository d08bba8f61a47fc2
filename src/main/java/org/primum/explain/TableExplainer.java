package org.primum.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.primum.explain.table.BlockPass;
import org.primum.explain.table.BundleEntries;
import org.primum.explain.table.BundlePass;
import org.primum.explain.table.BundleShelf;
import org.primum.explain.table.TableShelf;
import org.primum.explain.table.TreeEntries;
import org.primum.explain.tree.CoverValues;
import org.primum.explain.tree.DeepTrees;
import org.primum.explain.tree.Lanes;
import org.primum.explain.tree.LeafValues;
import org.primum.explain.tree.PackedRows;
import org.primum.explain.tree.RowBlock;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeBundles;
import org.primum.explain.tree.TreeProgram;
import org.primum.explain.value.ExplanationMode;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.Precision;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;
import org.primum.model.TreeEnsemble;

/// Exact Shapley values of a tree ensemble, for every output: path-dependent, or against a
/// [TreeBackground].
///
/// Rows go through each tree together. A row reaches every leaf with a pattern: one bit for each
/// feature on the leaf's path, set where the row satisfies all its splits on that feature. The
/// leaf's Shapley values depend on the pattern alone, so they are made once a pattern, in float64,
/// and looked up as float32 for all rows that share it. The entries of a shallow tree are those of
/// whole bundles of leaves ([TreeBundles]); what some bundles give to a feature ([BundleRun]) adds
/// up in float32, all else in float64. In a larger tree an entry is that of a leaf or a pair, and
/// what is given below one split adds up in float32. A tree with a path of more than
/// [LeafPath#TABLE_FEATURES] features goes another way, in float64 throughout.
///
/// The margins beside the values come from the model itself, which follows each row down each tree
/// by the row's values and adds up leaves in float64: they share neither ranks, keys nor entries
/// with the explanations, so that they can find an error in them.
///
/// Source of the path-dependent values: Lundberg et al. 2020, "From local explanations to global
/// understanding with explainable AI for trees", <https://doi.org/10.1038/s42256-019-0138-9>,
/// EXPVALUE of Algorithm 1; cover is what the model file keeps (XGBoost: the sum of hessians).
/// Patterns: WOODELF, <https://arxiv.org/abs/2511.09376>.
public final class TableExplainer implements Explainer {

  /// Tables are kept from call to call up to so many numbers (256 MB).
  private static final long KEPT_NUMBERS = 64L << 20;

  /// A table is worth its making from so many rows on, as a part of its patterns.
  private static final int WORTH = 4;

  /// Blocks of rows that one thread takes through the trees together: a tree's tables stay in the
  /// processor's cache while they pass.
  private static final int PART = 8;

  private final TreeEnsemble model;
  private final SplitRanks splits;
  private final Lanes lanes;
  private final List<TreeProgram> narrow = new ArrayList<>();
  private final LeafValues leaves;
  private final List<TreeProgram> programs;
  private final Supplier<LeafValues> source;
  private final BundleShelf bundles;
  private final double[] baseValues;
  private final DeepTrees deep;
  private final TableShelf shelf;
  private int depth;
  private int widest;

  /// Path-dependent, by the cover in the model.
  public TableExplainer(TreeEnsemble model) {
    this(model, Lanes.best());
  }

  TableExplainer(TreeEnsemble model, Lanes lanes) {
    this(model, lanes, model.trees().stream().map(TreeProgram::new).toList());
  }

  private TableExplainer(TreeEnsemble model, Lanes lanes, List<TreeProgram> programs) {
    this(
        model,
        lanes,
        programs,
        () -> new CoverValues(programs.stream().mapToInt(TreeProgram::widest).max().orElse(0)));
  }

  /// @param programs of the model's trees, in their order
  /// @param source the values of single leaves, by what it means not to know a feature; one for
  ///   each thread
  TableExplainer(
      TreeEnsemble model, Lanes lanes, List<TreeProgram> programs, Supplier<LeafValues> source) {
    this.model = model;
    this.lanes = lanes;
    this.leaves = source.get();
    this.programs = programs;
    this.source = source;
    this.splits = new SplitRanks(model);
    this.baseValues = new double[model.outputs()];
    for (int output = 0; output < baseValues.length; output++) {
      baseValues[output] = model.baseMargin(output);
    }
    List<TreeBundles> cut = new ArrayList<>();
    for (TreeProgram program : programs) {
      baseValues[program.tree().output()] += leaves.baseValue(program);
      if (!program.isDeep()) {
        depth = Math.max(depth, program.tree().depth());
        widest = Math.max(widest, program.widest());
        TreeBundles.of(program, model.features().size())
            .ifPresentOrElse(cut::add, () -> narrow.add(program));
      }
    }
    List<TreeProgram> deepOnes = programs.stream().filter(TreeProgram::isDeep).toList();
    this.deep = leaves.deep(model, splits, lanes, deepOnes);
    this.bundles = new BundleShelf(cut, model.features().size(), source, KEPT_NUMBERS);
    this.shelf = new TableShelf(leaves, KEPT_NUMBERS);
  }

  @Override
  public ExplanationMode mode() {
    return leaves.mode();
  }

  @Override
  public Optional<String> advice() {
    return Lanes.isVectorized()
        ? Optional.empty()
        : Optional.of(
            "Java was started without its vector module; with --add-modules=jdk.incubator.vector the"
                + " explanations would be the same, and made about twice as fast");
  }

  @Override
  public int outputs() {
    return baseValues.length;
  }

  @Override
  public double baseValue(int output) {
    return baseValues[output];
  }

  /// On all cores: every row is taken through the trees by one thread, in their order.
  @Override
  public ShapleyValues explain(FeatureMatrix rows) {
    int features = model.features().size();
    int perRow = Math.multiplyExact(features, baseValues.length);
    double[] values = new double[Math.multiplyExact(perRow, rows.rows())];
    addBundles(rows, values);
    addNarrow(rows, values);
    deep.add(rows, values);
    return new ShapleyValues(
        features, Arrays.copyOf(baseValues, baseValues.length), model.margins(rows), values);
  }

  /// The blocks of all rows, some for each thread, each made from its first row.
  private static <T> List<List<T>> parts(int rows, int blockRows, IntFunction<T> block) {
    int size = PART * blockRows;
    return IntStream.range(0, (rows + size - 1) / size)
        .parallel()
        .mapToObj(part ->
            IntStream.iterate(
                    part * size, at -> at < Math.min(rows, (part + 1) * size), at -> at + blockRows)
                .mapToObj(block)
                .toList())
        .toList();
  }

  /// What the trees give that are in bundles.
  private void addBundles(FeatureMatrix rows, double[] values) {
    for (int group = 0; group < bundles.groups(); group++) {
      List<BundleEntries> entries = bundles.entries(group, rows.rows());
      int size = PART * PackedRows.ROWS;
      IntStream.range(0, (rows.rows() + size - 1) / size)
          .parallel()
          .forEach(part -> addBundles(rows, part * size, entries, values));
    }
  }

  private void addBundles(
      FeatureMatrix rows, int from, List<BundleEntries> trees, double[] values) {
    int features = model.features().size();
    int to = Math.min(rows.rows(), from + PART * PackedRows.ROWS);
    List<BundlePass> passes =
        IntStream.iterate(from, first -> first < to, first -> first + PackedRows.ROWS)
            .mapToObj(first -> new PackedRows(model, splits, rows, first))
            .map(block -> new BundlePass(splits, lanes, depth, features, baseValues.length, block))
            .toList();
    for (BundleEntries tree : trees) {
      passes.forEach(pass -> pass.run(tree));
    }
    passes.forEach(pass -> pass.give(values, features, rows.rows()));
  }

  /// What the trees give that are in no bundles. Entries made anew are for rows of one part only.
  private void addNarrow(FeatureMatrix rows, double[] values) {
    if (narrow.isEmpty()) {
      return;
    }
    int features = model.features().size();
    int allRows = rows.rows();
    List<List<RowBlock>> parts =
        parts(allRows, RowBlock.ROWS, first -> new RowBlock(model, splits, rows, first));
    List<BlockPass> passes =
        parts.stream()
            .map(_ ->
                new BlockPass(splits, lanes, depth, Lanes.width(widest), values, features, allRows))
            .toList();
    for (TreeProgram program : narrow) {
      TreeEntries entries = entries(program, allRows);
      IntStream.range(0, parts.size())
          .parallel()
          .forEach(i -> parts.get(i).forEach(block -> passes.get(i).run(block, entries)));
    }
  }

  private TreeEntries entries(TreeProgram program, int rows) {
    return leaves.isSameAlone() && (long) rows * WORTH < 1L << program.widest()
        ? shelf.fresh(program)
        : shelf.tables(program);
  }

  @Override
  public Interactions interactions(FeaturePairs pairs) {
    return new TreeInteractions(model, programs, source, Precision.MIXED, lanes, pairs);
  }
}

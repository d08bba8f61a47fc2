package org.primum.explain;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.primum.explain.background.PatternExplanation;
import org.primum.explain.tree.CoverValues;
import org.primum.explain.tree.DeepTrees;
import org.primum.explain.tree.Lanes;
import org.primum.explain.tree.LeafValues;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeProgram;
import org.primum.explain.value.ExplanationMode;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.Precision;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;
import org.primum.model.TreeEnsemble;

/// Exact Shapley values of a tree ensemble in float64, for every output: path-dependent, or against
/// a [TreeBackground].
///
/// Rows go through each tree together. A row reaches every leaf with a pattern: one bit for each
/// feature on the leaf's path, set where the row satisfies all its splits on that feature. The
/// leaf's Shapley values depend on the pattern alone, so each pattern is computed once and looked
/// up for all rows that share it. Trees with paths of more than [LeafPath#TABLE_FEATURES] features
/// go the way they go in a [TableExplainer], which is in float64 there too.
///
/// Source of the path-dependent values: Lundberg et al. 2020, "From local explanations to global
/// understanding with explainable AI for trees", <https://doi.org/10.1038/s42256-019-0138-9>,
/// EXPVALUE of Algorithm 1; cover is what the model file keeps (XGBoost: the sum of hessians).
public final class TreeExplainer implements Explainer {

  private final TreeEnsemble model;
  private final ExplanationMode mode;
  private final double[] baseValues;
  private final Queue<PatternExplanation> idle = new ConcurrentLinkedQueue<>();
  private final List<TreeProgram> narrow;
  private final DeepTrees deep;
  private final List<TreeProgram> programs;
  private final Supplier<LeafValues> source;

  /// Path-dependent, by the cover in the model.
  public TreeExplainer(TreeEnsemble model) {
    this(model, model.trees().stream().map(TreeProgram::new).toList());
  }

  private TreeExplainer(TreeEnsemble model, List<TreeProgram> programs) {
    this(
        model,
        programs,
        () -> new CoverValues(programs.stream().mapToInt(TreeProgram::widest).max().orElse(0)));
  }

  /// @param programs of the model's trees, in their order
  /// @param source the values of single leaves, by what it means not to know a feature; one for
  ///   each thread
  TreeExplainer(TreeEnsemble model, List<TreeProgram> programs, Supplier<LeafValues> source) {
    this.model = model;
    this.programs = programs;
    this.source = source;
    LeafValues leaves = source.get();
    this.mode = leaves.mode();
    this.baseValues = new double[model.outputs()];
    for (int output = 0; output < baseValues.length; output++) {
      baseValues[output] = model.baseMargin(output);
    }
    for (TreeProgram program : programs) {
      baseValues[program.tree().output()] += leaves.baseValue(program);
    }
    this.narrow = programs.stream().filter(program -> !program.isDeep()).toList();
    List<TreeProgram> others = programs.stream().filter(TreeProgram::isDeep).toList();
    this.deep = leaves.deep(model, new SplitRanks(model), Lanes.best(), others);
  }

  @Override
  public ExplanationMode mode() {
    return mode;
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
    addNarrow(rows, values);
    deep.add(rows, values);
    return new ShapleyValues(
        features, Arrays.copyOf(baseValues, baseValues.length), model.margins(rows), values);
  }

  private void addNarrow(FeatureMatrix rows, double[] values) {
    int size = PatternExplanation.BLOCK;
    int shares = narrow.isEmpty() ? 0 : (rows.rows() + size - 1) / size;
    IntStream.range(0, shares)
        .parallel()
        .forEach(share -> {
          int from = share * size;
          PatternExplanation own = Optional.ofNullable(idle.poll()).orElseGet(this::another);
          own.add(rows, from, Math.min(rows.rows(), from + size), values);
          idle.add(own);
        });
  }

  /// For one more thread.
  private PatternExplanation another() {
    return new PatternExplanation(model, narrow, source.get());
  }

  @Override
  public Interactions interactions(FeaturePairs pairs) {
    return new TreeInteractions(model, programs, source, Precision.FLOAT64, Lanes.best(), pairs);
  }
}

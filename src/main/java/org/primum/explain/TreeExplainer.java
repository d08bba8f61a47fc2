package org.primum.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.primum.model.FeatureMatrix;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;

/// Exact path-dependent Shapley values of a tree ensemble in float64, for every output.
///
/// Rows go through each tree together. A row reaches every leaf with a pattern: one bit for each
/// feature on the leaf's path, set where the row satisfies all its splits on that feature. The
/// leaf's Shapley values depend on the pattern alone, so each pattern is computed once and looked
/// up for all rows that share it.
///
/// Source of the values: Lundberg et al. 2020, "From local explanations to global understanding
/// with explainable AI for trees", <https://doi.org/10.1038/s42256-019-0138-9>, EXPVALUE of
/// Algorithm 1; cover is what the model file keeps (XGBoost: the sum of hessians).
public final class TreeExplainer implements Explainer {

  /// Rows that go through a tree together: their patterns and sums stay in the processor's cache.
  private static final int BLOCK = 1024;

  /// Tables of patterns are kept from block to block up to so many numbers (64 MB).
  private static final long KEPT_NUMBERS = 8L << 20;

  private final TreeEnsemble model;
  private final List<TreeProgram> programs = new ArrayList<>();
  private final double[] baseValues;
  private final PatternTables tables = new PatternTables(KEPT_NUMBERS);

  public TreeExplainer(TreeEnsemble model) {
    this.model = model;
    this.baseValues = new double[model.outputs()];
    for (int output = 0; output < baseValues.length; output++) {
      baseValues[output] = model.baseMargin(output);
    }
    for (Tree tree : model.trees()) {
      TreeProgram program = new TreeProgram(tree);
      programs.add(program);
      baseValues[tree.output()] += program.baseValue();
    }
  }

  @Override
  public Mode mode() {
    return Mode.PATH_DEPENDENT;
  }

  @Override
  public int outputs() {
    return baseValues.length;
  }

  @Override
  public double baseValue(int output) {
    return baseValues[output];
  }

  @Override
  public ShapleyValues explain(FeatureMatrix rows) {
    int features = model.features().size();
    int perRow = Math.multiplyExact(features, baseValues.length);
    double[] values = new double[Math.multiplyExact(perRow, rows.rows())];
    for (int first = 0; first < rows.rows(); first += BLOCK) {
      int count = Math.min(BLOCK, rows.rows() - first);
      double[][] columns = columns(rows, first, count);
      for (TreeProgram program : programs) {
        int output = program.tree().output();
        var pass =
            new TreePass(
                program, tables, columns, count, values, output * features, rows.rows(), first);
        pass.run();
      }
    }
    return new ShapleyValues(
        features, Arrays.copyOf(baseValues, baseValues.length), model.margins(rows), values);
  }

  private double[][] columns(FeatureMatrix rows, int first, int count) {
    double[][] columns = new double[rows.columns()][count];
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < columns.length; column++) {
        columns[column][row] = model.rule().read(rows.value(first + row, column));
      }
    }
    return columns;
  }
}

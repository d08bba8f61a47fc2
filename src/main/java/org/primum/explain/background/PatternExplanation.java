package org.primum.explain.background;

import java.util.List;
import org.primum.explain.tree.LeafValues;
import org.primum.explain.tree.TreePass;
import org.primum.explain.tree.TreeProgram;
import org.primum.model.FeatureMatrix;
import org.primum.model.TreeEnsemble;

/// Takes rows through trees in float64 throughout, whatever the depth of a tree.
public final class PatternExplanation {

  /// Rows that go through a tree together: their patterns and sums stay in the processor's cache.
  public static final int BLOCK = 1024;

  /// Tables of patterns are kept from block to block up to so many numbers (64 MB), by all threads
  /// together.
  private static final long KEPT_NUMBERS =
      (8L << 20) / Math.max(1, Runtime.getRuntime().availableProcessors());

  private final TreeEnsemble model;
  private final List<TreeProgram> programs;
  private final LeafValues leaves;
  private final PatternTables tables = new PatternTables(KEPT_NUMBERS);

  public PatternExplanation(TreeEnsemble model, List<TreeProgram> programs, LeafValues leaves) {
    this.model = model;
    this.programs = programs;
    this.leaves = leaves;
  }

  /// Adds what the trees give to each row's features.
  ///
  /// @param values feature `f` of output `c` of row `i` at `(c * features + f) * rows + i`
  public void add(FeatureMatrix rows, double[] values) {
    add(rows, 0, rows.rows(), values);
  }

  /// The same for the rows from `from` to before `to`.
  public void add(FeatureMatrix rows, int from, int to, double[] values) {
    int features = model.features().size();
    for (int first = from; first < to && !programs.isEmpty(); first += BLOCK) {
      int count = Math.min(BLOCK, to - first);
      double[][] columns = columns(model, rows, first, count);
      for (TreeProgram program : programs) {
        int output = program.tree().output() * features;
        PatternSums sums =
            new PatternSums(program, leaves, tables, values, output, rows.rows(), first);
        new TreePass(program, columns, count, sums).run();
      }
    }
  }

  /// The values of some rows as splits read them, by feature.
  public static double[][] columns(TreeEnsemble model, FeatureMatrix rows, int first, int count) {
    double[][] columns = new double[rows.columns()][count];
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < columns.length; column++) {
        columns[column][row] = model.rule().read(rows.value(first + row, column));
      }
    }
    return columns;
  }
}

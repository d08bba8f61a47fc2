package org.primum.explain.tree;

import java.util.List;
import java.util.stream.IntStream;
import org.primum.model.FeatureMatrix;
import org.primum.model.TreeEnsemble;

/// Takes rows through trees that are too deep for tables, path-dependent, in float64 and on all
/// cores.
final class DeepExplanation implements DeepTrees {

  /// Blocks of rows that one thread takes through the trees.
  private static final int PART = 4;

  private final TreeEnsemble model;
  private final SplitRanks splits;
  private final PathLanes lanes;
  private final List<TreeProgram> programs;
  private final int room;

  /// @param programs of deep trees
  DeepExplanation(
      TreeEnsemble model, SplitRanks splits, PathLanes lanes, List<TreeProgram> programs) {
    this.model = model;
    this.splits = splits;
    this.lanes = lanes;
    this.programs = programs;
    this.room = programs.stream().mapToInt(QuadraturePass::room).min().orElse(PathLanes.ROWS);
  }

  @Override
  public void add(FeatureMatrix rows, double[] values) {
    if (programs.isEmpty()) {
      return;
    }
    int size = PART * room;
    IntStream.range(0, (rows.rows() + size - 1) / size)
        .parallel()
        .forEach(part -> add(rows, part * size, values));
  }

  private void add(FeatureMatrix rows, int from, double[] values) {
    int to = Math.min(rows.rows(), from + PART * room);
    List<RowBlock> blocks =
        IntStream.iterate(from, first -> first < to, first -> first + room)
            .mapToObj(first -> new RowBlock(model, splits, rows, first, room))
            .toList();
    int features = model.features().size();
    for (TreeProgram program : programs) {
      QuadraturePass pass = new QuadraturePass(lanes, splits, program, room);
      blocks.forEach(block -> pass.run(block, values, features, rows.rows()));
    }
  }
}

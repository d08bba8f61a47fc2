package org.primum.explain.tree;

import java.util.Arrays;
import org.primum.model.Tree;

/// Takes a block of rows through one deep tree, path-dependent, for one thread and in float64.
///
/// On the way down every row has, for each point of Gauss and Legendre's quadrature, the product of
/// the factors of the features above; on the way up the sum over the leaves below of their values
/// times the factors below. Their product over an edge, summed over the points, is the integral of
/// [LeafPath] for all leaves below at once: a leaf costs what one edge does, however long its path.
///
/// Source: <https://arxiv.org/abs/2605.04497>, with rows in the place of points side by side. All
/// that is multiplied lies in [0, 1] but for leaves, covers that do not add up, and what a repeated
/// feature takes back, so that nothing grows with depth.
public final class QuadraturePass {

  /// Rows that go through a tree together: what two levels hold of them stays in the processor's
  /// nearest cache.
  private static final int ROWS = 64;

  private static final int MOST_NUMBERS = 1 << 18;

  private final PathLanes lanes;
  private final RowSides sides;
  private final TreeProgram program;
  private final Tree tree;
  private final GaussLegendre quadrature;
  private final double[][] products;
  private final double[][] sums;
  private final int[][] wentLeft;
  private final PathStep[] steps;
  private final PathStep[] latest;
  private final double[] gains;

  /// @param room for so many rows, a multiple of [PathLanes#ROWS]
  QuadraturePass(PathLanes lanes, SplitRanks splits, TreeProgram program, int room) {
    this.lanes = lanes;
    this.sides = new RowSides(splits);
    this.program = program;
    this.tree = program.tree();
    this.quadrature = GaussLegendre.ofPoints(points(program));
    int depth = tree.depth();
    this.products = new double[depth + 1][quadrature.count() * room];
    this.sums = new double[depth + 1][quadrature.count() * room];
    this.wentLeft = new int[depth][room];
    this.steps = new PathStep[depth];
    Arrays.setAll(steps, _ -> new PathStep(quadrature, room));
    this.latest = new PathStep[Math.max(1, program.widest())];
    this.gains = new double[room];
  }

  /// So many points are exact for every leaf.
  private static int points(TreeProgram program) {
    return Math.max(1, (program.widest() + 1) / 2);
  }

  /// How many rows go through a tree together: fewer where it is so deep that their numbers would
  /// take much room.
  static int room(TreeProgram program) {
    long numbers = 2L * (program.tree().depth() + 1) * points(program) * ROWS;
    return numbers <= MOST_NUMBERS ? ROWS : PathLanes.ROWS;
  }

  /// Adds what the tree gives to each row's features.
  ///
  /// @param rows at most as many as there is room for
  /// @param values feature `f` of output `c` of row `i` at `(c * features + f) * allRows + i`
  void run(RowBlock rows, double[] values, int features, int allRows) {
    int padded = (rows.count() + PathLanes.ROWS - 1) / PathLanes.ROWS * PathLanes.ROWS;
    for (int point = 0; point < quadrature.count(); point++) {
      Arrays.fill(products[0], point * padded, (point + 1) * padded, quadrature.weight(point));
    }
    new Walk(rows, padded, values, features, allRows).visit(0, 0);
  }

  /// The way of one block through the tree.
  private final class Walk {

    private final RowBlock rows;
    private final int padded;
    private final double[] values;
    private final int features;
    private final int allRows;

    Walk(RowBlock rows, int padded, double[] values, int features, int allRows) {
      this.rows = rows;
      this.padded = padded;
      this.values = values;
      this.features = features;
      this.allRows = allRows;
    }

    /// @param level whose products are made, and whose sums are wanted
    void visit(int node, int level) {
      Arrays.fill(sums[level], 0, quadrature.count() * padded, 0);
      sides.ask(rows, tree, node, wentLeft[level]);
      edge(node, tree.left(node), level, 0);
      edge(node, tree.right(node), level, 1);
    }

    private void edge(int node, int child, int level, int side) {
      int bit = program.bit(node);
      PathStep step = steps[level];
      PathStep above = latest[bit];
      double share = tree.coverRatio(node, child);
      if (program.isRepeated(node)) {
        step.again(above, wentLeft[level], side, rows.count(), share);
      } else {
        step.first(wentLeft[level], side, rows.count(), share);
      }
      if (tree.isLeaf(child)) {
        lanes.leaf(step, tree.value(child), products[level], sums[level], gains, padded);
      } else {
        latest[bit] = step;
        lanes.down(step, products[level], products[level + 1], padded);
        visit(child, level + 1);
        latest[bit] = above;
        lanes.up(step, products[level], sums[level + 1], sums[level], gains, padded);
      }
      give(tree.feature(node));
    }

    private void give(int feature) {
      int to = (tree.output() * features + feature) * allRows + rows.first();
      for (int row = 0; row < rows.count(); row++) {
        values[to + row] += gains[row];
      }
    }
  }
}

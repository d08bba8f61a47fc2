package org.primum.explain.pair;

import java.util.Arrays;
import java.util.List;
import org.primum.explain.tree.GaussLegendre;
import org.primum.explain.tree.PathLanes;
import org.primum.explain.tree.PathStep;
import org.primum.explain.tree.RowBlock;
import org.primum.explain.tree.RowSides;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeProgram;
import org.primum.model.Tree;

/// Interactions of a block of rows in trees of long paths, path-dependent, for one thread and in
/// float64.
///
/// As in [QuadraturePass] every row has products of factors on its way down and sums of leaves on
/// the way up, for each point of Gauss and Legendre's quadrature; here a product for each feature
/// above that leaves that feature's factor out. Such a product times what a split makes of the
/// leaves below, summed over the points, is the integral of [CoverPairs] for the pair and all those
/// leaves at once. A later split on a feature takes back what was given for the earlier one.
public final class QuadraturePairs {

  /// Rows that go through a tree together: what two levels hold of them stays in the processor's
  /// nearest cache.
  public static final int ROWS = 32;

  /// What the levels of a tree hold takes up to so many numbers (64 MB).
  private static final long MOST_NUMBERS = 8L << 20;

  private final PathLanes lanes;
  private final RowSides sides;
  private final List<PairTree> trees;
  private final GaussLegendre quadrature;
  private final int pairs;
  private final int numbers;
  private final Level[] levels;
  private final PathStep[] latest;
  private final double[] moved;
  private final double[] given;

  /// @param trees at least one, each of which [#fits]
  /// @param pairs how many there are, for each output
  public QuadraturePairs(
      PathLanes lanes, SplitRanks splits, List<PairTree> trees, int outputs, int pairs) {
    this.lanes = lanes;
    this.sides = new RowSides(splits);
    this.trees = trees;
    int widest = trees.stream().mapToInt(tree -> tree.program().widest()).max().orElseThrow();
    int depth = trees.stream().mapToInt(tree -> tree.program().tree().depth()).max().orElseThrow();
    this.quadrature = GaussLegendre.ofPoints(points(widest));
    this.pairs = pairs;
    this.numbers = quadrature.count() * ROWS;
    this.levels = new Level[depth + 1];
    Arrays.setAll(levels, _ -> new Level(Math.max(1, widest)));
    this.latest = new PathStep[Math.max(1, widest)];
    this.moved = new double[numbers];
    this.given = new double[outputs * pairs * ROWS];
  }

  /// The integrands are polynomials of degree `k - 2`.
  private static int points(int widest) {
    return Math.max(1, widest / 2);
  }

  /// Whether a tree is worth this way: one whose paths are too long even for it is not.
  public static boolean fits(TreeProgram program) {
    long widest = program.widest();
    return (program.tree().depth() + 1) * (widest + 1) * points(program.widest()) * ROWS
        <= MOST_NUMBERS;
  }

  /// What belongs to a node on the way, by how far down it is.
  private final class Level {

    private final double[][] room;

    /// For each feature above the product of all others.
    private final double[][] others;

    private final double[] all = new double[numbers];
    private final double[] sums = new double[numbers];
    private final double[] change = new double[numbers];
    private final int[] wentLeft = new int[ROWS];
    private final PathStep step = new PathStep(quadrature, ROWS);

    Level(int widest) {
      this.room = new double[widest][numbers];
      this.others = new double[widest][];
    }
  }

  /// Adds what the trees give.
  ///
  /// @param rows at most [#ROWS]
  /// @param sums pair `p` of output `c` of row `i` at `(c * pairs + p) * stride + from + i`
  public void run(RowBlock rows, double[] sums, int from, int stride) {
    Arrays.fill(given, 0);
    for (int point = 0; point < quadrature.count(); point++) {
      Arrays.fill(levels[0].all, point * ROWS, (point + 1) * ROWS, quadrature.weight(point));
    }
    for (PairTree tree : trees) {
      new Walk(rows, tree).visit(0, 0, 0);
    }
    for (int at = 0; at < given.length; at++) {
      int row = at % ROWS;
      if (row < rows.count()) {
        sums[at / ROWS * stride + from + row] += given[at];
      }
    }
  }

  /// The way of one block through a tree.
  private final class Walk {

    private final RowBlock rows;
    private final PairTree of;
    private final TreeProgram program;
    private final Tree tree;

    Walk(RowBlock rows, PairTree of) {
      this.rows = rows;
      this.of = of;
      this.program = of.program();
      this.tree = program.tree();
    }

    /// @param above how many features are asked for above the node
    void visit(int node, int depth, int above) {
      if (tree.isLeaf(node)) {
        return;
      }
      Level level = levels[depth];
      ask(node, level);
      edge(node, tree.left(node), depth, 0, above);
      edge(node, tree.right(node), depth, 1, above);
      int own = program.bit(node);
      int[] to = of.targets(node);
      for (int other = 0; other < above; other++) {
        if (other != own) {
          give(to[other], other, level.others[other], level.change);
        }
      }
    }

    private void ask(int node, Level level) {
      Arrays.fill(level.sums, 0);
      Arrays.fill(level.change, 0);
      sides.ask(rows, tree, node, level.wentLeft);
    }

    private void edge(int node, int child, int depth, int side, int above) {
      Level level = levels[depth];
      PathStep step = level.step;
      take(node, child, level, side);
      if (tree.isLeaf(child)) {
        leaf(child, level);
        return;
      }
      int bit = program.bit(node);
      PathStep before = latest[bit];
      latest[bit] = step;
      if (isLast(child)) {
        last(node, child, depth, above);
      } else {
        down(node, depth, above);
        visit(child, depth + 1, Math.max(above, bit + 1));
      }
      latest[bit] = before;
      lanes.gather(step, levels[depth + 1].sums, level.sums, level.change, ROWS);
    }

    private boolean isLast(int node) {
      return tree.isLeaf(tree.left(node)) && tree.isLeaf(tree.right(node));
    }

    private void take(int node, int child, Level level, int side) {
      double share = tree.coverRatio(node, child);
      PathStep step = level.step;
      if (program.isRepeated(node)) {
        step.again(latest[program.bit(node)], level.wentLeft, side, rows.count(), share);
      } else {
        step.first(level.wentLeft, side, rows.count(), share);
      }
    }

    private void leaf(int leaf, Level level) {
      Arrays.fill(moved, tree.value(leaf));
      lanes.gather(level.step, moved, level.sums, level.change, ROWS);
    }

    private void down(int node, int depth, int above) {
      Level level = levels[depth];
      Level below = levels[depth + 1];
      int bit = program.bit(node);
      for (int other = 0; other < above; other++) {
        if (other != bit) {
          lanes.down(level.step, level.others[other], below.room[other], ROWS);
          below.others[other] = below.room[other];
        }
      }
      below.others[bit] = program.isRepeated(node) ? level.others[bit] : level.all;
      lanes.down(level.step, level.all, below.all, ROWS);
    }

    /// A split above two leaves: half of all splits. Its products are not made; what the split
    /// makes of its leaves takes in the factors of the edge above instead.
    private void last(int node, int child, int depth, int above) {
      Level level = levels[depth];
      Level below = levels[depth + 1];
      ask(child, below);
      for (int side = 0; side < 2; side++) {
        int leaf = side == 0 ? tree.left(child) : tree.right(child);
        take(child, leaf, below, side);
        leaf(leaf, below);
      }
      lanes.down(level.step, below.change, moved, ROWS);
      int bit = program.bit(node);
      int own = program.bit(child);
      int[] to = of.targets(child);
      for (int other = 0; other < above; other++) {
        if (other != own && other != bit) {
          give(to[other], other, level.others[other], moved);
        }
      }
      if (bit != own) {
        double[] rest = program.isRepeated(node) ? level.others[bit] : level.all;
        give(to[bit], bit, rest, below.change);
      }
    }

    private void give(int pair, int other, double[] products, double[] change) {
      if (pair >= 0) {
        int to = (tree.output() * pairs + pair) * ROWS;
        lanes.pair(latest[other], products, change, given, to, ROWS);
      }
    }
  }
}

package org.primum.explain.pair;

import org.primum.explain.pair.PairBundles.Asked;
import org.primum.explain.tree.RowBlock;
import org.primum.explain.tree.RowSides;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeBundles.Bundle;
import org.primum.explain.tree.TreeProgram;
import org.primum.model.Tree;

/// Takes a block of rows through trees cut into bundles, and adds up what they give to pairs.
public final class PairPass {

  private final RowSides sides;
  private final RowBlock rows;
  private final int count;
  private final int[][] patterns;
  private final int[][] wentLeft;
  private final int[] keys;
  private final int pairs;
  private final double[] sums;

  /// @param depth of the deepest tree
  /// @param pairs how many there are
  /// @param sums pair `p` of output `c` of row `i` at `(c * pairs + p) * rows + i`
  public PairPass(SplitRanks splits, int depth, RowBlock rows, int pairs, double[] sums) {
    this.sides = new RowSides(splits);
    this.rows = rows;
    this.count = rows.count();
    this.patterns = new int[depth + 1][count];
    this.wentLeft = new int[depth + 1][count];
    this.keys = new int[count];
    this.pairs = pairs;
    this.sums = sums;
  }

  /// Takes the rows through one tree.
  public void run(PairTables tables) {
    visit(tables, 0, 0);
  }

  private void visit(PairTables tables, int node, int level) {
    PairBundles bundles = tables.tree();
    if (!bundles.isWanted(node)) {
      return;
    }
    TreeProgram program = bundles.program();
    Tree tree = program.tree();
    int at = bundles.at(node);
    if (at >= 0) {
      look(bundles.all().get(at).bundle(), tree, patterns[level]);
      add(tables, at);
      return;
    }
    int[] left = wentLeft[level];
    sides.ask(rows, tree, node, left);
    int bit = program.bit(node);
    boolean repeated = program.isRepeated(node);
    RowSides.below(bit, repeated, patterns[level], left, 0, patterns[level + 1], count);
    visit(tables, tree.left(node), level + 1);
    RowSides.below(bit, repeated, patterns[level], left, 1, patterns[level + 1], count);
    visit(tables, tree.right(node), level + 1);
  }

  private void look(Bundle bundle, Tree tree, int[] above) {
    System.arraycopy(above, 0, keys, 0, count);
    int bit = bundle.above();
    for (int node : bundle.splits()) {
      sides.add(rows, tree, node, bit++, keys);
    }
  }

  private void add(PairTables tables, int at) {
    Asked asked = tables.tree().all().get(at);
    PairNumbers numbers = tables.numbers(at, keys, count);
    int first = tables.tree().program().tree().output() * pairs;
    for (int column = 0; column < asked.size(); column++) {
      numbers.add(column, keys, count, sums, (first + asked.pair(column)) * count);
    }
  }
}

package org.primum.explain.tree;

import org.primum.model.Tree;

/// One block of rows on its way through one tree, depth first, with the rows' patterns at every
/// level above the current node.
public final class TreePass {

  private final TreeProgram program;
  private final Tree tree;
  private final double[][] columns;
  private final int count;
  private final LeafRows leaves;
  private final int words;
  private final long[][] patterns;
  private final boolean[][] wentLeft;

  /// @param columns feature values of the block, `count` rows each
  /// @param leaves takes what reaches each leaf
  public TreePass(TreeProgram program, double[][] columns, int count, LeafRows leaves) {
    this.program = program;
    this.tree = program.tree();
    this.columns = columns;
    this.count = count;
    this.leaves = leaves;
    this.words = program.words();
    this.patterns = new long[tree.depth() + 1][words * count];
    this.wentLeft = new boolean[tree.depth()][count];
  }

  public void run() {
    visit(0, 0);
  }

  private void visit(int node, int level) {
    if (tree.isLeaf(node)) {
      leaves.take(node, patterns[level], count);
      return;
    }
    boolean[] left = wentLeft[level];
    double[] column = columns[tree.feature(node)];
    for (int row = 0; row < count; row++) {
      left[row] = tree.goesLeft(node, column[row]);
    }
    descend(node, level, left, true);
    visit(tree.left(node), level + 1);
    descend(node, level, left, false);
    visit(tree.right(node), level + 1);
  }

  /// A new feature's bit is what this split says; a repeated one must satisfy this split too.
  private void descend(int node, int level, boolean[] left, boolean isLeftChild) {
    long[] above = patterns[level];
    long[] below = patterns[level + 1];
    int word = program.bit(node) >> 6;
    long mask = 1L << (program.bit(node) & 63);
    boolean repeated = program.isRepeated(node);
    if (words > 1) {
      System.arraycopy(above, 0, below, 0, above.length);
    }
    int offset = word * count;
    for (int row = 0; row < count; row++) {
      boolean satisfied = left[row] == isLeftChild;
      long bits = above[offset + row];
      long kept = repeated ? bits : bits | mask;
      below[offset + row] = satisfied ? kept : bits & ~mask;
    }
  }
}

package org.primum.explain;

import org.primum.model.Tree;

/// One block of rows on its way through one tree, depth first, with the rows' patterns at every
/// level above the current node.
final class TreePass {

  private final TreeProgram program;
  private final Tree tree;
  private final PatternTables tables;
  private final double[][] columns;
  private final int count;
  private final double[] values;
  private final int firstFeature;
  private final int stride;
  private final int firstRow;
  private final int words;
  private final long[][] patterns;
  private final boolean[][] wentLeft;
  private final double[] scratch;
  private final double[] phi;
  private final long[] pattern;

  /// @param columns feature values of the block, `count` rows each
  /// @param values where Shapley values are added: feature `f` of the block's row `i` at
  ///   `(firstFeature + f) * stride + firstRow + i`
  TreePass(
      TreeProgram program,
      PatternTables tables,
      double[][] columns,
      int count,
      double[] values,
      int firstFeature,
      int stride,
      int firstRow) {
    this.program = program;
    this.tree = program.tree();
    this.tables = tables;
    this.columns = columns;
    this.count = count;
    this.values = values;
    this.firstFeature = firstFeature;
    this.stride = stride;
    this.firstRow = firstRow;
    this.words = program.words();
    this.patterns = new long[tree.depth() + 1][words * count];
    this.wentLeft = new boolean[tree.depth()][count];
    this.scratch = new double[2 * 64 * words];
    this.phi = new double[64 * words];
    this.pattern = new long[words];
  }

  void run() {
    visit(0, 0);
  }

  private void visit(int node, int level) {
    if (tree.isLeaf(node)) {
      addLeaf(program.leaf(node), patterns[level]);
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

  private void addLeaf(LeafPath leaf, long[] rows) {
    if (leaf.size() == 0) {
      return;
    }
    if (leaf.hasTable()) {
      addFromTable(leaf, rows, tables.table(leaf));
    } else {
      addDirectly(leaf, rows);
    }
  }

  private void addFromTable(LeafPath leaf, long[] rows, double[] table) {
    int k = leaf.size();
    for (int row = 0; row < count; row++) {
      int key = (int) rows[row];
      if (Double.isNaN(table[key])) {
        pattern[0] = key;
        leaf.shapley(pattern, scratch, table, key, 1 << k);
      }
    }
    for (int j = 0; j < k; j++) {
      int to = (firstFeature + leaf.feature(j)) * stride + firstRow;
      int from = j << k;
      for (int row = 0; row < count; row++) {
        values[to + row] += table[from + (int) rows[row]];
      }
    }
  }

  private void addDirectly(LeafPath leaf, long[] rows) {
    for (int row = 0; row < count; row++) {
      for (int word = 0; word < words; word++) {
        pattern[word] = rows[word * count + row];
      }
      leaf.shapley(pattern, scratch, phi, 0, 1);
      for (int j = 0; j < leaf.size(); j++) {
        values[(firstFeature + leaf.feature(j)) * stride + firstRow + row] += phi[j];
      }
    }
  }
}

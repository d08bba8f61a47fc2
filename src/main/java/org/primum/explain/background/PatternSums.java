package org.primum.explain.background;

import org.primum.explain.tree.LeafPath;
import org.primum.explain.tree.LeafRows;
import org.primum.explain.tree.LeafValues;
import org.primum.explain.tree.TreeProgram;

/// Adds to rows what the leaves of one tree give to their features, in float64.
final class PatternSums implements LeafRows {

  private final TreeProgram program;
  private final LeafValues leaves;
  private final PatternTables tables;
  private final double[] values;
  private final int firstFeature;
  private final int stride;
  private final int firstRow;
  private final int words;
  private double[] phi = {};
  private final PatternKinds kinds = new PatternKinds(PatternExplanation.BLOCK);
  private final int[] rows = new int[PatternExplanation.BLOCK];
  private final long[] pattern;

  /// @param values where Shapley values are added: feature `f` of the block's row `i` at
  ///   `(firstFeature + f) * stride + firstRow + i`
  PatternSums(
      TreeProgram program,
      LeafValues leaves,
      PatternTables tables,
      double[] values,
      int firstFeature,
      int stride,
      int firstRow) {
    this.program = program;
    this.leaves = leaves;
    this.tables = tables;
    this.values = values;
    this.firstFeature = firstFeature;
    this.stride = stride;
    this.firstRow = firstRow;
    this.words = program.words();
    this.pattern = new long[words];
  }

  @Override
  public void take(int leaf, long[] patterns, int count) {
    LeafPath path = program.leaf(leaf);
    if (path.size() == 0) {
      return;
    }
    if (path.hasTable()) {
      addFromTable(leaf, patterns, count, tables.table(path));
    } else {
      addDirectly(leaf, patterns, count);
    }
  }

  private void addFromTable(int leaf, long[] patterns, int count, double[] table) {
    LeafPath path = program.leaf(leaf);
    int k = path.size();
    for (int row = 0; row < count; row++) {
      int key = (int) patterns[row];
      if (Double.isNaN(table[key])) {
        pattern[0] = key;
        leaves.of(program, leaf, pattern, table, key, 1 << k);
      }
    }
    for (int j = 0; j < k; j++) {
      int to = (firstFeature + path.feature(j)) * stride + firstRow;
      int from = j << k;
      for (int row = 0; row < count; row++) {
        values[to + row] += table[from + (int) patterns[row]];
      }
    }
  }

  /// Each pattern once, whatever the number of rows that have it.
  private void addDirectly(int leaf, long[] patterns, int count) {
    LeafPath path = program.leaf(leaf);
    int k = path.size();
    int found = kinds.of(patterns, words, count);
    if (phi.length < found * k) {
      phi = new double[found * k];
    }
    for (int kind = 0; kind < found; kind++) {
      int row = kinds.first(kind);
      for (int word = 0; word < words; word++) {
        pattern[word] = patterns[word * count + row];
      }
      leaves.of(program, leaf, pattern, phi, kind * k, 1);
    }
    int some = gather(k, count);
    for (int j = 0; j < k; j++) {
      int to = (firstFeature + path.feature(j)) * stride + firstRow;
      for (int i = 0; i < some; i++) {
        values[to + rows[i]] += phi[kinds.kind(rows[i]) * k + j];
      }
    }
  }

  /// Gathers the rows to which the leaf gives something: few, where no mixture with a background
  /// row reaches it.
  private int gather(int k, int count) {
    int some = 0;
    for (int row = 0; row < count; row++) {
      rows[some] = row;
      some += isNothing(kinds.kind(row) * k, k) ? 0 : 1;
    }
    return some;
  }

  private boolean isNothing(int from, int k) {
    int j = 0;
    while (j < k && phi[from + j] == 0) {
      j++;
    }
    return j == k;
  }
}

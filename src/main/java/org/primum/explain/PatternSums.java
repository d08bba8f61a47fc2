package org.primum.explain;

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
  private final double[] phi;
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
    this.phi = new double[64 * words];
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

  private void addDirectly(int leaf, long[] patterns, int count) {
    LeafPath path = program.leaf(leaf);
    for (int row = 0; row < count; row++) {
      for (int word = 0; word < words; word++) {
        pattern[word] = patterns[word * count + row];
      }
      leaves.of(program, leaf, pattern, phi, 0, 1);
      for (int j = 0; j < path.size(); j++) {
        values[(firstFeature + path.feature(j)) * stride + firstRow + row] += phi[j];
      }
    }
  }
}

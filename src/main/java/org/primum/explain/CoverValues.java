package org.primum.explain;

/// Follows both branches of a split on an unknown feature, weighted by cover: path-dependent.
final class CoverValues implements LeafValues {

  private final double[] scratch;
  private final long[] words = new long[1];

  /// @param widest the most features on a path
  CoverValues(int widest) {
    this.scratch = new double[Math.max(2 * widest, 2 << widest)];
  }

  @Override
  public void ofAll(TreeProgram program, int leaf, double[] into) {
    program.leaf(leaf).shapleyOfAll(into, scratch);
  }

  @Override
  public void of(TreeProgram program, int leaf, int pattern, double[] into) {
    words[0] = pattern;
    program.leaf(leaf).shapley(words, scratch, into, 0, 1);
  }
}

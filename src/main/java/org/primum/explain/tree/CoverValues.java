package org.primum.explain.tree;

import java.util.List;
import org.primum.explain.value.ExplanationMode;
import org.primum.model.TreeEnsemble;

/// Follows both branches of a split on an unknown feature, weighted by cover: path-dependent.
public final class CoverValues implements LeafValues {

  private final double[] scratch;
  private final long[] words = new long[1];

  /// @param widest the most features on a path
  public CoverValues(int widest) {
    this.scratch = new double[Math.max(2 * widest, 2 << Math.min(widest, LeafPath.TABLE_FEATURES))];
  }

  @Override
  public ExplanationMode mode() {
    return ExplanationMode.PATH_DEPENDENT;
  }

  @Override
  public double baseValue(TreeProgram program) {
    return program.baseValue();
  }

  @Override
  public void ofAll(TreeProgram program, int leaf, double[] into) {
    program.leaf(leaf).shapleyOfAll(into, scratch);
  }

  @Override
  public boolean isSameAlone() {
    return true;
  }

  @Override
  public void of(TreeProgram program, int leaf, int pattern, double[] into) {
    words[0] = pattern;
    of(program, leaf, words, into, 0, 1);
  }

  @Override
  public void of(
      TreeProgram program, int leaf, long[] pattern, double[] into, int offset, int stride) {
    program.leaf(leaf).shapley(pattern, scratch, into, offset, stride);
  }

  @Override
  public LeafPairs pairs() {
    return new CoverPairs();
  }

  @Override
  public DeepTrees deep(
      TreeEnsemble model, SplitRanks splits, Lanes lanes, List<TreeProgram> programs) {
    return new DeepExplanation(model, splits, lanes.paths(), programs);
  }
}

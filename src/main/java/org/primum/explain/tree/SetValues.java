package org.primum.explain.tree;

/// What one leaf gives by the set of features that the explained row lacks. One after the other for
/// leaves of up to so many features.
public final class SetValues {

  private final double[] up;
  private final double[] without;
  private final double[] down;
  private final double[] either = new double[2];

  public SetValues(int features) {
    this.up = new double[1 << features];
    this.without = new double[1 << features];
    this.down = new double[1 << features];
  }

  /// What a feature gets that the explained row has, less [#without] of the set with it.
  double[] up() {
    return up;
  }

  double[] without() {
    return without;
  }

  /// What every feature gets that the explained row lacks.
  double[] down() {
    return down;
  }

  /// Whether no background row has all of a set.
  public boolean isNothing(int set) {
    return up[set] == 0 && down[set] == 0;
  }

  /// Writes what each feature gets, `phi_j` at `offset + j`, without asking which it has: what
  /// comes without the empty set is 0.
  public void of(int set, int k, double[] into, int offset) {
    either[0] = up[set];
    either[1] = down[set];
    for (int j = 0; j < k; j++) {
      int lacks = set >>> j & 1;
      into[offset + j] = either[lacks] - without[(set | 1 << j) & (lacks - 1)];
    }
  }
}

package org.primum.explain;

/// What one leaf gives by the set of features that the explained row lacks. One after the other for
/// leaves of up to so many features.
final class SetValues {

  private final double[] up;
  private final double[] without;
  private final double[] down;

  SetValues(int features) {
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
}

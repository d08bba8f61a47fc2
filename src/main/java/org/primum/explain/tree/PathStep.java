package org.primum.explain.tree;

/// One edge of a tree as rows go along it: what it multiplies their products by at each point of
/// the quadrature, and what its feature gets of the leaves below.
///
/// With `s` 1 for the rows that satisfy all splits on the feature so far and else 0, and `r` the
/// part of the cover that these splits let through, the feature's factor at point `t` is `s t + r
/// (1 - t)`. The first edge of a feature on a path multiplies by it; a later one by its quotient
/// with the one before, which takes one of three values, for `s` can only fall from 1 to 0. Both
/// are `base + before * onBefore + now * onNow`.
public final class PathStep {

  private final GaussLegendre quadrature;
  private final double[] base;
  private final double[] onBefore;
  private final double[] onNow;
  private final double[] givesBefore;
  private final double[] givesNow;
  private final double[] now;
  private double[] before = {};
  private double ratio;
  private boolean repeated;

  /// @param rows room for so many
  public PathStep(GaussLegendre quadrature, int rows) {
    int points = quadrature.count();
    this.quadrature = quadrature;
    this.base = new double[points];
    this.onBefore = new double[points];
    this.onNow = new double[points];
    this.givesBefore = new double[points];
    this.givesNow = new double[points];
    this.now = new double[rows];
  }

  /// Takes the first edge of a feature.
  ///
  /// @param left 1 for each row that goes left, else 0
  /// @param side 0 for the left edge, 1 for the right one
  /// @param share of the cover that goes this way
  public void first(int[] left, int side, int count, double share) {
    repeated = false;
    ratio = share;
    for (int row = 0; row < count; row++) {
      now[row] = left[row] ^ side;
    }
    for (int point = 0; point < base.length; point++) {
      double t = quadrature.point(point);
      base[point] = share * (1 - t);
      onNow[point] = t;
    }
  }

  /// Takes a later edge of the feature of `above`, which may be the step of a level far above.
  public void again(PathStep above, int[] left, int side, int count, double share) {
    repeated = true;
    before = above.now;
    ratio = above.ratio * share;
    for (int row = 0; row < count; row++) {
      now[row] = before[row] * (left[row] ^ side);
    }
    for (int point = 0; point < base.length; point++) {
      again(point, above.ratio, share);
    }
  }

  /// A factor of 0 can only be that of a row that fails the splits above, where none of the cover
  /// passes them: all below is 0 as well, whatever the quotient.
  private void again(int point, double old, double share) {
    double t = quadrature.point(point);
    double factor = t + old * (1 - t);
    double failing = old > 0 ? share : 0;
    double fell = ratio * (1 - t) / factor;
    double stayed = (t + ratio * (1 - t)) / factor;
    base[point] = failing;
    onBefore[point] = fell - failing;
    onNow[point] = stayed - fell;
    double gaveFell = (-ratio - fell * (1 - old)) / factor;
    double gaveStayed = ((1 - ratio) - stayed * (1 - old)) / factor;
    givesBefore[point] = gaveFell;
    givesNow[point] = gaveStayed - gaveFell;
  }

  /// Whether an edge above asks for the same feature.
  boolean isRepeated() {
    return repeated;
  }

  int points() {
    return base.length;
  }

  /// `r` of the feature with this edge.
  double ratio() {
    return ratio;
  }

  /// `s` of each row with this edge.
  double[] now() {
    return now;
  }

  /// `s` of each row before this edge; of no meaning at a first one.
  double[] before() {
    return before;
  }

  double[] base() {
    return base;
  }

  double[] onBefore() {
    return onBefore;
  }

  double[] onNow() {
    return onNow;
  }

  /// What a later edge adds to its feature, for product and sum 1, where the row satisfied the
  /// splits above.
  double[] givesBefore() {
    return givesBefore;
  }

  /// And how much more where it satisfies this one too.
  double[] givesNow() {
    return givesNow;
  }
}

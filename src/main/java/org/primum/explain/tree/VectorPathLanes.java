package org.primum.explain.tree;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// As many rows at once as the processor takes: with [VectorLanes] the one that knows Java's vector
/// module, which is still incubating. Whoever makes one has asked [Lanes#isVectorized].
final class VectorPathLanes implements PathLanes {

  private static final VectorSpecies<Double> WIDE =
      DoubleVector.SPECIES_PREFERRED.length() > ROWS
          ? DoubleVector.SPECIES_512
          : DoubleVector.SPECIES_PREFERRED;

  @Override
  public void down(PathStep step, double[] above, double[] below, int rows) {
    if (step.isRepeated()) {
      downAgain(step, above, below, rows);
    } else {
      downFirst(step, above, below, rows);
    }
  }

  private static void downFirst(PathStep step, double[] above, double[] below, int rows) {
    double[] base = step.base();
    double[] onNow = step.onNow();
    for (int row = 0; row < rows; row += WIDE.length()) {
      DoubleVector now = DoubleVector.fromArray(WIDE, step.now(), row);
      for (int point = 0, at = row; point < base.length; point++, at += rows) {
        DoubleVector factor = now.mul(onNow[point]).add(base[point]);
        DoubleVector.fromArray(WIDE, above, at).mul(factor).intoArray(below, at);
      }
    }
  }

  private static void downAgain(PathStep step, double[] above, double[] below, int rows) {
    double[] base = step.base();
    double[] onNow = step.onNow();
    double[] onBefore = step.onBefore();
    for (int row = 0; row < rows; row += WIDE.length()) {
      DoubleVector now = DoubleVector.fromArray(WIDE, step.now(), row);
      DoubleVector before = DoubleVector.fromArray(WIDE, step.before(), row);
      for (int point = 0, at = row; point < base.length; point++, at += rows) {
        DoubleVector factor =
            before.mul(onBefore[point]).add(now.mul(onNow[point]).add(base[point]));
        DoubleVector.fromArray(WIDE, above, at).mul(factor).intoArray(below, at);
      }
    }
  }

  @Override
  public void up(
      PathStep step, double[] products, double[] below, double[] above, double[] gains, int rows) {
    if (step.isRepeated()) {
      upAgain(step, products, below, above, gains, rows);
    } else {
      upFirst(step, products, below, above, gains, rows);
    }
  }

  private static void upFirst(
      PathStep step, double[] products, double[] below, double[] above, double[] gains, int rows) {
    double[] base = step.base();
    double[] onNow = step.onNow();
    for (int row = 0; row < rows; row += WIDE.length()) {
      DoubleVector now = DoubleVector.fromArray(WIDE, step.now(), row);
      DoubleVector sum = DoubleVector.zero(WIDE);
      for (int point = 0, at = row; point < base.length; point++, at += rows) {
        DoubleVector leaves = DoubleVector.fromArray(WIDE, below, at);
        DoubleVector factor = now.mul(onNow[point]).add(base[point]);
        DoubleVector.fromArray(WIDE, above, at).add(factor.mul(leaves)).intoArray(above, at);
        sum = sum.add(DoubleVector.fromArray(WIDE, products, at).mul(leaves));
      }
      now.sub(step.ratio()).mul(sum).intoArray(gains, row);
    }
  }

  private static void upAgain(
      PathStep step, double[] products, double[] below, double[] above, double[] gains, int rows) {
    double[] base = step.base();
    double[] onNow = step.onNow();
    double[] onBefore = step.onBefore();
    double[] givesNow = step.givesNow();
    double[] givesBefore = step.givesBefore();
    for (int row = 0; row < rows; row += WIDE.length()) {
      DoubleVector now = DoubleVector.fromArray(WIDE, step.now(), row);
      DoubleVector before = DoubleVector.fromArray(WIDE, step.before(), row);
      DoubleVector sumNow = DoubleVector.zero(WIDE);
      DoubleVector sumBefore = DoubleVector.zero(WIDE);
      for (int point = 0, at = row; point < base.length; point++, at += rows) {
        DoubleVector leaves = DoubleVector.fromArray(WIDE, below, at);
        DoubleVector factor =
            before.mul(onBefore[point]).add(now.mul(onNow[point]).add(base[point]));
        DoubleVector.fromArray(WIDE, above, at).add(factor.mul(leaves)).intoArray(above, at);
        DoubleVector part = DoubleVector.fromArray(WIDE, products, at).mul(leaves);
        sumNow = sumNow.add(part.mul(givesNow[point]));
        sumBefore = sumBefore.add(part.mul(givesBefore[point]));
      }
      before.mul(sumBefore).add(now.mul(sumNow)).intoArray(gains, row);
    }
  }

  @Override
  public void gather(PathStep step, double[] below, double[] above, double[] change, int rows) {
    if (step.isRepeated()) {
      gatherAgain(step, below, above, change, rows);
    } else {
      gatherFirst(step, below, above, change, rows);
    }
  }

  private static void gatherFirst(
      PathStep step, double[] below, double[] above, double[] change, int rows) {
    double[] base = step.base();
    double[] onNow = step.onNow();
    for (int row = 0; row < rows; row += WIDE.length()) {
      DoubleVector now = DoubleVector.fromArray(WIDE, step.now(), row);
      DoubleVector share = now.sub(step.ratio());
      for (int point = 0, at = row; point < base.length; point++, at += rows) {
        DoubleVector leaves = DoubleVector.fromArray(WIDE, below, at);
        DoubleVector factor = now.mul(onNow[point]).add(base[point]);
        DoubleVector.fromArray(WIDE, above, at).add(factor.mul(leaves)).intoArray(above, at);
        DoubleVector.fromArray(WIDE, change, at).add(share.mul(leaves)).intoArray(change, at);
      }
    }
  }

  private static void gatherAgain(
      PathStep step, double[] below, double[] above, double[] change, int rows) {
    double[] base = step.base();
    double[] onNow = step.onNow();
    double[] onBefore = step.onBefore();
    double[] givesNow = step.givesNow();
    double[] givesBefore = step.givesBefore();
    for (int row = 0; row < rows; row += WIDE.length()) {
      DoubleVector now = DoubleVector.fromArray(WIDE, step.now(), row);
      DoubleVector before = DoubleVector.fromArray(WIDE, step.before(), row);
      for (int point = 0, at = row; point < base.length; point++, at += rows) {
        DoubleVector leaves = DoubleVector.fromArray(WIDE, below, at);
        DoubleVector factor =
            before.mul(onBefore[point]).add(now.mul(onNow[point]).add(base[point]));
        DoubleVector share = before.mul(givesBefore[point]).add(now.mul(givesNow[point]));
        DoubleVector.fromArray(WIDE, above, at).add(factor.mul(leaves)).intoArray(above, at);
        DoubleVector.fromArray(WIDE, change, at).add(share.mul(leaves)).intoArray(change, at);
      }
    }
  }

  @Override
  public void pair(
      PathStep other, double[] products, double[] change, double[] sums, int to, int rows) {
    int numbers = other.points() * rows;
    double ratio = other.ratio();
    for (int row = 0; row < rows; row += WIDE.length()) {
      DoubleVector sum = DoubleVector.zero(WIDE);
      for (int at = row; at < numbers; at += rows) {
        sum =
            sum.add(
                DoubleVector.fromArray(WIDE, products, at)
                    .mul(DoubleVector.fromArray(WIDE, change, at)));
      }
      DoubleVector more =
          DoubleVector.fromArray(WIDE, other.now(), row).sub(ratio).mul(0.5).mul(sum);
      DoubleVector.fromArray(WIDE, sums, to + row).add(more).intoArray(sums, to + row);
    }
  }

  @Override
  public void leaf(
      PathStep step, double value, double[] products, double[] above, double[] gains, int rows) {
    if (step.isRepeated()) {
      leafAgain(step, value, products, above, gains, rows);
    } else {
      leafFirst(step, value, products, above, gains, rows);
    }
  }

  private static void leafFirst(
      PathStep step, double value, double[] products, double[] above, double[] gains, int rows) {
    double[] base = step.base();
    double[] onNow = step.onNow();
    for (int row = 0; row < rows; row += WIDE.length()) {
      DoubleVector now = DoubleVector.fromArray(WIDE, step.now(), row);
      DoubleVector sum = DoubleVector.zero(WIDE);
      for (int point = 0, at = row; point < base.length; point++, at += rows) {
        DoubleVector factor = now.mul(onNow[point]).add(base[point]);
        DoubleVector.fromArray(WIDE, above, at).add(factor.mul(value)).intoArray(above, at);
        sum = sum.add(DoubleVector.fromArray(WIDE, products, at));
      }
      now.sub(step.ratio()).mul(sum).mul(value).intoArray(gains, row);
    }
  }

  private static void leafAgain(
      PathStep step, double value, double[] products, double[] above, double[] gains, int rows) {
    double[] base = step.base();
    double[] onNow = step.onNow();
    double[] onBefore = step.onBefore();
    double[] givesNow = step.givesNow();
    double[] givesBefore = step.givesBefore();
    for (int row = 0; row < rows; row += WIDE.length()) {
      DoubleVector now = DoubleVector.fromArray(WIDE, step.now(), row);
      DoubleVector before = DoubleVector.fromArray(WIDE, step.before(), row);
      DoubleVector sumNow = DoubleVector.zero(WIDE);
      DoubleVector sumBefore = DoubleVector.zero(WIDE);
      for (int point = 0, at = row; point < base.length; point++, at += rows) {
        DoubleVector factor =
            before.mul(onBefore[point]).add(now.mul(onNow[point]).add(base[point]));
        DoubleVector.fromArray(WIDE, above, at).add(factor.mul(value)).intoArray(above, at);
        DoubleVector part = DoubleVector.fromArray(WIDE, products, at);
        sumNow = sumNow.add(part.mul(givesNow[point]));
        sumBefore = sumBefore.add(part.mul(givesBefore[point]));
      }
      before.mul(sumBefore).add(now.mul(sumNow)).mul(value).intoArray(gains, row);
    }
  }
}

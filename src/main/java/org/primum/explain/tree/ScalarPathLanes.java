package org.primum.explain.tree;

/// One row after the other: the twin of [VectorPathLanes], with the same numbers to the bit.
final class ScalarPathLanes implements PathLanes {

  private static double factor(PathStep step, int point, int row) {
    double first = step.now()[row] * step.onNow()[point] + step.base()[point];
    return step.isRepeated() ? step.before()[row] * step.onBefore()[point] + first : first;
  }

  @Override
  public void down(PathStep step, double[] above, double[] below, int rows) {
    for (int point = 0; point < step.points(); point++) {
      for (int row = 0; row < rows; row++) {
        below[point * rows + row] = above[point * rows + row] * factor(step, point, row);
      }
    }
  }

  @Override
  public void up(
      PathStep step, double[] products, double[] below, double[] above, double[] gains, int rows) {
    for (int row = 0; row < rows; row++) {
      double now = 0;
      double before = 0;
      for (int point = 0; point < step.points(); point++) {
        int at = point * rows + row;
        double part = products[at] * below[at];
        above[at] += factor(step, point, row) * below[at];
        now += step.isRepeated() ? part * step.givesNow()[point] : part;
        before += step.isRepeated() ? part * step.givesBefore()[point] : 0;
      }
      gains[row] = gain(step, row, now, before);
    }
  }

  @Override
  public void gather(PathStep step, double[] below, double[] above, double[] change, int rows) {
    for (int point = 0; point < step.points(); point++) {
      for (int row = 0; row < rows; row++) {
        int at = point * rows + row;
        above[at] += factor(step, point, row) * below[at];
        change[at] += share(step, point, row) * below[at];
      }
    }
  }

  private static double share(PathStep step, int point, int row) {
    double now = step.now()[row];
    return step.isRepeated()
        ? step.before()[row] * step.givesBefore()[point] + now * step.givesNow()[point]
        : now - step.ratio();
  }

  @Override
  public void pair(
      PathStep other, double[] products, double[] change, double[] sums, int to, int rows) {
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int at = row; at < other.points() * rows; at += rows) {
        sum += products[at] * change[at];
      }
      sums[to + row] += (other.now()[row] - other.ratio()) * 0.5 * sum;
    }
  }

  @Override
  public void leaf(
      PathStep step, double value, double[] products, double[] above, double[] gains, int rows) {
    for (int row = 0; row < rows; row++) {
      double now = 0;
      double before = 0;
      for (int point = 0; point < step.points(); point++) {
        int at = point * rows + row;
        above[at] += factor(step, point, row) * value;
        now += step.isRepeated() ? products[at] * step.givesNow()[point] : products[at];
        before += step.isRepeated() ? products[at] * step.givesBefore()[point] : 0;
      }
      gains[row] = gain(step, row, now, before) * value;
    }
  }

  private static double gain(PathStep step, int row, double now, double before) {
    double satisfied = step.now()[row];
    return step.isRepeated()
        ? step.before()[row] * before + satisfied * now
        : (satisfied - step.ratio()) * now;
  }
}

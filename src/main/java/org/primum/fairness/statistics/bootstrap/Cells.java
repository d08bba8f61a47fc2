package org.primum.fairness.statistics.bootstrap;

import java.util.Arrays;
import org.primum.random.CounterRandom;
import org.primum.random.Draws;

/// The cells of one group: how many rows (or how much weight) fell into each, tp, fp, fn and tn for
/// example. They are what the bootstrap draws anew.
public final class Cells {

  private final double[] totals;
  private final double[] units;
  private final boolean weighted;

  private Cells(double[] totals, double[] units, boolean weighted) {
    this.totals = totals;
    this.units = units;
    this.weighted = weighted;
  }

  /// Unweighted rows. They are redrawn as a multinomial of the group's size: exactly the row
  /// bootstrap within the group.
  ///
  /// @param counts each at least 0
  public static Cells counted(long... counts) {
    if (Arrays.stream(counts).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("a cell has a negative count");
    }
    double[] totals = Arrays.stream(counts).mapToDouble(count -> (double) count).toArray();
    return new Cells(totals, totals.clone(), false);
  }

  /// Weighted rows: sums of weights and of squared weights. A cell of weight W and squares Q is
  /// redrawn as Q / W times a Poisson count of mean W^2 / Q, which has the mean and the variance
  /// that redrawing its rows with Poisson(1) multiplicities gives it.
  ///
  /// @param weights each at least 0, finite
  /// @param squares of the same length, 0 exactly where the weight is 0
  public static Cells weighted(double[] weights, double[] squares) {
    if (weights.length != squares.length) {
      throw new IllegalArgumentException(
          weights.length + " weights, " + squares.length + " squares");
    }
    double[] units = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      boolean both = weights[i] > 0 && squares[i] > 0;
      boolean none = weights[i] == 0 && squares[i] == 0;
      if (!(both || none) || Double.isInfinite(weights[i] + squares[i])) {
        throw new IllegalArgumentException("weight " + weights[i] + ", squares " + squares[i]);
      }
      units[i] = none ? 0 : squares[i] / weights[i];
    }
    return new Cells(weights.clone(), units, true);
  }

  /// How many cells.
  public int size() {
    return totals.length;
  }

  /// Draws all cells once into `drawn`.
  void draw(CounterRandom random, double[] drawn) {
    if (weighted) {
      drawPoisson(random, drawn);
    } else {
      drawMultinomial(random, drawn);
    }
  }

  private void drawPoisson(CounterRandom random, double[] drawn) {
    for (int i = 0; i < totals.length; i++) {
      drawn[i] = totals[i] == 0 ? 0 : units[i] * Draws.poisson(random, totals[i] / units[i]);
    }
  }

  /// One binomial a cell, of the rows and the probability that the cells before it left.
  private void drawMultinomial(CounterRandom random, double[] drawn) {
    double rows = 0;
    for (double count : totals) {
      rows += count;
    }
    double left = rows;
    for (int i = 0; i < totals.length; i++) {
      double events = totals[i] == left ? rows : Draws.binomial(random, rows, totals[i] / left);
      drawn[i] = left == 0 ? 0 : events;
      rows -= drawn[i];
      left -= totals[i];
    }
  }
}

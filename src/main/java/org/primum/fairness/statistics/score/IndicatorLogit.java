package org.primum.fairness.statistics.score;

import java.util.Arrays;

/// Logistic regression on categories: one indicator for each value of each column, a free
/// intercept, and half the sum of the squared coefficients added to the loss, so that a rare value
/// counts for little and every fit exists. What scikit-learn's `LogisticRegression(C=1)` fits on
/// one-hot columns. It adds up what columns tell, and sees no interaction between them.
///
/// Newton's method with conjugate gradients, which needs no seed: the same rows in the same order
/// give the same coefficients. Komarek, Moore 2005, *Making logistic regression a core data mining
/// tool with TR-IRLS*, ICDM, [doi:10.1109/ICDM.2005.90](https://doi.org/10.1109/ICDM.2005.90).
public final class IndicatorLogit {

  private static final int MOST_STEPS = 100;
  private static final int MOST_DIRECTIONS = 300;
  private static final double FLAT = 1e-6;
  private static final double PENALTY = 1;

  /// For each row, where in the coefficients each of its values stands.
  private final int[][] rows;

  private final double[] positives;
  private final double[] totals;
  private final double[] coefficients;

  private IndicatorLogit(int[][] rows, double[] positives, double[] totals, int values) {
    this.rows = rows;
    this.positives = positives;
    this.totals = totals;
    this.coefficients = new double[values + 1];
  }

  /// The log-odds of each row.
  ///
  /// @param rows the values of each row, all columns numbered through from 1
  /// @param positives how often each row is positive
  /// @param totals how often each row occurs, no less; a row with 0 is not learned from
  /// @param values how many values all columns have
  /// @throws IllegalArgumentException where nothing, or everything, is positive
  public static double[] logOdds(int[][] rows, double[] positives, double[] totals, int values) {
    double events = Arrays.stream(positives).sum();
    double all = Arrays.stream(totals).sum();
    if (!(events > 0 && events < all)) {
      throw new IllegalArgumentException(events + " positives of " + all + ": both are needed");
    }
    IndicatorLogit fit = new IndicatorLogit(rows, positives, totals, values);
    fit.coefficients[0] = StrictMath.log(events / (all - events));
    fit.run();
    return fit.linear(fit.coefficients);
  }

  private void run() {
    double loss = loss(coefficients);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] odds = linear(coefficients);
      double[] chances = Arrays.stream(odds).map(IndicatorLogit::expit).toArray();
      double[] gradient = gradient(chances);
      if (largest(gradient) <= FLAT) {
        return;
      }
      double after = descend(direction(chances, gradient), gradient, loss);
      if (!(after < loss)) {
        return;
      }
      loss = after;
    }
  }

  /// Halves the step until the loss falls as Armijo asks.
  ///
  /// @return the loss then; as before where no step helps
  private double descend(double[] direction, double[] gradient, double loss) {
    double slope = dot(direction, gradient);
    double[] before = coefficients.clone();
    for (double part = 1; part > 1e-10; part /= 2) {
      for (int j = 0; j < before.length; j++) {
        coefficients[j] = before[j] + part * direction[j];
      }
      double after = loss(coefficients);
      if (after <= loss + 1e-4 * part * slope) {
        return after;
      }
    }
    System.arraycopy(before, 0, coefficients, 0, before.length);
    return loss;
  }

  private double[] linear(double[] weights) {
    double[] sums = new double[rows.length];
    for (int row = 0; row < rows.length; row++) {
      double sum = weights[0];
      for (int value : rows[row]) {
        sum += weights[value];
      }
      sums[row] = sum;
    }
    return sums;
  }

  /// The sum over rows of what each row's own number gives to its values.
  private double[] spread(double[] ofRows) {
    double[] sums = new double[coefficients.length];
    for (int row = 0; row < rows.length; row++) {
      sums[0] += ofRows[row];
      for (int value : rows[row]) {
        sums[value] += ofRows[row];
      }
    }
    return sums;
  }

  private double[] gradient(double[] chances) {
    double[] off = new double[rows.length];
    for (int row = 0; row < off.length; row++) {
      off[row] = totals[row] * chances[row] - positives[row];
    }
    return penalized(spread(off), coefficients);
  }

  private static double[] penalized(double[] sums, double[] weights) {
    for (int j = 1; j < sums.length; j++) {
      sums[j] += PENALTY * weights[j];
    }
    return sums;
  }

  private double loss(double[] weights) {
    double[] odds = linear(weights);
    double sum = 0;
    for (int row = 0; row < odds.length; row++) {
      double one = odds[row];
      double log = Math.max(0, one) + StrictMath.log1p(StrictMath.exp(-Math.abs(one)));
      sum += totals[row] * log - positives[row] * one;
    }
    double squares = 0;
    for (int j = 1; j < weights.length; j++) {
      squares += weights[j] * weights[j];
    }
    return sum + PENALTY / 2 * squares;
  }

  /// Newton's direction, by conjugate gradients preconditioned with the diagonal, as exact as the
  /// gradient is small.
  private double[] direction(double[] chances, double[] gradient) {
    double[] spreads = new double[rows.length];
    for (int row = 0; row < spreads.length; row++) {
      spreads[row] = totals[row] * chances[row] * (1 - chances[row]);
    }
    double[] diagonal = spread(spreads);
    diagonal[0] = Math.max(diagonal[0], Double.MIN_NORMAL);
    for (int j = 1; j < diagonal.length; j++) {
      diagonal[j] += PENALTY;
    }
    double[] found = new double[gradient.length];
    double[] residual = Arrays.stream(gradient).map(g -> -g).toArray();
    double[] scaled = divided(residual, diagonal);
    double[] search = scaled.clone();
    double size = dot(residual, scaled);
    double enough = size * Math.min(0.01, size);
    for (int i = 0; i < MOST_DIRECTIONS && size > enough; i++) {
      double[] curved = curved(search, spreads);
      double part = size / dot(search, curved);
      add(found, part, search);
      add(residual, -part, curved);
      scaled = divided(residual, diagonal);
      double next = dot(residual, scaled);
      for (int j = 0; j < search.length; j++) {
        search[j] = scaled[j] + next / size * search[j];
      }
      size = next;
    }
    return found;
  }

  private double[] curved(double[] along, double[] spreads) {
    double[] turned = linear(along);
    for (int row = 0; row < turned.length; row++) {
      turned[row] *= spreads[row];
    }
    return penalized(spread(turned), along);
  }

  private static double[] divided(double[] one, double[] other) {
    double[] parts = new double[one.length];
    for (int j = 0; j < parts.length; j++) {
      parts[j] = one[j] / other[j];
    }
    return parts;
  }

  private static void add(double[] to, double factor, double[] more) {
    for (int j = 0; j < to.length; j++) {
      to[j] += factor * more[j];
    }
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int j = 0; j < one.length; j++) {
      sum += one[j] * other[j];
    }
    return sum;
  }

  private static double largest(double[] numbers) {
    return Arrays.stream(numbers).map(Math::abs).max().orElse(0);
  }

  private static double expit(double odds) {
    return 1 / (1 + StrictMath.exp(-odds));
  }
}

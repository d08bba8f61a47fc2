package org.primum.train;

import org.primum.gate.Interval;
import org.primum.gate.Measure;

/// How well scores agree with outcomes: logistic regression of the outcome on the log-odds of the
/// score. A model whose scores mean what they say has intercept 0 and slope 1; a slope below 1 says
/// the scores are too extreme.
///
/// Intervals are Wald's at 95 %. Unknown where a class is absent, where a score is exactly 0 or 1
/// (its log-odds are not finite), where all scores are equal, or where the scores separate the
/// outcomes so that no finite slope fits best.
///
/// Source: Cox 1958, Biometrika 45:562; Van Calster and others 2019, BMC Medicine 17:230,
/// [doi:10.1186/s12916-019-1466-7](https://doi.org/10.1186/s12916-019-1466-7). Fitted by
/// iteratively reweighted least squares.
///
/// @param intercept best 0
/// @param slope best 1
public record Calibration(
    Measure intercept, Interval interceptInterval, Measure slope, Interval slopeInterval) {

  private static final int MAX_ITERATIONS = 100;
  private static final double TOLERANCE = 1e-12;
  private static final double Z = 1.959963984540054;

  /// @param scores in [0, 1], one a row
  /// @param positives one a row
  public static Calibration of(double[] scores, boolean[] positives) {
    double[] logits = new double[scores.length];
    int count = 0;
    for (int row = 0; row < logits.length; row++) {
      logits[row] = Math.log(scores[row] / (1 - scores[row]));
      count += positives[row] ? 1 : 0;
      if (!Double.isFinite(logits[row])) {
        return unknown("a score is exactly 0 or 1");
      }
    }
    if (count == 0 || count == scores.length) {
      return unknown(count == 0 ? "no positives" : "no negatives");
    }
    return fit(logits, positives);
  }

  private static Calibration unknown(String reason) {
    var unknown = new Measure.Unknown(reason);
    return new Calibration(unknown, new Interval.None(), unknown, new Interval.None());
  }

  private static Calibration fit(double[] logits, boolean[] positives) {
    double a = 0;
    double b = 1;
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      Sums sums = Sums.at(a, b, logits, positives);
      double determinant = sums.w * sums.wxx - sums.wx * sums.wx;
      if (!(determinant > 1e-12 * sums.w * sums.wxx)) {
        return unknown("the scores do not vary, or separate the outcomes");
      }
      double stepA = (sums.wxx * sums.g - sums.wx * sums.gx) / determinant;
      double stepB = (sums.w * sums.gx - sums.wx * sums.g) / determinant;
      a += stepA;
      b += stepB;
      if (Math.abs(stepA) + Math.abs(stepB) < TOLERANCE * (1 + Math.abs(a) + Math.abs(b))) {
        return known(a, sums.wxx / determinant, b, sums.w / determinant);
      }
    }
    return unknown("the fit does not settle: the scores separate the outcomes");
  }

  private static Calibration known(double a, double varianceA, double b, double varianceB) {
    return new Calibration(
        new Measure.Known(a), wald(a, varianceA), new Measure.Known(b), wald(b, varianceB));
  }

  private static Interval wald(double value, double variance) {
    double half = Z * Math.sqrt(variance);
    return new Interval.Bounds(value - half, value + half);
  }

  /// Weighted sums of the score equations: weights, gradients, and their products with the logit.
  private record Sums(double w, double wx, double wxx, double g, double gx) {

    static Sums at(double a, double b, double[] logits, boolean[] positives) {
      double w = 0;
      double wx = 0;
      double wxx = 0;
      double g = 0;
      double gx = 0;
      for (int row = 0; row < logits.length; row++) {
        double x = logits[row];
        double p = 1 / (1 + Math.exp(-(a + b * x)));
        double weight = p * (1 - p);
        double gradient = (positives[row] ? 1 : 0) - p;
        w += weight;
        wx += weight * x;
        wxx += weight * x * x;
        g += gradient;
        gx += gradient * x;
      }
      return new Sums(w, wx, wxx, g, gx);
    }
  }
}

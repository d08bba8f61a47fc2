package org.primum.train;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.TDistribution;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;

/// What a set of scored rows says of a model: discrimination, calibration, and overall error. Each
/// row counts once, whatever its weight.
public final class ScoreMetrics {

  private static final double Z = 1.959963984540054;

  private ScoreMetrics() {}

  /// The metrics `n base_rate mean_score auroc log_loss brier o_e calibration_intercept
  /// calibration_slope`, of everyone.
  ///
  /// @param scores in [0, 1], one a row
  /// @param positives one a row
  public static List<Measurement> of(double[] scores, boolean[] positives) {
    int n = scores.length;
    AreaUnderCurve area = AreaUnderCurve.of(scores, positives);
    Calibration calibration = Calibration.of(scores, positives);
    MeanLoss logLoss = MeanLoss.of(scores, positives, p -> -Math.log(p));
    MeanLoss brier = MeanLoss.of(scores, positives, p -> (1 - p) * (1 - p));
    ObservedExpected ratio = ObservedExpected.of(scores, positives);
    return List.of(
        Measurement.overall("n", new Measure.Known(n), new Interval.None(), n),
        Measurement.overall("base_rate", mean(ratio.observed(), n), new Interval.None(), n),
        Measurement.overall("mean_score", mean(ratio.expected(), n), new Interval.None(), n),
        Measurement.overall("auroc", area.value(), area.interval(), n),
        Measurement.overall("log_loss", logLoss.value(), logLoss.interval(), n),
        Measurement.overall("brier", brier.value(), brier.interval(), n),
        Measurement.overall("o_e", ratio.value(), ratio.interval(), n),
        Measurement.overall(
            "calibration_intercept", calibration.intercept(), calibration.interceptInterval(), n),
        Measurement.overall(
            "calibration_slope", calibration.slope(), calibration.slopeInterval(), n));
  }

  private static Measure mean(double sum, int n) {
    return Measure.ratio(sum, n, "no rows");
  }

  /// The mean of a loss of the probability given to what happened, at least 0, best 0, with the t
  /// interval of a mean at 95 %. Unknown without rows, or where a row's loss is infinite (log loss
  /// of a score of 0 or 1 that was wrong).
  record MeanLoss(Measure value, Interval interval) {

    static MeanLoss of(double[] scores, boolean[] positives, DoubleUnaryOperator loss) {
      int n = scores.length;
      double sum = 0;
      double squares = 0;
      for (int row = 0; row < n; row++) {
        double x = loss.applyAsDouble(positives[row] ? scores[row] : 1 - scores[row]);
        sum += x;
        squares += x * x;
      }
      if (n == 0 || Double.isInfinite(sum)) {
        String reason = n == 0 ? "no rows" : "a score of exactly 0 or 1 was wrong";
        return new MeanLoss(new Measure.Unknown(reason), new Interval.None());
      }
      return new MeanLoss(new Measure.Known(sum / n), interval(sum, squares, n));
    }

    private static Interval interval(double sum, double squares, int n) {
      if (n < 2) {
        return new Interval.None();
      }
      double mean = sum / n;
      double variance = Math.max(0, (squares - n * mean * mean) / (n - 1));
      double t = new TDistribution(n - 1.0).inverseCumulativeProbability(0.975);
      double half = t * Math.sqrt(variance / n);
      return new Interval.Bounds(Math.max(0, mean - half), mean + half);
    }
  }

  /// Observed positives over the sum of scores: above 1 the model under-states the risk, below 1 it
  /// over-states it. The interval is log-Poisson's, `O/E exp(±1.96/sqrt(O))`. Unknown where the
  /// scores sum to 0; without positives it is 0 and has no interval.
  record ObservedExpected(double observed, double expected, Measure value, Interval interval) {

    static ObservedExpected of(double[] scores, boolean[] positives) {
      double observed = 0;
      double expected = 0;
      for (int row = 0; row < scores.length; row++) {
        observed += positives[row] ? 1 : 0;
        expected += scores[row];
      }
      Measure value = Measure.ratio(observed, expected, "the scores sum to zero");
      Interval interval = new Interval.None();
      if (observed > 0 && expected > 0) {
        double ratio = observed / expected;
        double factor = Math.exp(Z / Math.sqrt(observed));
        interval = new Interval.Bounds(ratio / factor, ratio * factor);
      }
      return new ObservedExpected(observed, expected, value, interval);
    }
  }
}

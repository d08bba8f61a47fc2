package org.primum.fairness.metric;

import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.calibration.Binning;
import org.primum.fairness.statistics.calibration.CalibrationError;
import org.primum.fairness.statistics.calibration.CalibrationFit;
import org.primum.fairness.statistics.calibration.CalibrationLine;
import org.primum.fairness.statistics.calibration.CalibrationTable;
import org.primum.fairness.statistics.calibration.FoldedGaps;
import org.primum.fairness.statistics.calibration.ObservedOverExpected;
import org.primum.gate.Interval.Bounds;

/// Whether a score of 0.3 means three in ten.
public final class CalibrationMetrics {

  /// How many bins the binned errors have.
  public static final int BINS = 10;

  private CalibrationMetrics() {}

  static Estimate estimate(Metric metric, ScoredRows rows) {
    if (rows.labeledWeight() == 0) {
      return new Estimate.Undefined(Metric.CALIBRATION_GAP.undefined(), rows.labeledSupport());
    }
    return switch (metric) {
      case O_E -> observedOverExpected(rows);
      case CALIBRATION_GAP -> gap(rows);
      case CALIBRATION_INTERCEPT -> intercept(rows);
      case CALIBRATION_SLOPE -> slope(rows);
      case ECE -> expectedError(rows);
      case MCE -> maximumError(rows);
      default -> throw new IllegalStateException(metric.id() + " is not of calibration");
    };
  }

  /// Events by score, for fits, bins and curves.
  ///
  /// @param rows with a label, of weight above 0
  static CalibrationTable table(ScoredRows rows) {
    double[] values = new double[rows.size()];
    double[] totals = new double[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.value(i);
      totals[i] = rows.positives()[i] + rows.negatives()[i];
    }
    return CalibrationTable.weighted(values, rows.positives(), totals, rows.effectiveLabeled());
  }

  private static Estimate observedOverExpected(ScoredRows rows) {
    double expected = rows.labeledSums().score().toDouble();
    if (expected == 0) {
      return Values.undefined(Metric.O_E, rows.labeledSupport());
    }
    ObservedOverExpected ratio = new ObservedOverExpected(rows.observed(), expected);
    return Values.of(Metric.O_E, ratio.value(), rows.labeledSupport(), ratio::interval);
  }

  private static Estimate gap(ScoredRows rows) {
    double sum = rows.positiveWeight() - rows.labeledSums().score().toDouble();
    return Values.mean(
        Metric.CALIBRATION_GAP,
        sum / rows.labeledWeight(),
        ScoreMetrics.spread(rows, score -> 1 - score, score -> -score),
        rows.labeledSupport());
  }

  private static Estimate intercept(ScoredRows rows) {
    Support support = Support.of(rows.positivePart(), rows.negativePart());
    return switch (CalibrationFit.inTheLarge(table(rows))) {
      case CalibrationLine.Fitted line ->
          Values.of(
              Metric.CALIBRATION_INTERCEPT, line.intercept(), support, line::interceptInterval);
      case CalibrationLine.None(String reason) -> new Estimate.Undefined(reason, support);
    };
  }

  private static Estimate slope(ScoredRows rows) {
    Support support = Support.of(rows.positivePart(), rows.negativePart());
    return switch (CalibrationFit.line(table(rows))) {
      case CalibrationLine.Fitted line ->
          Values.of(Metric.CALIBRATION_SLOPE, line.slope(), support, line::slopeInterval);
      case CalibrationLine.None(String reason) -> new Estimate.Undefined(reason, support);
    };
  }

  /// The binned errors: ten bins of equal width, [low, high) and the last one closed. Their edges
  /// are edges of the grid, so rows are in the right bin on either scale.
  static CalibrationError errors(CalibrationTable table) {
    return CalibrationError.of(table, Binning.uniform(BINS, Binning.OnEdge.UPPER));
  }

  private static Estimate expectedError(ScoredRows rows) {
    CalibrationTable table = table(rows);
    CalibrationError errors = errors(table);
    FoldedGaps spread = new FoldedGaps(errors, table);
    return Values.of(Metric.ECE, errors.expected(), rows.labeledSupport(), spread::interval);
  }

  /// The largest gap of any bin to Wilson's interval of its rate, all bins at once (Bonferroni).
  private static Estimate maximumError(ScoredRows rows) {
    CalibrationError errors = errors(table(rows));
    int bins = errors.bins().size();
    return Values.of(
        Metric.MCE,
        errors.maximum(),
        rows.labeledSupport(),
        alpha -> {
          double low = 0;
          double high = 0;
          for (int bin = 0; bin < bins; bin++) {
            Bounds rate = errors.rateInterval(bin, alpha / bins);
            double score = errors.bins().get(bin).meanScore();
            low = Math.max(low, Math.max(rate.low() - score, score - rate.high()));
            high = Math.max(high, Math.max(rate.high() - score, score - rate.low()));
          }
          return new Bounds(low, high);
        });
  }
}

package org.primum.step.training;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.report.ReliabilityCurve;
import org.primum.report.Report.Block;
import org.primum.report.TextTable;
import org.primum.train.Reliability;

/// The numbers of scored rows as tables and pictures, for `train` and `score`.
final class ScoreTables {

  private static final int BINS = 10;

  private ScoreTables() {}

  /// For a terminal.
  static String metrics(List<Measurement> metrics) {
    TextTable table = new TextTable(List.of("METRIC", "VALUE", "95 % INTERVAL", "N"));
    for (Measurement m : metrics) {
      String n = m.n().isPresent() ? Long.toString(m.n().getAsLong()) : "";
      table.row(m.metric(), value(m), interval(m.interval()), n);
    }
    return table.write();
  }

  static Block grid(List<Measurement> metrics) {
    return new Block.Grid(
        "Measured on the rows scored; each row counts once.",
        List.of("Metric", "Value", "95 % interval", "What it says"),
        metrics.stream()
            .map(m -> List.of(m.metric(), value(m), interval(m.interval()), words(m.metric())))
            .toList());
  }

  private static String words(String metric) {
    return switch (metric) {
      case "n" -> "rows measured on";
      case "base_rate" -> "share of rows with the outcome";
      case "mean_score" -> "the risk the model gives on average; should be the base rate";
      case "selection_rate" -> "share of rows alerted";
      case "auroc" ->
          "of two rows, one with the outcome and one without: how often the first scores higher;"
              + " 0.5 is chance, 1 is always";
      case "log_loss" -> "how wrong the scores are, confident errors weighing most; 0 is best";
      case "brier" -> "mean squared distance of score and outcome; 0 is best";
      case "o_e" ->
          "outcomes observed over outcomes expected; 1 is best, above 1 risk is understated";
      case "calibration_intercept" -> "whether scores are too low (above 0) or too high (below 0)";
      case "calibration_slope" ->
          "1 is best; below 1 the scores are too extreme, above 1 too timid";
      default -> "";
    };
  }

  static Block reliability(double[] scores, boolean[] positives) {
    List<ReliabilityCurve.Dot> dots =
        Reliability.of(scores, positives, BINS).stream()
            .map(b -> new ReliabilityCurve.Dot(b.meanScore(), b.observed(), b.low(), b.high()))
            .toList();
    return new Block.Picture(
        ReliabilityCurve.svg(dots),
        "Each dot is a tenth of the rows, from the lowest to the highest scores, with its 95 %"
            + " interval. On the dashed line the score is the share to whom it happened; above it"
            + " the model under-states the risk, below it over-states it.");
  }

  /// The value of a metric, where it is known.
  static OptionalDouble find(List<Measurement> metrics, String metric) {
    for (Measurement m : metrics) {
      if (m.metric().equals(metric) && m.value() instanceof Measure.Known(double value)) {
        return OptionalDouble.of(value);
      }
    }
    return OptionalDouble.empty();
  }

  static String value(Measurement m) {
    return switch (m.value()) {
      case Measure.Known(double value) -> number(value);
      case Measure.Unknown(String reason) -> "unknown: " + reason;
    };
  }

  static String interval(Interval interval) {
    return switch (interval) {
      case Interval.Bounds(double low, double high) -> number(low) + " to " + number(high);
      case Interval.None() -> "";
    };
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) >= 10
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.3f", value);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}

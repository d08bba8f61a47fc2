package org.primum.step.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.primum.document.ShapleyBaseline;
import org.primum.document.ShapleyShard;
import org.primum.explain.drift.DriftNumber;
import org.primum.explain.drift.ShapleyDrift;
import org.primum.explain.drift.ShapleyDrift.FeatureDrift;
import org.primum.explain.policy.ExplanationMetric;
import org.primum.gate.Comparison;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.report.Report.Block;
import org.primum.report.Report.Section;

/// What is told of how explanations have changed.
final class ShapDriftWords {

  private static final int LINES = 15;

  private ShapDriftWords() {}

  static List<Measurement> metrics(ShapleyDrift drift, String group, long rows) {
    List<Measurement> metrics = new ArrayList<>();
    metrics.add(metric(ExplanationMetric.NDCG.wireName(), group, drift.ndcg(), rows));
    metrics.add(metric(ExplanationMetric.KENDALL.wireName(), group, drift.kendall(), rows));
    metrics.add(metric(ExplanationMetric.OVERLAP.wireName(), group, drift.overlap(), rows));
    for (FeatureDrift one : drift.features()) {
      metrics.add(of(ExplanationMetric.WASSERSTEIN, one, one.wasserstein(), group, rows));
      metrics.add(of(ExplanationMetric.PSI, one, one.stabilityIndex(), group, rows));
    }
    return metrics;
  }

  private static Measurement of(
      ExplanationMetric metric, FeatureDrift one, DriftNumber number, String group, long rows) {
    return metric(metric.wireName() + "." + one.feature(), group, number, rows);
  }

  private static Measurement metric(String name, String group, DriftNumber number, long rows) {
    return new Measurement(
        name,
        group,
        new Comparison.Alone(),
        number.value(),
        number.usualInterval(),
        OptionalLong.of(rows));
  }

  /// @param of which class, for the heading; empty where there is one margin
  /// @param ranks the picture of the order then and now
  static Section section(
      String of, ShapleyDrift drift, ShapleyBaseline baseline, ShapleyShard shard, String ranks) {
    List<List<String>> order =
        List.of(
            line("nDCG, at the baseline's mean |phi|", drift.ndcg(), 1),
            line("Kendall's tau-b", drift.kendall(), 1),
            line("of the first " + drift.top() + " features still there", drift.overlap(), 1));
    List<List<String>> moved = new ArrayList<>();
    List<FeatureDrift> farthest = drift.byDistance();
    for (FeatureDrift one : farthest.subList(0, Math.min(LINES, farthest.size()))) {
      moved.add(
          List.of(
              one.feature(),
              value(one.wasserstein().value()),
              words(one.wasserstein()),
              chance(one.wasserstein(), 0),
              value(one.stabilityIndex().value()),
              words(one.stabilityIndex()),
              chance(one.stabilityIndex(), 0)));
    }
    return Section.of(
        "What has changed since the baseline" + of,
        new Block.Paragraph(words(baseline, shard)),
        new Block.Picture(
            ranks, "The order of the features by mean |phi|: thick lines rose, dashed ones fell."),
        new Block.Grid(
            "The order of the features; 1 is the same",
            List.of("", "value", "interval", "by chance?"),
            order),
        new Block.Grid(
            "How far the Shapley values of a feature have moved: on average, in the unit of the"
                + " margin (Wasserstein), and as population stability index. 95 % of such intervals,"
                + " each for itself, hold the number of many rows like these.",
            List.of(
                "feature",
                "Wasserstein",
                "interval",
                "by chance?",
                "PSI",
                "interval",
                "by chance?"),
            moved));
  }

  private static List<String> line(String name, DriftNumber number, double unchanged) {
    return List.of(name, value(number.value()), words(number), chance(number, unchanged));
  }

  private static String words(DriftNumber number) {
    return switch (number.usualInterval()) {
      case Interval.None() -> "–";
      case Interval.Bounds(double low, double high) ->
          ShapSections.number(low) + " to " + ShapSections.number(high);
    };
  }

  /// Whether the number is what rows of an unchanged world may come to.
  private static String chance(DriftNumber number, double unchanged) {
    return switch (number.usualInterval()) {
      case Interval.None() -> "–";
      case Interval.Bounds(double low, double high) ->
          low <= unchanged && unchanged <= high ? "may be" : "no";
    };
  }

  private static String words(ShapleyBaseline baseline, ShapleyShard shard) {
    String model =
        baseline.model().equals(shard.model())
            ? "The same model explained "
            : "Another version of the model explained ";
    String data =
        baseline.dataset().equals(shard.dataset()) ? " rows of the same table." : " rows then.";
    String background =
        baseline.background().equals(shard.background())
            ? ""
            : " It compared with another background: values against two backgrounds differ even"
                + " where nothing else does.";
    return model + ShapSections.count(baseline.rows()) + data + background;
  }

  private static String value(Measure measure) {
    return switch (measure) {
      case Measure.Known(double value) -> ShapSections.number(value);
      case Measure.Unknown(String reason) -> reason;
    };
  }
}

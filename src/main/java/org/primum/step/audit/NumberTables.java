package org.primum.step.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.primum.data.NumberColumn;
import org.primum.fairness.AuditResult;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.gate.Comparison;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.report.Report;
import org.primum.report.Report.Block;

/// Every number of an audit in tables, for statisticians: by family, with what each is made of and
/// where its interval comes from.
final class NumberTables {

  private final FairnessPolicy policy;
  private final List<Measurement> metrics;

  NumberTables(FairnessPolicy policy, AuditResult result) {
    this.policy = policy;
    this.metrics = result.metrics();
  }

  Report.Section section() {
    String confidence =
        NumberColumn.format(Math.rint(policy.statistics().confidence() * 1e4) / 100);
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Paragraph(
            "For statisticians. Rates are shares from 0 to 1, n is the number of rows of the"
                + " denominator, each interval is one of "
                + confidence
                + " % by itself, not adjusted for how many there are. The same numbers in full are"
                + " in metrics.json and exports/metrics.csv."));
    families().forEach((family, of) -> blocks.add(family(family, of)));
    List<Measurement> others = metrics.stream().filter(m -> metric(m).isEmpty()).toList();
    if (!others.isEmpty()) {
      blocks.add(new Block.Details("Other numbers", List.of(alone(others), compared(others))));
    }
    return new Report.Section("Every number", blocks);
  }

  private Map<Metric.Family, List<Measurement>> families() {
    Map<Metric.Family, List<Measurement>> families = new EnumMap<>(Metric.Family.class);
    for (Measurement measurement : metrics) {
      metric(measurement)
          .ifPresent(
              m -> families.computeIfAbsent(m.family(), _ -> new ArrayList<>()).add(measurement));
    }
    return families;
  }

  private static Optional<Metric> metric(Measurement measurement) {
    return MetricRef.parse(measurement.metric()).map(MetricRef::metric);
  }

  private static Block family(Metric.Family family, List<Measurement> of) {
    List<Block> blocks = new ArrayList<>(List.of(meanings(of)));
    if (of.stream().anyMatch(m -> m.comparison() instanceof Comparison.Alone)) {
      blocks.add(alone(of));
    }
    if (of.stream().anyMatch(m -> m.comparison() instanceof Comparison.With)) {
      blocks.add(compared(of));
    }
    return new Block.Details(family.title(), blocks);
  }

  private static Block meanings(List<Measurement> of) {
    Set<Metric> metrics = new LinkedHashSet<>();
    of.forEach(m -> metric(m).ifPresent(metrics::add));
    return new Block.Grid(
        "What each is made of",
        List.of("metric", "what it is", "formula", "denominator", "interval"),
        metrics.stream()
            .map(
                m -> List.of(m.id(), m.meaning(), m.formula(), m.denominator(), m.method().words()))
            .toList());
  }

  private static Block alone(List<Measurement> of) {
    List<List<String>> rows = new ArrayList<>();
    for (Measurement m : of) {
      if (m.comparison() instanceof Comparison.Alone) {
        rows.add(List.of(m.group(), m.metric(), value(m), ci(m), n(m)));
      }
    }
    return new Block.Grid(
        "Each group by itself", List.of("group", "metric", "value", "interval", "n"), rows);
  }

  private static Block compared(List<Measurement> of) {
    List<List<String>> rows = new ArrayList<>();
    for (Measurement m : of) {
      if (m.comparison() instanceof Comparison.With(String kind, String reference)) {
        rows.add(List.of(m.group(), m.metric() + " " + kind, reference, value(m), ci(m), n(m)));
      }
    }
    return new Block.Grid(
        "Groups held against another. Difference: group minus reference. Ratio: group over"
            + " reference. Intervals from those of the two (MOVER, Zou and Donner 2008; for ratios"
            + " of rates Donner and Zou 2012).",
        List.of("group", "metric", "reference", "value", "interval", "n"),
        rows);
  }

  static String value(Measurement metric) {
    return switch (metric.value()) {
      case Measure.Known(double value) -> three(value);
      case Measure.Unknown(String reason) ->
          metric.interval() instanceof Interval.Bounds ? "unbounded" : shorten(reason);
    };
  }

  private static String shorten(String reason) {
    return reason.startsWith("insufficient") ? "insufficient" : reason.length() > 32 ? "–" : reason;
  }

  static String ci(Measurement metric) {
    return switch (metric.interval()) {
      case Interval.Bounds(double low, double high) ->
          "[" + three(low) + ", " + (Double.isInfinite(high) ? "∞" : three(high)) + "]";
      case Interval.None() -> "–";
    };
  }

  static String n(Measurement metric) {
    return metric.n().isPresent() ? count(metric.n().getAsLong()) : "–";
  }

  static String three(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.equals("-0.000") ? "0.000" : text;
  }

  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}

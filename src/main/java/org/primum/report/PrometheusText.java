package org.primum.report;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;
import org.primum.gate.Threshold;
import org.primum.gate.Verdict;

/// `metrics.prom`: the numbers of a step in the Prometheus text format (version 0.0.4). A value
/// that does not exist is left out, never 0 or NaN; suppressed cells are left out with it.
public final class PrometheusText {

  private PrometheusText() {}

  public static String write(Verdict verdict, List<Measurement> measurements) {
    StringBuilder out = new StringBuilder();
    family(out, "primum_gate_status", "0 pass, 1 waived, 2 warn, 3 inconclusive, 4 fail");
    sample(out, "primum_gate_status", label("step", verdict.step()), code(verdict.status()));
    family(
        out, "primum_completed_timestamp_seconds", "when the step decided, in seconds since 1970");
    sample(
        out,
        "primum_completed_timestamp_seconds",
        label("step", verdict.step()),
        (double) verdict.createdAt().getEpochSecond());
    family(out, "primum_metric", "a metric of a group; stat is value, ci_low, ci_high or n");
    measurements.forEach(measurement -> metric(out, verdict.step(), measurement));
    suppressed(out, verdict.step(), measurements);
    if (verdict.step().equals(FAIRNESS)) {
      fairness(out, verdict);
    }
    return out.toString();
  }

  /// The step whose rules have series of their own.
  private static final String FAIRNESS = "fairness-audit";

  /// The reason of a number that stands on too few people to be told.
  private static final String SUPPRESSED = "suppressed";

  private static void suppressed(StringBuilder out, String step, List<Measurement> measurements) {
    Map<Boolean, Long> absent =
        measurements.stream()
            .filter(m -> m.value() instanceof Measure.Unknown)
            .collect(
                Collectors.partitioningBy(
                    m ->
                        m.value() instanceof Measure.Unknown(String reason)
                            && reason.equals(SUPPRESSED),
                    Collectors.counting()));
    family(out, "primum_metrics_absent", "metrics without a series, by why");
    for (boolean because : List.of(true, false)) {
      String why = label("reason", because ? SUPPRESSED : "undefined");
      sample(
          out,
          "primum_metrics_absent",
          label("step", step) + ',' + why,
          (double) absent.getOrDefault(because, 0L));
    }
  }

  /// One series a rule, group and limit: what was decided on, and how it came out.
  private static void fairness(StringBuilder out, Verdict verdict) {
    family(out, "primum_fairness_gate", "0 pass or waived, 1 warn, 2 inconclusive, 3 fail");
    sample(out, "primum_fairness_gate", label("step", verdict.step()), gate(verdict.status()));
    family(
        out, "primum_fairness_rule", "a rule of the policy for a group, as primum_fairness_gate");
    Set<String> seen = new HashSet<>();
    for (Finding finding : verdict.findings()) {
      String labels = labels(finding);
      if (seen.add(labels)) {
        sample(out, "primum_fairness_rule", labels, gate(finding.status()));
      }
    }
    family(
        out,
        "primum_fairness_metric",
        "what a rule decided on; stat is value, ci_low, ci_high or n");
    seen.clear();
    for (Finding finding : verdict.findings()) {
      String labels = labels(finding);
      if (seen.add(labels)) {
        stats(out, "primum_fairness_metric", labels, finding.measurement());
      }
    }
  }

  private static int gate(Status status) {
    return switch (status) {
      case PASS, WAIVED -> 0;
      case WARN -> 1;
      case INCONCLUSIVE -> 2;
      case FAIL -> 3;
    };
  }

  private static String labels(Finding finding) {
    String group = finding.measurement().group();
    String limit =
        switch (finding.threshold()) {
          case Threshold.AtLeast _ -> "min";
          case Threshold.AtMost _ -> "max";
          case Threshold.Present() -> "present";
        };
    return String.join(
        ",",
        label("rule", finding.rule()),
        label("attribute", attribute(group)),
        label("group", group),
        label("limit", limit));
  }

  /// `race,sex` of `race=Black,sex=F`; a bin may hold a comma, as in `age=[45,65)`.
  private static String attribute(String group) {
    return Arrays.stream(NEXT_ATTRIBUTE.split(group, -1))
        .map(part -> part.indexOf('=') < 0 ? part : part.substring(0, part.indexOf('=')))
        .collect(Collectors.joining(","));
  }

  private static final Pattern NEXT_ATTRIBUTE = Pattern.compile(",(?=[A-Za-z][A-Za-z0-9_.-]*=)");

  private static int code(Status status) {
    return switch (status) {
      case PASS -> 0;
      case WAIVED -> 1;
      case WARN -> 2;
      case INCONCLUSIVE -> 3;
      case FAIL -> 4;
    };
  }

  private static void family(StringBuilder out, String name, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(" gauge\n");
  }

  private static void metric(StringBuilder out, String step, Measurement measurement) {
    stats(out, "primum_metric", labels(step, measurement), measurement);
  }

  private static void stats(
      StringBuilder out, String name, String labels, Measurement measurement) {
    if (!(measurement.value() instanceof Measure.Known(double value))) {
      return;
    }
    sample(out, name, labels + ',' + label("stat", "value"), value);
    if (measurement.interval() instanceof Interval.Bounds(double low, double high)) {
      sample(out, name, labels + ',' + label("stat", "ci_low"), low);
      sample(out, name, labels + ',' + label("stat", "ci_high"), high);
    }
    measurement
        .n()
        .ifPresent(n -> sample(out, name, labels + ',' + label("stat", "n"), (double) n));
  }

  private static String labels(String step, Measurement measurement) {
    String own =
        label("step", step)
            + ','
            + label("metric", measurement.metric())
            + ','
            + label("group", measurement.group());
    return switch (measurement.comparison()) {
      case Comparison.Alone() -> own;
      case Comparison.With(String kind, String reference) ->
          own + ',' + label("compare", kind) + ',' + label("reference", reference);
    };
  }

  private static String label(String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + escaped + '"';
  }

  private static void sample(StringBuilder out, String name, String labels, double value) {
    String number = Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : plain(value);
    out.append(name).append('{').append(labels).append("} ").append(number).append('\n');
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%d", (long) value)
        : Double.toString(value);
  }
}

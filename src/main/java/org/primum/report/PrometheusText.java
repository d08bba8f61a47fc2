package org.primum.report;

import java.util.List;
import java.util.Locale;
import org.primum.gate.Comparison;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;
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
    return out.toString();
  }

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
    if (!(measurement.value() instanceof Measure.Known(double value))) {
      return;
    }
    String labels = labels(step, measurement);
    sample(out, "primum_metric", labels + ',' + label("stat", "value"), value);
    if (measurement.interval() instanceof Interval.Bounds(double low, double high)) {
      sample(out, "primum_metric", labels + ',' + label("stat", "ci_low"), low);
      sample(out, "primum_metric", labels + ',' + label("stat", "ci_high"), high);
    }
    measurement
        .n()
        .ifPresent(
            n -> sample(out, "primum_metric", labels + ',' + label("stat", "n"), (double) n));
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

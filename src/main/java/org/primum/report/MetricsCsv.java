package org.primum.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Omissions;
import org.primum.gate.Verdict;

/// `metrics.csv`: every number, one a line, with the rules that speak of it (RFC 4180, UTF-8).
///
/// A spreadsheet takes a text that begins with `=`, `+`, `-`, `@`, a tab or a line break for a
/// formula: such a text gets an apostrophe before it. Numbers stay numbers; what does not exist is
/// empty.
public final class MetricsCsv {

  private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20|";

  private static final String LABEL = "evidence, not compliance";

  private final Verdict verdict;
  private final Omissions omissions;
  private final StringBuilder out = new StringBuilder(65_536);

  private MetricsCsv(Verdict verdict, Omissions omissions) {
    this.verdict = verdict;
    this.omissions = omissions;
  }

  public static byte[] write(Verdict verdict, List<Measurement> metrics, Omissions omissions) {
    MetricsCsv csv = new MetricsCsv(verdict, omissions);
    csv.out.append("metric,group,compare,reference,value,ci_low,ci_high,n,approximate,reason,");
    csv.out.append("rules,label\r\n");
    metrics.forEach(csv::line);
    return csv.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void line(Measurement m) {
    text(m.metric());
    text(m.group());
    switch (m.comparison()) {
      case Comparison.Alone() -> out.append(",,");
      case Comparison.With(String kind, String reference) -> {
        text(kind);
        text(reference);
      }
    }
    out.append(m.value() instanceof Measure.Known(double value) ? plain(value) : "").append(',');
    switch (m.interval()) {
      case Interval.Bounds(double low, double high) ->
          out.append(plain(low)).append(',').append(plain(high)).append(',');
      case Interval.None() -> out.append(",,");
    }
    out.append(m.n().isPresent() ? Long.toString(m.n().getAsLong()) : "").append(',');
    out.append(omissions.approximate().contains(m.group()) ? "yes" : "no").append(',');
    text(m.value() instanceof Measure.Unknown(String reason) ? reason : "");
    text(rules(m));
    out.append('"').append(LABEL).append("\"\r\n");
  }

  /// An infinite end is empty: there is none.
  private static String plain(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }

  private String rules(Measurement m) {
    Set<String> ids = new TreeSet<>();
    for (Finding finding : verdict.findings()) {
      Measurement other = finding.measurement();
      if (other.metric().equals(m.metric())
          && other.group().equals(m.group())
          && other.comparison().equals(m.comparison())) {
        ids.add(finding.rule());
      }
    }
    return String.join(" ", ids);
  }

  private void text(String text) {
    boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    out.append('"').append(formula ? "'" : "").append(text.replace("\"", "\"\"")).append("\",");
  }
}

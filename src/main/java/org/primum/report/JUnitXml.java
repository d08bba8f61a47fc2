package org.primum.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.primum.gate.Finding;
import org.primum.gate.Measurement;
import org.primum.gate.Status;
import org.primum.gate.Verdict;

/// A verdict as JUnit XML, which CI servers show as tests: one test case a rule. A rule that fails
/// is a `failure`, one that cannot be known an `error`, a waived one is `skipped`; a warning passes
/// and says so in `system-out`.
public final class JUnitXml {

  private JUnitXml() {}

  /// The document as bytes, UTF-8.
  public static byte[] write(Verdict verdict) {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    List<Finding> findings = verdict.findings();
    out.append("<testsuite");
    attribute(out, "name", "primum " + verdict.step());
    attribute(out, "tests", String.valueOf(findings.size()));
    attribute(out, "failures", count(findings, Status.FAIL));
    attribute(out, "errors", count(findings, Status.INCONCLUSIVE));
    attribute(out, "skipped", count(findings, Status.WAIVED));
    attribute(out, "time", "0");
    attribute(out, "timestamp", verdict.createdAt().toString());
    out.append(">\n");
    findings.forEach(finding -> testCase(out, verdict.step(), finding));
    out.append("</testsuite>\n");
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void testCase(StringBuilder out, String step, Finding finding) {
    out.append("  <testcase");
    attribute(out, "classname", "primum." + step);
    attribute(out, "name", name(finding));
    attribute(out, "time", "0");
    out.append('>');
    switch (finding.status()) {
      case FAIL -> outcome(out, "failure", finding);
      case INCONCLUSIVE -> outcome(out, "error", finding);
      case WAIVED -> outcome(out, "skipped", finding);
      case WARN ->
          out.append("<system-out>warning: ")
              .append(Xml.escape(finding.reason()))
              .append("</system-out>");
      case PASS -> {}
    }
    out.append("</testcase>\n");
  }

  private static void outcome(StringBuilder out, String element, Finding finding) {
    out.append('<').append(element);
    attribute(out, "message", finding.reason());
    if (!element.equals("skipped")) {
      attribute(out, "type", finding.status().name().toLowerCase(Locale.ROOT));
    }
    out.append("/>");
  }

  private static void attribute(StringBuilder out, String name, String value) {
    out.append(' ').append(name).append("=\"").append(Xml.escape(value)).append('"');
  }

  private static String name(Finding finding) {
    Measurement measurement = finding.measurement();
    return measurement.group().equals(Measurement.OVERALL)
        ? finding.rule()
        : finding.rule() + " [" + measurement.group() + "]";
  }

  private static String count(List<Finding> findings, Status status) {
    return String.valueOf(findings.stream().filter(f -> f.status() == status).count());
  }
}

package org.primum.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.primum.data.Digest;
import org.primum.gate.Finding;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;

/// A [Report] as one HTML file: no script, nothing remote, every text escaped. Reads well on a
/// phone and on paper, light and dark.
public final class HtmlReport {

  private static final Pattern NUMERIC =
      Pattern.compile("[-+−]?[\\d,.]+(\\s?(%|points|of.*))?|[\\[(−+-]?\\d.*|–|");

  private HtmlReport() {}

  public static String write(Report report) {
    StringBuilder out = new StringBuilder(16_384);
    head(out, report.title());
    verdict(out, report);
    if (!report.verdict().findings().isEmpty()) {
      findings(out, report.verdict().findings());
    }
    report.sections().forEach(section -> section(out, section));
    footer(out, report.verdict());
    return out.append("</main></body></html>\n").toString();
  }

  private static void head(StringBuilder out, String title) {
    out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<meta name=\"color-scheme\" content=\"light dark\">")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .append("style-src 'unsafe-inline'; img-src data:\"><title>")
        .append(Xml.escape(title))
        .append("</title><style>")
        .append(style())
        .append("</style></head><body><main>\n");
  }

  private static void verdict(StringBuilder out, Report report) {
    Status status = report.verdict().status();
    out.append("<header class=\"verdict ").append(tone(status)).append("\"><p class=\"kind\">");
    out.append(Xml.escape(report.title())).append("</p><h1>").append(headline(status));
    out.append("</h1><p class=\"summary\">").append(Xml.escape(report.verdict().summary()));
    out.append("</p>");
    if (!report.lead().isBlank()) {
      out.append("<p class=\"lead\">").append(Xml.escape(report.lead())).append("</p>");
    }
    out.append("</header>\n");
  }

  private static String headline(Status status) {
    return switch (status) {
      case PASS -> "Passed";
      case WAIVED -> "Passed, with a waiver";
      case WARN -> "Passed, with a warning";
      case INCONCLUSIVE -> "Not known";
      case FAIL -> "Refused";
    };
  }

  private static String tone(Status status) {
    return switch (status) {
      case PASS -> "good";
      case WAIVED, WARN -> "warn";
      case INCONCLUSIVE -> "open";
      case FAIL -> "bad";
    };
  }

  private static void findings(StringBuilder out, List<Finding> findings) {
    out.append("<section><h2>What was asked, and what came out</h2><ul class=\"findings\">");
    findings.stream()
        .sorted((a, b) -> b.status().compareTo(a.status()))
        .forEach(finding -> finding(out, finding));
    out.append("</ul></section>\n");
  }

  private static void finding(StringBuilder out, Finding finding) {
    out.append("<li class=\"").append(tone(finding.status())).append("\"><span class=\"badge\">");
    out.append(Xml.escape(word(finding.status()))).append("</span><span><b>");
    out.append(Xml.escape(finding.rule())).append("</b> · ");
    out.append(Xml.escape(finding.measurement().group())).append("<br>");
    out.append(Xml.escape(finding.reason())).append("</span></li>");
  }

  private static String word(Status status) {
    return switch (status) {
      case PASS -> "met";
      case WAIVED -> "waived";
      case WARN -> "warning";
      case INCONCLUSIVE -> "not known";
      case FAIL -> "not met";
    };
  }

  private static void section(StringBuilder out, Report.Section section) {
    out.append("<section><h2>").append(Xml.escape(section.heading())).append("</h2>\n");
    section.blocks().forEach(block -> block(out, block));
    out.append("</section>\n");
  }

  private static void block(StringBuilder out, Report.Block block) {
    switch (block) {
      case Report.Block.Paragraph(String text) -> tag(out, "p", "", text);
      case Report.Block.Note(String text) -> tag(out, "p", "note", text);
      case Report.Block.Bullets(List<String> items) -> {
        out.append("<ul>");
        items.forEach(item -> tag(out, "li", "", item));
        out.append("</ul>\n");
      }
      case Report.Block.Figures(List<Report.Fact> facts) -> figures(out, facts);
      case Report.Block.Grid grid -> grid(out, grid);
      case Report.Block.Picture(String svg, String caption) -> {
        out.append("<figure>").append(svg);
        tag(out, "figcaption", "", caption);
        out.append("</figure>\n");
      }
      case Report.Block.Details(String summary, List<Report.Block> blocks) -> {
        out.append("<details>");
        tag(out, "summary", "", summary);
        blocks.forEach(inner -> block(out, inner));
        out.append("</details>\n");
      }
    }
  }

  private static void figures(StringBuilder out, List<Report.Fact> facts) {
    out.append("<dl class=\"facts\">");
    for (Report.Fact fact : facts) {
      out.append("<div>");
      tag(out, "dt", "", fact.label());
      tag(out, "dd", "", fact.value());
      out.append("</div>");
    }
    out.append("</dl>\n");
  }

  private static void grid(StringBuilder out, Report.Block.Grid grid) {
    out.append("<div class=\"scroll\" tabindex=\"0\"><table><caption>");
    out.append(Xml.escape(grid.caption())).append("</caption><thead><tr>");
    for (int i = 0; i < grid.header().size(); i++) {
      tag(out, "th", isNumeric(grid, i) ? "number" : "", grid.header().get(i));
    }
    out.append("</tr></thead><tbody>");
    for (List<String> row : grid.rows()) {
      out.append("<tr>");
      row.forEach(cell -> tag(out, "td", NUMERIC.matcher(cell).matches() ? "number" : "", cell));
      out.append("</tr>\n");
    }
    out.append("</tbody></table></div>\n");
  }

  /// Whether most of the column's cells are numbers, so that its header stands over them.
  private static boolean isNumeric(Report.Block.Grid grid, int column) {
    long numbers =
        grid.rows().stream().filter(row -> NUMERIC.matcher(row.get(column)).matches()).count();
    return 2 * numbers > grid.rows().size();
  }

  private static void tag(StringBuilder out, String name, String type, String text) {
    out.append('<').append(name);
    if (!type.isEmpty()) {
      out.append(" class=\"").append(type).append('"');
    }
    out.append('>').append(Xml.escape(text)).append("</").append(name).append('>');
  }

  private static void footer(StringBuilder out, Verdict verdict) {
    out.append("<footer><h2>What this page speaks of</h2><dl class=\"subject\">");
    subject(out, "Model", verdict.subject().find(Subject.MODEL).map(Digest::value).orElse("–"));
    subject(out, "Data", verdict.subject().find(Subject.DATASET).map(Digest::value).orElse("–"));
    subject(out, "Policy", verdict.subject().find(Subject.POLICY).map(Digest::value).orElse("–"));
    subject(out, "Step", "primum " + verdict.step() + " " + verdict.stepVersion());
    subject(out, "Decided", verdict.createdAt().toString());
    out.append("</dl></footer>");
  }

  private static void subject(StringBuilder out, String label, String value) {
    tag(out, "dt", "", label);
    tag(out, "dd", "", value);
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("/report/report.css")) {
      if (in == null) {
        throw new IllegalStateException("the style sheet is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

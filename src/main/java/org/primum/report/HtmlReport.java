package org.primum.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.primum.data.Digest;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;

/// A [Report] as one HTML file: no script, nothing remote, every text escaped. Reads well on a
/// phone and on paper, light and dark.
public final class HtmlReport {

  private static final Pattern NUMERIC =
      Pattern.compile("[-+−]?[\\d,.]+(\\s?(%|points|of.*))?|[\\[(−+-]?\\d.*|–|");

  /// A cell longer than this is a sentence, and wraps.
  private static final int LONG = 34;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HtmlReport() {}

  public static String write(Report report) {
    StringBuilder out = new StringBuilder(16_384);
    head(out, report.title());
    verdict(out, report);
    if (!report.checks().isEmpty()) {
      CheckList.write(out, report.checks());
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
    out.append(Xml.escape(report.title())).append("</p><h1>").append(Xml.escape(report.headline()));
    out.append("</h1><p class=\"summary\">").append(Xml.escape(report.verdict().summary()));
    out.append("</p>");
    if (!report.lead().isBlank()) {
      out.append("<p class=\"lead\">").append(Xml.escape(report.lead())).append("</p>");
    }
    out.append("</header>\n");
  }

  static String tone(Status status) {
    return switch (status) {
      case PASS -> "good";
      case WAIVED, WARN -> "warn";
      case INCONCLUSIVE -> "open";
      case FAIL -> "bad";
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
      case Report.Block.Panels panels -> panels(out, panels);
      case Report.Block.Details(String summary, List<Report.Block> blocks) -> {
        out.append("<details>");
        tag(out, "summary", "", summary);
        blocks.forEach(inner -> block(out, inner));
        out.append("</details>\n");
      }
    }
  }

  private static void panels(StringBuilder out, Report.Block.Panels panels) {
    String type =
        switch (panels.width()) {
          case SMALL -> "panels";
          case LARGE -> "panels large";
        };
    out.append("<figure class=\"wide\"><div class=\"").append(type).append("\">");
    for (Report.Panel panel : panels.panels()) {
      out.append("<div>");
      tag(out, "p", "name", panel.title());
      tag(out, "p", "of", panel.note());
      out.append(panel.svg()).append("</div>");
    }
    out.append("</div>");
    tag(out, "figcaption", "", panels.caption());
    out.append("</figure>\n");
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
    boolean named = !grid.caption().isBlank();
    if (named) {
      tag(out, "p", "caption", grid.caption());
    }
    out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    out.append(Xml.escape(named ? grid.caption() : "table")).append("\"><table>");
    out.append("<thead><tr>");
    for (int i = 0; i < grid.header().size(); i++) {
      tag(out, "th", isNumeric(grid, i) ? "number" : "", grid.header().get(i));
    }
    out.append("</tr></thead><tbody>");
    for (List<String> row : grid.rows()) {
      out.append("<tr>");
      row.forEach(cell -> tag(out, "td", type(cell), cell));
      out.append("</tr>\n");
    }
    out.append("</tbody></table></div>\n");
  }

  private static String type(String cell) {
    return NUMERIC.matcher(cell).matches() ? "number" : cell.length() > LONG ? "long" : "";
  }

  /// Whether most of the column's cells are numbers, so that its header stands over them.
  private static boolean isNumeric(Report.Block.Grid grid, int column) {
    long numbers =
        grid.rows().stream().filter(row -> NUMERIC.matcher(row.get(column)).matches()).count();
    return 2 * numbers > grid.rows().size();
  }

  static void tag(StringBuilder out, String name, String type, String text) {
    out.append('<').append(name);
    if (!type.isEmpty()) {
      out.append(" class=\"").append(type).append('"');
    }
    out.append('>').append(Xml.escape(text)).append("</").append(name).append('>');
  }

  private static void footer(StringBuilder out, Verdict verdict) {
    out.append("<footer><h2>What this page speaks of</h2><dl class=\"subject\">");
    digest(out, "Model", verdict.subject().find(Subject.MODEL));
    digest(out, "Data", verdict.subject().find(Subject.DATASET));
    digest(out, "Policy", verdict.subject().find(Subject.POLICY));
    subject(out, "Step", "primum " + verdict.step() + " " + verdict.stepVersion());
    subject(out, "Decided", TIME.format(verdict.createdAt()));
    out.append("</dl></footer>");
  }

  private static void digest(StringBuilder out, String label, Optional<Digest> digest) {
    digest.ifPresent(found -> subject(out, label, found.value()));
  }

  private static void subject(StringBuilder out, String label, String value) {
    tag(out, "dt", "", label);
    tag(out, "dd", "", value);
  }

  static String style() {
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

package org.primum.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.primum.gate.Finding;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;

/// A [Report] as GitHub-flavored Markdown, for the page of a job: the verdict, what is not met and
/// what that means, then what is met. Pictures and long tables stay in the report. No markup of
/// HTML, so that it shows wherever Markdown does.
public final class MarkdownSummary {

  /// In bytes. GitHub takes a MiB, comments and other pages of CI servers about 64 KiB.
  static final int LIMIT = 60_000;

  /// Room for what stands below the tables.
  private static final int FOOT = 2_000;

  private final Report report;
  private final StringBuilder out = new StringBuilder(8_192);
  private int bytes;

  private MarkdownSummary(Report report) {
    this.report = report;
  }

  /// The summary of a report that stands at a place readers can open, e.g. `out/gate/report.html`.
  ///
  /// @param place where the whole report is; empty where the reader has it beside this
  public static String write(Report report, String place) {
    MarkdownSummary summary = new MarkdownSummary(report);
    summary.verdict();
    List<Finding> open = summary.findings(true);
    List<Finding> met = summary.findings(false);
    summary.table("Needs attention", open);
    summary.meaning();
    summary.table(open.isEmpty() ? "What was asked, and is met" : "Met", met);
    summary.foot(place);
    return summary.out.toString();
  }

  private void verdict() {
    Verdict verdict = report.verdict();
    line("## " + MarkdownText.escape(report.title()));
    line("");
    String headline = report.headline();
    String summary = verdict.summary();
    boolean said = summary.startsWith(headline);
    String rest = said ? summary.substring(headline.length()) : ". " + summary;
    line("**" + MarkdownText.escape(headline) + "**" + MarkdownText.escape(rest));
    if (!report.lead().isBlank()) {
      line("");
      line(MarkdownText.escape(report.lead()));
    }
  }

  /// The worst first, else in the order of the verdict.
  private List<Finding> findings(boolean open) {
    return report.verdict().findings().stream()
        .filter(finding -> new FindingWords(finding).isOpen() == open)
        .sorted((a, b) -> b.status().compareTo(a.status()))
        .toList();
  }

  private void table(String heading, List<Finding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    heading(heading + " (" + findings.size() + ")");
    line("| outcome | rule | of | metric | value | interval | limit | n |");
    line("|---|---|---|---|---:|---:|---|---:|");
    lines(findings.stream().map(MarkdownSummary::row).toList());
  }

  private static String row(Finding finding) {
    FindingWords words = new FindingWords(finding);
    List<String> cells =
        List.of(
            words.outcome(),
            finding.rule(),
            words.groups(),
            words.metric(),
            words.value(),
            words.interval(),
            words.limit(),
            words.n());
    List<String> escaped = new ArrayList<>(cells.stream().map(MarkdownText::escape).toList());
    if (words.isOpen()) {
      escaped.set(0, "**" + escaped.getFirst() + "**");
    }
    return "| " + String.join(" | ", escaped) + " |";
  }

  private void meaning() {
    List<Report.Check> open =
        report.checks().stream()
            .filter(check -> check.status() != Status.PASS)
            .sorted((a, b) -> b.status().compareTo(a.status()))
            .toList();
    if (!open.isEmpty()) {
      heading("What that means");
      lines(open.stream().map(MarkdownSummary::bullet).toList());
    }
  }

  private static String bullet(Report.Check check) {
    String rule = "* **" + MarkdownText.escape(check.rule()) + "**";
    String group = check.group().isEmpty() ? "" : ", " + MarkdownText.escape(check.group());
    return rule + group + ": " + MarkdownText.escape(check.outcome());
  }

  private void foot(String place) {
    Subject subject = report.verdict().subject();
    line("");
    if (!place.isEmpty()) {
      line("The whole report, with pictures: `" + place.replace('`', '\'') + "`");
      line("");
    }
    List<String> facts = new ArrayList<>();
    subject.find(Subject.MODEL).ifPresent(d -> facts.add("model `" + d.value() + "`"));
    subject.find(Subject.POLICY).ifPresent(d -> facts.add("policy `" + d.value() + "`"));
    facts.add("primum " + report.verdict().step() + " " + report.verdict().stepVersion());
    line(String.join(", ", facts));
  }

  private void heading(String text) {
    line("");
    line("### " + text);
    line("");
  }

  /// As many of the lines as there is room for, and how many are left out.
  private void lines(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (bytes + size(lines.get(i)) > LIMIT - FOOT) {
        line("");
        line("… and " + (lines.size() - i) + " more, which the report has.");
        return;
      }
      line(lines.get(i));
    }
  }

  private void line(String text) {
    out.append(text).append('\n');
    bytes += size(text) + 1;
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}

package org.primum.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Omissions;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;

/// `annex-iv.md`: a skeleton of the technical documentation of Regulation (EU) 2024/1689, Annex IV,
/// with the points an audit has evidence for filled in. Every number stands beside the rule or
/// metric it comes from; what the audit does not know is said to be not provided.
public final class AnnexIv {

  private static final Pattern INTERSECTION = Pattern.compile(",[A-Za-z][A-Za-z0-9_.-]*=");

  private static final String NOT_PROVIDED = "*Not provided by this audit.*";

  private final Verdict verdict;
  private final List<Measurement> metrics;
  private final Omissions omissions;
  private final List<Reason> reasons;
  private final List<String> limits;
  private final StringBuilder out = new StringBuilder(16_384);

  /// Why a rule was chosen.
  ///
  /// @param rule its id
  /// @param meaning the rule in words
  /// @param rationale as the policy gives it; may be empty
  public record Reason(String rule, String meaning, String rationale) {}

  private AnnexIv(
      Verdict verdict,
      List<Measurement> metrics,
      Omissions omissions,
      List<Reason> reasons,
      List<String> limits) {
    this.verdict = verdict;
    this.metrics = metrics;
    this.omissions = omissions;
    this.reasons = reasons;
    this.limits = limits;
  }

  /// @param limits what the audit cannot say, a sentence each
  public static byte[] write(
      Verdict verdict,
      List<Measurement> metrics,
      Omissions omissions,
      List<Reason> reasons,
      List<String> limits) {
    AnnexIv annex = new AnnexIv(verdict, metrics, omissions, reasons, limits);
    annex.write();
    return annex.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write() {
    line("# Technical documentation, Annex IV of Regulation (EU) 2024/1689: skeleton");
    line("");
    line("Evidence from one audit, for people who assess. It is no statement of compliance with");
    line(
        "any law. Numbers point to the files beside it: `verdict.json` by rule, `metrics.json` by");
    line("metric and group.");
    open("1. General description of the AI system", "(a) to (h)");
    heading("2. Elements of the AI system and its development");
    line("(a) to (f), (h): " + NOT_PROVIDED);
    testing();
    monitoring();
    appropriateness();
    open("5. Risk management system (Article 9)", "");
    open("6. Changes made through the lifecycle", "");
    open("7. Harmonized standards applied", "");
    open("8. EU declaration of conformity", "");
    open("9. Post-market monitoring (Article 72)", "");
  }

  private void open(String heading, String points) {
    heading(heading);
    line(points.isEmpty() ? NOT_PROVIDED : points + ": " + NOT_PROVIDED);
  }

  private void testing() {
    line("");
    line("### 2(g) Validation and testing: data, metrics, potentially discriminatory impacts");
    line("");
    digest("Model", Subject.MODEL);
    digest("Test data", Subject.DATASET);
    digest("Policy, fixed before the test by this digest", Subject.POLICY);
    line("- Tested by: primum " + verdict.step() + " " + verdict.stepVersion());
    line("- Dated: " + verdict.createdAt());
    line("- Outcome: " + verdict.status() + " (`verdict.json`)");
    line("- Signed by the responsible person: ______________________ on ______________");
    line("");
    line("| rule | metric | of | value | interval | n | limit | outcome |");
    line("|---|---|---|---:|---|---:|---|---|");
    verdict.findings().forEach(this::finding);
  }

  private void finding(Finding finding) {
    FindingWords words = new FindingWords(finding);
    line(
        "| "
            + String.join(
                " | ",
                List.of(
                        finding.rule(),
                        words.metric(),
                        words.groups(),
                        words.value(),
                        words.interval(),
                        words.n(),
                        words.limit(),
                        words.outcome())
                    .stream()
                    .map(MarkdownText::escape)
                    .toList())
            + " |");
  }

  private void digest(String what, String role) {
    line(
        "- "
            + what
            + ": "
            + verdict.subject().find(role).map(d -> "`" + d.value() + "`").orElse(NOT_PROVIDED));
  }

  private void monitoring() {
    heading("3. Monitoring, functioning and control: accuracy for groups of persons");
    line("Degrees of accuracy for everyone and for specific groups, each with its interval");
    line("(`metrics.json`):");
    line("");
    line("| metric | group | value | interval | n |");
    line("|---|---|---:|---|---:|");
    metrics.stream()
        .filter(m -> m.comparison() instanceof Comparison.Alone)
        .filter(m -> m.value() instanceof Measure.Known)
        .filter(m -> !INTERSECTION.matcher(m.group()).find())
        .forEach(this::accuracy);
    line("");
    line("Foreseeable unintended outcomes and sources of risk, human oversight, input data: ");
    line(NOT_PROVIDED);
    line("");
    line("Limits of this evidence:");
    line("");
    limits.forEach(limit -> line("- " + MarkdownText.escape(limit)));
  }

  private void accuracy(Measurement m) {
    String value = m.value() instanceof Measure.Known(double known) ? four(known) : "–";
    String interval =
        m.interval() instanceof Interval.Bounds(double low, double high)
            ? four(low) + " to " + (Double.isInfinite(high) ? "∞" : four(high))
            : "–";
    String n = m.n().isPresent() ? Long.toString(m.n().getAsLong()) : "–";
    line(
        "| %s | %s | %s | %s | %s |"
            .formatted(
                MarkdownText.escape(m.metric()),
                MarkdownText.escape(m.group()),
                value,
                interval,
                n));
  }

  private static String four(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private void appropriateness() {
    heading("4. Appropriateness of the performance metrics");
    for (Reason reason : reasons) {
      String why =
          reason.rationale().isBlank() ? "the policy gives no rationale" : reason.rationale();
      line(
          "- **%s**, %s. Why: %s."
              .formatted(
                  MarkdownText.escape(reason.rule()),
                  MarkdownText.escape(reason.meaning()),
                  MarkdownText.escape(why)));
    }
    line("");
    line("Not measured (`metrics.json`, `notMeasured`):");
    line("");
    for (Omissions.NotMeasured left : omissions.notMeasured()) {
      line("- " + MarkdownText.escape(left.metric()) + ": " + MarkdownText.escape(left.reason()));
    }
  }

  private void heading(String text) {
    line("");
    line("## " + text);
    line("");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}

package org.primum.step.release;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.primum.data.Digest;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;
import org.primum.gate.Threshold;
import org.primum.promotion.Appraisal;
import org.primum.promotion.ReleaseDecision;
import org.primum.report.Report;
import org.primum.report.TextTable;

/// A release decision as people read it: the sentence, the evidence, the rules.
final class ReleasePages {

  private static final int SHORT = 12;

  /// A whole digest; pages show its beginning where it only tells one from another.
  private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{12})[0-9a-f]{52}");

  private ReleasePages() {}

  /// The one sentence of the verdict.
  static String summary(ReleaseDecision decision) {
    String model = decision.model().find().map(ReleasePages::brief).orElse("the model");
    long rules = decision.findings().size();
    long open = decision.findings().stream().filter(f -> f.status() == decision.status()).count();
    return switch (decision.status()) {
      case PASS -> "All evidence for %s is there and holds: it may be released.".formatted(model);
      case WAIVED, WARN ->
          "The evidence for %s holds, with %s: it may be released."
              .formatted(model, decision.status() == Status.WARN ? "a warning" : "a waiver");
      case INCONCLUSIVE ->
          "It is not known whether %s may be released: %d of %d rules cannot be decided."
              .formatted(model, open, rules);
      case FAIL ->
          "Refused: %s breaks %d of %d rules, and may not be released."
              .formatted(model, open, rules);
    };
  }

  /// A model or a short digest as sentences name it.
  static String brief(Digest model) {
    return "model " + model.hex().substring(0, SHORT);
  }

  /// One line for each piece of evidence and for each that is missing; the findings it led to are
  /// told where they do not hold.
  static List<Report.Check> checks(ReleaseDecision decision) {
    List<Report.Check> checks = new ArrayList<>();
    Deque<Finding> findings = new ArrayDeque<>(decision.findings());
    while (!findings.isEmpty() && !isEvidence(findings.element())) {
      checks.add(Report.Check.of(findings.remove()));
    }
    for (Appraisal appraisal : decision.appraisals()) {
      findings.remove();
      List<Finding> own = new ArrayList<>();
      while (!findings.isEmpty() && !isEvidence(findings.element())) {
        own.add(findings.remove());
      }
      checks.add(check(appraisal, own));
    }
    return checks;
  }

  private static boolean isEvidence(Finding finding) {
    return finding.rule().endsWith(":evidence");
  }

  private static Report.Check check(Appraisal appraisal, List<Finding> own) {
    Status bare = appraisal.counts() ? Status.PASS : Status.INCONCLUSIVE;
    Status status = own.stream().map(Finding::status).reduce(bare, Status::worse);
    List<String> not =
        own.stream()
            .filter(f -> f.status() != Status.PASS)
            .map(f -> f.rule() + " of " + group(f.measurement()) + ": " + f.reason())
            .toList();
    String told = not.isEmpty() ? "" : " " + String.join("; ", not) + ".";
    String outcome =
        appraisal.standing().word()
            + "; "
            + appraisal.reason()
            + (appraisal.counts() ? ". " + holding(own.size(), not.size()) : "");
    return new Report.Check(
        status,
        appraisal.step(),
        meaning(appraisal.step()),
        "",
        DIGEST.matcher(outcome + told).replaceAll("$1…"),
        appraisal.source().isEmpty() ? "" : "From " + appraisal.source());
  }

  private static String holding(int all, int not) {
    if (all == 0) {
      return "The policy asks nothing of its numbers.";
    }
    String findings = all == 1 ? "Its one finding" : "Its %d findings".formatted(all);
    return not == 0
        ? findings + (all == 1 ? " was decided again and holds." : " were decided again and hold.")
        : "Of its %d findings, decided again, %d %s not hold:"
            .formatted(all, not, not == 1 ? "does" : "do");
  }

  private static String meaning(String step) {
    return switch (step) {
      case "train", "score" -> "how well the model predicts";
      case "fairness-audit" -> "whether it treats groups of people alike";
      case "shap-batch", "shap-merge" -> "what drives its predictions";
      case "dp-noise" -> "whether published statistics protect the patients";
      default -> "";
    };
  }

  static Report.Section evidence(ReleaseDecision decision) {
    List<List<String>> rows = new ArrayList<>();
    for (Finding finding : decision.findings()) {
      rows.add(
          List.of(
              finding.rule(),
              group(finding.measurement()),
              value(finding.measurement()),
              limit(finding.threshold()),
              finding.status().name(),
              finding.reason()));
    }
    return Report.Section.of(
        "How it was decided",
        new Report.Block.Paragraph(
            "Evidence counts where it is whole, speaks of this model, and is in force. What is"
                + " missing, expired or foreign is never taken as a pass. Each number was held"
                + " against its limit again; the status that a step wrote was not believed."),
        new Report.Block.Details(
            "Every rule, with its number and its limit",
            List.of(
                new Report.Block.Grid(
                    "In square brackets: the interval that decided.",
                    List.of("rule", "of", "value", "limit", "status", "why"),
                    rows))));
  }

  static Report.Section limits() {
    return Report.Section.of(
        "What this decision cannot say",
        new Report.Block.Bullets(
            List.of(
                "Every rule was decided again from its value, interval and limit. Whether those"
                    + " numbers were measured well is for the steps' own reports.",
                "The evidence carries no signature yet: edited files are found, a directory forged"
                    + " as a whole is not.",
                "Evidence that was withheld is not seen.")));
  }

  /// The rules on stdout, and why those that are not met are not.
  static String table(List<Finding> findings) {
    TextTable table = new TextTable(List.of("RULE", "GROUP", "VALUE", "LIMIT", "STATUS"));
    for (Finding finding : findings) {
      table.row(
          finding.rule(),
          group(finding.measurement()),
          value(finding.measurement()),
          limit(finding.threshold()),
          finding.status().name());
    }
    StringBuilder out = new StringBuilder(table.write());
    for (Finding finding : findings) {
      if (finding.status() != Status.PASS) {
        out.append('\n').append(finding.status()).append(' ').append(finding.rule());
        out.append(": ").append(finding.reason().replaceAll("\\p{Cntrl}", " "));
      }
    }
    return out.append(out.charAt(out.length() - 1) == '\n' ? "" : "\n").toString();
  }

  private static String group(Measurement measurement) {
    return measurement.group().equals(Measurement.OVERALL) ? "everyone" : measurement.group();
  }

  private static String value(Measurement measurement) {
    String value =
        switch (measurement.value()) {
          case Measure.Known(double known) -> number(known);
          case Measure.Unknown _ -> "–";
        };
    return switch (measurement.interval()) {
      case Interval.Bounds(double low, double high) ->
          "%s [%s, %s]".formatted(value, number(low), number(high));
      case Interval.None() -> value;
    };
  }

  private static String limit(Threshold threshold) {
    return switch (threshold) {
      case Threshold.AtLeast(double least) -> "at least " + number(least);
      case Threshold.AtMost(double most) -> "at most " + number(most);
      case Threshold.Present() -> "there";
    };
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}

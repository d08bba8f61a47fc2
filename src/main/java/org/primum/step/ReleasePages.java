package org.primum.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  static Report.Section evidence(ReleaseDecision decision) {
    List<List<String>> rows = new ArrayList<>();
    for (Appraisal appraisal : decision.appraisals()) {
      rows.add(
          List.of(
              appraisal.step(),
              appraisal.standing().word(),
              appraisal.source().isEmpty() ? "–" : appraisal.source(),
              appraisal.reason()));
    }
    return Report.Section.of(
        "Evidence",
        new Report.Block.Paragraph(
            "Evidence counts where it is whole, speaks of this model, and is in force. What is"
                + " missing, expired or foreign is never taken as a pass."),
        new Report.Block.Grid(
            "One line for each piece of evidence, and for each that is missing",
            List.of("Step", "Is", "From", "Why"),
            rows));
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

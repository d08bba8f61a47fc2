package org.primum.step.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.primum.data.NumberColumn;
import org.primum.fairness.FairnessPlan;
import org.primum.fairness.FairnessPlan.Gap;
import org.primum.fairness.FairnessPlan.Line;
import org.primum.fairness.FairnessPlan.Need;
import org.primum.fairness.PlanAssumptions;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Subject;
import org.primum.gate.Threshold;
import org.primum.gate.Verdict;
import org.primum.report.PowerCurves;
import org.primum.report.Report;
import org.primum.report.Report.Block;
import org.primum.report.TextTable;

/// A plan for people: a table for the terminal, and a page with pictures.
record PlanPages(FairnessPolicy policy, FairnessPlan plan) {

  private static final List<String> HEADER =
      List.of("RULE", "OVER", "TO CLAIM", "WERE THE TRUTH", "LEVEL", "80 %", "90 %", "DECIDES");

  /// The same for a page: the patients, which are asked for, before the rest.
  private static final List<String> PAGE_HEADER =
      List.of(
          "rule",
          "over",
          "to claim",
          "were the truth",
          "patients, power 80 %",
          "patients, power 90 %",
          "decides",
          "level");

  String table() {
    TextTable table = new TextTable(HEADER);
    rows().forEach(row -> table.row(row.toArray(String[]::new)));
    StringBuilder out = new StringBuilder(table.write());
    out.append('\n');
    TextTable seen = new TextTable(seenHeader());
    seenRows().forEach(row -> seen.row(row.toArray(String[]::new)));
    out.append(seen.write()).append('\n');
    assumed().forEach(line -> out.append(line).append('\n'));
    return out.toString();
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (Line line : plan.lines()) {
      rows.add(row(line, line.safety()));
      rows.add(row(line, line.harm()));
    }
    return rows;
  }

  /// The level last, and of patients only the number, so that a page holds the table.
  private List<List<String>> pageRows() {
    return rows().stream()
        .map(row -> {
          List<String> moved = new ArrayList<>(row);
          moved.add(moved.remove(HEADER.indexOf("LEVEL")));
          moved.replaceAll(cell -> cell.replaceFirst("^([\\d,]+) patients.*", "$1"));
          return moved;
        })
        .toList();
  }

  private static List<String> row(Line line, Need need) {
    boolean safety = need.claimed() == FairnessPlan.Claimed.SAFETY;
    List<String> row = new ArrayList<>();
    row.add(line.rule().id());
    row.add(line.over());
    row.add(safety ? "safety: " + limit(line.limit()) : "harm: " + beyond(line.limit()));
    row.add(number(need.truth()));
    row.add(number(line.level()));
    need.rows().forEach(rows -> row.add(needed(line, need, rows)));
    row.add(decides(line.rule().decide(), safety));
    return row;
  }

  private static String decides(Rule.Decide decide, boolean safety) {
    boolean decisive =
        switch (decide) {
          case SHOW_SAFE -> safety;
          case EXCLUDE_HARM, BOTH -> !safety;
          case POINT -> true;
        };
    return decisive ? decide.id() : "";
  }

  private static String needed(Line line, Need need, OptionalLong rows) {
    if (!need.isPossible()) {
      return "no such group";
    }
    if (rows.isEmpty()) {
      return "never: no room";
    }
    long n = rows.getAsLong();
    String patients = String.format(Locale.ROOT, "%,d patients", line.patients(n));
    return line.share() < 1
        ? patients
            + String.format(Locale.ROOT, " (%,d %s)", n, denominator(line.rule().metric().metric()))
        : patients;
  }

  private static String denominator(Metric metric) {
    return switch (metric) {
      case TPR, FNR -> "positives";
      case FPR, TNR -> "negatives";
      case PPV, FDR -> "flagged";
      default -> "not flagged";
    };
  }

  private static String limit(Threshold limit) {
    return switch (limit) {
      case Threshold.AtLeast(double min) -> "at least " + number(min);
      case Threshold.AtMost(double max) -> "at most " + number(max);
      case Threshold.Present() -> "presence";
    };
  }

  /// The other side of a limit.
  private static String beyond(Threshold limit) {
    return switch (limit) {
      case Threshold.AtLeast(double min) -> "below " + number(min);
      case Threshold.AtMost(double max) -> "above " + number(max);
      case Threshold.Present() -> "absence";
    };
  }

  private static String number(double value) {
    return NumberColumn.format(Math.rint(value * 1e4) / 1e4);
  }

  private static List<String> seenHeader() {
    List<String> header = new ArrayList<>(List.of("GAP BEYOND THE LIMIT THAT IS PROVEN", "OVER"));
    FairnessPlan.SIZES.forEach(n -> header.add(String.format(Locale.ROOT, "%,d", n)));
    return header;
  }

  private static List<String> pageSeenHeader() {
    List<String> header = new ArrayList<>(seenHeader());
    header.set(0, "rule and limit");
    header.set(1, "over");
    return header;
  }

  private List<List<String>> seenRows() {
    List<List<String>> rows = new ArrayList<>();
    for (Line line : plan.lines()) {
      List<String> row =
          new ArrayList<>(List.of(line.rule().id() + ", " + limit(line.limit()), line.over()));
      for (Gap gap : line.visible()) {
        row.add(
            Double.isNaN(gap.beyond()) ? "–" : String.format(Locale.ROOT, "%.3f", gap.beyond()));
      }
      rows.add(row);
    }
    return rows;
  }

  private List<String> assumed() {
    PlanAssumptions assumptions = plan.assumptions();
    List<String> lines = new ArrayList<>();
    StringBuilder rates = new StringBuilder();
    assumptions.rates().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(rate ->
            rates
                .append(", ")
                .append(rate.getKey().id())
                .append(' ')
                .append(number(rate.getValue())));
    lines.add(
        "Assumed: %s of 100 patients have the outcome%s in the reference; it has %s for each of the group."
            .formatted(
                number(100 * assumptions.baseRate()),
                rates,
                assumptions.referenceRows() == 1
                    ? "one patient"
                    : number(assumptions.referenceRows()) + " patients"));
    lines.add(
        "Patients are those of each group, with label and prediction. The levels are the audit's: its allowance of "
            + number(policy.statistics().alpha())
            + ", shared by all decisions of the policy; attributes without declared groups are taken to have "
            + assumptions.groups()
            + ".");
    lines.add(
        "The second table is at a power of 80 %. A dash: nothing can be proven, or the group is below the minimum.");
    plan.unplanned().forEach(line -> lines.add("Not planned: " + line + "."));
    return lines;
  }

  Report report(String version, Subject subject, Instant now) {
    Verdict verdict =
        new Verdict(
            "fairness-plan",
            version,
            subject,
            List.of(),
            "%d limits planned, %d rules not."
                .formatted(plan.lines().size(), plan.unplanned().size()),
            now,
            new Verdict.Expiry.Never());
    List<Report.Section> sections = new ArrayList<>();
    sections.add(
        Report.Section.of(
            "Patients each group needs",
            new Block.Paragraph(
                "How many patients of a group it takes to show safety, were the groups alike, and"
                    + " to prove harm, were there any, each with a chance of 80 and 90 %."),
            new Block.Grid(
                "Patients of the group, with label and prediction, by what is to be claimed",
                PAGE_HEADER,
                pageRows()),
            new Block.Grid(
                "The smallest gap beyond the limit that is proven with a power of 80 %, by how many"
                    + " patients the group has",
                pageSeenHeader(), seenRows())));
    sections.add(new Report.Section("What was assumed", List.of(new Block.Bullets(assumed()))));
    plan.lines().forEach(line -> sections.add(curves(line)));
    return new Report("Sample size of " + policy.name(), verdict, "", sections).headed("Planned");
  }

  private static Report.Section curves(Line line) {
    List<Long> sizes = FairnessPlan.SIZES;
    String safe = "safety is shown, were all alike";
    String harm = "harm is proven, were the truth " + number(line.harm().truth());
    PowerCurves curves =
        new PowerCurves(
            line.rule().id() + " over " + line.over(),
            sizes,
            List.of(
                new PowerCurves.Curve(safe, sizes.stream().map(line::chanceOfSafety).toList()),
                new PowerCurves.Curve(harm, sizes.stream().map(line::chanceOfHarm).toList())));
    return Report.Section.of(
        line.rule().id() + ", " + line.over() + ", " + limit(line.limit()),
        new Block.Picture(
            curves.svg(), "The chance of each claim, by how many patients the group has."));
  }
}

package org.primum.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.primum.data.NumberColumn;
import org.primum.fairness.AuditResult;
import org.primum.fairness.AuditResult.Judgement;
import org.primum.fairness.GroupTable;
import org.primum.fairness.metric.GroupRate;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;
import org.primum.gate.Verdict;
import org.primum.report.Report;
import org.primum.report.Report.Block;
import org.primum.report.Report.Check;
import org.primum.report.TextTable;

/// What a clinician opens after an audit: the verdict, who is affected, the groups, who is not in
/// the numbers, and what an audit cannot say.
final class FairnessReport {

  private final FairnessPolicy policy;
  private final AuditResult result;
  private final Verdict verdict;

  FairnessReport(FairnessPolicy policy, AuditResult result, Verdict verdict) {
    this.policy = policy;
    this.result = result;
    this.verdict = verdict;
  }

  Report report() {
    List<Report.Section> sections = new ArrayList<>();
    policy
        .rules()
        .forEach(rule -> new RulePictures(result, rule).section().ifPresent(sections::add));
    sections.add(groups());
    sections.add(excluded());
    sections.add(AuditLimits.section(policy, result));
    sections.add(everyNumber());
    return new Report("Fairness audit of " + policy.name(), verdict, lead(), sections)
        .checking(checks());
  }

  private String lead() {
    return policy.rules().size()
        + (policy.rules().size() == 1 ? " rule" : " rules")
        + " of the policy "
        + policy.name()
        + ", revision "
        + policy.revision()
        + (policy.rules().size() == 1 ? ", was" : ", were")
        + " held against the predictions for "
        + count(result.overall().n())
        + " rows. A row is a patient, or an admission: whatever the data has one line of.";
  }

  /// What each rule says, the people first, the numbers behind them in small print.
  private List<Check> checks() {
    return result.judgements().stream().map(this::check).toList();
  }

  private Check check(Judgement judgement) {
    Finding finding = judgement.finding();
    Check bare = Check.of(finding);
    boolean inPeople =
        finding.status() != Status.PASS
            && finding.measurement().interval() instanceof Interval.Bounds;
    return new Check(
        finding.status(),
        finding.rule(),
        meaning(finding.rule()),
        inPeople ? "" : bare.group(),
        inPeople ? judgement.sentence() : finding.reason(),
        inPeople ? here(finding) + finding.reason() : "");
  }

  private String meaning(String id) {
    return policy.rules().stream()
        .filter(rule -> rule.id().equals(id))
        .findFirst()
        .map(rule -> new RuleWords(rule).all())
        .orElse("asked of every policy: the groups it names, and no others, are in the data");
  }

  /// A difference as so many rows of these data.
  private static String here(Finding finding) {
    Measurement metric = finding.measurement();
    if (metric.comparison() instanceof Comparison.With(String kind, String reference)
        && kind.equals("difference")
        && metric.value() instanceof Measure.Known(double value)
        && metric.n().isPresent()) {
      long n = metric.n().getAsLong();
      return "In these data that is about %s of the %s rows of %s. Decided: "
          .formatted(count(Math.round(Math.abs(value) * (double) n)), count(n), metric.group());
    }
    return "";
  }

  private Report.Section groups() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Figures(figures(result.overall().counts())));
    blocks.add(
        new Block.Details(
            "How many rows each group has", result.tables().stream().map(this::sizes).toList()));
    return new Report.Section("The groups", blocks);
  }

  private List<Report.Fact> figures(Counts all) {
    List<Report.Fact> facts = new ArrayList<>();
    facts.add(new Report.Fact(count(all.n()), "rows in the data"));
    if (isEvent()) {
      facts.add(new Report.Fact(rate(GroupRate.BASE_RATE, all), "are " + policy.people().having()));
      facts.add(new Report.Fact(rate(GroupRate.SELECTION_RATE, all), "are flagged"));
      facts.add(new Report.Fact(rate(GroupRate.TPR, all), "of these are found"));
    }
    return facts;
  }

  private boolean isEvent() {
    return policy.data().target() instanceof AuditData.Target.Event;
  }

  private static String rate(GroupRate rate, Counts counts) {
    return switch (rate.estimate(counts).measure()) {
      case Measure.Known(double value) -> String.format(Locale.ROOT, "%.1f %%", 100 * value);
      case Measure.Unknown(String reason) -> reason;
    };
  }

  private Block sizes(GroupTable table) {
    boolean gaps =
        table.groups().values().stream()
            .map(GroupTally::counts)
            .anyMatch(counts -> counts.withoutLabel() + counts.withoutPrediction() > 0);
    List<String> header = new ArrayList<>(List.of("group", "rows"));
    header.addAll(isEvent() ? List.of("with it", "without") : List.of());
    header.addAll(gaps ? List.of("no label", "no prediction") : List.of());
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<Group, GroupTally> group : table.groups().entrySet()) {
      boolean reference = group.getKey().equals(table.reference());
      List<String> row = new ArrayList<>();
      row.add(group.getKey().name() + (reference ? " (reference)" : ""));
      row.addAll(sizes(group.getValue().counts(), gaps));
      rows.add(row);
    }
    String what = isEvent() ? "rows, and how many are " + policy.people().having() : "rows";
    return new Block.Grid("Groups of %s: %s".formatted(table.name(), what), header, rows);
  }

  private List<String> sizes(Counts counts, boolean gaps) {
    List<String> row = new ArrayList<>();
    row.add(shown(counts.n()));
    if (isEvent()) {
      row.add(shown(GroupRate.TPR.proportion(counts).rows()));
      row.add(shown(GroupRate.FPR.proportion(counts).rows()));
    }
    if (gaps) {
      row.add(shown(counts.withoutLabel()));
      row.add(shown(counts.withoutPrediction()));
    }
    return row;
  }

  /// A count, or that it is small, as the policy's suppression asks.
  private String shown(long n) {
    return n > 0 && n < policy.suppressBelow() ? "< " + policy.suppressBelow() : count(n);
  }

  private Report.Section excluded() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Paragraph(result.exclusions().sentence()));
    List<String> unjudged =
        result.findings().stream()
            .filter(f -> f.measurement().value() instanceof Measure.Unknown)
            .filter(f -> f.measurement().interval() instanceof Interval.None)
            .map(f -> f.measurement().group() + ", " + f.measurement().metric() + ": " + f.reason())
            .distinct()
            .toList();
    if (!unjudged.isEmpty()) {
      blocks.add(new Block.Bullets(unjudged));
    }
    if (policy.suppressBelow() > 0) {
      blocks.add(
          new Block.Paragraph(
              "Numbers on fewer than "
                  + policy.suppressBelow()
                  + " rows are not shown, so that nobody is recognized by them."));
    }
    result.notes().forEach(note -> blocks.add(new Block.Note(note)));
    return new Report.Section("Who is not in these numbers", blocks);
  }

  private Report.Section everyNumber() {
    List<List<String>> alone = new ArrayList<>();
    List<List<String>> compared = new ArrayList<>();
    for (Measurement metric : result.metrics()) {
      switch (metric.comparison()) {
        case Comparison.Alone() ->
            alone.add(
                List.of(metric.group(), metric.metric(), value(metric), ci(metric), n(metric)));
        case Comparison.With(String kind, String reference) ->
            compared.add(
                List.of(
                    metric.group(),
                    metric.metric() + " " + kind,
                    reference,
                    value(metric),
                    ci(metric),
                    n(metric)));
      }
    }
    String confidence =
        NumberColumn.format(Math.rint(policy.statistics().confidence() * 1e4) / 100);
    return Report.Section.of(
        "Every number",
        new Block.Details(
            "Rates of every group",
            List.of(
                new Block.Grid(
                    "Each with its own " + confidence + " % interval, not adjusted",
                    List.of("group", "metric", "value", "interval", "n"),
                    alone))),
        new Block.Details(
            "Groups against their reference",
            List.of(
                new Block.Grid(
                    "Difference: group minus reference. Ratio: group over reference.",
                    List.of("group", "metric", "reference", "value", "interval", "n"),
                    compared))));
  }

  /// The findings as a person reads them on a terminal, the worst first.
  String table() {
    TextTable table =
        new TextTable(List.of("STATUS", "RULE", "GROUP", "VALUE", "INTERVAL", "N", "REASON"));
    Stream<Finding> worstFirst =
        result.findings().stream().sorted((a, b) -> b.status().compareTo(a.status()));
    worstFirst.forEach(finding ->
        table.row(
            finding.status().name(),
            finding.rule(),
            finding.measurement().group(),
            value(finding.measurement()),
            ci(finding.measurement()),
            n(finding.measurement()),
            finding.reason()));
    return table.write() + result.exclusions().sentence() + "\n";
  }

  private static String value(Measurement metric) {
    return switch (metric.value()) {
      case Measure.Known(double value) -> three(value);
      case Measure.Unknown(String reason) ->
          metric.interval() instanceof Interval.Bounds ? "unbounded" : shorten(reason);
    };
  }

  private static String shorten(String reason) {
    return reason.startsWith("insufficient") ? "insufficient" : reason.length() > 32 ? "–" : reason;
  }

  private static String ci(Measurement metric) {
    return switch (metric.interval()) {
      case Interval.Bounds(double low, double high) ->
          "[" + three(low) + ", " + (Double.isInfinite(high) ? "∞" : three(high)) + "]";
      case Interval.None() -> "–";
    };
  }

  private static String n(Measurement metric) {
    return metric.n().isPresent() ? count(metric.n().getAsLong()) : "–";
  }

  private static String three(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.equals("-0.000") ? "0.000" : text;
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}

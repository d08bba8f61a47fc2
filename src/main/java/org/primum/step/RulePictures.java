package org.primum.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.data.NumberColumn;
import org.primum.fairness.AuditResult;
import org.primum.fairness.Group;
import org.primum.fairness.GroupTable;
import org.primum.fairness.Rule;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;
import org.primum.gate.Threshold;
import org.primum.report.DotIntervals;
import org.primum.report.DotIntervals.Line;
import org.primum.report.DotIntervals.Mark;
import org.primum.report.DotIntervals.Row;
import org.primum.report.Report;
import org.primum.report.Report.Block;

/// The pictures of one rule: the rate of each group, and, where groups are held against a
/// reference, what the rule decided on.
final class RulePictures {

  /// A longer picture is read by nobody; the rows left out are in the table at the end.
  private static final int MAX_ROWS = 40;

  private final AuditResult result;
  private final Rule rule;

  RulePictures(AuditResult result, Rule rule) {
    this.result = result;
    this.rule = rule;
  }

  Optional<Report.Section> section() {
    if (!(rule.metric() instanceof Rule.Metric.Rate)) {
      return Optional.empty();
    }
    List<Block> blocks = new ArrayList<>();
    if (!rule.rationale().isBlank()) {
      blocks.add(new Block.Paragraph(rule.rationale()));
    }
    for (GroupTable table : result.tables()) {
      List<Finding> findings = findings(table);
      if (!findings.isEmpty()) {
        blocks.add(rates(table));
        boolean compared =
            rule.compare() == Rule.Compare.DIFFERENCE || rule.compare() == Rule.Compare.RATIO;
        if (compared) {
          blocks.add(contrasts(table, findings));
        }
      }
    }
    return Optional.of(new Report.Section("Rule " + rule.id() + ": " + metric(), blocks));
  }

  private String metric() {
    return switch (rule.metric().id()) {
      case "tpr" -> "who is found (true positive rate)";
      case "fnr" -> "who is missed (false negative rate)";
      case "fpr" -> "who is flagged by mistake (false positive rate)";
      case "tnr" -> "who is rightly left alone (true negative rate)";
      case "selection_rate" -> "who is flagged (selection rate)";
      case "ppv" -> "how often a flag is right (positive predictive value)";
      case "npv" -> "how often no flag is right (negative predictive value)";
      case "base_rate" -> "who has the outcome (base rate)";
      default -> rule.metric().id();
    };
  }

  private List<Finding> findings(GroupTable table) {
    return result.findings().stream()
        .filter(f -> f.rule().equals(rule.id()))
        .filter(f -> speaksOf(table, f.measurement().group()))
        .toList();
  }

  private static boolean speaksOf(GroupTable table, String group) {
    return group.equals(table.name())
        || table.groups().keySet().stream().anyMatch(g -> g.name().equals(group));
  }

  private Block rates(GroupTable table) {
    List<Row> rows = new ArrayList<>();
    for (Group group : table.groups().keySet()) {
      Mark plain = outside(group.name()) ? Mark.OUTSIDE : Mark.PLAIN;
      Mark mark = group.equals(table.reference()) && hasReference() ? Mark.REFERENCE : plain;
      rows.add(row(group.name(), alone(group.name()), mark));
    }
    List<Line> lines = rule.compare() == Rule.Compare.NONE ? limits() : List.of();
    String caption =
        rule.metric().id()
            + " of each group of "
            + table.name()
            + ", each with its own interval."
            + (hasReference() ? " The diamond is the reference." : "")
            + " A square is outside the limit.";
    return picture(rule.metric().id() + " by " + table.name(), rows, lines, caption);
  }

  private boolean hasReference() {
    return rule.compare() == Rule.Compare.DIFFERENCE || rule.compare() == Rule.Compare.RATIO;
  }

  private boolean outside(String group) {
    return result.findings().stream()
        .anyMatch(f ->
            f.rule().equals(rule.id())
                && f.measurement().group().equals(group)
                && f.measurement().interval() instanceof Interval.Bounds
                && isBeyond(f));
  }

  private static boolean isBeyond(Finding finding) {
    return finding.status() == Status.FAIL
        || (finding.status() != Status.PASS
            && finding.measurement().value() instanceof Measure.Known(double value)
            && !finding.threshold().accepts(value));
  }

  private Measurement alone(String group) {
    return result.metrics().stream()
        .filter(m -> m.metric().equals(rule.metric().id()))
        .filter(m -> m.group().equals(group) && m.comparison() instanceof Comparison.Alone)
        .findFirst()
        .orElseThrow();
  }

  private Block contrasts(GroupTable table, List<Finding> findings) {
    List<Row> rows = new ArrayList<>();
    for (Finding finding : findings) {
      Mark mark = isBeyond(finding) ? Mark.OUTSIDE : Mark.PLAIN;
      rows.add(row(finding.measurement().group(), finding.measurement(), mark));
    }
    List<Line> lines = new ArrayList<>(limits());
    String kind = rule.compare() == Rule.Compare.RATIO ? "ratio" : "difference";
    String caption =
        kind
            + " of "
            + rule.metric().id()
            + " to "
            + table.reference().name()
            + ", with the intervals that decided. Dashed: the limit.";
    return picture(kind + " of " + rule.metric().id(), rows, lines, caption);
  }

  private List<Line> limits() {
    List<Line> lines = new ArrayList<>();
    for (Threshold limit : rule.limits()) {
      switch (limit) {
        case Threshold.AtLeast(double min) ->
            lines.add(new Line(min, "at least " + NumberColumn.format(min)));
        case Threshold.AtMost(double max) ->
            lines.add(new Line(max, "at most " + NumberColumn.format(max)));
        case Threshold.Present() -> {}
      }
    }
    return lines;
  }

  private static Row row(String label, Measurement metric, Mark mark) {
    if (metric.value() instanceof Measure.Known(double value)
        && metric.interval() instanceof Interval.Bounds(double low, double high)) {
      return new Row.Dot(label, value, low, high, mark);
    }
    String reason = metric.value() instanceof Measure.Unknown(String why) ? why : "no interval";
    return new Row.Blank(label, reason);
  }

  private static Block picture(String title, List<Row> rows, List<Line> lines, String caption) {
    List<Row> shown = rows.stream().limit(MAX_ROWS).toList();
    String more =
        rows.size() > MAX_ROWS
            ? " " + (rows.size() - MAX_ROWS) + " more groups are in the table at the end."
            : "";
    return new Block.Picture(new DotIntervals(title, shown, lines).svg(), caption + more);
  }
}

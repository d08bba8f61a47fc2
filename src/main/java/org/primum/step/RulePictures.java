package org.primum.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.primum.fairness.AuditResult;
import org.primum.fairness.GroupTable;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.Rule;
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
import org.primum.report.DotIntervals.Unit;
import org.primum.report.Report;
import org.primum.report.Report.Block;

/// The pictures of one rule: the rate of each group, and, where groups are held against a
/// reference, what the rule decided on.
final class RulePictures {

  /// A longer picture is read by nobody; the rows left out are in the table at the end.
  private static final int MAX_ROWS = 40;

  private final AuditResult result;
  private final Rule rule;
  private final RuleWords words;

  RulePictures(AuditResult result, Rule rule) {
    this.result = result;
    this.rule = rule;
    this.words = new RuleWords(rule);
  }

  Optional<Report.Section> section() {
    if (rule.metric().metric() == Metric.MISSING_RATE
        || rule.metric().metric().scope() != Metric.Scope.GROUP) {
      return Optional.empty();
    }
    List<Block> blocks = new ArrayList<>();
    if (!rule.rationale().isBlank()) {
      blocks.add(new Block.Paragraph(sentence(rule.rationale())));
    }
    for (GroupTable table : result.tables()) {
      List<Finding> findings = findings(table);
      if (!findings.isEmpty()) {
        blocks.add(rates(table));
        if (hasReference() && rule.compare() != Rule.Compare.WORST) {
          blocks.add(contrasts(table, findings));
        }
      }
    }
    return Optional.of(new Report.Section("Rule " + rule.id() + ": " + words.metric(), blocks));
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  private List<Finding> findings(GroupTable table) {
    return result.findings().stream()
        .filter(f -> f.rule().equals(rule.id()))
        .filter(f -> f.measurement().metric().equals(rule.metric().id()))
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
      Measurement alone = alone(group.name());
      String of = alone.n().isPresent() ? ", of " + count(alone.n().getAsLong()) : "";
      rows.add(row(group.name() + of, alone, mark));
    }
    boolean limited = rule.compare() == Rule.Compare.NONE;
    List<Line> lines = limited ? limits() : List.of();
    String caption =
        sentence(words.metric())
            + ", for each group of "
            + table.name()
            + ", with its own interval. Beside the name: of how many rows."
            + (hasReference() ? " The diamond is the group the others are held against." : "")
            + (limited ? side() : "")
            + " A square is outside the limit.";
    return picture(words.metric() + " by " + table.name(), rows, lines, words.unitAlone(), caption);
  }

  private boolean hasReference() {
    return rule.compare().againstReference();
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
    String kind =
        switch (rule.compare()) {
          case RATIO -> "ratio";
          case LOG_RATIO -> "logarithm of the ratio";
          case NONE,
              DIFFERENCE,
              MAX_MIN,
              MIN_MAX_RATIO,
              ABS_DIFFERENCE,
              WORST,
              VS_OVERALL,
              VS_REST,
              BASELINE ->
              "difference";
        };
    String caption =
        "The same as a "
            + kind
            + " to "
            + table.reference().name()
            + (words.unit() == Unit.POINTS ? ", in percentage points" : "")
            + ", with the intervals that decided."
            + side();
    return picture(kind + " of " + words.metric(), rows, limits(), words.unit(), caption);
  }

  private List<Line> limits() {
    return rule.limits().stream()
        .flatMap(limit ->
            switch (limit) {
              case Threshold.AtLeast(double min) -> Stream.of(new Line(min, words.limit(limit)));
              case Threshold.AtMost(double max) -> Stream.of(new Line(max, words.limit(limit)));
              case Threshold.Present() -> Stream.<Line>empty();
            })
        .toList();
  }

  /// Which side of the dashed lines is outside the limit.
  private String side() {
    List<String> sides = new ArrayList<>();
    for (Threshold limit : rule.limits()) {
      switch (limit) {
        case Threshold.AtLeast(double min) -> sides.add("left of " + words.number(min));
        case Threshold.AtMost(double max) -> sides.add("right of " + words.number(max));
        case Threshold.Present() -> {}
      }
    }
    return " Outside the limit: " + String.join(" and ", sides) + ", the dashed line.";
  }

  private static Row row(String label, Measurement metric, Mark mark) {
    if (metric.value() instanceof Measure.Known(double value)
        && metric.interval() instanceof Interval.Bounds(double low, double high)) {
      return new Row.Dot(label, value, low, high, mark);
    }
    String reason = metric.value() instanceof Measure.Unknown(String why) ? why : "no interval";
    return new Row.Blank(label, reason);
  }

  private static Block picture(
      String title, List<Row> rows, List<Line> lines, Unit unit, String caption) {
    List<Row> shown = rows.stream().limit(MAX_ROWS).toList();
    String more =
        rows.size() > MAX_ROWS
            ? " " + (rows.size() - MAX_ROWS) + " more groups are in the table at the end."
            : "";
    return new Block.Picture(new DotIntervals(title, shown, lines, unit).svg(), caption + more);
  }
}

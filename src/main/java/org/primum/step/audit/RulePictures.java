package org.primum.step.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.primum.fairness.AuditResult;
import org.primum.fairness.GroupTable;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;
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

/// The pictures of one rule: the number of each group, and what the rule decided on, where that is
/// another; in each stratum, where like is held against like; of all groups at once, where the rule
/// asks for that.
final class RulePictures {

  /// A longer picture is read by nobody; the rows left out are in the table at the end.
  private static final int MAX_ROWS = 40;

  private final FairnessPolicy policy;
  private final AuditResult result;
  private final Rule rule;
  private final RuleWords words;

  RulePictures(FairnessPolicy policy, AuditResult result, Rule rule) {
    this.policy = policy;
    this.result = result;
    this.rule = rule;
    this.words = new RuleWords(rule);
  }

  /// Empty where a sentence says it all.
  Optional<Report.Section> section() {
    if (rule.metric().metric() == Metric.MISSING_RATE) {
      return Optional.empty();
    }
    List<Block> blocks = new ArrayList<>();
    if (!rule.rationale().isBlank()) {
      blocks.add(new Block.Paragraph(sentence(rule.rationale())));
    }
    switch (rule.metric().metric().scope()) {
      case GROUP ->
          blocks.addAll(
              switch (rule.within()) {
                case EVERYONE -> ofEveryone();
                case CONDITION -> new StrataPictures(result, rule, this).blocks();
              });
      case PAIR, STRATA -> tables().forEach(table -> decided(table).ifPresent(blocks::add));
      case TABLE -> blocks.addAll(new TablePictures(policy, result, rule, this).blocks());
      case COLUMN -> {}
    }
    return Optional.of(new Report.Section("Rule " + rule.id() + ": " + words.metric(), blocks));
  }

  private List<Block> ofEveryone() {
    List<Block> blocks = new ArrayList<>();
    for (GroupTable table : tables()) {
      blocks.add(rates(table));
      if (rule.compare() != Rule.Compare.NONE) {
        decided(table).ifPresent(blocks::add);
      }
    }
    return blocks;
  }

  /// Those the rule speaks of.
  private List<GroupTable> tables() {
    return result.tables().stream().filter(t -> !findings(t).isEmpty()).toList();
  }

  static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /// What the rule says of a table and its groups.
  List<Finding> findings(GroupTable table) {
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

  // ---- the number of each group

  private Block rates(GroupTable table) {
    boolean limited = rule.compare() == Rule.Compare.NONE;
    List<Row> rows = rateRows(table);
    String caption =
        sentence(words.metric())
            + unit(words.unitAlone())
            + ", for each group of "
            + table.name()
            + ", with its own interval. Beside the name: of how many rows."
            + (hasReference() ? " The diamond is the group the others are held against." : "")
            + (limited ? side() : "")
            + squares(rows);
    return picture(
        words.metric() + " by " + table.name(),
        rows,
        limited ? limits() : List.of(),
        words.unitAlone(),
        caption);
  }

  /// The metric of each group, in the order of the table.
  List<Row> rateRows(GroupTable table) {
    List<Row> rows = new ArrayList<>();
    for (Group group : table.groups().keySet()) {
      Mark plain = outside(group.name()) ? Mark.OUTSIDE : Mark.PLAIN;
      Mark mark = group.equals(table.reference()) && hasReference() ? Mark.REFERENCE : plain;
      Measurement alone = alone(group.name());
      String of = alone.n().isPresent() ? ", of\u00a0" + count(alone.n().getAsLong()) : "";
      rows.add(row(group.amongAll().name() + of, alone, mark));
    }
    return rows;
  }

  private boolean hasReference() {
    return rule.compare().againstReference();
  }

  private boolean outside(String group) {
    return result.findings().stream()
        .anyMatch(f ->
            f.rule().equals(rule.id())
                && f.measurement().group().equals(group)
                && f.measurement().metric().equals(rule.metric().id())
                && f.measurement().interval() instanceof Interval.Bounds
                && isBeyond(f));
  }

  static boolean isBeyond(Finding finding) {
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

  // ---- what was held against the limits

  private Optional<Block> decided(GroupTable table) {
    List<Row> rows = decidedRows(table);
    if (rows.stream().noneMatch(Row.Dot.class::isInstance)) {
      return none(table, rows);
    }
    String caption =
        comparison(table)
            + unit(words.unit())
            + ", with the intervals that decided."
            + side()
            + squares(rows);
    return Optional.of(
        picture(comparison(table) + ", " + words.metric(), rows, limits(), words.unit(), caption));
  }

  /// A picture without a dot is a list.
  private static Optional<Block> none(GroupTable table, List<Row> rows) {
    List<String> reasons = new ArrayList<>();
    for (Row row : rows) {
      if (row instanceof Row.Blank(String label, String reason)) {
        reasons.add(label + ": " + reason);
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Paragraph(
                "Nothing of %s can be held against the limit. %s."
                    .formatted(table.name(), String.join("; ", reasons))));
  }

  /// What the rule decided on, in the order of the table; a group once, also where there is a limit
  /// on either side.
  List<Row> decidedRows(GroupTable table) {
    Map<String, Finding> worst = new LinkedHashMap<>();
    List<Finding> findings = findings(table);
    for (Group group : table.groups().keySet()) {
      add(findings, group.name(), worst);
    }
    add(findings, table.name(), worst);
    List<Row> rows = new ArrayList<>();
    worst.forEach((group, finding) -> {
      Mark mark = isBeyond(finding) ? Mark.OUTSIDE : Mark.PLAIN;
      String name = group.endsWith("|" + table.stratum()) ? among(group, table) : group;
      rows.add(row(name, finding.measurement(), mark));
    });
    return rows;
  }

  private static String among(String group, GroupTable table) {
    return group.substring(0, group.length() - table.stratum().length() - 1);
  }

  private static void add(List<Finding> findings, String group, Map<String, Finding> worst) {
    findings.stream()
        .filter(f -> f.measurement().group().equals(group))
        .max((a, b) -> a.status().compareTo(b.status()))
        .ifPresent(finding -> worst.put(group, finding));
  }

  /// What was compared, as a beginning of a sentence.
  String comparison(GroupTable table) {
    String reference = table.reference().amongAll().name();
    return switch (rule.compare()) {
      case NONE -> sentence(words.metric()) + " by " + table.name();
      case DIFFERENCE -> "The same as a difference to " + reference;
      case RATIO -> "The same as a ratio to " + reference;
      case LOG_RATIO -> "The same as the logarithm of the ratio to " + reference;
      case ABS_DIFFERENCE -> "How far each group is from " + reference;
      case WORST -> "How far the group farthest from " + reference + " is from it";
      case MAX_MIN -> "The highest group of " + table.name() + " minus the lowest";
      case MIN_MAX_RATIO -> "The lowest group of " + table.name() + " over the highest";
      case VS_OVERALL -> "The same as a difference to everyone";
      case VS_REST -> "The same as a difference to everyone else";
      case BASELINE -> "The same minus that of the same group under the model in use";
    };
  }

  // ---- pieces

  /// The unit of the numbers, where it does not stand beside them.
  String unit(Unit unit) {
    return switch (unit) {
      case PERCENT -> "";
      case POINTS -> ", in percentage points";
      case PLAIN -> ofPlain();
    };
  }

  private String ofPlain() {
    boolean apart =
        switch (rule.compare()) {
          case RATIO, LOG_RATIO, MIN_MAX_RATIO -> false;
          case NONE, DIFFERENCE, MAX_MIN, ABS_DIFFERENCE, WORST, VS_OVERALL, VS_REST, BASELINE ->
              true;
        };
    return switch (rule.metric().metric()) {
      case NEED_AT ->
          apart && policy.data().need() instanceof AuditData.Need.Column(String column)
              ? ", in the unit of " + column
              : "";
      case MAE, RMSE, BIAS, MEAN_PREDICTION ->
          apart ? ", in the unit of " + policy.data().target().labelColumn() : "";
      default -> "";
    };
  }

  List<Line> limits() {
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
  String side() {
    List<String> sides = new ArrayList<>();
    for (Threshold limit : rule.limits()) {
      switch (limit) {
        case Threshold.AtLeast(double min) -> sides.add("left of " + words.number(min));
        case Threshold.AtMost(double max) -> sides.add("right of " + words.number(max));
        case Threshold.Present() -> {}
      }
    }
    return " Outside the limit: "
        + String.join(" and ", sides)
        + (sides.size() == 1 ? ", the dashed line." : ", the dashed lines.");
  }

  static String squares(List<Row> rows) {
    boolean any = rows.stream().anyMatch(r -> r instanceof Row.Dot d && d.mark() == Mark.OUTSIDE);
    return any ? " A square is outside the limit." : "";
  }

  /// A number without an interval, as a p-value, is a dot.
  static Row row(String label, Measurement metric, Mark mark) {
    return switch (metric.value()) {
      case Measure.Unknown(String why) -> new Row.Blank(label, why);
      case Measure.Known(double value) ->
          switch (metric.interval()) {
            case Interval.Bounds(double low, double high) ->
                new Row.Dot(label, value, low, high, mark);
            case Interval.None() -> new Row.Dot(label, value, value, value, mark);
          };
    };
  }

  static Block picture(String title, List<Row> rows, List<Line> lines, Unit unit, String caption) {
    List<Row> shown = rows.stream().limit(MAX_ROWS).toList();
    String more =
        rows.size() > MAX_ROWS
            ? " " + (rows.size() - MAX_ROWS) + " more groups are in the table at the end."
            : "";
    return new Block.Picture(new DotIntervals(title, shown, lines, unit).svg(), caption + more);
  }
}

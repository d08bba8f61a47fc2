package org.primum.step.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.primum.fairness.AuditResult;
import org.primum.fairness.GroupTable;
import org.primum.fairness.metric.TableMetrics;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Threshold;
import org.primum.report.DotIntervals.Line;
import org.primum.report.DotIntervals.Mark;
import org.primum.report.DotIntervals.Row;
import org.primum.report.DotIntervals.Unit;
import org.primum.report.Report.Block;

/// The pictures of a rule on a number of all groups at once. A p-value says whether and not whom:
/// beside it stand the rates it speaks of, and the band of their differences.
record TablePictures(FairnessPolicy policy, AuditResult result, Rule rule, RulePictures pictures) {

  List<Block> blocks() {
    return rule.metric().metric().method() == Metric.Method.P_VALUE ? tested() : numbers();
  }

  /// One row for each attribute or intersection.
  private List<Block> numbers() {
    List<Row> rows = new ArrayList<>();
    for (GroupTable table : result.tables()) {
      pictures.findings(table).stream()
          .filter(f -> f.measurement().group().equals(table.name()))
          .max((a, b) -> a.status().compareTo(b.status()))
          .ifPresent(f ->
              rows.add(
                  RulePictures.row(
                      table.name(),
                      f.measurement(),
                      RulePictures.isBeyond(f) ? Mark.OUTSIDE : Mark.PLAIN)));
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    RuleWords words = new RuleWords(rule);
    String caption =
        RulePictures.sentence(words.metric())
            + ", over all groups that can be judged, with the intervals that decided."
            + pictures.side()
            + RulePictures.squares(rows);
    return List.of(
        RulePictures.picture(words.metric(), rows, pictures.limits(), words.unit(), caption));
  }

  private List<Block> tested() {
    List<Block> blocks = new ArrayList<>();
    Rule alone = rule.with(TableMetrics.base(rule.metric()), Rule.Compare.NONE, rule.limits());
    RulePictures rates = new RulePictures(policy, result, alone);
    RuleWords words = new RuleWords(alone);
    for (GroupTable table : result.tables()) {
      for (Finding finding : pictures.findings(table)) {
        if (finding.measurement().group().equals(table.name())
            && finding.measurement().value() instanceof Measure.Known(double p)) {
          blocks.add(
              RulePictures.picture(
                  words.metric() + " by " + table.name(),
                  rates.rateRows(table),
                  List.of(),
                  words.unitAlone(),
                  chance(p, table)
                      + " "
                      + RulePictures.sentence(words.metric())
                      + ", for each group of "
                      + table.name()
                      + ", with its own interval. Beside the name: of how many rows."));
          band(table, words).ifPresent(blocks::add);
        }
      }
    }
    return blocks;
  }

  /// The p-value in a sentence.
  private String chance(double p, GroupTable table) {
    String value =
        p < 0.001 ? "less than 0.001" : String.format(Locale.ROOT, p < 0.1 ? "%.3f" : "%.2f", p);
    String limit =
        rule.limits().stream()
            .map(t ->
                t instanceof Threshold.AtLeast(double min) ? new RuleWords(rule).number(min) : "")
            .filter(text -> !text.isEmpty())
            .findFirst()
            .map(min -> " (the rule asks for at least " + min + ")")
            .orElse("");
    return "Were all groups of %s alike, chance would put them at least this far apart with probability %s%s."
        .formatted(table.name(), value, limit);
  }

  /// The simultaneous band of the differences, which a rule on max-T leaves.
  private Optional<Block> band(GroupTable table, RuleWords words) {
    List<Row> rows = new ArrayList<>();
    for (Measurement m : result.metrics()) {
      if (m.metric().equals(rule.metric().id())
          && m.comparison() instanceof Comparison.With
          && table.groups().keySet().stream().anyMatch(g -> g.name().equals(m.group()))) {
        rows.add(RulePictures.row(m.group(), m, Mark.PLAIN));
      }
    }
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Unit unit = words.unitAlone() == Unit.PERCENT ? Unit.POINTS : Unit.PLAIN;
    return Optional.of(
        RulePictures.picture(
            "simultaneous band of the differences to " + table.reference().name(),
            rows,
            List.of(new Line(0, "no difference")),
            unit,
            "The same as a difference to "
                + table.reference().name()
                + pictures.unit(unit)
                + ". All differences lie within these intervals at once with the confidence of the"
                + " policy: one that does not reach 0 differs from the reference."));
  }
}

package org.primum.step.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.primum.fairness.AuditResult;
import org.primum.fairness.GroupTable;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Finding;
import org.primum.gate.Status;
import org.primum.report.DotIntervals;
import org.primum.report.DotIntervals.Line;
import org.primum.report.DotIntervals.Row;
import org.primum.report.DotIntervals.Unit;
import org.primum.report.Report.Block;
import org.primum.report.Report.Panel;

/// The pictures of a rule that holds like against like: one for each stratum, beside each other, on
/// one scale.
record StrataPictures(AuditResult result, Rule rule, RulePictures pictures) {

  /// More strata beside each other are looked at by nobody; all are in the table at the end.
  private static final int MAX_PANELS = 12;

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Map<String, List<GroupTable>> byTable = new LinkedHashMap<>();
    for (GroupTable table : result.depth().strata()) {
      if (!pictures.findings(table).isEmpty()) {
        byTable.computeIfAbsent(String.join(",", table.of()), _ -> new ArrayList<>()).add(table);
      }
    }
    byTable.forEach((name, tables) -> {
      List<GroupTable> shown = worst(tables);
      blocks.add(rates(name, shown, tables.size() - shown.size()));
      if (rule.compare() != Rule.Compare.NONE) {
        blocks.add(decided(name, shown));
      }
    });
    return blocks;
  }

  /// All, or those with the worst findings, in their own order.
  private List<GroupTable> worst(List<GroupTable> tables) {
    List<GroupTable> shown =
        tables.stream()
            .sorted(Comparator.comparing(this::status).reversed())
            .limit(MAX_PANELS)
            .toList();
    return tables.stream().filter(shown::contains).toList();
  }

  private Status status(GroupTable table) {
    return pictures.findings(table).stream()
        .map(Finding::status)
        .reduce(Status.PASS, Status::worse);
  }

  private Block rates(String name, List<GroupTable> tables, int more) {
    RuleWords words = new RuleWords(rule);
    boolean limited = rule.compare() == Rule.Compare.NONE;
    List<Drawn> drawn = tables.stream().map(t -> new Drawn(t, pictures.rateRows(t))).toList();
    String caption =
        RulePictures.sentence(words.metric())
            + pictures.unit(words.unitAlone())
            + ", for each group of "
            + name
            + " among those who are alike, with its own interval. Beside the name: of how many rows."
            + (rule.compare().againstReference()
                ? " The diamond is the group the others are held against."
                : "")
            + (limited ? pictures.side() : "")
            + squares(drawn)
            + (more > 0 ? " " + more + " more strata are in the table at the end." : "");
    List<Line> lines = limited ? pictures.limits() : List.of();
    return panels(words.metric() + " by " + name, drawn, lines, words.unitAlone(), caption);
  }

  private Block decided(String name, List<GroupTable> tables) {
    RuleWords words = new RuleWords(rule);
    List<Drawn> drawn = tables.stream().map(t -> new Drawn(t, pictures.decidedRows(t))).toList();
    String compared = pictures.comparison(tables.getFirst());
    String caption =
        compared
            + " in the same stratum"
            + pictures.unit(words.unit())
            + ", with the intervals that decided."
            + pictures.side()
            + squares(drawn);
    String title = compared + ", " + words.metric() + " by " + name;
    return panels(title, drawn, pictures.limits(), words.unit(), caption);
  }

  /// A stratum and what is drawn of it.
  private record Drawn(GroupTable table, List<Row> rows) {}

  private static String squares(List<Drawn> drawn) {
    return RulePictures.squares(drawn.stream().flatMap(d -> d.rows().stream()).toList());
  }

  private Block panels(
      String title, List<Drawn> drawn, List<Line> lines, Unit unit, String caption) {
    List<Double> holds = new ArrayList<>();
    for (Drawn each : drawn) {
      for (Row row : each.rows()) {
        if (row instanceof Row.Dot dot) {
          holds.addAll(List.of(dot.value(), dot.low(), dot.high()));
        }
      }
    }
    List<Panel> panels = new ArrayList<>();
    for (Drawn each : drawn) {
      String stratum = each.table().stratum();
      panels.add(
          new Panel(
              stratum,
              outside(each),
              new DotIntervals(title + " in " + stratum, each.rows(), lines, unit, holds).svg()));
    }
    return new Block.Panels(caption, panels, Block.Width.LARGE);
  }

  private String outside(Drawn drawn) {
    long beyond =
        pictures.findings(drawn.table()).stream()
            .filter(RulePictures::isBeyond)
            .map(f -> f.measurement().group())
            .distinct()
            .count();
    return beyond == 0 ? "none outside the limit" : beyond + " outside the limit";
  }
}

package org.primum.step.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.primum.fairness.tally.CountedTable;
import org.primum.fairness.tally.CountedTally;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;
import org.primum.report.Report;
import org.primum.report.Report.Block;
import org.primum.step.StepContext;
import org.primum.step.StepResult;

/// What a step says of a tally: how many rows of which tables, nothing of their patients.
///
/// @param step that made it
record TallyReport(String step, CountedTally counted, Subject subject) {

  /// @param parameters beside `rows` and `tables`
  /// @param more blocks below the tables
  StepResult result(StepContext context, Map<String, String> parameters, List<Block> more) {
    Verdict verdict =
        new Verdict(
            step,
            context.version(),
            subject,
            List.of(),
            sentence(),
            context.now(),
            new Verdict.Expiry.Never());
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("rows", Long.toString(rows()));
    all.put("tables", Integer.toString(counted.tables().size()));
    return StepResult.of(verdict, List.of(), report(verdict, more), all, sentence() + "\n");
  }

  private long rows() {
    return counted.tables().stream().mapToLong(CountedTable::rows).sum();
  }

  private String sentence() {
    int tables = counted.tables().size();
    int cells = counted.tally().cells().size();
    return String.format(
        Locale.ROOT,
        "%,d rows of %s, in %,d %s of %s. Nothing is decided yet.",
        rows(),
        tables == 1 ? "one table" : tables + " tables",
        cells,
        cells == 1 ? "combination" : "combinations",
        String.join(", ", attributes()));
  }

  private List<String> attributes() {
    return counted.tally().layout().attributes().stream().map(Tally.Dimension::name).toList();
  }

  private Report report(Verdict verdict, List<Block> more) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Grid(
            "The tables that were counted, by digest",
            List.of("table", "rows"),
            counted.tables().stream().map(TallyReport::line).toList()));
    blocks.addAll(more);
    blocks.add(
        new Block.Note(
            "tally.bin holds the counts of every combination of the groups, small ones too: keep it"
                + " where the data may be. fairness-audit --tally judges it."));
    return new Report(
            "Counts for a fairness audit",
            verdict,
            "",
            List.of(new Report.Section("What was counted", blocks)))
        .headed("Counted");
  }

  private static List<String> line(CountedTable table) {
    return List.of(table.dataset().value(), String.format(Locale.ROOT, "%,d", table.rows()));
  }
}

package org.primum.step.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.primum.fairness.AuditResult;
import org.primum.fairness.GroupTable;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupRate;
import org.primum.fairness.metric.Shown;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.suppression.Range;
import org.primum.fairness.tally.Counts;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.report.Report;
import org.primum.report.Report.Block;

/// Who is in the data, in which groups, and who is not in the numbers; as far as it may be told.
final class GroupSections {

  private static final int LABELLED = Counts.POSITIVES | Counts.NEGATIVES;
  private static final int PREDICTED = Counts.SELECTED | Counts.NOT_SELECTED;

  /// More numbers than this that have no value are folded away.
  private static final int UNFOLDED = 8;

  private final FairnessPolicy policy;
  private final AuditResult result;

  GroupSections(FairnessPolicy policy, AuditResult result) {
    this.policy = policy;
    this.result = result;
  }

  Report.Section groups() {
    Shown all = result.disclosure().everyone();
    List<Block> blocks = new ArrayList<>();
    List<Report.Fact> facts = new ArrayList<>();
    facts.add(new Report.Fact(all.rows().words(), "rows in the data"));
    if (isEvent()) {
      facts.add(new Report.Fact(rate(GroupRate.BASE_RATE), "are " + policy.people().having()));
      facts.add(new Report.Fact(rate(GroupRate.SELECTION_RATE), "are flagged"));
      facts.add(
          new Report.Fact(rate(GroupRate.TPR), "of " + policy.people().having() + " are found"));
    }
    blocks.add(new Block.Figures(facts));
    result.tables().stream().filter(t -> t.of().size() == 1).map(this::sizes).forEach(blocks::add);
    List<Block> crossed =
        result.tables().stream().filter(t -> t.of().size() > 1).map(this::sizes).toList();
    if (!crossed.isEmpty()) {
      blocks.add(new Block.Details("How many rows each intersection has", crossed));
    }
    return new Report.Section("The groups", blocks);
  }

  private boolean isEvent() {
    return policy.data().target() instanceof AuditData.Target.Event;
  }

  private String rate(GroupRate rate) {
    Estimate estimate = rate.estimate(result.disclosure().everyone());
    if (estimate.support().small(policy.suppressBelow())) {
      return "too few to tell";
    }
    return switch (estimate.measure()) {
      case Measure.Known(double value) -> String.format(Locale.ROOT, "%.1f %%", 100 * value);
      case Measure.Unknown(String reason) -> reason;
    };
  }

  private Block sizes(GroupTable table) {
    boolean gaps =
        table.groups().keySet().stream()
            .map(result.disclosure()::group)
            .anyMatch(s -> lacking(s, LABELLED).high() + lacking(s, PREDICTED).high() > 0);
    List<String> header = new ArrayList<>(List.of("group", "rows"));
    header.addAll(isEvent() ? List.of("with it", "without") : List.of());
    header.addAll(gaps ? List.of("no label", "no prediction") : List.of());
    List<List<String>> rows = new ArrayList<>();
    for (Group group : table.groups().keySet()) {
      Shown shown = result.disclosure().group(group);
      boolean reference = group.equals(table.reference());
      List<String> row = new ArrayList<>();
      row.add(group.name() + (reference ? " (reference)" : ""));
      row.add(shown.rows().words());
      if (isEvent()) {
        row.add(shown.over(Counts.TP | Counts.FN).words());
        row.add(shown.over(Counts.FP | Counts.TN).words());
      }
      if (gaps) {
        row.add(lacking(shown, LABELLED).words());
        row.add(lacking(shown, PREDICTED).words());
      }
      rows.add(row);
    }
    String what = isEvent() ? "rows, and how many are " + policy.people().having() : "rows";
    return new Block.Grid("Groups of %s: %s".formatted(table.name(), what), header, rows);
  }

  private static Range lacking(Shown shown, int set) {
    return shown.over(Counts.ALL & ~set);
  }

  Report.Section excluded() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Paragraph(result.exclusions().sentence()));
    List<String> unjudged =
        result.findings().stream()
            .filter(f -> f.measurement().value() instanceof Measure.Unknown)
            .filter(f -> f.measurement().interval() instanceof Interval.None)
            .map(f -> f.measurement().group() + ", " + f.measurement().metric() + ": " + f.reason())
            .distinct()
            .toList();
    if (unjudged.size() > UNFOLDED + 1) {
      List<String> more = unjudged.subList(UNFOLDED, unjudged.size());
      blocks.add(new Block.Bullets(unjudged.subList(0, UNFOLDED)));
      blocks.add(
          new Block.Details(
              more.size() + " more numbers without a value", List.of(new Block.Bullets(more))));
    } else if (!unjudged.isEmpty()) {
      blocks.add(new Block.Bullets(unjudged));
    }
    if (policy.suppressBelow() > 0) {
      blocks.add(new Block.Paragraph(suppression()));
    }
    result.notes().forEach(note -> blocks.add(new Block.Note(note)));
    return new Report.Section("Who is not in these numbers", blocks);
  }

  private String suppression() {
    List<String> approximate = result.depth().omissions().approximate();
    String rule =
        "Where fewer than "
            + policy.suppressBelow()
            + " people stand behind a number, it is not shown, so that nobody is recognized by it.";
    return approximate.isEmpty()
        ? rule
        : rule
            + " So that it cannot be computed from the others either, some numbers of "
            + (approximate.size() > 12
                ? approximate.size() + " groups"
                : String.join(", ", approximate))
            + " are made of ranges of rows: their intervals are wider, and n is the least it can"
            + " be.";
  }
}

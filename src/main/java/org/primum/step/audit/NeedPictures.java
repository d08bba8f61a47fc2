package org.primum.step.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.primum.data.NumberColumn;
import org.primum.fairness.AuditResult;
import org.primum.fairness.GroupNeed;
import org.primum.fairness.GroupTable;
import org.primum.fairness.metric.NeedMetrics;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.gate.Interval;
import org.primum.report.Report;
import org.primum.report.Report.Block;
import org.primum.report.SeriesChart;
import org.primum.report.SeriesChart.Dot;
import org.primum.report.SeriesChart.Series;

/// What patients of each group need who have about the same score: a line a group.
record NeedPictures(FairnessPolicy policy, AuditResult result) {

  /// Empty where the data do not say what patients need.
  Optional<Report.Section> section() {
    return switch (policy.data().need()) {
      case AuditData.Need.None() -> Optional.empty();
      case AuditData.Need.Column(String column) -> Optional.of(section(column));
    };
  }

  private Report.Section section(String column) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Paragraph(
            "Everyone is put into ten parts of equal size by score, the lowest first. Where the"
                + " line of a group lies above another's, its patients need more than others with"
                + " the same score: the score was taught something else than need (Obermeyer et"
                + " al. 2019). Need is the column "
                + column
                + ", in its own unit."));
    for (GroupTable table : result.tables()) {
      if (table.of().size() == 1) {
        blocks.add(picture(table, column));
      }
    }
    return new Report.Section("Do equal scores mean equal need?", blocks);
  }

  private Block picture(GroupTable table, String column) {
    List<String> without = new ArrayList<>();
    List<GroupNeed> lines = new ArrayList<>();
    for (Group group : referenceAndLargestFirst(table)) {
      result
          .depth()
          .needOf(group.name())
          .ifPresentOrElse(lines::add, () -> without.add(group.name()));
    }
    String none =
        without.isEmpty()
            ? ""
            : " No line for " + String.join(", ", without) + ": too few rows to show one.";
    if (lines.isEmpty()) {
      return new Block.Paragraph("By " + table.name() + "." + none);
    }
    int drawn = Math.min(SeriesChart.MAX_SERIES, lines.size());
    int left = lines.size() - drawn;
    String more =
        left == 0
            ? ""
            : left == 1
                ? " One smaller group is in curves.json."
                : " " + left + " smaller groups are in curves.json.";
    SeriesChart chart =
        new SeriesChart(
            "mean " + column + " by tenth of the score, by " + table.name(),
            "tenth of everyone's scores, 1 the lowest",
            "mean " + column,
            NeedMetrics.TENTHS,
            lines.subList(0, drawn).stream().map(NeedPictures::series).toList());
    return new Block.Picture(
        chart.svg(),
        "By "
            + table.name()
            + ". Mean "
            + column
            + " of the patients of each group in each tenth, in the unit of the column, with the "
            + NumberColumn.format(Math.rint(policy.statistics().confidence() * 1e6) / 1e4)
            + " % interval of each dot by itself. Dots over one number stand a little apart, so that"
            + " they can be seen."
            + (policy.suppressBelow() > 0
                ? " A dot is missing where too few rows stand behind it."
                : "")
            + more
            + none);
  }

  private List<Group> referenceAndLargestFirst(GroupTable table) {
    List<Group> groups = new ArrayList<>(table.groups().keySet());
    groups.sort(
        Comparator.<Group>comparingInt(g -> g.equals(table.reference()) ? 0 : 1)
            .thenComparingLong(g -> -result.disclosure().group(g).rows().low()));
    return groups;
  }

  private static Series series(GroupNeed need) {
    return new Series(need.group(), need.tenths().stream().map(NeedPictures::dot).toList());
  }

  private static Dot dot(GroupNeed.Tenth tenth) {
    double mean = tenth.mean();
    return switch (tenth.interval()) {
      case Interval.Bounds(double low, double high) -> new Dot(tenth.number(), mean, low, high);
      case Interval.None() -> new Dot(tenth.number(), mean, mean, mean);
    };
  }
}

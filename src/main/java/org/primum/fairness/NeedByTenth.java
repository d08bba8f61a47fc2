package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.metric.NeedMetrics;
import org.primum.fairness.metric.Shown;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.gate.Interval;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Measurement;

/// The mean need of each group in each tenth of everyone's scores, as far as it may be told.
///
/// A group of which some number may not be told is left out. So is a tenth in which a group has
/// fewer rows than may be told, and with it the next smallest of the same group, and of the same
/// tenth, until at least two are left out together in each line of the table that lacks one, of
/// enough rows together. How many rows are in a tenth is not told.
record NeedByTenth(FairnessPolicy policy, GroupMetrics numbers, Disclosure disclosure) {

  private static final int TENTHS = NeedMetrics.TENTHS;

  /// Everyone, then the groups of each table. Nothing where the data do not say what patients need.
  List<GroupNeed> of(List<GroupTable> tables) {
    List<GroupNeed> needs = new ArrayList<>();
    if (policy.data().need() instanceof AuditData.Need.Column) {
      Shown all = disclosure.everyone();
      add(Measurement.OVERALL, all, left(all, rows(all)), needs);
      tables.forEach(table -> add(table, needs));
    }
    return needs;
  }

  private void add(GroupTable table, List<GroupNeed> needs) {
    List<Group> groups = List.copyOf(table.groups().keySet());
    long[][] rows = new long[groups.size()][];
    boolean[][] left = new boolean[groups.size()][];
    for (int i = 0; i < rows.length; i++) {
      Shown shown = disclosure.group(groups.get(i));
      rows[i] = rows(shown);
      left[i] = left(shown, rows[i]);
    }
    complement(rows, left);
    for (int i = 0; i < rows.length; i++) {
      add(groups.get(i).name(), disclosure.group(groups.get(i)), left[i], needs);
    }
  }

  /// How many rows with a need are in each tenth.
  private long[] rows(Shown shown) {
    return numbers.needByTenth(shown.tally()).stream()
        .mapToLong(tenth -> tenth.need().support().rows())
        .toArray();
  }

  /// The tenths that may not be told for their own sake.
  private boolean[] left(Shown shown, long[] rows) {
    boolean[] left = new boolean[rows.length];
    for (int t = 0; t < rows.length; t++) {
      left[t] = rows[t] > 0 && (!shown.exact() || rows[t] < policy.suppressBelow());
    }
    return left;
  }

  private void complement(long[][] rows, boolean[][] left) {
    boolean more = policy.suppressBelow() > 0;
    while (more) {
      more = false;
      for (int i = 0; i < rows.length; i++) {
        int group = i;
        more |=
            widen(
                IntStream.range(0, TENTHS).mapToObj(t -> new Cell(group, t)).toList(), rows, left);
      }
      for (int t = 0; t < TENTHS; t++) {
        int tenth = t;
        more |=
            widen(
                IntStream.range(0, rows.length).mapToObj(g -> new Cell(g, tenth)).toList(),
                rows,
                left);
      }
    }
  }

  private record Cell(int group, int tenth) {}

  /// Leaves out one cell more of a line whose sum would tell those that are left out.
  private boolean widen(List<Cell> line, long[][] rows, boolean[][] left) {
    long count = 0;
    long sum = 0;
    Optional<Cell> next = Optional.empty();
    for (Cell cell : line) {
      long n = rows[cell.group()][cell.tenth()];
      if (left[cell.group()][cell.tenth()]) {
        count++;
        sum += n;
      } else if (n > 0 && next.map(c -> n < rows[c.group()][c.tenth()]).orElse(true)) {
        next = Optional.of(cell);
      }
    }
    if (count == 0 || next.isEmpty() || (count > 1 && sum >= policy.suppressBelow())) {
      return false;
    }
    left[next.get().group()][next.get().tenth()] = true;
    return true;
  }

  private void add(String name, Shown shown, boolean[] left, List<GroupNeed> needs) {
    if (!shown.exact()) {
      return;
    }
    List<GroupNeed.Tenth> tenths = new ArrayList<>();
    List<NeedMetrics.Tenth> all = numbers.needByTenth(shown.tally());
    for (int t = 0; t < all.size(); t++) {
      Estimate need = all.get(t).need();
      if (need.defined() && !left[t]) {
        tenths.add(new GroupNeed.Tenth(t + 1, all.get(t).from(), need.value(), interval(need)));
      }
    }
    if (!tenths.isEmpty()) {
      needs.add(new GroupNeed(name, tenths));
    }
  }

  private Interval interval(Estimate need) {
    Bounds bounds = need.at(policy.statistics().alpha());
    return Double.isFinite(bounds.low()) ? bounds : new Interval.None();
  }
}

package org.primum.fairness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.primum.fairness.metric.Shown;
import org.primum.fairness.policy.Group;
import org.primum.fairness.suppression.CellSuppression;
import org.primum.fairness.suppression.Margins;
import org.primum.fairness.suppression.Range;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.gate.Measurement;

/// What may be told of each group, so that no small number of people can be found out.
///
/// A cell is the number of rows of a group with one label and one prediction (or without). One of 1
/// to `below` - 1 rows is small: it is told only as that. Everything an audit prints is made of
/// cells, so each of the nine is protected by itself over all tables at once: where the sums give a
/// small cell away, other cells of the same kind become ranges too, the largest first. Whatever is
/// computed of ranges says no more than they do.
///
/// It does not protect from somebody who knows most of a group's rows already, and not from two
/// audits of nearly the same rows held against each other.
public final class Disclosure {

  private final Shown everyone;
  private final Map<Group, Shown> groups;

  private Disclosure(Shown everyone, Map<Group, Shown> groups) {
    this.everyone = everyone;
    this.groups = Map.copyOf(groups);
  }

  static Disclosure of(GroupTally overall, List<GroupTable> tables, int below) {
    List<GroupTally> tallies = new ArrayList<>(List.of(overall));
    tables.forEach(table -> tallies.addAll(table.groups().values()));
    List<List<Range>> told = told(tallies, margins(tables), below);
    Map<Group, Shown> groups = new HashMap<>();
    int place = 1;
    for (GroupTable table : tables) {
      for (Map.Entry<Group, GroupTally> group : table.groups().entrySet()) {
        groups.put(group.getKey(), new Shown(group.getValue(), told.get(place), below));
        place++;
      }
    }
    return new Disclosure(new Shown(overall, told.getFirst(), below), groups);
  }

  private static Margins margins(List<GroupTable> tables) {
    return Margins.of(
        tables.stream()
            .map(table ->
                new Margins.Table(
                    table.of(), table.groups().keySet().stream().map(Group::values).toList()))
            .toList());
  }

  /// By place, then cell.
  private static List<List<Range>> told(List<GroupTally> tallies, Margins margins, int below) {
    List<List<Range>> told = new ArrayList<>();
    tallies.forEach(_ -> told.add(new ArrayList<>()));
    for (int cell = 0; cell < Counts.CELLS; cell++) {
      int at = cell;
      long[] rows = tallies.stream().mapToLong(t -> t.counts().cells().get(at).n()).toArray();
      List<Range> ranges = CellSuppression.ranges(margins, rows, below);
      for (int place = 0; place < rows.length; place++) {
        told.get(place).add(ranges.get(place));
      }
    }
    return told;
  }

  public Shown everyone() {
    return everyone;
  }

  /// Nobody where the group has no rows.
  public Shown group(Group group) {
    return groups.getOrDefault(group, Shown.whole(GroupTally.NONE));
  }

  /// All groups of a table but one.
  Shown rest(GroupTable table, Group without) {
    List<Range> sums = new ArrayList<>(java.util.Collections.nCopies(Counts.CELLS, Range.NONE));
    for (Group group : table.groups().keySet()) {
      if (!group.equals(without)) {
        List<Range> cells = group(group).cells();
        for (int i = 0; i < Counts.CELLS; i++) {
          sums.set(i, sums.get(i).plus(cells.get(i)));
        }
      }
    }
    return new Shown(table.rest(without), sums, everyone.below());
  }

  /// The names of those of whom not every number may be told, in the order of the tables.
  List<String> approximate(List<GroupTable> tables) {
    List<String> names = new ArrayList<>();
    if (!everyone.exact()) {
      names.add(Measurement.OVERALL);
    }
    for (GroupTable table : tables) {
      table.groups().keySet().stream()
          .filter(group -> !group(group).exact())
          .map(Group::name)
          .forEach(names::add);
    }
    return names;
  }

  /// Whether nothing had to be hidden.
  public boolean whole() {
    return everyone.exact() && groups.values().stream().allMatch(Shown::exact);
  }
}

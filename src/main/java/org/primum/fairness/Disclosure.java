package org.primum.fairness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.primum.fairness.metric.Shown;
import org.primum.fairness.policy.Group;
import org.primum.fairness.suppression.CellSuppression;
import org.primum.fairness.suppression.Margins;
import org.primum.fairness.suppression.Range;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Sums;
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
///
/// @param everyone all rows
/// @param groups every group that has a row
public record Disclosure(Shown everyone, Map<Group, Shown> groups) {

  public Disclosure {
    groups = Map.copyOf(groups);
  }

  static Disclosure of(GroupTally overall, List<GroupTable> tables, int below) {
    return of(overall, tables, Strata.NONE, below);
  }

  static Disclosure of(GroupTally overall, List<GroupTable> tables, Strata strata, int below) {
    SequencedMap<List<String>, List<Strata.Part>> within = new LinkedHashMap<>();
    strata
        .parts()
        .forEach(part -> within.computeIfAbsent(part.columns(), _ -> new ArrayList<>()).add(part));
    List<GroupTally> tallies = new ArrayList<>(List.of(overall));
    tables.forEach(table -> tallies.addAll(table.groups().values()));
    within.values().forEach(parts -> parts.forEach(part -> tallies.add(part.tally())));
    Margins margins = margins(tables, within);
    List<List<Range>> told = told(tallies, t -> t.counts().cells(), margins, below);
    List<List<Range>> classes = told(tallies, t -> t.classes().cells(), margins, below);
    Map<Group, Shown> groups = new HashMap<>();
    int place = 1;
    for (GroupTable table : tables) {
      for (Map.Entry<Group, GroupTally> group : table.groups().entrySet()) {
        groups.put(
            group.getKey(),
            new Shown(group.getValue(), told.get(place), classes.get(place), below));
        place++;
      }
    }
    for (List<Strata.Part> parts : within.values()) {
      for (Strata.Part part : parts) {
        groups.put(
            part.group(), new Shown(part.tally(), told.get(place), classes.get(place), below));
        place++;
      }
    }
    return new Disclosure(new Shown(overall, told.getFirst(), classes.getFirst(), below), groups);
  }

  private static Margins margins(
      List<GroupTable> tables, SequencedMap<List<String>, List<Strata.Part>> within) {
    List<Margins.Table> all = new ArrayList<>();
    for (GroupTable table : tables) {
      all.add(
          new Margins.Table(
              table.of(), table.groups().keySet().stream().map(Group::values).toList()));
    }
    within.forEach((columns, parts) ->
        all.add(new Margins.Table(columns, parts.stream().map(Strata.Part::values).toList())));
    return Margins.of(all);
  }

  private interface Cells {
    List<Sums> of(GroupTally tally);
  }

  /// By place, then cell.
  private static List<List<Range>> told(
      List<GroupTally> tallies, Cells cells, Margins margins, int below) {
    List<List<Range>> told = new ArrayList<>();
    tallies.forEach(_ -> told.add(new ArrayList<>()));
    int count = cells.of(tallies.getFirst()).size();
    for (int cell = 0; cell < count; cell++) {
      int at = cell;
      long[] rows =
          tallies.stream()
              .mapToLong(t -> cells.of(t).isEmpty() ? 0 : cells.of(t).get(at).n())
              .toArray();
      List<Range> ranges = CellSuppression.ranges(margins, rows, below);
      for (int place = 0; place < rows.length; place++) {
        told.get(place).add(ranges.get(place));
      }
    }
    return told;
  }

  /// Nobody where the group has no rows.
  public Shown group(Group group) {
    return groups.getOrDefault(group, Shown.whole(GroupTally.NONE));
  }

  /// All groups of a table but one.
  Shown rest(GroupTable table, Group without) {
    List<Range> cells = new ArrayList<>();
    List<Range> classes = new ArrayList<>();
    for (Group group : table.groups().keySet()) {
      if (!group.equals(without)) {
        add(cells, group(group).cells());
        add(classes, group(group).classes());
      }
    }
    return cells.isEmpty()
        ? Shown.whole(GroupTally.NONE)
        : new Shown(table.rest(without), cells, classes, everyone.below());
  }

  private static void add(List<Range> sums, List<Range> more) {
    for (int i = 0; i < more.size(); i++) {
      if (i < sums.size()) {
        sums.set(i, sums.get(i).plus(more.get(i)));
      } else {
        sums.add(more.get(i));
      }
    }
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

package org.primum.fairness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.DataInvalidException;
import org.primum.fairness.metric.ConditionalDisparity;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.Context;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Tally;

/// The rows by what has to be alike in those who are compared: like with like.
///
/// @param tallies of each stratum, by its name, as `acuity=high`
/// @param tables of each stratum, in the order of `tallies`
record Strata(SequencedMap<String, Tally> tallies, List<List<GroupTable>> tables) {

  Strata {
    tallies = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tallies));
    tables = List.copyOf(tables);
  }

  /// @param whole the tables of all rows, whose references hold in each stratum too
  static Strata of(Tally tally, FairnessPolicy policy, List<GroupTable> whole) {
    if (policy.context().condition().isEmpty()) {
      return new Strata(new LinkedHashMap<>(), List.of());
    }
    SequencedMap<String, Tally> tallies = new LinkedHashMap<>();
    split(tally, policy)
        .forEach((_, cells) ->
            tallies.put(
                name(policy, cells.firstKey()), new Tally(tally.layout(), tally.scale(), cells)));
    if (tallies.size() > Context.MAX_STRATA) {
      throw new DataInvalidException(
          "condition makes "
              + tallies.size()
              + " strata, more than "
              + Context.MAX_STRATA
              + "; give bins to numbers, or condition on less");
    }
    List<List<GroupTable>> tables = new ArrayList<>();
    tallies.forEach((name, part) ->
        tables.add(whole.stream().map(t -> GroupTable.within(part, policy, t, name)).toList()));
    return new Strata(tallies, tables);
  }

  private static SortedMap<List<String>, SortedMap<List<String>, GroupTally>> split(
      Tally tally, FairnessPolicy policy) {
    int from = policy.attributes().size();
    SortedMap<List<String>, SortedMap<List<String>, GroupTally>> parts = new TreeMap<>(Tally.ORDER);
    tally
        .cells()
        .forEach((key, counts) ->
            parts
                .computeIfAbsent(key.subList(from, key.size()), _ -> new TreeMap<>(Tally.ORDER))
                .put(key, counts));
    return parts;
  }

  /// The stratum of a cell of the tally; empty where the policy has no condition.
  static String name(FairnessPolicy policy, List<String> cell) {
    List<Attribute> condition = policy.context().condition();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < condition.size(); i++) {
      String value = cell.get(policy.attributes().size() + i);
      parts.add(condition.get(i).name() + "=" + value);
    }
    return String.join(",", parts);
  }

  /// The same groups in each stratum.
  List<GroupTable> of(GroupTable table) {
    return tables.stream()
        .flatMap(List::stream)
        .filter(within -> within.of().equals(table.of()))
        .toList();
  }

  /// The conditional demographic disparity of a group.
  Estimate conditionalDisparity(GroupTable table, Group group) {
    List<ConditionalDisparity.Stratum> all = new ArrayList<>();
    for (GroupTable within : of(table)) {
      Group there = new Group(group.attributes(), group.values(), within.stratum());
      all.add(
          new ConditionalDisparity.Stratum(
              within.groups().getOrDefault(there, GroupTally.NONE), within.everyone()));
    }
    return ConditionalDisparity.of(all);
  }

  /// The rows of each stratum.
  SequencedMap<String, GroupTally> everyone() {
    SequencedMap<String, GroupTally> all = new LinkedHashMap<>();
    for (Map.Entry<String, Tally> stratum : tallies.entrySet()) {
      all.put(stratum.getKey(), stratum.getValue().overall());
    }
    return all;
  }
}

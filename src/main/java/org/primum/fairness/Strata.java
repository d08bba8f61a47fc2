package org.primum.fairness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.primum.data.DataInvalidException;
import org.primum.fairness.metric.ConditionalDisparity;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.Context;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Tally;

/// The rows by what has to be alike in those who are compared: like with like.
///
/// @param columns of the condition
/// @param tallies of each stratum, by its name, as `acuity=high`
/// @param tables of each stratum, in the order of `tallies`
record Strata(
    List<String> columns, SequencedMap<String, Tally> tallies, List<List<GroupTable>> tables) {

  /// Of no condition.
  static final Strata NONE = new Strata(List.of(), new LinkedHashMap<>(), List.of());

  Strata {
    columns = List.copyOf(columns);
    tallies = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tallies));
    tables = List.copyOf(tables);
  }

  /// @param whole the tables of all rows, whose references hold in each stratum too
  static Strata of(Tally tally, FairnessPolicy policy, List<GroupTable> whole) {
    if (policy.context().condition().isEmpty()) {
      return new Strata(List.of(), new LinkedHashMap<>(), List.of());
    }
    SequencedMap<String, Tally> tallies = new LinkedHashMap<>();
    int attributes = policy.attributes().size();
    int all = attributes + policy.context().condition().size();
    tally
        .split(IntStream.range(attributes, all).boxed().toList())
        .forEach((_, part) -> tallies.put(name(policy, part.cells().firstKey()), part));
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
    return new Strata(
        policy.context().condition().stream().map(Attribute::name).toList(), tallies, tables);
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

  /// The conditional demographic disparity of a group, as far as it may be told.
  Estimate conditionalDisparity(
      GroupTable table, Group group, Disclosure disclosure, GroupMetrics numbers) {
    List<ConditionalDisparity.Stratum> all = new ArrayList<>();
    boolean exact = true;
    for (GroupTable within : of(table)) {
      Group there = new Group(group.attributes(), group.values(), within.stratum());
      all.add(
          new ConditionalDisparity.Stratum(
              within.groups().getOrDefault(there, GroupTally.NONE), within.everyone()));
      exact &= disclosure.group(there).exact();
      exact &= disclosure.group(everyone(within.stratum())).exact();
    }
    Estimate disparity = ConditionalDisparity.of(all);
    return exact ? disparity : numbers.untold(disparity);
  }

  /// All rows of a stratum, as a group.
  static Group everyone(String stratum) {
    return new Group(List.of(), List.of(), stratum);
  }

  /// The strata's rows as groups of attributes and condition together, in an order of their own:
  /// for what may be told of them.
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    for (Map.Entry<String, Tally> stratum : tallies.entrySet()) {
      String name = stratum.getKey();
      List<String> values = values(stratum.getValue());
      parts.add(new Part(everyone(name), columns, values, stratum.getValue().overall()));
      for (GroupTable table : tables.get(at++)) {
        table
            .groups()
            .forEach((group, tally) ->
                parts.add(
                    new Part(
                        group,
                        joined(table.of(), columns),
                        joined(group.values(), values),
                        tally)));
      }
    }
    return parts;
  }

  /// One group of one stratum.
  ///
  /// @param columns attributes and condition
  /// @param values of each
  record Part(Group group, List<String> columns, List<String> values, GroupTally tally) {}

  private List<String> values(Tally stratum) {
    List<String> cell = stratum.cells().firstKey();
    return cell.subList(cell.size() - columns.size(), cell.size());
  }

  private static List<String> joined(List<String> one, List<String> other) {
    return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
  }
}

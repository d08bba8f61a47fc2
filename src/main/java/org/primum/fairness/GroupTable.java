package org.primum.fairness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.primum.data.DataInvalidException;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Grouping;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Tally;

/// The groups of one attribute or intersection with their counts, in the order of the report: bins
/// ascending, declared categories as declared, others by name, rows without a value last.
///
/// @param of names of the attributes
/// @param groups every group that has a row
/// @param reference the group the others are compared with; it need not have a row
/// @param planned how many groups the policy says rules can speak of, 0 where it does not
/// @param stratum the rows it is of, as `acuity=high`; empty for all
public record GroupTable(
    List<String> of,
    SequencedMap<Group, GroupTally> groups,
    Group reference,
    int planned,
    String stratum) {

  public GroupTable {
    of = List.copyOf(of);
    groups = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(groups));
  }

  /// How findings over all groups call the table: `race`, or `race,sex`; in a stratum
  /// `race|acuity=high`.
  public String name() {
    String name = String.join(",", of);
    return stratum.isEmpty() ? name : name + "|" + stratum;
  }

  /// The rows of all groups.
  GroupTally everyone() {
    return groups.values().stream().reduce(GroupTally.NONE, GroupTally::plus);
  }

  /// The rows of some groups, those of the reference first where it is one of them.
  List<GroupTally> tallies(Collection<Group> some) {
    List<Group> order = new ArrayList<>(some);
    if (order.remove(reference)) {
      order.addFirst(reference);
    }
    return order.stream().map(g -> groups.getOrDefault(g, GroupTally.NONE)).toList();
  }

  /// The rows of all groups but one.
  GroupTally rest(Group group) {
    return groups.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(group))
        .map(Map.Entry::getValue)
        .reduce(GroupTally.NONE, GroupTally::plus);
  }

  /// @throws DataInvalidException where there are more groups than the policy allows
  static GroupTable of(Tally tally, FairnessPolicy policy, List<String> of) {
    List<Attribute> attributes = of.stream().map(policy::attribute).toList();
    SortedMap<List<String>, GroupTally> counts = tally.groups(positions(policy, attributes));
    requireFew(counts.keySet(), policy, of);
    List<List<String>> order = new ArrayList<>(counts.keySet());
    order.sort(inReportOrder(attributes));
    SequencedMap<Group, GroupTally> groups = new LinkedHashMap<>();
    order.forEach(values -> groups.put(new Group(of, values), known(counts, values)));
    List<String> reference =
        attributes.stream().map(a -> referenceValue(tally, policy, a)).toList();
    return new GroupTable(of, groups, new Group(of, reference), policy.planned(of), "");
  }

  private static void requireFew(
      Collection<List<String>> found, FairnessPolicy policy, List<String> of) {
    boolean asFound =
        of.size() == 1
            && policy.attribute(of.getFirst()).grouping() instanceof Grouping.AsFound(int most)
            && most > 0;
    int most = asFound ? policy.attribute(of.getFirst()).grouping().most() : policy.maxGroups(of);
    long groups =
        found.stream().filter(v -> !asFound || !v.equals(List.of(Attribute.MISSING))).count();
    if (groups > most) {
      throw new DataInvalidException(
          String.join(" and ", of)
              + " make "
              + groups
              + " groups, more than "
              + most
              + "; declare fewer categories or bins, or raise maxGroups of the "
              + (of.size() > 1 ? "intersection" : "attribute"));
    }
  }

  /// The same groups in one stratum, held against the same reference.
  ///
  /// @param stratum the tally of its rows alone
  static GroupTable within(Tally stratum, FairnessPolicy policy, GroupTable whole, String name) {
    List<Attribute> attributes = whole.of().stream().map(policy::attribute).toList();
    SortedMap<List<String>, GroupTally> counts = stratum.groups(positions(policy, attributes));
    SequencedMap<Group, GroupTally> groups = new LinkedHashMap<>();
    for (Group group : whole.groups().keySet()) {
      if (counts.containsKey(group.values())) {
        groups.put(new Group(whole.of(), group.values(), name), known(counts, group.values()));
      }
    }
    Group reference = new Group(whole.of(), whole.reference().values(), name);
    return new GroupTable(whole.of(), groups, reference, whole.planned(), name);
  }

  private static GroupTally known(Map<List<String>, GroupTally> counts, List<String> values) {
    return counts.getOrDefault(values, GroupTally.NONE);
  }

  private static List<Integer> positions(FairnessPolicy policy, List<Attribute> attributes) {
    return attributes.stream().map(a -> policy.attributes().indexOf(a)).toList();
  }

  private static Comparator<List<String>> inReportOrder(List<Attribute> attributes) {
    Comparator<List<String>> order = (_, _) -> 0;
    for (int i = 0; i < attributes.size(); i++) {
      int at = i;
      List<String> planned = attributes.get(i).grouping().planned();
      order =
          order
              .thenComparingInt(values -> rank(values.get(at), planned))
              .thenComparing(values -> values.get(at));
    }
    return order;
  }

  private static int rank(String value, List<String> planned) {
    int place = planned.indexOf(value);
    if (place >= 0) {
      return place;
    }
    return switch (value) {
      case Attribute.MISSING -> planned.size() + 2;
      case Attribute.OTHER -> planned.size() + 1;
      default -> planned.size();
    };
  }

  private static String referenceValue(Tally tally, FairnessPolicy policy, Attribute attribute) {
    return switch (attribute.reference()) {
      case Attribute.Reference.Named(String value) -> value;
      case Attribute.Reference.Largest() -> largest(tally, policy, attribute);
    };
  }

  private static String largest(Tally tally, FairnessPolicy policy, Attribute attribute) {
    SortedMap<List<String>, GroupTally> counts =
        tally.groups(positions(policy, List.of(attribute)));
    return counts.keySet().stream()
        .filter(v -> !v.equals(List.of(Attribute.MISSING)) && !v.equals(List.of(Attribute.OTHER)))
        .sorted(
            Comparator.comparingLong((List<String> v) -> -known(counts, v).n())
                .thenComparing(inReportOrder(List.of(attribute))))
        .map(List::getFirst)
        .findFirst()
        .orElse(Attribute.MISSING);
  }
}

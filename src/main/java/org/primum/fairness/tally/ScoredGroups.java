package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers the groups of one table of scores in the order they are met, for all threads that count:
/// a combination of all attributes belongs to the group that its values of the table's attributes
/// make.
final class ScoredGroups {

  private final GroupIndex combinations;
  private final List<Integer> attributes;
  private final Map<List<Integer>, Integer> numbers = new HashMap<>();

  /// @param attributes of the table, as positions in a combination
  ScoredGroups(GroupIndex combinations, List<Integer> attributes) {
    this.combinations = combinations;
    this.attributes = attributes;
  }

  /// The number of the group that a combination belongs to.
  synchronized int of(int combination) {
    return numbers.computeIfAbsent(codes(combinations.path(combination)), _ -> numbers.size());
  }

  private List<Integer> codes(List<Integer> path) {
    List<Integer> codes = new ArrayList<>();
    attributes.forEach(i -> codes.add(path.get(i)));
    return List.copyOf(codes);
  }
}

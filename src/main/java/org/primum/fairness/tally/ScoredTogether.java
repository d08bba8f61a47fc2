package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.FairnessPolicy;

/// By which attributes a policy needs scores together: those of every list it audits, each with the
/// columns of its condition. What is part of another list is not counted twice.
final class ScoredTogether {

  private ScoredTogether() {}

  /// Positions in the layout, ascending; in the order of their sizes, then positions, so that it
  /// does not matter in which order a policy names them.
  static List<List<Integer>> of(FairnessPolicy policy) {
    List<String> names = policy.attributes().stream().map(Attribute::name).toList();
    int conditions = policy.context().condition().size();
    List<List<Integer>> audited = new ArrayList<>();
    for (List<String> list : policy.audited()) {
      audited.add(
          Stream.concat(
                  list.stream().map(names::indexOf).sorted(),
                  IntStream.range(0, conditions).mapToObj(i -> names.size() + i))
              .toList());
    }
    return audited.stream()
        .filter(
            list -> audited.stream().noneMatch(o -> o.size() > list.size() && o.containsAll(list)))
        .distinct()
        .sorted(ScoredTogether::compare)
        .toList();
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    int order = Integer.compare(one.size(), other.size());
    for (int i = 0; order == 0 && i < one.size(); i++) {
      order = Integer.compare(one.get(i), other.get(i));
    }
    return order;
  }
}

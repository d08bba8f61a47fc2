package org.primum.fairness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.primum.fairness.policy.Rule;

/// One place in a family of decisions: what one rule asks of one group, at its lower limit, at its
/// upper one, or at both.
///
/// Two limits are one question, whether the number lies between them, and one interval answers it:
/// each end is wrong with half of the level, and that is paid for once. Say the number is within
/// both limits. That the interval lies wholly below the lower one, or wholly above the upper one,
/// has together the probability of the level at most, which is what Holm's procedure asks of a
/// place. Safety is claimed wrongly only at a limit that the number is beyond; it cannot be beyond
/// both, so half of the level is left over. (Of a number that is beyond one limit an interval could
/// lie beyond the other: that accuses nobody who is within both.)
///
/// @param questions their places in the list of all, ascending
record Place(List<Integer> questions) {

  Place {
    questions = List.copyOf(questions);
  }

  /// What makes two questions one.
  private record Asked(Rule rule, String table, String group) {}

  /// In the order of the first question of each.
  static List<Place> of(List<Question.Open> questions) {
    SequencedMap<Asked, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < questions.size(); i++) {
      Question.Open each = questions.get(i);
      Asked asked = new Asked(each.rule(), each.table(), each.group());
      places.computeIfAbsent(asked, _ -> new ArrayList<>()).add(i);
    }
    return places.values().stream().map(Place::new).toList();
  }

  /// Whether harm is proven at this level, at either limit.
  boolean settled(List<Question.Open> all, double level) {
    return questions.stream().anyMatch(i -> Decisions.settled(all.get(i), level));
  }
}

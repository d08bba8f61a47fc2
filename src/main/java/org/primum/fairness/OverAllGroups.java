package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Comparison;

/// Asks how far apart the groups with the smallest and the largest number are.
record OverAllGroups(Asking asking, Phrasing phrasing, Judging judging) {

  List<Question> ask() {
    SequencedMap<Group, Estimate> all = asking.spokenOf();
    if (all.size() < 2) {
      return List.of();
    }
    List<Question> questions = new ArrayList<>();
    questions.add(range(judging.judged(all, questions)));
    return questions;
  }

  private Question range(SequencedMap<Group, Estimate> groups) {
    String table = asking.table().name();
    long rows = groups.values().stream().mapToLong(p -> p.support().rows()).sum();
    int count = Math.max(groups.size(), asking.table().planned());
    int pairs = count * (count - 1) / 2;
    if (groups.size() < 2) {
      return phrasing.undefined(table, "fewer than two groups can be judged", rows);
    }
    if (asking.rule().compare() == Rule.Compare.MAX_MIN) {
      return open(groups, Contrast.range(groups.values(), pairs), rows);
    }
    return groups.values().stream().allMatch(p -> p.value() == 0)
        ? phrasing.undefined(table, "all rates are 0", rows)
        : open(groups, Contrast.ratioRange(groups.values(), pairs), rows);
  }

  private Question open(SequencedMap<Group, Estimate> groups, Contrast contrast, long rows) {
    var between = new Question.Between(extreme(groups, 1), extreme(groups, -1));
    Comparison comparison = new Comparison.With(asking.rule().compare().id(), "all");
    return phrasing.together(comparison, contrast, rows, between);
  }

  /// The group with the smallest rate for sign 1, with the largest for -1; the first of equals.
  private static String extreme(SequencedMap<Group, Estimate> groups, int sign) {
    String name = "";
    double best = Double.POSITIVE_INFINITY;
    for (Map.Entry<Group, Estimate> group : groups.entrySet()) {
      double value = sign * group.getValue().value();
      if (value < best) {
        best = value;
        name = group.getKey().name();
      }
    }
    return name;
  }
}

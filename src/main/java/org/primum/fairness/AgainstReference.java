package org.primum.fairness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Finding;

/// Asks of each group, or of the farthest, how it stands to the reference.
record AgainstReference(Asking asking, Phrasing phrasing, Judging judging) {

  List<Question> ask() {
    GroupTable table = asking.table();
    SequencedMap<Group, Estimate> groups = asking.spokenOf();
    Estimate reference = groups.remove(table.reference());
    if (reference == null) {
      String name = table.reference().name();
      return List.of(phrasing.notEvaluated("the reference " + name + " has no rows"));
    }
    if (groups.isEmpty()) {
      return List.of();
    }
    Optional<Finding> why = judging.unjudged(table.reference(), reference);
    return why.map(finding -> List.<Question>of(new Question.Settled(finding)))
        .orElseGet(() -> against(groups, reference));
  }

  private List<Question> against(SequencedMap<Group, Estimate> groups, Estimate reference) {
    List<Question> questions = new ArrayList<>();
    SequencedMap<Group, Estimate> kept = judging.judged(groups, questions);
    if (asking.rule().compare() == Rule.Compare.WORST) {
      questions.add(worst(kept, reference));
    } else {
      kept.forEach((group, p) -> questions.add(compare(group, p, reference)));
    }
    return questions;
  }

  private Question worst(SequencedMap<Group, Estimate> groups, Estimate reference) {
    GroupTable table = asking.table();
    if (groups.isEmpty()) {
      return phrasing.undefined(table.name(), "no group can be held against the reference", 0);
    }
    SequencedMap<String, Contrast> apart = new LinkedHashMap<>();
    groups.forEach(
        (group, p) -> apart.put(group.name(), Contrast.apart(Contrast.difference(p, reference))));
    Contrast worst = Contrast.largest(apart.values(), Math.max(apart.size(), table.planned() - 1));
    String farthest =
        apart.entrySet().stream()
            .filter(entry -> entry.getValue().point() == worst.point())
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    long rows = groups.values().stream().mapToLong(p -> p.support().rows()).sum();
    var between = new Question.Between(farthest, table.reference().name());
    return phrasing.together(phrasing.comparison(), worst, rows, between);
  }

  private Question compare(Group group, Estimate p, Estimate reference) {
    if (asking.rule().compare() == Rule.Compare.DIFFERENCE) {
      return phrasing.open(group, Contrast.difference(p, reference), p);
    }
    if (asking.rule().compare() == Rule.Compare.ABS_DIFFERENCE) {
      return phrasing.open(group, Contrast.apart(Contrast.difference(p, reference)), p);
    }
    return Contrast.noRatio(p, reference)
        .map(why -> phrasing.undefined(group.name(), why, p.support().rows()))
        .orElseGet(() -> phrasing.open(group, ratio(p, reference), p));
  }

  private Contrast ratio(Estimate p, Estimate reference) {
    Contrast ratio = Contrast.ratio(p, reference);
    return asking.rule().compare() == Rule.Compare.LOG_RATIO ? Contrast.logarithm(ratio) : ratio;
  }
}

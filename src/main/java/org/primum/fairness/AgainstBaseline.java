package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.policy.Group;
import org.primum.gate.Finding;
import org.primum.gate.Status;

/// Asks of each group how it stands to the same group under the model in use. The two are taken as
/// independent: where both models scored the same patients the interval is too wide, unless
/// clusters tell how they vary together.
record AgainstBaseline(Asking asking, Phrasing phrasing, Judging judging, Baseline baseline) {

  List<Question> ask() {
    if (!baseline.given()) {
      String none = "no baseline was given: the tally of the model in use (--baseline)";
      String table = asking.table().name();
      return List.of(new Question.Settled(phrasing.settled(table, none, Status.INCONCLUSIVE, 0)));
    }
    List<Question> questions = new ArrayList<>();
    judging
        .judged(asking.spokenOf(), questions)
        .forEach((group, p) -> questions.add(compare(group, p)));
    return questions;
  }

  private Question compare(Group group, Estimate p) {
    Optional<Estimate> before =
        baseline.estimate(
            asking.rule().metric(),
            group,
            asking.disclosure().group(group),
            asking.disclosure().everyone());
    Optional<Finding> why =
        before
            .map(known -> judging.unjudged(group, known, "the baseline has "))
            .orElseGet(() -> Optional.of(absent(group, p)));
    return why.<Question>map(Question.Settled::new)
        .orElseGet(() -> phrasing.open(group, Contrast.difference(p, before.orElseThrow()), p));
  }

  private Finding absent(Group group, Estimate p) {
    String reason = "the baseline has nobody of this group";
    return phrasing.settled(group.name(), reason, Status.INCONCLUSIVE, p.support().rows());
  }
}

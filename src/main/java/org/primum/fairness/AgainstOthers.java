package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Finding;

/// Asks of each group how it stands to everyone else. Against everyone the number is the same but
/// for the factor that the group itself takes away, where the metric is a proportion.
record AgainstOthers(Asking asking, Phrasing phrasing, Judging judging) {

  List<Question> ask() {
    List<Question> questions = new ArrayList<>();
    judging
        .judged(asking.spokenOf(), questions)
        .forEach((group, p) -> questions.add(compare(group, p)));
    return questions;
  }

  private Question compare(Group group, Estimate p) {
    Estimate rest = asking.estimate(asking.disclosure().rest(asking.table(), group));
    Estimate everyone = asking.estimate(asking.disclosure().everyone());
    Optional<Finding> why = unjudged(group, rest).or(() -> unjudged(group, everyone));
    return why.<Question>map(Question.Settled::new)
        .orElseGet(() -> phrasing.open(group, contrast(p, rest, everyone), p));
  }

  private Optional<Finding> unjudged(Group group, Estimate rest) {
    return rest.defined() && !rest.support().small(asking.policy().suppressBelow())
        ? Optional.empty()
        : Optional.of(
            phrasing.settled(
                group.name(),
                rest.defined()
                    ? "everyone else is too few to be shown"
                    : "everyone else has no value",
                asking.policy().defaults().onUndefined().status(),
                rest.support().rows()));
  }

  private Contrast contrast(Estimate p, Estimate rest, Estimate everyone) {
    return asking.rule().compare() == Rule.Compare.VS_REST
        ? Contrast.difference(p, rest)
        : Contrast.overall(p, rest, everyone);
  }
}

package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.metric.Shown;
import org.primum.fairness.metric.Support;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.policy.ProxyRule;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// Turns a rule on what tells the group into questions: one of all groups, or one of each, for
/// every column it speaks of.
record ProxyQuestions(
    FairnessPolicy policy,
    Rule rule,
    GroupMetrics numbers,
    Disclosure disclosure,
    Threshold limit,
    GroupTable table,
    ProxyNumbers proxies) {

  List<Question> ask() {
    List<Question> questions = new ArrayList<>();
    for (MetricRef ref : ProxyRule.asked(rule, policy.context())) {
      Rule one = rule.with(ref, Rule.Compare.NONE, rule.limits());
      if (ProxyRule.isOfTable(ref.metric())) {
        questions.add(ofTable(one));
      } else {
        new RuleQuestions(policy, one, numbers, disclosure, limit, table, Baseline.NONE)
            .ask((group, shown) -> ofGroup(ref, group, shown))
            .forEach(question -> questions.add(answered(question)));
      }
    }
    return questions;
  }

  private Estimate ofGroup(MetricRef ref, Group group, Shown shown) {
    Estimate estimate = proxies.of(ref, table, group);
    return shown.rows().exact() ? estimate : numbers.untold(estimate);
  }

  private Question ofTable(Rule one) {
    Estimate estimate = proxies.of(one.metric(), table);
    Enough enough = new Enough(policy);
    Optional<Support.Part> lacking = enough.lacking(estimate.support());
    if (lacking.isPresent()) {
      Finding untold = Phrasing.untold(one, limit, table.name(), estimate);
      Status status = policy.defaults().onSmall().status();
      return new Question.Settled(untold.with(status, enough.words(lacking.get())));
    }
    return new Question.Open(
        one,
        limit,
        table.name(),
        table.name(),
        new Comparison.Alone(),
        Contrast.alone(estimate),
        estimate.support().rows(),
        new Question.Between(table.name(), table.name()));
  }

  /// A p-value is answered at once: it is its own statistics.
  private Question answered(Question question) {
    return switch (question) {
      case Question.Settled settled -> settled;
      case Question.Open open ->
          rule.metric().metric().method() == Metric.Method.P_VALUE
              ? new Question.Settled(finding(open))
              : open;
    };
  }

  private Finding finding(Question.Open open) {
    boolean accepted = limit.accepts(open.contrast().point());
    String reason =
        accepted
            ? "the data does not speak against the score saying nothing more of the group"
            : "the score tells the group among those with the same label, beyond chance";
    return new Finding(
        rule.id(),
        open.measurement(new Interval.None()),
        limit,
        rule.decide().id(),
        accepted ? Status.PASS : Status.FAIL,
        rule.severity(),
        rule.called() + reason);
  }
}

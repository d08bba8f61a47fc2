package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.metric.TableMetrics;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measurement;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// Turns a rule on a number of all groups, or of a group over all strata, into questions.
record TableQuestions(
    FairnessPolicy policy,
    Rule rule,
    GroupMetrics numbers,
    Disclosure disclosure,
    Threshold limit,
    GroupTable table,
    Strata strata) {

  List<Question> ask() {
    if (rule.metric().metric() == Metric.CDD) {
      return new RuleQuestions(policy, rule, numbers, disclosure, limit, table, Baseline.NONE)
          .ask((group, _) -> strata.conditionalDisparity(table, group, disclosure, numbers));
    }
    Rule base = rule.with(TableMetrics.base(rule.metric()), Rule.Compare.NONE, rule.limits());
    List<Question> questions = new ArrayList<>();
    new RuleQuestions(policy, base, numbers, disclosure, limit, table, Baseline.NONE)
        .askTogether(this::number)
        .forEach(question -> questions.add(named(question)));
    return questions;
  }

  private Estimate number(Set<Group> judged) {
    return numbers.ofTable(rule.metric(), table.tallies(judged));
  }

  /// The question under the name of the rule's own metric; a p-value is answered at once.
  private Question named(Question question) {
    return switch (question) {
      case Question.Settled(Finding finding) ->
          new Question.Settled(renamed(finding, finding.measurement().interval()));
      case Question.Open open -> {
        Question.Open own =
            new Question.Open(
                rule,
                limit,
                open.table(),
                open.group(),
                open.comparison(),
                open.contrast(),
                open.n(),
                open.between());
        yield rule.metric().metric().method() == Metric.Method.P_VALUE ? answered(own) : own;
      }
    };
  }

  private Question answered(Question.Open open) {
    boolean accepted = limit.accepts(open.contrast().point());
    String same = "the data does not speak against the groups being alike";
    String differ = "the groups differ by more than chance explains";
    return new Question.Settled(
        new Finding(
            rule.id(),
            open.measurement(new Interval.None()),
            limit,
            rule.decide().id(),
            accepted ? Status.PASS : Status.FAIL,
            rule.severity(),
            rule.called() + (accepted ? same : differ)));
  }

  private Finding renamed(Finding finding, Interval interval) {
    Measurement of = finding.measurement();
    return new Finding(
        finding.rule(),
        new Measurement(
            rule.metric().id(), of.group(), of.comparison(), of.value(), interval, of.n()),
        limit,
        finding.decide(),
        finding.status(),
        finding.severity(),
        finding.reason());
  }
}

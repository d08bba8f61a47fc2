package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.metric.Shown;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Finding;

/// Turns a rule on how far apart the scores of two groups are into questions: each group against
/// the reference, or against everyone else.
record DistanceQuestions(Rule rule, GroupMetrics numbers, Disclosure disclosure, GroupTable table) {

  List<Question> ask(RuleQuestions asking) {
    boolean againstReference = rule.compare().againstReference();
    String reference = table.reference().name();
    if (againstReference && !table.groups().containsKey(table.reference())) {
      return List.of(asking.notEvaluated("the reference " + reference + " has no rows"));
    }
    List<Question> questions =
        asking.ask(this::distance).stream()
            .filter(question -> !(againstReference && group(question).equals(reference)))
            .map(DistanceQuestions::asDistance)
            .toList();
    if (questions.isEmpty()) {
      return List.of(asking.notEvaluated("no group in the data to hold it against"));
    }
    return rule.compare() == Rule.Compare.WORST ? worst(questions, asking) : questions;
  }

  private Estimate distance(Group group, Shown shown) {
    Shown others =
        rule.compare().againstReference()
            ? disclosure.group(table.reference())
            : disclosure.rest(table, group);
    return numbers.distance(rule.metric().metric(), shown, others);
  }

  private static String group(Question question) {
    return switch (question) {
      case Question.Settled(Finding finding) -> finding.measurement().group();
      case Question.Open open -> open.group();
    };
  }

  private static Question asDistance(Question question) {
    return switch (question) {
      case Question.Settled settled -> settled;
      case Question.Open open -> open.with(open.contrast().asDistance());
    };
  }

  /// The one question of the farthest group, beside what was settled of others.
  private List<Question> worst(List<Question> each, RuleQuestions asking) {
    List<Question> questions = new ArrayList<>();
    List<Question.Open> open = new ArrayList<>();
    for (Question question : each) {
      switch (question) {
        case Question.Settled settled -> questions.add(settled);
        case Question.Open one -> open.add(one);
      }
    }
    questions.add(
        open.isEmpty()
            ? asking.undefined(table.name(), "no group can be held against the reference", 0)
            : farthest(open));
    return questions;
  }

  private Question farthest(List<Question.Open> open) {
    List<Contrast> apart = open.stream().map(Question.Open::contrast).toList();
    Contrast worst = Contrast.largest(apart, Math.max(apart.size(), table.planned() - 1));
    Question.Open farthest =
        open.stream()
            .filter(each -> each.contrast().point() == worst.point())
            .findFirst()
            .orElseThrow();
    return new Question.Open(
        rule,
        farthest.limit(),
        table.name(),
        table.name(),
        farthest.comparison(),
        worst,
        open.stream().mapToLong(Question.Open::n).sum(),
        farthest.between());
  }
}

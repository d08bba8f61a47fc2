package org.primum.fairness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.policy.Composite;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Finding;
import org.primum.gate.Measurement;
import org.primum.gate.Threshold;

/// Turns a rule on the mean of several distances into questions: one for each group that has all of
/// them, and what the policy says of the groups that lack one.
record MeanQuestions(
    FairnessPolicy policy,
    Rule rule,
    GroupMetrics numbers,
    Disclosure disclosure,
    Threshold limit,
    GroupTable table) {

  List<Question> ask() {
    List<Rule> parts = Composite.of(rule.metric().metric()).orElseThrow().partsOf(rule);
    SequencedMap<String, List<Question>> byGroup = new LinkedHashMap<>();
    for (Rule part : parts) {
      for (Question question :
          new RuleQuestions(policy, part, numbers, disclosure, limit, table, Baseline.NONE).ask()) {
        byGroup.computeIfAbsent(group(question), _ -> new ArrayList<>()).add(question);
      }
    }
    List<Question> questions = new ArrayList<>();
    byGroup.values().forEach(of -> add(of, parts.size(), questions));
    return questions;
  }

  private static String group(Question question) {
    return switch (question) {
      case Question.Settled(Finding finding) -> finding.measurement().group();
      case Question.Open open -> open.group();
    };
  }

  /// A group that lacks a part is not judged by the others. Where the reference lacks it, the
  /// reference's own finding says so.
  private void add(List<Question> ofGroup, int parts, List<Question> questions) {
    List<Question.Open> open = new ArrayList<>();
    for (Question question : ofGroup) {
      switch (question) {
        case Question.Settled(Finding finding) -> {
          questions.add(new Question.Settled(renamed(finding)));
          return;
        }
        case Question.Open each -> open.add(each);
      }
    }
    if (open.size() == parts) {
      questions.add(mean(open));
    }
  }

  private Question mean(List<Question.Open> parts) {
    Question.Open first = parts.getFirst();
    return new Question.Open(
        rule,
        limit,
        first.table(),
        first.group(),
        first.comparison(),
        Contrast.mean(parts.stream().map(Question.Open::contrast).toList()),
        parts.stream().mapToLong(Question.Open::n).sum(),
        first.between());
  }

  private Finding renamed(Finding finding) {
    Measurement of = finding.measurement();
    Measurement renamed =
        new Measurement(
            rule.metric().id(), of.group(), of.comparison(), of.value(), of.interval(), of.n());
    return new Finding(
        finding.rule(),
        renamed,
        limit,
        finding.decide(),
        finding.status(),
        finding.severity(),
        finding.reason());
  }
}

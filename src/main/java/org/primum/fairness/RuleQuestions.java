package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.metric.Shown;
import org.primum.fairness.metric.Support;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Comparison;
import org.primum.gate.Threshold;

/// Turns one rule on one table of groups into questions, in the way the rule compares.
final class RuleQuestions {

  private final Asking asking;
  private final Phrasing phrasing;
  private final Judging judging;
  private final Baseline baseline;

  RuleQuestions(
      FairnessPolicy policy,
      Rule rule,
      GroupMetrics numbers,
      Disclosure disclosure,
      Threshold limit,
      GroupTable table,
      Baseline baseline) {
    this.asking = new Asking(policy, rule, numbers, disclosure, limit, table);
    this.phrasing = Phrasing.of(asking);
    this.judging = Judging.of(asking);
    this.baseline = baseline;
  }

  /// How many decisions are made of so many groups.
  static int planned(Rule.Compare compare, int groups) {
    return switch (compare) {
      case NONE -> groups;
      case DIFFERENCE, RATIO, LOG_RATIO, ABS_DIFFERENCE -> Math.max(0, groups - 1);
      case VS_OVERALL, VS_REST, BASELINE -> groups;
      case MAX_MIN, MIN_MAX_RATIO, WORST -> 1;
    };
  }

  List<Question> ask() {
    return orNobody(
        switch (asking.rule().compare()) {
          case NONE -> alone(asking.spokenOf());
          case DIFFERENCE, RATIO, LOG_RATIO, ABS_DIFFERENCE, WORST ->
              new AgainstReference(asking, phrasing, judging).ask();
          case VS_OVERALL, VS_REST -> new AgainstOthers(asking, phrasing, judging).ask();
          case BASELINE -> new AgainstBaseline(asking, phrasing, judging, baseline).ask();
          case MAX_MIN, MIN_MAX_RATIO -> new OverAllGroups(asking, phrasing, judging).ask();
        });
  }

  /// What is asked of each group alone, of a number made elsewhere.
  List<Question> ask(BiFunction<Group, Shown, Estimate> number) {
    return orNobody(alone(asking.spokenOf(number)));
  }

  private List<Question> alone(SequencedMap<Group, Estimate> groups) {
    List<Question> questions = new ArrayList<>();
    judging
        .judged(groups, questions)
        .forEach((group, p) -> questions.add(phrasing.open(group, Contrast.alone(p), p)));
    return questions;
  }

  private List<Question> orNobody(List<Question> questions) {
    return questions.isEmpty()
        ? List.of(phrasing.notEvaluated("no group in the data to hold it against"))
        : questions;
  }

  /// What is asked of all groups at once, of a number made elsewhere of those that can be judged.
  List<Question> askTogether(Function<Set<Group>, Estimate> number) {
    List<Question> questions = new ArrayList<>();
    SequencedMap<Group, Estimate> groups =
        judging.judged(asking.spokenOf((_, shown) -> asking.whole(shown)), questions);
    Estimate estimate = number.apply(groups.keySet());
    String table = asking.table().name();
    long rows = estimate.support().rows();
    questions.add(
        estimate instanceof Estimate.Undefined(String reason, Support _)
            ? phrasing.undefined(table, reason, rows)
            : phrasing.together(
                new Comparison.Alone(),
                Contrast.alone(estimate),
                rows,
                new Question.Between(table, table)));
    return questions;
  }

  /// There is no number.
  Question undefined(String group, String reason, long rows) {
    return phrasing.undefined(group, reason, rows);
  }

  /// Nobody was there to ask of.
  Question notEvaluated(String why) {
    return phrasing.notEvaluated(why);
  }

  /// The groups with enough rows.
  SequencedMap<Group, Estimate> judged() {
    return judging.judged(asking.spokenOf(), new ArrayList<>());
  }
}

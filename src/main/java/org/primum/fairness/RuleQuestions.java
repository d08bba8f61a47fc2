package org.primum.fairness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.metric.Shown;
import org.primum.fairness.metric.Support;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// Turns one rule on one table of groups into questions: which groups can be judged, which cannot
/// and what the policy says of those.
final class RuleQuestions {

  private final FairnessPolicy policy;
  private final Rule rule;
  private final GroupMetrics numbers;
  private final Disclosure disclosure;
  private final Threshold limit;
  private final GroupTable table;
  private final Baseline baseline;
  private final List<Question> questions = new ArrayList<>();

  RuleQuestions(
      FairnessPolicy policy,
      Rule rule,
      GroupMetrics numbers,
      Disclosure disclosure,
      Threshold limit,
      GroupTable table,
      Baseline baseline) {
    this.policy = policy;
    this.rule = rule;
    this.numbers = numbers;
    this.disclosure = disclosure;
    this.limit = limit;
    this.table = table;
    this.baseline = baseline;
  }

  /// How many decisions the policy plans here, whatever the data holds.
  int planned() {
    return switch (rule.compare()) {
      case NONE -> table.planned();
      case DIFFERENCE, RATIO, LOG_RATIO, ABS_DIFFERENCE -> Math.max(0, table.planned() - 1);
      case VS_OVERALL, VS_REST, BASELINE -> table.planned();
      case MAX_MIN, MIN_MAX_RATIO, WORST -> 1;
    };
  }

  List<Question> ask() {
    switch (rule.compare()) {
      case NONE -> judgeable(spokenOf()).forEach((g, p) -> open(g, Contrast.alone(p), p));
      case DIFFERENCE, RATIO, LOG_RATIO, ABS_DIFFERENCE, WORST -> askAgainstReference();
      case VS_OVERALL, VS_REST -> askAgainstOthers();
      case BASELINE -> askAgainstBaseline();
      case MAX_MIN, MIN_MAX_RATIO -> askOverAll();
    }
    if (questions.isEmpty()) {
      questions.add(notEvaluated("no group in the data to hold it against"));
    }
    return questions;
  }

  /// What is asked of each group alone, of a number made elsewhere.
  List<Question> ask(BiFunction<Group, Shown, Estimate> number) {
    judgeable(spokenOf(number)).forEach((g, p) -> open(g, Contrast.alone(p), p));
    if (questions.isEmpty()) {
      questions.add(notEvaluated("no group in the data to hold it against"));
    }
    return questions;
  }

  /// What is asked of all groups at once, of a number made elsewhere of those that can be judged.
  List<Question> askTogether(Function<Set<Group>, Estimate> number) {
    SequencedMap<Group, Estimate> groups = judgeable(spokenOf((_, shown) -> whole(shown)));
    Estimate estimate = number.apply(groups.keySet());
    long rows = estimate.support().rows();
    if (estimate instanceof Estimate.Undefined(String reason, Support _)) {
      questions.add(undefined(table.name(), reason, rows));
    } else {
      var between = new Question.Between(table.name(), table.name());
      Comparison alone = new Comparison.Alone();
      Contrast contrast = Contrast.alone(estimate);
      questions.add(
          new Question.Open(
              rule, limit, table.name(), table.name(), alone, contrast, rows, between));
    }
    return questions;
  }

  /// A number of all groups would tell of those whose rows are told as ranges.
  private Estimate whole(Shown shown) {
    Estimate estimate = estimate(shown);
    return shown.exact() ? estimate : numbers.untold(estimate);
  }

  private SequencedMap<Group, Estimate> spokenOf() {
    return spokenOf((_, shown) -> estimate(shown));
  }

  /// The groups that rules speak of: all but rows without a value where the policy only reports
  /// those.
  private SequencedMap<Group, Estimate> spokenOf(BiFunction<Group, Shown, Estimate> number) {
    SequencedMap<Group, Estimate> groups = new LinkedHashMap<>();
    for (Group group : table.groups().keySet()) {
      if (!onlyReported(group)) {
        groups.put(group, number.apply(group, disclosure.group(group)));
      }
    }
    return groups;
  }

  private Estimate estimate(Shown shown) {
    return numbers.estimate(rule.metric(), shown, disclosure.everyone());
  }

  private boolean onlyReported(Group group) {
    for (int i = 0; i < group.values().size(); i++) {
      Attribute attribute = policy.attribute(group.attributes().get(i));
      if (group.values().get(i).equals(Attribute.MISSING)
          && attribute.missing() == Attribute.Missing.REPORT) {
        return true;
      }
    }
    return false;
  }

  /// The groups with enough rows.
  SequencedMap<Group, Estimate> judged() {
    SequencedMap<Group, Estimate> groups = spokenOf();
    groups.entrySet().removeIf(group -> unjudged(group.getKey(), group.getValue()).isPresent());
    return groups;
  }

  /// Keeps the groups with enough rows, and settles the others.
  private SequencedMap<Group, Estimate> judgeable(SequencedMap<Group, Estimate> groups) {
    SequencedMap<Group, Estimate> kept = new LinkedHashMap<>();
    groups.forEach((group, p) -> {
      Optional<Finding> why = unjudged(group, p);
      why.map(Question.Settled::new).ifPresent(questions::add);
      if (why.isEmpty()) {
        kept.put(group, p);
      }
    });
    return kept;
  }

  private void askAgainstReference() {
    SequencedMap<Group, Estimate> groups = spokenOf();
    Estimate reference = groups.remove(table.reference());
    if (reference == null) {
      questions.add(notEvaluated("the reference " + table.reference().name() + " has no rows"));
    } else if (!groups.isEmpty()) {
      Optional<Finding> why = unjudged(table.reference(), reference);
      why.map(Question.Settled::new).ifPresent(questions::add);
      if (why.isEmpty()) {
        SequencedMap<Group, Estimate> kept = judgeable(groups);
        if (rule.compare() == Rule.Compare.WORST) {
          askWorst(kept, reference);
        } else {
          kept.forEach((group, p) -> compare(group, p, reference));
        }
      }
    }
  }

  private void askWorst(SequencedMap<Group, Estimate> groups, Estimate reference) {
    if (groups.isEmpty()) {
      questions.add(undefined(table.name(), "no group can be held against the reference", 0));
      return;
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
    questions.add(
        new Question.Open(
            rule, limit, table.name(), table.name(), comparison(), worst, rows, between));
  }

  /// What everyone but a group is called.
  private static final String REST = "rest";

  /// Each group against everyone else. Against everyone the number is the same but for the factor
  /// that the group itself takes away, where the metric is a proportion.
  private void askAgainstOthers() {
    SequencedMap<Group, Estimate> kept = judgeable(spokenOf());
    kept.forEach((group, p) -> {
      Estimate rest = estimate(disclosure.rest(table, group));
      Optional<Finding> why =
          unjudgedRest(group, rest).or(() -> unjudgedRest(group, estimate(disclosure.everyone())));
      why.map(Question.Settled::new).ifPresent(questions::add);
      if (why.isEmpty()) {
        open(group, againstOthers(p, rest), p);
      }
    });
  }

  private Optional<Finding> unjudgedRest(Group group, Estimate rest) {
    return rest.defined() && !rest.support().small(policy.suppressBelow())
        ? Optional.empty()
        : Optional.of(
            settled(
                group.name(),
                rest.defined()
                    ? "everyone else is too few to be shown"
                    : "everyone else has no value",
                policy.defaults().onUndefined().status(),
                rest.support().rows()));
  }

  private Contrast againstOthers(Estimate p, Estimate rest) {
    return rule.compare() == Rule.Compare.VS_REST
        ? Contrast.difference(p, rest)
        : Contrast.overall(p, rest, estimate(disclosure.everyone()));
  }

  /// Each group against the same group under the model in use. The two are taken as independent:
  /// where both models scored the same patients the interval is too wide, unless clusters tell how
  /// they vary together.
  private void askAgainstBaseline() {
    if (!baseline.given()) {
      questions.add(
          new Question.Settled(
              settled(
                  table.name(),
                  "no baseline was given: the tally of the model in use (--baseline)",
                  Status.INCONCLUSIVE,
                  0)));
      return;
    }
    judgeable(spokenOf())
        .forEach((group, p) -> {
          Optional<Estimate> before =
              baseline.estimate(rule.metric(), group, disclosure.group(group));
          Optional<Finding> why =
              before
                  .map(known -> unjudged(group, known, "the baseline has "))
                  .orElseGet(() -> Optional.of(absent(group, p)));
          why.map(Question.Settled::new).ifPresent(questions::add);
          if (why.isEmpty()) {
            open(group, Contrast.difference(p, before.orElseThrow()), p);
          }
        });
  }

  private Finding absent(Group group, Estimate p) {
    String reason = "the baseline has nobody of this group";
    return settled(group.name(), reason, Status.INCONCLUSIVE, p.support().rows());
  }

  private void compare(Group group, Estimate p, Estimate reference) {
    if (rule.compare() == Rule.Compare.DIFFERENCE) {
      open(group, Contrast.difference(p, reference), p);
    } else if (rule.compare() == Rule.Compare.ABS_DIFFERENCE) {
      open(group, Contrast.apart(Contrast.difference(p, reference)), p);
    } else {
      Optional<String> none = Contrast.noRatio(p, reference);
      none.ifPresent(why -> questions.add(undefined(group.name(), why, p.support().rows())));
      if (none.isEmpty()) {
        Contrast ratio = Contrast.ratio(p, reference);
        boolean log = rule.compare() == Rule.Compare.LOG_RATIO;
        open(group, log ? Contrast.logarithm(ratio) : ratio, p);
      }
    }
  }

  private void askOverAll() {
    SequencedMap<Group, Estimate> all = spokenOf();
    if (all.size() < 2) {
      return;
    }
    SequencedMap<Group, Estimate> groups = judgeable(all);
    long rows = groups.values().stream().mapToLong(p -> p.support().rows()).sum();
    int count = Math.max(groups.size(), table.planned());
    int pairs = count * (count - 1) / 2;
    if (groups.size() < 2) {
      questions.add(undefined(table.name(), "fewer than two groups can be judged", rows));
    } else if (rule.compare() == Rule.Compare.MAX_MIN) {
      openRange(groups, Contrast.range(groups.values(), pairs), rows);
    } else if (groups.values().stream().allMatch(p -> p.value() == 0)) {
      questions.add(undefined(table.name(), "all rates are 0", rows));
    } else {
      openRange(groups, Contrast.ratioRange(groups.values(), pairs), rows);
    }
  }

  private void openRange(SequencedMap<Group, Estimate> groups, Contrast contrast, long rows) {
    var between = new Question.Between(extreme(groups, 1), extreme(groups, -1));
    Comparison comparison = new Comparison.With(rule.compare().id(), "all");
    questions.add(
        new Question.Open(
            rule, limit, table.name(), table.name(), comparison, contrast, rows, between));
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

  private void open(Group group, Contrast contrast, Estimate p) {
    String other =
        switch (rule.compare()) {
          case NONE -> group.name();
          case DIFFERENCE, RATIO, LOG_RATIO, ABS_DIFFERENCE, WORST, MAX_MIN, MIN_MAX_RATIO ->
              table.reference().name();
          case VS_OVERALL -> "everyone";
          case VS_REST -> "everyone else";
          case BASELINE -> "the model in use";
        };
    questions.add(
        new Question.Open(
            rule,
            limit,
            table.name(),
            group.name(),
            comparison(),
            contrast,
            p.support().rows(),
            new Question.Between(group.name(), other)));
  }

  private Comparison comparison() {
    return switch (rule.compare()) {
      case NONE -> new Comparison.Alone();
      case DIFFERENCE, RATIO, LOG_RATIO, ABS_DIFFERENCE, WORST ->
          new Comparison.With(rule.compare().id(), table.reference().name());
      case MAX_MIN, MIN_MAX_RATIO -> new Comparison.With(rule.compare().id(), "all");
      case VS_OVERALL -> new Comparison.With(rule.compare().id(), Measurement.OVERALL);
      case VS_REST -> new Comparison.With(rule.compare().id(), REST);
      case BASELINE -> new Comparison.With(rule.compare().id(), Baseline.NAME);
    };
  }

  /// Why a group cannot be judged; empty where it can.
  private Optional<Finding> unjudged(Group group, Estimate p) {
    Group reference = table.reference();
    boolean isReference = group.equals(reference) && rule.compare().againstReference();
    return unjudged(group, p, isReference ? "the reference " + group.name() + " has " : "");
  }

  /// @param of whose numbers these are, where they are not the group's own
  private Optional<Finding> unjudged(Group group, Estimate p, String of) {
    if (p instanceof Estimate.Undefined(String reason, Support support)) {
      Status status = policy.defaults().onUndefined().status();
      return Optional.of(settled(group.name(), of + reason, status, support.rows()));
    }
    Status small = policy.defaults().onSmall().status();
    Enough enough = new Enough(policy);
    return enough
        .lacking(p.support())
        .map(part -> settled(group.name(), of + enough.words(part), small, part.rows()));
  }

  /// A number that is not there, or too small to be told.
  static Finding untold(Rule rule, Threshold limit, String group, Estimate estimate) {
    String reason =
        estimate instanceof Estimate.Undefined(String why, var _)
            ? why
            : "insufficient: too few rows to be shown";
    Measurement none =
        new Measurement(
            rule.metric().id(),
            group,
            new Comparison.Alone(),
            new Measure.Unknown(reason),
            new Interval.None(),
            OptionalLong.empty());
    return new Finding(
        rule.id(), none, limit, rule.decide().id(), Status.INCONCLUSIVE, rule.severity(), reason);
  }

  Question undefined(String group, String reason, long rows) {
    return new Question.Settled(
        settled(group, reason, policy.defaults().onUndefined().status(), rows));
  }

  Question notEvaluated(String why) {
    return new Question.Settled(
        settled(table.name(), "rule not evaluated: " + why, Status.FAIL, 0));
  }

  private Finding settled(String group, String reason, Status status, long rows) {
    OptionalLong n =
        rows > 0 && rows < policy.suppressBelow() ? OptionalLong.empty() : OptionalLong.of(rows);
    Measurement measurement =
        new Measurement(
            rule.metric().id(),
            group,
            comparison(),
            new Measure.Unknown(reason),
            new Interval.None(),
            n);
    return new Finding(
        rule.id(), measurement, limit, rule.decide().id(), status, rule.severity(), reason);
  }
}
